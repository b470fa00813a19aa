/** What can be provided when the engine refuses a statement because something of the original server is not there. */
import { problem, type Problem } from "../../../result/index.ts";
import type { Engine, EngineError } from "../../dialect.ts";
import { tokens } from "../../kit/scanner.ts";
import { identifier, literal } from "../quote.ts";
import { LEXICAL } from "../splitter.ts";
import { NO_NAMESPACE, spokenAt } from "../diagnose/missing.ts";
import { AUTH, AUTH_STUB, STAND_IN } from "./stand-ins.ts";

export interface Mended {
  /** The statement to run instead, or null for the same one again. */
  readonly sql: string | null;
  readonly note: Problem | null;
  /** It was Supabase's `auth` schema that was made. */
  readonly auth: boolean;
}

const provided = (what: string, why: string): Problem => problem("import.provided", "note", { what, why });

const NAME = /"((?:[^"]|"")+)"/;
const namedIn = (message: string): string => NAME.exec(message)?.[1] ?? "";

async function provideRole(engine: Engine, error: EngineError): Promise<Mended | null> {
  const role = /^role "(.+)" does not exist/.exec(error.message)?.[1];
  if (role === undefined) return null;
  await engine.exec(`create role ${identifier(role)}`);
  return { sql: null, note: null, auth: false };
}

/** The namespace that a statement speaks of and that is not there, where the engine says which. */
function missingSchema(error: EngineError, sql: string): string | null {
  // Where no namespace of the search path is there, the name is a table's.
  if (error.code !== NO_NAMESPACE || /^no schema has been selected/.test(error.message)) return null;
  const spoken = error.position === null ? null : spokenAt(sql, error.position);
  return spoken ? (spoken.namespace ?? spoken.name) : namedIn(error.message);
}

async function provideSchema(engine: Engine, error: EngineError, sql: string, lastResort: boolean): Promise<Mended | null> {
  const name = missingSchema(error, sql);
  if (name === null || name === "") return null;
  const auth = name === AUTH;
  // The file may come to make its own.
  if (auth && !lastResort) return null;
  await engine.exec(auth ? AUTH_STUB : `create schema if not exists ${identifier(name)}`);
  return { sql: null, note: provided(`the schema ${name}`, "the file uses it without creating it"), auth };
}

/** The statement without its tablespace: where rows lie belongs to the server. */
function leaveTablespace(error: EngineError, sql: string): Mended | null {
  if (!/^tablespace ".+" does not exist/.test(error.message)) return null;
  const parts = [...tokens(sql, LEXICAL)].filter(({ kind }) => kind !== "space" && kind !== "comment");
  const at = parts.findIndex((part) => part.kind === "word" && /^tablespace$/i.test(sql.slice(part.start, part.end)));
  const [word, name] = parts.slice(at, at + 2);
  if (at < 0 || !word || !name) return null;
  const using = parts.slice(Math.max(0, at - 2), at).map(({ start, end }) => sql.slice(start, end).toLowerCase());
  const start = using.join(" ") === "using index" ? (parts[at - 2]?.start ?? word.start) : word.start;
  return { sql: sql.slice(0, start) + sql.slice(name.end), note: null, auth: false };
}

/** A base type that takes any text. Its arguments, `geometry(Point,4326)`, become part of its name. */
async function provideType(engine: Engine, error: EngineError, sql: string): Promise<Mended | null> {
  const full = /^type "(.+)" does not exist/.exec(error.message)?.[1];
  if (error.code !== "42704" || full === undefined) return null;
  const parts = full.split(".");
  const name = (parts.at(-1) ?? "").replace(/\[\]$/, "");
  const schema = parts.length > 1 ? (parts[0] ?? "public") : "public";
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const used = new RegExp(`\\b(${escaped})\\s*(\\([^()]*\\))`, "gi");
  const spellings = new Set([name, ...[...sql.matchAll(used)].map((match) => name + (match[2] ?? "").replace(/\s+/g, ""))]);
  await engine.exec(`create schema if not exists ${identifier(schema)}`);
  for (const spelling of spellings) await createType(engine, schema, spelling);
  const mended = sql.replace(used, (_all, _word, args: string) => identifier(name + args.replace(/\s+/g, "")));
  return { sql: mended, note: provided(`a stand-in for the type ${name}`, "this engine does not have it"), auth: false };
}

async function createType(engine: Engine, schema: string, name: string): Promise<void> {
  const type = `${identifier(schema)}.${identifier(name)}`;
  const known = await engine.query(
    `select 1 from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
      where t.typisdefined and n.nspname = ${literal(schema)} and t.typname = ${literal(name)}`,
  );
  if (known.length > 0) return;
  const read = `${identifier(schema)}.${identifier(`${STAND_IN}_in_${name}`)}`;
  const write = `${identifier(schema)}.${identifier(`${STAND_IN}_out_${name}`)}`;
  await engine.exec(`create type ${type};
    create function ${read}(cstring) returns ${type} as 'textin' language internal immutable strict;
    create function ${write}(${type}) returns cstring as 'textout' language internal immutable strict;
    create type ${type} (input = ${read}, output = ${write}, storage = extended)`);
}

/** Tries what is certain to help. Null when the refusal is the file's own. */
export async function mend(engine: Engine, error: EngineError, sql: string, lastResort: boolean): Promise<Mended | null> {
  const first =
    (await provideRole(engine, error)) ?? (await provideSchema(engine, error, sql, lastResort)) ?? leaveTablespace(error, sql);
  if (first) return first;
  return lastResort ? provideType(engine, error, sql) : null;
}

/** What CREATE EXTENSION says when the files of an extension are not there: not supported, or no such file. */
export const NOT_AVAILABLE: ReadonlySet<string> = new Set(["0A000", "58P01"]);
/** A setting of the transaction that remembers it. */
const LACKS = "drawbridge.lacks_an_extension";

/**
 * `Provide` for a design that is run: a statement that only makes an extension this engine lacks becomes nothing, and from then on
 * types that are not there may be that extension's. Without one, a missing type is the design's own fault. Supabase's `auth` schema
 * is taken to be on the server.
 */
export async function provide(engine: Engine, error: EngineError, sql: string): Promise<string | null> {
  if (/^create\s+extension/i.test(sql))
    return NOT_AVAILABLE.has(error.code ?? "") ? `select pg_catalog.set_config('${LACKS}', 'on', true)` : null;
  const made =
    (await provideRole(engine, error)) ?? (missingSchema(error, sql) === AUTH && (await provideSchema(engine, error, sql, true)));
  if (made) return made.sql ?? sql;
  const [lacks] = await engine.query(`select pg_catalog.current_setting('${LACKS}', true)`);
  const type = lacks?.[0] === "on" ? await provideType(engine, error, sql) : null;
  return type ? (type.sql ?? sql) : null;
}
