/** Sequences changed in place: the manual, "ALTER SEQUENCE". */
import type { Column, Sequence } from "../../../model/index.ts";
import { LIMITS } from "../limits.ts";
import { identifier, literal } from "../quote.ts";
import { type Context, many, nameNow, type Statements } from "./in-place.ts";
import { comment } from "./objects.ts";

/** What a sequence does, whether its definition says so or leaves it to the engine. */
interface Settings {
  readonly increment: bigint;
  readonly min: bigint;
  readonly max: bigint;
  readonly start: bigint;
  readonly cache: bigint;
  readonly cycle: boolean;
  /** The limits that are written down. */
  readonly written: { readonly min: boolean; readonly max: boolean };
}

const NUMBERS = ["increment", "minvalue", "maxvalue", "start", "cache"] as const;
type NumberName = (typeof NUMBERS)[number];
const isNumberName = (word: string): word is NumberName => (NUMBERS as readonly string[]).includes(word);

type Counter = Pick<Sequence, "type" | "definition">;

/** Null where the definition or the type says something else. */
function settingsOf({ type, definition }: Counter): Settings | null {
  const words = definition
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "" && word !== "by" && word !== "with");
  const said = new Map<NumberName, bigint>();
  let cycle = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    const next = words[at + 1] ?? "";
    if (word === "cycle") cycle = true;
    else if (word === "no" && ["cycle", "minvalue", "maxvalue"].includes(next)) at += 1;
    else if (isNumberName(word) && /^[+-]?\d{1,19}$/.test(next)) {
      said.set(word, BigInt(next.replace("+", "")));
      at += 1;
    } else return null;
  }
  const limits = LIMITS[type];
  if (!limits) return null;
  const increment = said.get("increment") ?? 1n;
  const min = said.get("minvalue") ?? (increment > 0n ? 1n : limits[0]);
  const max = said.get("maxvalue") ?? (increment > 0n ? limits[1] : -1n);
  const start = said.get("start") ?? (increment > 0n ? min : max);
  const written = { min: said.has("minvalue"), max: said.has("maxvalue") };
  return { increment, min, max, start, cache: said.get("cache") ?? 1n, cycle, written };
}

interface Step {
  /** Clauses of ALTER SEQUENCE. */
  readonly clauses: readonly string[];
  /** Where a sequence that is not yet in its new limits goes on; null where it stays. */
  readonly moved: { readonly to: bigint; readonly where: string } | null;
  /** The limit that a sequence may be beyond. */
  readonly limit: string | null;
}

/**
 * A sequence must stand within its limits when they change. One that has not reached them yet goes to where it would start; one
 * that is beyond them has no number left to give, and the engine refuses.
 */
function stepOf(old: Counter, next: Counter): Step | null {
  const [was, is] = [settingsOf(old), settingsOf(next)];
  if (!was || !is) return null;
  const retyped = old.type !== next.type;
  const clauses: string[] = [];
  if (retyped) clauses.push(`AS ${next.type}`);
  if (was.increment !== is.increment) clauses.push(`INCREMENT BY ${String(is.increment)}`);
  // A limit that is the old type's becomes the new one's unless it is said.
  const [min, max] = [String(is.min), String(is.max)];
  if (retyped || was.min !== is.min) clauses.push(is.written.min ? `MINVALUE ${min}` : "NO MINVALUE");
  if (retyped || was.max !== is.max) clauses.push(is.written.max ? `MAXVALUE ${max}` : "NO MAXVALUE");
  if (was.start !== is.start) clauses.push(`START WITH ${String(is.start)}`);
  const up = is.increment > 0n;
  const apart = is.min > was.max || is.max < was.min;
  // No number that it can stand at is left.
  if (apart) clauses.push(`RESTART WITH ${String(is.start)}`);
  if (was.cache !== is.cache) clauses.push(`CACHE ${String(is.cache)}`);
  if (was.cycle !== is.cycle) clauses.push(is.cycle ? "CYCLE" : "NO CYCLE");
  const turned = was.increment > 0n !== up;
  const behind = !turned && (up ? is.min > was.min : is.max < was.max);
  const held = is.start >= was.min && is.start <= was.max;
  const to = held ? is.start : up ? is.min : is.max;
  const moved = behind && !apart ? { to, where: up ? `last_value < ${min}` : `last_value > ${max}` } : null;
  const beyond = [
    ...((up || turned) && is.max < was.max ? [`MAXVALUE ${max}`] : []),
    ...((!up || turned) && is.min > was.min ? [`MINVALUE ${min}`] : []),
  ];
  return { clauses, moved, limit: apart ? null : (beyond[0] ?? null) };
}

