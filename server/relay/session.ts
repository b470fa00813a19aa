/** A socket in a document: what waits for it, and how it ends. What its messages mean is the room's business. */
import type { WebSocket } from "ws";
import { CLOSE, MESSAGE } from "#shared/api/sync.ts";
import { KEEPALIVE_MS, MOST_BEHIND, PING_MS, STALLED_MS } from "./limits.ts";
import type { Charges } from "./rates.ts";
import type { Person } from "./rights.ts";

/** Sentences that go with the codes: a reason is at most 123 bytes. */
const REASONS: Readonly<Record<keyof typeof CLOSE, string>> = {
  malformed: "a message could not be read",
  revoked: "this link no longer opens the room",
  missing: "there is no such room",
  tooLarge: "larger than the server takes",
  tooMany: "more messages than one person sends",
  restarting: "the server restarts",
  unavailable: "the server cannot keep edits now",
  expired: "the token is too old",
  full: "the room is full",
};

/** A socket that was closed and does not answer is cut off after that long, milliseconds. */
const GOODBYE_MS = 2_000;

/** Closes a socket with a code and its sentence, and does not wait for long. */
export function closeSocket(socket: WebSocket, why: keyof typeof CLOSE): void {
  socket.close(CLOSE[why], REASONS[why]);
  // A socket that is paused never reads the answer.
  socket.resume();
  const timer = setTimeout(() => {
    socket.terminate();
  }, GOODBYE_MS);
  timer.unref();
  socket.once("close", () => {
    clearTimeout(timer);
  });
}

/** A presence message without states: it only says that the server is there. */
const STILL_HERE = new Uint8Array([MESSAGE.presence, 1, 0]);

export class Session {
  readonly socket: WebSocket;
  readonly person: Person;
  /** Whether it may write this document. */
  readonly writes: boolean;
  /** The client it speaks for in presence. */
  client: number | null = null;
  ended = false;
  /** The rates it is under. */
  readonly charges: Charges;
  #held: NodeJS.Timeout | null = null;
  #lastSent: number;
  #lastPing: number;
  #answers = true;
  /** Bytes of answers to state vectors that are on their way: a whole document may be more than a reader may be behind. */
  #answering = 0;
  #stalledSince: number | null = null;
  #given = 0;
  #taken = 0;

  constructor(socket: WebSocket, person: Person, writes: boolean, charges: Charges, now: number) {
    this.socket = socket;
    this.person = person;
    this.writes = writes;
    this.charges = charges;
    this.#lastSent = now;
    this.#lastPing = now;
    socket.on("pong", () => {
      this.#answers = true;
    });
  }

  /** Sends a message; a reader that is too far behind is cut off instead. */
  send(message: Uint8Array, now: number): void {
    if (this.ended) return;
    this.#lastSent = now;
    this.#given += message.length;
    this.socket.send(message, { binary: true, compress: false });
    if (this.socket.bufferedAmount > MOST_BEHIND + this.#answering) this.cut();
  }

  /** Sends an answer to a state vector, however large; who asks again and again and reads none is cut off. */
  answer(message: Uint8Array, now: number): void {
    if (this.ended) return;
    if (this.#answering > MOST_BEHIND + message.length) {
      this.cut();
      return;
    }
    this.#lastSent = now;
    this.#given += message.length;
    this.#answering += message.length;
    this.socket.send(message, { binary: true, compress: false }, () => {
      this.#answering -= message.length;
    });
  }

  /** Reads nothing of it for a while: its room or its address sends too much. */
  hold(ms: number): void {
    if (ms <= 0 || this.#held || this.ended) return;
    this.socket.pause();
    this.#held = setTimeout(() => {
      this.#held = null;
      this.socket.resume();
    }, ms);
  }

  /** True when so much waits for it that what is only of this moment need not be sent. */
  get isBehind(): boolean {
    return this.socket.bufferedAmount > 64 * 1024;
  }

  end(why: keyof typeof CLOSE): void {
    if (this.ended) return;
    this.ended = true;
    closeSocket(this.socket, why);
  }

  /** Ends it without a word: nobody reads there. */
  cut(): void {
    this.ended = true;
    this.socket.terminate();
  }

  /** To be called every second: says that the server is there, asks whether the client is, and cuts off who reads nothing. */
  tick(now: number): void {
    if (this.ended) return;
    if (now - this.#lastSent >= KEEPALIVE_MS) this.send(STILL_HERE, now);
    if (now - this.#lastPing >= PING_MS) {
      if (!this.#answers) {
        this.cut();
        return;
      }
      this.#answers = false;
      this.#lastPing = now;
      this.socket.ping();
    }
    const taken = this.#given - this.socket.bufferedAmount;
    if (this.socket.bufferedAmount === 0 || taken > this.#taken) this.#stalledSince = null;
    else this.#stalledSince ??= now;
    this.#taken = taken;
    // The system reports a large answer as taken only when all of it is.
    const patience = this.#answering > 0 ? STALLED_MS * 10 : STALLED_MS;
    if (this.#stalledSince !== null && now - this.#stalledSince >= patience) this.cut();
  }
}
