/** Reads what the command line was given, whatever kind it is, into a design. */
import { readFile } from "node:fs/promises";
import { basename, extname, resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { type DialectId, dialects } from "#shared/dialects/index.ts";
import { decode } from "#shared/dialects/kit/decode.ts";
import { isDatabaseFile, readDatabaseFile } from "#shared/dialects/sqlite/database-file.ts";
import { formatOf, recognise } from "#shared/formats/index.ts";
import type { Design } from "#shared/formats/json/index.ts";
import { fail, ok, problem, type Report, type Result } from "#shared/result/index.ts";
import { openEngine, sqljsOpener } from "../engines/index.ts";
import type { Kind } from "./args.ts";
import { filesOf } from "./files.ts";

const HEAD = 64 * 1024;
const ALL = Object.values(dialects);
const STANDARD_INPUT = "standard input";

export interface Input {
  /** As people call it: the path, or `standard input`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What was read, and as which kind. */
export interface Read {
  readonly kind: Kind;
  readonly design: Design | null;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file.",
  EISDIR: "it is a folder.",
  EACCES: "it may not be read.",
};

const unrecognised = (name: string, why: string) => problem("input.unrecognised", "error", { name, why });

export async function readInput(path: string): Promise<Result<Input>> {
  if (path === "-") return ok({ name: STANDARD_INPUT, bytes: await buffer(process.stdin) });
  try {
    return ok({ name: path, bytes: await readFile(path) });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return fail(unrecognised(path, REASONS[code] ?? `${code}.`));
  }
}

/** The kind that a text looks most like; null when it looks like none, or like two as much. */
function guess(text: string, { name }: Input): Kind | null {
  const [best, next] = recognise(text.slice(0, HEAD), name === STANDARD_INPUT ? "" : basename(name), ALL);
  if (best && best.sure > (next?.sure ?? 0)) return best.kind as Kind;
  // Whatever it is meant to be, its reader says what is wrong with it.
  return !best && /^\s*[{[]/.test(text) ? "json" : null;
}

function designName({ name }: Input): string {
  return name === STANDARD_INPUT ? "design" : basename(name, extname(name));
}

async function readDatabase(input: Input): Promise<Report<Read>> {
  const open = await sqljsOpener();
  const { value, problems } = await readDatabaseFile(input.bytes, input.name, (bytes) => open(bytes));
  const design = value && { name: designName(input), schema: value, diagrams: [] };
  return { value: { kind: "sqlite", design }, problems };
}

async function readSql(input: Input, id: DialectId, text: string): Promise<Report<Read>> {
  const dialect = dialects[id];
  const { engine, close } = await openEngine(id, dialect.needs(text));
  const options = { loadData: false, onProgress: () => undefined, cancelled: () => false };
  try {
    const { value, problems } = await dialect.importer.run(text, engine, options);
    const design = value && { name: designName(input), schema: value, diagrams: [] };
    return { value: { kind: id, design }, problems };
  } finally {
    await close();
  }
}

/** `from` null: the kind is guessed from the content. The design is null when nothing could be read. */
export async function readAny(input: Input, from: Kind | null): Promise<Report<Read>> {
  const nothing = (kind: Kind, why: ReturnType<typeof problem>): Report<Read> => {
    return { value: { kind, design: null }, problems: [why] };
  };
  if (isDatabaseFile(input.bytes) && (from ?? "sqlite") === "sqlite") return readDatabase(input);
  const { value: text, problems: remarks } = decode(input.bytes, input.name);
  if (text === null) {
    return from === "sqlite" ? readDatabase(input) : { value: { kind: from ?? "json", design: null }, problems: remarks };
  }
  if (text.trim() === "") return nothing(from ?? "json", problem("input.empty", "error"));
  const kind = from ?? guess(text, input);
  if (kind === null) {
    const why = "its content does not tell which kind it is. Say so with --from.";
    return nothing("json", unrecognised(input.name, why));
  }
  const { value, problems } = await readText(input, kind, text);
  return { value, problems: [...remarks, ...problems] };
}

async function readText(input: Input, kind: Kind, text: string): Promise<Report<Read>> {
  const reader = formatOf(kind)?.reader;
  if (!reader) return readSql(input, kind as DialectId, text);
  const path = input.name === STANDARD_INPUT ? null : resolve(input.name);
  const options = path === null ? { dialects: ALL } : { dialects: ALL, path, files: await filesOf(reader, path, text) };
  const { value, problems } = reader.read(text, options);
  const design = value && { ...value, name: value.name === "" ? designName(input) : value.name };
  return { value: { kind, design }, problems };
}