const sameSettings = (old: Sequence, next: Sequence): boolean => old.type === next.type && old.definition === next.definition;

export function alterSequence(old: Sequence, next: Sequence, { before, after }: Context): Statements {
  const ref = { entity: "sequence", id: next.id, ownerId: null } as const;
  const sqls: string[] = [];
  const owner = JSON.stringify(old.ownedBy) !== JSON.stringify(next.ownedBy);
  // Before anything is dropped or called otherwise.
  if (owner && next.ownedBy === null) sqls.push(`ALTER SEQUENCE ${before.qualified(old)} OWNED BY NONE`);
  let name = nameNow(old, { before, after });
  if (old.name !== next.name) {
    sqls.push(`ALTER SEQUENCE ${name} RENAME TO ${identifier(next.name)}`);
    name = nameNow({ ...old, name: next.name }, { before, after });
  }
  if (old.namespaceId !== next.namespaceId) {
    sqls.push(`ALTER SEQUENCE ${name} SET SCHEMA ${identifier(after.lookup.namespace(next.namespaceId)?.name ?? "")}`);
    name = after.qualified(next);
  }
  if (!sameSettings(old, next)) {
    const step = stepOf(old, next);
    if (!step) return null;
    const { moved, clauses } = step;
    if (moved)
      sqls.push(
        `SELECT pg_catalog.setval(${literal(name).trim()}, ${String(moved.to)}, false) FROM ${name} WHERE ${moved.where}`,
      );
    if (clauses.length > 0) sqls.push(`ALTER SEQUENCE ${name} ${clauses.join(" ")}`);
  }
  if (old.unlogged !== next.unlogged) sqls.push(`ALTER SEQUENCE ${name} SET ${next.unlogged ? "UNLOGGED" : "LOGGED"}`);
  if (owner && next.ownedBy) {
    const column = after.lookup.column(next.ownedBy.tableId, next.ownedBy.columnId);
    if (!column) return null;
    sqls.push(`ALTER SEQUENCE ${name} OWNED BY ${after.relation(next.ownedBy.tableId)}.${identifier(column.name)}`);
  }
  if (old.comment !== next.comment) sqls.push(comment(`SEQUENCE ${name}`, next.comment));
  return many(sqls, ref);
}

/** It is gone where an owner was dropped, or counts by an identity of its own now: that may have the sequence's name. */
export function dropSequence({ ownedBy, ...sequence }: Sequence, { before, after }: Context): readonly string[] {
  const counts = ownedBy && after.lookup.column(ownedBy.tableId, ownedBy.columnId)?.identity;
  const counted = ownedBy && before.lookup.column(ownedBy.tableId, ownedBy.columnId)?.identity;
  return counts && !counted ? [] : [`DROP SEQUENCE IF EXISTS ${nameNow(sequence, { before, after })}`];
}

/** What follows ALTER COLUMN where an identity goes on counting in another way; null where it must be made again. */
export function identityClauses(old: Column, next: Column): readonly string[] | null {
  if (!old.identity || !next.identity || old.type !== next.type) return null;
  const { type } = next;
  const step = stepOf({ type, definition: old.identity.sequence }, { type, definition: next.identity.sequence });
  if (!step || step.moved) return null;
  const always =
    old.identity.always === next.identity.always ? [] : [`GENERATED ${next.identity.always ? "ALWAYS" : "BY DEFAULT"}`];
  return [...always, ...step.clauses].map((clause) => (clause.startsWith("RESTART ") ? clause : `SET ${clause}`));
}

/** What may make it fail, in sentences. */
export function sequenceRisks(old: Sequence, next: Sequence, { after }: Context): readonly string[] {
  const limit = sameSettings(old, next) ? null : (stepOf(old, next)?.limit ?? null);
  return limit === null ? [] : [`Fails where the sequence ${after.qualified(next)} stands beyond its new ${limit}.`];
}
