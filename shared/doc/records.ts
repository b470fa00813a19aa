/** Records and the attributes changed since, in one Y.Map: the written shape of parts and entities, which `keys.ts` describes. */
import type * as Y from "yjs";
import { type EntityKind, type Identified, PART_KINDS, PARTS, type PartKind, same } from "../model/index.ts";
import { ALWAYS_STORED, attributesOf, PART_PREFIX, template, WRITTEN_ONLY } from "./keys.ts";
import { fits, isOrder } from "./shape.ts";

export type Flat = Y.Map<unknown>;
type Values = Record<string, unknown>;

/** Something as it is written: its record (undefined: there is none, it was deleted) and what was changed since. */
export interface Written {
  record: unknown;
  readonly changed: Values;
}

/** Adds one key of a map, without its prefix, to what it belongs to. */
export function gather(found: Map<string, Written>, key: string, value: unknown): void {
  const dot = key.indexOf(".");
  const id = dot < 0 ? key : key.slice(0, dot);
  let written = found.get(id);
  if (!written) found.set(id, (written = { record: undefined, changed: {} }));
  if (dot < 0) written.record = value;
  else written.changed[key.slice(dot + 1)] = value;
}

/** A table in pieces: what is written of itself and of each of its parts, those that were deleted left out. */
export type Pieces = { readonly own: Written } & Readonly<Record<PartKind, ReadonlyMap<string, Written>>>;

const KIND_OF: Readonly<Record<string, PartKind>> = { c: "column", k: "constraint", i: "index" };

export function pieces(table: Flat): Pieces {
  const made = said(table.get("made") ?? {});
  const own: Written = { record: made && withoutParts(made), changed: {} };
  const parts = { column: new Map<string, Written>(), constraint: new Map<string, Written>(), index: new Map<string, Written>() };
  for (const kind of PART_KINDS) for (const record of listOf(made?.[PARTS[kind]])) gather(parts[kind], record.id, record);
  table.forEach((value, key) => {
    const kind = key[1] === ":" ? KIND_OF[key[0] ?? ""] : undefined;
    if (kind) gather(parts[kind], key.slice(2), value);
    else if (key !== "made") own.changed[key] = value;
  });
  for (const kind of PART_KINDS)
    for (const [id, { record }] of parts[kind]) if (record === undefined || record === false) parts[kind].delete(id);
  return { own, ...parts };
}

/** What is written of a view itself, and of each of its indexes since it was made. */
export function viewPieces({ record, changed }: Written): {
  readonly own: Written;
  readonly indexes: ReadonlyMap<string, Written>;
} {
  const own: Written = { record, changed: {} };
  const indexes = new Map<string, Written>();
  const prefix = `${PART_PREFIX.index}:`;
  for (const [name, value] of Object.entries(changed))
    if (name.startsWith(prefix)) gather(indexes, name.slice(prefix.length), value);
    else own.changed[name] = value;
  return { own, indexes };
}

const withoutParts = ({ columns: _columns, constraints: _constraints, indexes: _indexes, ...own }: Values): Values => own;

/** The records of a list that can be told apart. */
function listOf(value: unknown): readonly (Values & Identified)[] {
  if (!Array.isArray(value)) return [];
  return value.filter((item): item is Values & Identified => isObject(item) && typeof item["id"] === "string");
}

const isObject = (value: unknown): value is Values => typeof value === "object" && value !== null && !Array.isArray(value);

/** What a record says; null when it cannot be read. Format 1 has `true` and order keys for records: they say nothing here. */
export function said(record: unknown): Values | null {
  if (isObject(record)) return record;
  if (typeof record !== "string" || !record.startsWith("{")) return record === true || isOrder(record) ? {} : null;
  try {
    return JSON.parse(record) as Values;
  } catch {
    // There is no other way to ask whether a text is JSON.
    return null;
  }
}

/** Where a column stands; null when what is written cannot be a place. */
export function orderOf({ record, changed }: Written): string | null {
  const order = changed["order"] ?? said(record)?.["order"] ?? record;
  return isOrder(order) ? order : null;
}

/** Takes over what fits; gives the names of what does not. */
function fill(made: Values, known: Readonly<Values>, values: Readonly<Values>): string[] {
  const odd: string[] = [];
  for (const name in values) {
    if (!Object.hasOwn(known, name)) {
      if (!WRITTEN_ONLY.includes(name)) odd.push(name);
    } else if (fits(known, name, values[name])) made[name] = values[name];
    else odd.push(name);
  }
  return odd;
}

export interface Entity {
  /** Null when what is written is of no kind that is known. */
  readonly value: Identified | null;
  /** The attributes that hold what they cannot hold. */
  readonly odd: readonly string[];
}

/** What is written, as an entity; what was changed wins over the record. */
export function entity(kind: EntityKind, id: string, { record, changed }: Written): Entity {
  const base = said(record);
  const known = template(kind, changed["kind"] ?? base?.["kind"]);
  if (!base || !known) return { value: null, odd: [base ? "kind" : "record"] };
  const made: Values = { ...known, id };
  const odd = [...fill(made, known, base), ...fill(made, known, changed)];
  return { value: made as unknown as Identified, odd };
}

/** An entity as a record: what differs from its template. */
export function recordOf(kind: EntityKind, item: Identified): Values {
  const known = template(kind, "kind" in item ? item.kind : undefined) ?? {};
  const record: Values = {};
  for (const [name, value] of Object.entries(item))
    if (Object.hasOwn(known, name) && (ALWAYS_STORED.has(name) || !same(known[name], value))) record[name] = value;
  return record;
}

/** Writes the attributes that differ from `before`. `prefix` is `""` or `<key>.`. */
export function writeAttributes(map: Flat, prefix: string, kind: EntityKind, before: Identified, after: Identified): void {
  const known = template(kind, "kind" in after ? after.kind : undefined) ?? {};
  const was = before as unknown as Readonly<Values>;
  for (const [name, value] of Object.entries(after))
    if (Object.hasOwn(known, name) && !same(was[name], value)) map.set(prefix + name, value);
}

/** Removes what was changed of something. */
function removeChanges(map: Flat, key: string, kind: EntityKind): void {
  for (const name of attributesOf(kind)) if (map.has(`${key}.${name}`)) map.delete(`${key}.${name}`);
}

export function removeRecord(map: Flat, key: string, kind: EntityKind): void {
  if (map.has(key)) map.delete(key);
  removeChanges(map, key, kind);
  if (kind !== "view") return;
  const prefix = `${key}.${PART_PREFIX.index}:`;
  for (const name of [...map.keys()]) if (name.startsWith(prefix)) map.delete(name);
}

/** A part that may be in the record of its table. */
export function removePart(map: Flat, key: string, kind: EntityKind): void {
  map.set(key, false);
  removeChanges(map, key, kind);
}

/** Writes something anew; nothing that was changed of it before is left. */
export function writeRecord(map: Flat, key: string, kind: EntityKind, record: Readonly<Values>): void {
  removeChanges(map, key, kind);
  map.set(key, JSON.stringify(record));
}
