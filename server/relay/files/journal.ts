/**
 * The journal of all documents of a folder: updates of the same few milliseconds are written and synced together, whichever document
 * they are of, so that a thousand busy rooms cost no more syncs than one. A segment goes once every document in it is settled, that
 * is, its state was written to a file of its own.
 */
import { type FileHandle, open, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder, removeFile, syncFolder } from "../../store/folder.ts";
import type { Mark } from "../store.ts";
import { readSegment, SEGMENT_MARK, writeRecord } from "./segment.ts";

/** At least this long between two commits, milliseconds: what arrives meanwhile shares the next. */
const WINDOW = 5;

/** A segment that is longer is followed by a new one, bytes. */
const SEGMENT_BYTES = 16 * 1024 * 1024;

/** What was found in the journal at start. */
export interface Recovered {
  readonly updates: ReadonlyMap<string, readonly Uint8Array[]>;
  readonly damaged: number;
}

export interface Journal {
  readonly recovered: Recovered;
  /** Writes an update; `done` is called in the turn in which it is known to be on the disk, or failed. */
  readonly append: (name: string, update: Uint8Array, done: (failed: Error | null) => void) => void;
  readonly mark: (name: string) => Mark;
  /** What the mark covers is in the document's own file; segments that nobody needs any more go. */
  readonly settle: (name: string, mark: Mark) => Promise<void>;
  /** Forgets a document that was removed. */
  readonly forget: (name: string) => void;
  /** True when the last write failed. */
  readonly failing: boolean;
  readonly close: () => Promise<void>;
}

interface Waiting {
  readonly name: string;
  readonly record: Buffer;
  readonly done: (failed: Error | null) => void;
}

interface Progress {
  /** The oldest segment with an update that is not settled. */
  since: number;
  enqueued: number;
  delivered: number;
}

const fileName = (segment: number): string => `${String(segment).padStart(8, "0")}.log`;

/** Reads what the segments of a folder hold, in order. */
async function recover(folder: string): Promise<{ readonly segments: readonly number[]; readonly recovered: Recovered }> {
  const updates = new Map<string, Uint8Array[]>();
  let damaged = 0;
  const names = (await readdir(folder)).filter((name) => /^\d{8}\.log$/.test(name)).sort();
  for (const name of names) {
    const read = readSegment(await readFile(join(folder, name)));
    damaged += read.damaged;
    for (const { name: document, update } of read.records) {
      const list = updates.get(document);
      // The segment's buffer is one piece; a copy lets the rest of it go.
      if (list) list.push(update.slice());
      else updates.set(document, [update.slice()]);
    }
  }
  return { segments: names.map((name) => Number(name.slice(0, 8))), recovered: { updates, damaged } };
}

/** The segment that is written: opened at the first commit, given up after a failure, because what of it is on the disk is unknown. */
class Tail {
  #handle: FileHandle | null = null;
  #length = 0;
  /** True once something in it is on the disk for certain. */
  #holds = false;
  readonly folder: string;
  number: number;

  constructor(folder: string, number: number) {
    this.folder = folder;
    this.number = number;
  }

  async write(bytes: Buffer): Promise<void> {
    try {
      const handle = this.#handle ?? (await this.#open());
      for (let from = 0; from < bytes.length;) {
        const { bytesWritten } = await handle.write(bytes, from, bytes.length - from, this.#length + from);
        from += bytesWritten;
      }
      await handle.datasync();
      this.#length += bytes.length;
      this.#holds = true;
    } catch (error) {
      await this.#giveUp();
      throw error;
    }
    if (this.#length > SEGMENT_BYTES) await this.next();
  }

  async #open(): Promise<FileHandle> {
    const handle = await open(join(this.folder, fileName(this.number)), "wx", 0o600);
    this.#handle = handle;
    this.#length = 0;
    await handle.write(SEGMENT_MARK, 0, SEGMENT_MARK.length, 0);
    this.#length = SEGMENT_MARK.length;
    await syncFolder(this.folder);
    return handle;
  }

  /** Nobody was told of anything in a segment whose first write failed: on a full disk there would be one more with each try. */
  async #giveUp(): Promise<void> {
    const [path, holds] = [join(this.folder, fileName(this.number)), this.#holds];
    await this.next();
    if (!holds) await rm(path, { force: true }).catch(() => undefined);
  }

  async next(): Promise<void> {
    const handle = this.#handle;
    this.#handle = null;
    this.#holds = false;
    this.number += 1;
    await handle?.close().catch(() => undefined);
  }
}

class FileJournal implements Journal {
  readonly recovered: Recovered;
  readonly #tail: Tail;
  readonly #kept: Set<number>;
  readonly #progress = new Map<string, Progress>();
  #queue: Waiting[] = [];
  #committing: Promise<void> | null = null;
  #lastCommit = 0;
  failing = false;
  #closed = false;

