/**
 * What is kept of a gist, and how it changes: pure. A record holds every version; the texts of files are kept beside it under
 * their hash, so that a version costs only what it changed.
 */
import { createHash } from "node:crypto";

export interface GistFile {
  readonly name: string;
  /** Names the kept text. */
  readonly hash: string;
  /** True when the file was given as JSON instead of text. */
  readonly object: boolean;
}

export interface Version {
  /** 40 hex digits, as git has. */
  readonly version: string;
  /** ISO time with milliseconds. */
  readonly at: string;
  readonly files: readonly GistFile[];
  readonly additions: number;
  readonly deletions: number;
}

export interface GistRecord {
  readonly id: string;
  readonly description: string;
  readonly public: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** SHA-256 of the secret for changing it; null where its creator asked for none. */
  readonly secretHash: string | null;
  /** Oldest first, never empty. */
  readonly versions: readonly Version[];
}

/** Texts by their hash. */
export type Texts = ReadonlyMap<string, string>;

/** A gist keeps this many versions; the oldest go. */
const MOST_VERSIONS = 200;

/** A gist holds this many files. */
export const MOST_FILES = 10;

/** SHA-256 of a text, as hex. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Ids that this server gives: a UUID, or 32 hex digits. Whatever else is asked for does not exist. */
export function isGistId(id: string): boolean {
  return /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32})$/.test(id);
}

/** The version that stands. */
export function newest(record: GistRecord): Version {
  const last = record.versions.at(-1);
  if (!last) throw new Error(`gist ${record.id} has no version`);
  return last;
}

/** The hashes that a record still needs. */
export function neededTexts(record: GistRecord): ReadonlySet<string> {
  return new Set(record.versions.flatMap(({ files }) => files.map(({ hash }) => hash)));
}

/** Lines that a change adds and removes: what stands between the lines that both texts begin and end with. */
export function changedLines(before: string, after: string): { readonly additions: number; readonly deletions: number } {
  const [old, now] = [before, after].map((text) => (text === "" ? [] : text.split("\n"))) as [string[], string[]];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return { additions: now.length - start - end, deletions: old.length - start - end };
}

/** The record with one more version, or the same record where the files are the same. */
export function withVersion(record: GistRecord, version: Version): GistRecord {
  const before = newest(record).files;
  const same =
    before.length === version.files.length &&
    version.files.every((file, at) => file.name === before[at]?.name && file.hash === before[at].hash);
  if (same) return record;
  return { ...record, updatedAt: version.at, versions: [...record.versions, version].slice(-MOST_VERSIONS) };
}

/**
 * Versions, newest first, in which a file's text changed, beginning after the version `cursor` and ending where the file is absent.
 * Null when there is no such cursor.
 */
export function versionsOfFile(record: GistRecord, name: string, cursor: string | null): readonly Version[] | null {
  const all = [...record.versions].reverse();
  const hashAt = (at: number): string | undefined => all[at]?.files.find((file) => file.name === name)?.hash;
  const start = cursor === null ? 0 : all.findIndex(({ version }) => version === cursor) + 1;
  if (cursor !== null && start === 0) return null;
  const found: Version[] = [];
  for (let at = start; at < all.length; at += 1) {
    const version = all[at];
    const hash = hashAt(at);
    if (!version || hash === undefined) break;
    if (hash !== hashAt(at + 1)) found.push(version);
  }
  return found;
}

function isVersion(value: unknown): value is Version {
  const version = value as Version | null;
  return (
    typeof version?.version === "string" &&
    typeof version.at === "string" &&
    Array.isArray(version.files) &&
    version.files.every((file: GistFile | null) => typeof file?.name === "string" && /^[0-9a-f]{64}$/.test(file.hash))
  );
}

/** Reads a kept record; throws on one that this server did not write. */
export function parseRecord(text: string): GistRecord {
  const record = JSON.parse(text) as GistRecord | null;
  if (
    typeof record?.id !== "string" ||
    !isGistId(record.id) ||
    typeof record.createdAt !== "string" ||
    !Array.isArray(record.versions) ||
    record.versions.length === 0 ||
    !record.versions.every(isVersion)
  ) {
    throw new Error("a kept gist is damaged");
  }
  return record;
}
