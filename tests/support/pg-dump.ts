/**
 * `pg_dump` of PostgreSQL 18, whose npm package has the server alone: the WebAssembly of `@electric-sql/pglite-tools`, connected to a
 * real server. It speaks the protocol to whatever takes its bytes; here a socket does. See the manual, "Message Formats".
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { MessageChannel, Worker } from "node:worker_threads";

const KIND_BYTES = 1;
const LENGTH_BYTES = 4;
const NOTHING = Buffer.alloc(0);
/** Messages after which a server answers until it is ready again: Query and Sync. */
const ASKING = new Set(["Q", "S"]);
const READY = "Z";

/** The kind of the last message, when the bytes end where that one does; null when they stop half way. */
function lastKind(bytes: Buffer): string | null {
  let kind: string | null = null;
  for (let at = 0; at < bytes.length;) {
    if (at + KIND_BYTES + LENGTH_BYTES > bytes.length) return null;
    kind = String.fromCharCode(bytes[at] ?? 0);
    at += KIND_BYTES + bytes.readInt32BE(at + KIND_BYTES);
    if (at > bytes.length) return null;
  }
  return kind;
}

/** Passes on what pg_dump writes, and calls `answer` once for each writing, with all that the server has said to it. */
function converse(socket: Socket, answer: (bytes: Buffer) => void): (written: Buffer) => void {
  let [asked, heard, started] = [NOTHING, NOTHING, false];
  const told = (): void => {
    const all = heard;
    [asked, heard] = [NOTHING, NOTHING];
    answer(all);
  };
  socket.on("data", (chunk: Buffer) => {
    heard = Buffer.concat([heard, chunk]);
    if (lastKind(heard) === READY) told();
  });
  // A refused login ends so; pg_dump says why.
  socket.on("close", told);
  return (written) => {
    socket.write(written);
    // The first message has no kind, and is answered like a question.
    asked = Buffer.concat([asked, written]);
    const kind = started ? lastKind(asked) : "Q";
    started = true;
    if (kind !== null && !ASKING.has(kind)) told();
    else if (kind === null) answer(NOTHING);
  };
}

/** `pg_dump -s --no-owner` of a database on a server of this machine, by a pg_dump of 18. */
export async function dumpBy18(port: number, database: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  const { port1, port2 } = new MessageChannel();
  const answered = new Int32Array(new SharedArrayBuffer(LENGTH_BYTES));
  const passOn = converse(socket, (bytes) => {
    if (bytes.length > 0) port1.postMessage(bytes);
    Atomics.store(answered, 0, 1);
    Atomics.notify(answered, 0);
  });
  port1.on("message", (written: Uint8Array) => passOn(Buffer.from(written)));
  const thread = new Worker(new URL("./pg-dump-thread.mjs", import.meta.url), {
    workerData: { port: port2, answered, args: ["-s", "--no-owner", "-d", database] },
    transferList: [port2],
  });
  try {
    const [text] = (await once(thread, "message")) as [string];
    return text;
  } finally {
    socket.removeAllListeners("close");
    socket.destroy();
    port1.close();
    await thread.terminate();
  }
}
