/** The columns of a table with the names and types that they have in the other dialect; their values come later. */
import type { Column, ColumnId, Namespace, Schema, Table } from "../model/index.ts";
import { commentIn, type Context } from "./context.ts";
import { type Counters, placeCounters } from "./counters.ts";
import { listedValues, type MadeEnums, type UserTypes } from "./enums.ts";
import type { LossKey } from "./losses.ts";
import { inTable, type Names } from "./names.ts";
import { neutral, typeIn, type TypeFound } from "./types/types.ts";

/** A table on its way: `after` has the names and types of the other dialect, the rest as it was. */
export interface Draft {
  readonly before: Table;
  readonly after: Table;
  readonly counters: ReadonlySet<ColumnId>;
  /** Values that a check must hold a column to, because its type no longer does. */
  readonly values: ReadonlyMap<ColumnId, readonly string[]>;
}

export interface Typing {
  readonly context: Context;
  readonly names: Names;
  readonly types: UserTypes;
  readonly enums: MadeEnums;
  readonly counters: Counters;
  readonly namespaces: ReadonlyMap<string, Namespace>;
  /** Columns of each table that are in a key or refer to one, with the number of columns beside them there. */
  readonly keyed: ReadonlyMap<ColumnId, number>;
}

/** Columns that an engine may have to find rows by. */
export function keyedColumns({ tables, foreignKeys }: Schema): ReadonlyMap<ColumnId, number> {
  const found = new Map<ColumnId, number>();
  const note = (ids: readonly (ColumnId | null)[]): void => {
    for (const id of ids) if (id !== null) found.set(id, Math.max(found.get(id) ?? 0, ids.length));
  };
  for (const { constraints, indexes } of tables) {
    for (const constraint of constraints) if ("columns" in constraint) note(constraint.columns);
    for (const { unique, parts } of indexes) if (unique) note(parts.map(({ columnId }) => columnId));
  }
  for (const { columns, refColumns } of foreignKeys) for (const ids of [columns, refColumns]) note(ids);
  return found;
}

const plain = (type: string, loss: LossKey | null = null): TypeFound => ({ type, loss });

/** The type that stands for another one, without what keys and counters want of it. */
function typeOf(type: string, { context }: Typing): TypeFound {
  const { from, to, fromWords, toWords, family } = context;
  if (family && to.types.knows(type)) return plain(to.types.canonical(type));
  const parsed = from.types.parse(type);
  const digits = toWords.precise ? fromWords.digits : 0;
  const found = typeIn(to.types, neutral(parsed, digits));
  const unsigned = parsed.name.includes(" unsigned") && !found.type.includes(" unsigned") && found.loss === null;
  return unsigned ? { ...found, loss: "unsigned" } : found;
}

/** Texts and numbers no longer than they can be. */
function limited(found: TypeFound, { context: { to, toWords } }: Typing): TypeFound {
  const { name, args, kind, array } = to.types.parse(found.type);
  const { longest, decimals } = toWords;
  const [first, second] = args.map(Number);
  if (kind === "text" && longest && first !== undefined && first > longest.varchar)
    return plain(to.types.canonical(longest.instead), found.loss);
  if (kind !== "decimal" || !decimals || first === undefined) return found;
  if (first <= decimals.precision && (second ?? 0) <= decimals.scale) return found;
  const kept = [Math.min(first, decimals.precision), Math.min(second ?? 0, decimals.scale)].map(String);
  return plain(to.types.format({ name, args: kept, kind, array }), "precision");
}

/** A text in a key, where keys have an end. */
function inKey(found: TypeFound, columns: number, { context: { to, toWords } }: Typing): TypeFound {
  const { characters, long } = toWords.keys;
  if (characters === null || columns === 0) return found;
  const most = Math.floor(characters / columns);
  const { name, args, kind } = to.types.parse(found.type);
  const tooLong = long.includes(name) || ((kind === "text" || kind === "binary") && Number(args[0] ?? 0) > most);
  if (!tooLong) return found;
  const word = kind === "binary" ? "varbinary" : "varchar";
  return plain(to.types.canonical(`${word}(${String(most)})`), "lengths");
}

interface Valued {
  readonly found: TypeFound;
  readonly values: readonly string[] | null;
}

/** A column of listed values: an enum of its own, a type that lists them, or a text that a check holds to them. */
function ofValues(values: readonly string[], column: Column, table: Table, typing: Typing): Valued {
  const { context, enums, namespaces } = typing;
  const { to } = context;
  const namespace = namespaces.get(table.namespaceId);
  if (to.features.enums && namespace)
    return { found: plain(enums.named(namespace, `${table.name}_${column.name}`, values)), values: null };
  const listed = `enum(${values.map((value) => to.quote.literal(value).trim()).join(",")})`;
  if (values.length > 0 && to.types.knows(listed)) return { found: plain(to.types.canonical(listed)), values: null };
  return { found: typeIn(to.types, { name: "text", args: [] }), values };
}

function valuedType(column: Column, table: Table, typing: Typing): Valued {
  const { context, types } = typing;
  if (context.family) return { found: typeOf(column.type, typing), values: null };
  const values = types.enumOf(column.type)?.values ?? listedValues(column.type, context.fromWords.backslashes);
  if (values) return ofValues(values, column, table, typing);
  if (types.isOther(column.type)) return { found: { ...typeOf("json", typing), loss: "composites" }, values: null };
  const domain = types.domainOf(column.type);
  if (!domain) return { found: typeOf(column.type, typing), values: null };
  return valuedType({ ...column, type: domain.base }, table, typing);
}

/** A column that numbers itself is a whole number. */
function counting(found: TypeFound, { context: { to, toWords } }: Typing): TypeFound {
  if (toWords.numbersKey !== null) return plain(toWords.numbersKey, found.loss);
  return to.types.parse(found.type).kind === "integer" ? found : typeIn(to.types, { name: "int64", args: [] });
}

/** A table with its new name and its columns with their new names and types. */
export function draftOf(before: Table, name: string, typing: Typing): Draft {
  const { context, names, counters, keyed } = typing;
  const placed = placeCounters(before, counters, context);
  const values = new Map<ColumnId, readonly string[]>();
  const columns = before.columns.map((column): Column => {
    const { found, values: listed } = valuedType(column, before, typing);
    const counted = placed.has(column.id) ? counting(found, typing) : found;
    const { type, loss } = inKey(limited(counted, typing), keyed.get(column.id) ?? 0, typing);
    if (loss) context.tally.count(loss);
    if (listed) values.set(column.id, listed);
    const comment = commentIn(column.comment, "column", context);
    return { ...column, name: names.kept(inTable(before, "column"), column.name), type, comment };
  });
  return { before, after: { ...before, name, columns }, counters: placed, values };
}
