/**
 * The only way a driver here reaches the network: a stream that connects to checked addresses whatever host the driver names, and
 * that ends when more arrives than was allowed.
 */
import { connect, isIP, type Socket } from "node:net";
import { Duplex } from "node:stream";
import type { Target } from "./resolve.ts";

/** The stream ended because the server sent more than the limit. */
export class TooMuchReceived extends Error {
  readonly code = "ERR_TOO_MUCH_RECEIVED";
}

/** Made unconnected; drivers call `connect` themselves. */
export class PinnedStream extends Duplex {
  readonly #target: Target;
  #socket: Socket | null = null;
  #allowance: number;
  /** Where tls.connect looks for the name to verify when a driver gives it none (mysql2 for an address). */
  readonly _host: string;

  /** `allowance`: bytes that may arrive until `allow` is called again. */
  constructor(target: Target, allowance: number) {
    super();
    this.#target = target;
    this._host = target.host;
    this.#allowance = allowance;
  }

  /** Connects to the target. What the driver passes as port and host is ignored. */
  connect(): this {
    const { addresses, host, port } = this.#target;
    const checked = addresses.map((address) => ({ address, family: isIP(address) }));
    const [only] = checked.length === 1 ? checked : [];
    const socket = connect({
      host: only ? only.address : host,
      port,
      autoSelectFamily: true,
      lookup: (_name, _options, done) => {
        done(null, checked);
      },
    });
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("connect", () => {
      if (checked.some(({ address }) => sameAddress(address, socket.remoteAddress))) this.emit("connect");
      else this.destroy(new Error("connected to an address that was not checked"));
    });
    socket.on("data", (chunk: Buffer) => {
      this.#receive(chunk, socket);
    });
    socket.on("end", () => this.push(null));
    socket.on("error", (error) => this.destroy(error));
    socket.on("close", () => setImmediate(() => this.destroy()));
    return this;
  }

  /** Lets this many more bytes arrive, whatever came before. */
  allow(bytes: number): void {
    this.#allowance = bytes;
  }

  /** Counts bytes against the allowance that what arrived takes beyond its own; ends the stream where none are left. */
  spend(bytes: number): boolean {
    this.#allowance -= bytes;
    if (this.#allowance < 0) this.destroy(new TooMuchReceived("the server sent more than is allowed"));
    return this.#allowance >= 0;
  }

  #receive(chunk: Buffer, socket: Socket): void {
    if (this.spend(chunk.length) && !this.push(chunk)) socket.pause();
  }

  override _read(): void {
    this.#socket?.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#socket === null) done(new Error("not connected"));
    else this.#socket.write(chunk, encoding, done);
  }

  override _final(done: () => void): void {
    this.#socket?.end();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // Closed when the socket is: an error of TLS on top of it is told first.
    if (!this.#socket || this.#socket.closed) return done(error);
    this.#socket.once("close", () => {
      done(error);
    });
    this.#socket.destroy();
  }

  // What drivers call on a socket besides a stream's methods.
  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    this.#socket?.ref();
    return this;
  }

  unref(): this {
    this.#socket?.unref();
    return this;
  }
}

/** Destroys the stream when the signal aborts. Gives what calls that off. */
export function cutOn(signal: AbortSignal, stream: Duplex): () => void {
  const cut = (): void => {
    stream.destroy(new Error("stopped"));
  };
  // Whoever waits is told through its own listener; an error that comes later is nobody's.
  stream.on("error", () => undefined);
  if (signal.aborted) cut();
  signal.addEventListener("abort", cut, { once: true });
  return () => {
    signal.removeEventListener("abort", cut);
  };
}

/** Systems print a mapped address of a dual-stack socket with its IPv4 part dotted. */
function sameAddress(checked: string, remote: string | undefined): boolean {
  if (remote === undefined) return false;
  const plain = (address: string): string =>
    isIP(address) === 6 ? new URL(`http://[${address.split("%")[0] ?? ""}]`).hostname : address;
  const mapped = (address: string): string => (isIP(address) === 4 ? plain(`::ffff:${address}`) : plain(address));
  return mapped(checked) === mapped(remote);
}