  constructor(folder: string, segments: readonly number[], recovered: Recovered) {
    this.recovered = recovered;
    this.#tail = new Tail(folder, (segments.at(-1) ?? 0) + 1);
    this.#kept = new Set(segments);
    const [oldest = 0] = segments;
    for (const name of recovered.updates.keys()) this.#progress.set(name, { since: oldest, enqueued: 0, delivered: 0 });
  }

  append(name: string, update: Uint8Array, done: (failed: Error | null) => void): void {
    if (this.#closed) {
      done(new Error("the journal is closed"));
      return;
    }
    let progress = this.#progress.get(name);
    if (!progress) this.#progress.set(name, (progress = { since: this.#tail.number, enqueued: 0, delivered: 0 }));
    progress.enqueued += 1;
    this.#queue.push({ name, record: writeRecord({ name, update }), done });
    this.#committing ??= this.#run();
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      const wait = this.#lastCommit + WINDOW - performance.now();
      // A turn of the loop lets all that has already arrived into the commit.
      await new Promise((resolve) => (wait > 1 ? setTimeout(resolve, wait) : setImmediate(resolve)));
      await this.#commit();
      this.#lastCommit = performance.now();
    }
    this.#committing = null;
  }

  async #commit(): Promise<void> {
    const batch = this.#queue;
    this.#queue = [];
    let failed: Error | null = null;
    this.#kept.add(this.#tail.number);
    try {
      await this.#tail.write(Buffer.concat(batch.map(({ record }) => record)));
    } catch (error) {
      failed = error instanceof Error ? error : new Error(String(error));
    }
    this.failing = failed !== null;
    for (const { name, done } of batch) {
      const progress = this.#progress.get(name);
      if (progress) progress.delivered += 1;
      done(failed);
    }
  }

  mark(name: string): Mark {
    return { at: this.#tail.number, delivered: this.#progress.get(name)?.delivered ?? 0 };
  }

  async settle(name: string, mark: Mark): Promise<void> {
    const progress = this.#progress.get(name);
    if (progress) {
      if (progress.enqueued === mark.delivered) this.#progress.delete(name);
      else progress.since = Math.max(progress.since, mark.at);
    }
    await this.#sweep();
  }

  forget(name: string): void {
    this.#progress.delete(name);
  }

  async #sweep(): Promise<void> {
    let needed = Infinity;
    for (const { since } of this.#progress.values()) needed = Math.min(needed, since);
    // Nobody needs the segment that is written either: a new one begins, so that a quiet journal is an empty one.
    if (needed === Infinity && this.#committing === null && this.#kept.has(this.#tail.number)) await this.#tail.next();
    for (const segment of [...this.#kept].sort((one, other) => one - other)) {
      if (segment >= needed || segment >= this.#tail.number) break;
      this.#kept.delete(segment);
      await removeFile(join(this.#tail.folder, fileName(segment)));
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#committing;
    await this.#tail.next();
  }
}

/** Opens the journal in a folder, which is made where it is missing. */
export async function openJournal(folder: string): Promise<Journal> {
  await makeFolder(folder);
  const { segments, recovered } = await recover(folder);
  return new FileJournal(folder, segments, recovered);
}
