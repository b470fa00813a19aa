/** What one can do with gists, whichever contract asks and wherever they are kept. */
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { NewGist } from "#shared/api/gists.ts";
import {
  changedLines,
  type GistFile,
  type GistRecord,
  hashOf,
  isGistId,
  MOST_FILES,
  newest,
  type Version,
  withVersion,
} from "./record.ts";
import type { Decision, GistStore, ReadText } from "./store.ts";

/** A file with its text. */
export interface FileText {
  readonly name: string;
  readonly text: string;
  /** True when it was given as JSON instead of text. */
  readonly object: boolean;
}

/** A gist with the files of one of its versions. */
export interface ReadGist {
  readonly record: GistRecord;
  readonly version: Version;
  readonly files: readonly FileText[];
}

/** The files a gist is to have, given those it has; a file without a text keeps its own. */
export type Edit = (files: readonly GistFile[]) => readonly (GistFile | FileText)[];

export type Outcome = "written" | "removed" | "missing" | "refused";

export interface Gists {
  /** Keeps a new gist under `id`; gives the secret for changing it when one is asked for. */
  readonly create: (id: string, asked: NewGist) => Promise<{ readonly secret: string | null }>;
  /** The gist as it was at a version, or now (null). Null when there is no such gist or version. */
  readonly read: (id: string, version: string | null) => Promise<ReadGist | null>;
  /** The gist's record with its versions, or null. */
  readonly record: (id: string) => Promise<GistRecord | null>;
  /** The text of a file at a version: empty where it has no such file, null where there is no such version. */
  readonly fileAt: (record: GistRecord, version: string, name: string) => Promise<string | null>;
  /** Adds a version; a gist without files is removed. */
  readonly change: (id: string, secret: string | null, edit: Edit) => Promise<Outcome>;
  readonly remove: (id: string, secret: string | null) => Promise<Outcome>;
}

/** A file as it was posted. */
export function fileText(name: string, content: NewGist["content"]): FileText {
  const object = typeof content !== "string";
  return { name, text: object ? JSON.stringify(content) : content, object };
}

/** True for more files than a gist holds. */
export const tooManyFiles = (count: number): boolean => count > MOST_FILES;

function mayChange(record: GistRecord, secret: string | null): boolean {
  if (record.secretHash === null) return true;
  const given = Buffer.from(hashOf(secret ?? ""));
  return secret !== null && timingSafeEqual(given, Buffer.from(record.secretHash));
}

const kept = (file: GistFile | FileText): GistFile =>
  "hash" in file ? file : { name: file.name, hash: hashOf(file.text), object: file.object };

async function countLines(
  before: readonly GistFile[],
  after: readonly GistFile[],
  textOf: ReadText,
): Promise<{ readonly additions: number; readonly deletions: number }> {
  let [additions, deletions] = [0, 0];
  for (const name of new Set([...before, ...after].map((file) => file.name))) {
    const [old, now] = [before, after].map((files) => files.find((file) => file.name === name)?.hash);
    if (old === now) continue;
    const lines = changedLines(old ? await textOf(old) : "", now ? await textOf(now) : "");
    additions += lines.additions;
    deletions += lines.deletions;
  }
  return { additions, deletions };
}

async function makeVersion(
  before: readonly GistFile[],
  after: readonly (GistFile | FileText)[],
  at: string,
  read: ReadText,
): Promise<{ readonly version: Version; readonly texts: Map<string, string> }> {
  const texts = new Map<string, string>();
  for (const file of after) if ("text" in file) texts.set(hashOf(file.text), file.text);
  const files = after.map(kept);
  const textOf: ReadText = async (hash) => texts.get(hash) ?? read(hash);
  const lines = await countLines(before, files, textOf);
  return { version: { version: randomBytes(20).toString("hex"), at, files, ...lines }, texts };
}

async function decide(record: GistRecord, edit: Edit, at: string, read: ReadText): Promise<Decision> {
  const before = newest(record).files;
  const after = edit(before);
  if (after.length === 0) return { kind: "remove" };
  const { version, texts } = await makeVersion(before, after, at, read);
  const next = withVersion(record, version);
  return next === record ? { kind: "keep" } : { kind: "write", record: next, texts };
}

const OUTCOMES = { write: "written", keep: "written", remove: "removed", refuse: "refused", missing: "missing" } as const;

/** The operations over a store; `now` is the clock. */
export function createGists(store: GistStore, now: () => Date): Gists {
  const record: Gists["record"] = async (id) => (isGistId(id) ? store.read(id) : null);
  const change = async (id: string, secret: string | null, next: (found: GistRecord, read: ReadText) => Promise<Decision>) => {
    if (!isGistId(id)) return "missing";
    return OUTCOMES[
      await store.change(id, async (found, read) => (mayChange(found, secret) ? next(found, read) : { kind: "refuse" }))
    ];
  };
  return {
    record,
    create: async (id, asked) => {
      const at = now().toISOString();
      const secret = asked.secret === true ? randomBytes(32).toString("base64url") : null;
      const { version, texts } = await makeVersion([], [fileText(asked.filename, asked.content)], at, () => Promise.resolve(""));
      await store.add(
        {
          id,
          description: asked.description ?? "DrawDB diagram",
          public: asked.public ?? false,
          createdAt: at,
          updatedAt: at,
          secretHash: secret === null ? null : hashOf(secret),
          versions: [version],
        },
        texts,
      );
      return { secret };
    },
    read: async (id, wanted) => {
      const found = await record(id);
      const version = found && (wanted === null ? newest(found) : found.versions.find((each) => each.version === wanted));
      if (!found || !version) return null;
      const files: FileText[] = [];
      for (const { name, hash, object } of version.files) files.push({ name, object, text: await store.text(id, hash) });
      return { record: found, version, files };
    },
    fileAt: async (found, wanted, name) => {
      const version = found.versions.find((each) => each.version === wanted);
      if (!version) return null;
      const file = version.files.find((each) => each.name === name);
      return file ? store.text(found.id, file.hash) : "";
    },
    change: (id, secret, edit) => change(id, secret, (found, read) => decide(found, edit, now().toISOString(), read)),
    remove: (id, secret) => change(id, secret, () => Promise.resolve({ kind: "remove" })),
  };
}
