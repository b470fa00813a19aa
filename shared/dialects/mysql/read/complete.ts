/** What a server adds by itself: names for what has none, and an index for a foreign key that has none to use. */
import type { Flavour } from "../flavour.ts";
import { type Context, leaveOut } from "./context.ts";
import { type DraftForeignKey, type DraftKey, type DraftTable, findColumn } from "./draft.ts";
import type { ReadItem } from "./keys.ts";

const lower = (text: string): string => text.toLowerCase();

/** `wanted`, or the first free name like it: `wanted_2`, `wanted_3`. */
function freeKeyName(table: DraftTable, wanted: string): string {
  const taken = new Set(table.keys.map(({ name }) => lower(name)));
  if (!taken.has(lower(wanted)) && lower(wanted) !== "primary") return wanted;
  let number = 2;
  while (taken.has(lower(`${wanted}_${String(number)}`))) number += 1;
  return `${wanted}_${String(number)}`;
}

/** The next number of a name like `t_ibfk_1` or `t_chk_1`: one more than the largest there is. */
function nextNumber(names: readonly string[], prefix: string): number {
  const numbers = names.map((name) => (lower(name).startsWith(lower(prefix)) ? Number(name.slice(prefix.length)) : 0));
  return Math.max(0, ...numbers.filter((number) => Number.isInteger(number))) + 1;
}

/** Can this key find the rows of a foreign key's columns: are they its first, in order? */
export function serves(key: DraftKey, columns: readonly string[]): boolean {
  if (key.kind === "fulltext" || key.kind === "spatial" || key.using === "hash") return false;
  return columns.every((column, at) => {
    const part = key.parts[at];
    return part?.column !== null && part?.length === null && lower(part.column) === lower(column);
  });
}

function addKey(table: DraftTable, key: DraftKey): void {
  if (key.kind === "primary") {
    table.keys = [key, ...table.keys.filter(({ kind }) => kind !== "primary")];
    for (const { column } of key.parts) {
      const known = column === null ? null : findColumn(table, column);
      if (known) known.notNull = true;
    }
  } else table.keys.push(key);
  // An index made for a foreign key goes when another serves as well.
  table.keys = table.keys.filter((old) => old === key || !old.implied || !serves(key, columnsOf(old)));
}

const columnsOf = (key: DraftKey): readonly string[] => key.parts.map(({ column }) => column ?? "");

function addImplied(table: DraftTable, key: DraftForeignKey, named: boolean): void {
  if (table.keys.some((other) => serves(other, key.columns))) return;
  const parts = key.columns.map((column) => ({ column, expression: null, length: null, descending: false }));
  const name = freeKeyName(table, named ? key.name : (key.columns[0] ?? key.name));
  addKey(table, { kind: "index", name, parts, period: null, using: null, options: {}, comment: null, implied: true });
}

/** The name that a server would give to the next check of a table. */
function nextCheckName(table: DraftTable, flavour: Flavour): string {
  const prefix = flavour.checkName(table.name, 0).slice(0, -1);
  const names = table.checks.map(({ name }) => name);
  return flavour.checkName(table.name, nextNumber(names, prefix));
}

function nextForeignKeyName(table: DraftTable): string {
  const prefix = `${table.name}_ibfk_`;
  const names = table.foreignKeys.map(({ name }) => name);
  return `${prefix}${String(nextNumber(names, prefix))}`;
}

/**
 * Adds what was read to a table. Keys come before foreign keys, wherever they stand: these then find an index to use. What a live
 * server printed has all its indexes.
 */
export function addItems(table: DraftTable, items: readonly ReadItem[], context: Context): void {
  const { flavour, span } = context;
  const twice = (what: string, { name }: ReadItem, there: readonly { readonly name: string }[]): boolean => {
    if (name === null || name === "PRIMARY" || !there.some((other) => lower(other.name) === lower(name))) return false;
    leaveOut(context, `the ${what} ${name} of ${table.name}`, "there is one of that name before it");
    return true;
  };
  for (const item of items) {
    if (item.kind !== "key" || twice("key", item, table.keys)) continue;
    const [first] = item.key.parts;
    addKey(table, { ...item.key, name: item.name ?? freeKeyName(table, first?.column ?? "functional_index") });
  }
  for (const item of items) {
    if (item.kind === "check" && !twice("check", item, table.checks))
      table.checks.push({ ...item.check, name: item.name ?? nextCheckName(table, flavour) });
    if (item.kind === "foreign" && !twice("foreign key", item, table.foreignKeys)) {
      const key = { ...item.key, name: item.name ?? nextForeignKeyName(table) };
      table.foreignKeys.push(key);
      if (span) addImplied(table, key, item.name !== null);
    }
  }
}
