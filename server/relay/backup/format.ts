/**
 * A backup is a gzipped text of JSON lines: what it is, then rooms with their documents and versions in any order in which a room comes before what is
 * in it, then how many there were, so that one that was cut off is known. It holds hashes of secrets and the keys that sign tokens.
 */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { parseRecord, type RoomRecord } from "../record.ts";
import type { DocumentName, RoomVersion } from "../store.ts";

/** One thing that a backup holds. */
export type Entry =
  | { readonly kind: "room"; readonly record: RoomRecord }
  /** All that a document held, as updates; none of them need be whole by itself. */
  | { readonly kind: "document"; readonly name: DocumentName; readonly updates: readonly Uint8Array[] }
  /** A version, and its packed state. */
  | { readonly kind: "version"; readonly room: string; readonly version: RoomVersion; readonly packed: Uint8Array };

/** How many of each there are. */
export interface Counts {
  readonly rooms: number;
  readonly documents: number;
  readonly versions: number;
}

const HEAD = JSON.stringify({ drawbridge: "rooms", format: 1 });

const text = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
const bytesOf = (base64: unknown): Uint8Array => Buffer.from(String(base64), "base64");

function lineOf(entry: Entry): string {
  switch (entry.kind) {
    case "room":
      return JSON.stringify(entry);
    case "document":
      return JSON.stringify({ ...entry, updates: entry.updates.map(text) });
    case "version":
      return JSON.stringify({ ...entry, packed: text(entry.packed) });
  }
}

function entryOf(line: Readonly<Record<string, unknown>>): Entry {
  switch (line["kind"]) {
    case "room":
      return { kind: "room", record: parseRecord(JSON.stringify(line["record"])) };
    case "document":
      return { kind: "document", name: String(line["name"]), updates: (line["updates"] as unknown[]).map(bytesOf) };
    case "version":
      return {
        kind: "version",
        room: String(line["room"]),
        version: line["version"] as RoomVersion,
        packed: bytesOf(line["packed"]),
      };
    default:
      throw new Error("it holds something that this version does not know");
  }
}

/** Counts entries. */
export function counter(): { readonly add: (entry: Entry) => void; readonly counts: () => Counts } {
  const counts = { rooms: 0, documents: 0, versions: 0 };
  return {
    add: ({ kind }) => {
      counts[`${kind}s`] += 1;
    },
    counts: () => counts,
  };
}

/** The lines of a backup. */
export async function* linesOf(entries: AsyncIterable<Entry>, counted: (counts: Counts) => void): AsyncIterable<string> {
  const { add, counts } = counter();
  yield `${HEAD}\n`;
  for await (const entry of entries) {
    add(entry);
    yield `${lineOf(entry)}\n`;
  }
  counted(counts());
  yield `${JSON.stringify({ end: counts() })}\n`;
}

/** Reads a backup's file; throws where it is none, is damaged or was cut off. */
export async function* readBackup(path: string): AsyncIterable<Entry> {
  const { add, counts } = counter();
  const source = createReadStream(path);
  const unpacked = createGunzip();
  source.on("error", (error) => unpacked.destroy(error));
  const lines = createInterface({ input: source.pipe(unpacked), crlfDelay: Infinity });
  let [first, ended] = [true, false];
  for await (const line of lines) {
    if (first && line !== HEAD) throw new Error("it is no backup of this version's rooms");
    const parsed = first ? null : (JSON.parse(line) as Readonly<Record<string, unknown>>);
    first = false;
    if (!parsed) continue;
    if ("end" in parsed) {
      ended = JSON.stringify(parsed["end"]) === JSON.stringify(counts());
      continue;
    }
    const entry = entryOf(parsed);
    add(entry);
    yield entry;
  }
  if (!ended) throw new Error("it was cut off");
}
