/**
 * A place on the scratch server: databases that are made for one text and dropped after it, whatever happens. While a server of ours
 * uses places it holds a lock, which ends with its connection: whoever has the lock next may drop all that is left, for nobody uses it.
 */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { ScratchRun } from "#shared/dialects/dialect.ts";
import { deadlineOf } from "../deadline.ts";
import { connect, type Link, rowsOn } from "../live/mysql-link.ts";
import { cutOn } from "../target/pinned-stream.ts";
import { ask, databasesOf, type Scratchpad } from "./server.ts";

const LOCK = "drawbridge_scratch";
/** How long another server of ours may have the lock, seconds. */
const LOCK_SECONDS = 30;
/** What nobody can guess, bytes. */
const SECRET_BYTES = 12;
/** How long clearing up after a connection that is gone may take, milliseconds. */
const CLEAR_MS = 30_000;
/** How long a server may take to hear a goodbye, milliseconds. */
const GOODBYE_MS = 2_000;
const CLEAR_BYTES = 1024 * 1024;
const ONE = { several: false };

/** False when another server of ours has it all the time. */
export async function lock(link: Link, seconds = LOCK_SECONDS): Promise<boolean> {
  const [[got] = []] = await ask(link, `SELECT GET_LOCK('${LOCK}', ${String(seconds)})`);
  return got === "1";
}

/** Drops all databases whose names begin so; the lock must be held. They hold letters, digits and `_`. */
export async function sweep(link: Link, stem: string): Promise<void> {
  const left = (await databasesOf(link)).filter((name) => name.startsWith(stem) && /^\w+$/.test(name));
  // Tables may refer to those of another one that goes as well.
  await rowsOn(link)("SET SESSION foreign_key_checks = 0");
  for (const name of left) await rowsOn(link)(`DROP DATABASE IF EXISTS \`${name}\``);
  await rowsOn(link)("SET SESSION foreign_key_checks = 1");
}

/** A run of one text in a place that nobody else knows of. */
export function openPlace({ scratch, modes, engines, events }: Scratchpad): ScratchRun {
  const prefix = `${scratch.stem}${randomBytes(SECRET_BYTES).toString("hex")}`;
  return scratch.open({ prefix, modes, engines, events });
}

/** Ends a connection and what the server does for it, then drops what it left, from another connection. */
export async function clear({ link, target, login, scratch }: Scratchpad): Promise<void> {
  const { threadId } = link.connection;
  link.stream.destroy();
  const deadline = deadlineOf(null, CLEAR_MS);
  try {
    const other = await connect(target, login, ONE, deadline.signal);
    const uncut = cutOn(deadline.signal, other.stream);
    try {
      other.stream.allow(CLEAR_BYTES);
      // It may be gone already.
      await ask(other, `KILL CONNECTION ${String(Number(threadId))}`).catch(() => undefined);
      // The lock is free once that one has really ended; where another server of ours had it first, it has swept.
      if (await lock(other, CLEAR_MS / 2000)) await sweep(other, scratch.stem);
    } finally {
      await close(other);
      uncut();
    }
  } finally {
    deadline.clear();
  }
}

/** Says goodbye: the server lets go of the lock at once. */
export async function close({ connection, stream }: Link): Promise<void> {
  if (stream.destroyed) return;
  const closed = once(stream, "close");
  const late = setTimeout(() => stream.destroy(), GOODBYE_MS);
  connection.end(() => stream.destroy());
  await closed;
  clearTimeout(late);
}
