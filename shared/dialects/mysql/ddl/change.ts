/** One change as ALTER statements: MySQL manual, "ALTER TABLE Statement"; null where only a rebuild does. */
import {
  type Change,
  type Column,
  type EntityRef,
  type Index,
  type KeyConstraint,
  type Schema,
  type Table,
  type TableId,
} from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { statement } from "../../kit/statement.ts";
import type { Flavour } from "../flavour.ts";
import { quoted } from "../quote.ts";
import { columnText, ownCheck } from "./columns.ts";
import { checkText, foreignKeyText, indexText, keyText } from "./keys.ts";
import { type Names, namesOf } from "./names.ts";
import { createDatabase, createSequence, createVerbatim, createView, dropTarget } from "./objects.ts";
import { alterTable } from "./alter.ts";
import { createTable } from "./tables.ts";

type Statements = readonly Statement[] | null;
type Of<E extends Change["entity"]> = Extract<Change, { readonly entity: E }>;

interface Context {
  readonly before: Names;
  readonly after: Names;
  readonly flavour: Flavour;
}

const ref = (entity: EntityRef["entity"], id: string, ownerId: TableId | null = null): EntityRef => ({ entity, id, ownerId });

/** DDL ends a transaction. */
const one = (sql: string, about: EntityRef): Statement[] => [statement(sql, about, false)];

function onlyRenamed<T extends { readonly name: string }>(before: T, after: T): boolean {
  return JSON.stringify({ ...before, name: "" }) === JSON.stringify({ ...after, name: "" });
}

function changeTable(change: Of<"table">, { before, after }: Context): Statements {
  switch (change.kind) {
    case "create":
      return [createTable(change.after, [], after)];
    case "drop":
      return one(`DROP TABLE ${before.qualified(change.before)}`, ref("table", change.before.id));
    case "alter":
      return alterTable(change.before, change.after, before, after);
  }
}

/** The key that a counting column comes with: the first of its table that it leads. */
function leading(table: Table, column: Column): KeyConstraint | Index | null {
  const key = table.constraints.find((item): item is KeyConstraint => "columns" in item && item.columns[0] === column.id);
  return key ?? table.indexes.find(({ parts }) => parts[0]?.columnId === column.id) ?? null;
}

const keyOrIndexText = (key: KeyConstraint | Index, table: Table, names: Names): string =>
  "parts" in key ? indexText(key, table, names) : keyText(key, table, names);

/** Was this key made together with the counting column that it leads? */
function cameWithColumn(id: string, table: Table, before: Names): boolean {
  const old = before.lookup.table(table.id);
  if (!old) return false;
  return table.columns.some((column) => {
    const fresh = column.identity !== null && !old.columns.some((known) => known.id === column.id);
    return fresh && leading(table, column)?.id === id;
  });
}

/** `FIRST`, or the column that it stands behind. */
function placeOf(table: Table, column: Column): string {
  const at = table.columns.findIndex(({ id }) => id === column.id);
  const previous = table.columns[at - 1];
  return previous ? `AFTER ${quoted(previous.name)}` : "FIRST";
}

function changeColumn(change: Of<"column">, context: Context): Statements {
  const { before, after, flavour } = context;
  const table = after.lookup.table(change.ownerId as TableId);
  if (!table) return null;
  if (change.kind === "reorder") return reorder(change.before, change.after, table, context);
  const alter = `ALTER TABLE ${after.qualified(table)}`;
  const text = (column: Column): string =>
    columnText(column, flavour, { counting: true, check: ownCheck(table, column, flavour) });
  switch (change.kind) {
    case "create": {
      const column = change.after;
      const last = table.columns.at(-1)?.id === column.id;
      const key = column.identity ? leading(table, column) : null;
      const known = key !== null && !cameWithColumn(key.id, table, before);
      const along = key === null || known ? "" : `, ADD ${keyOrIndexText(key, table, after)}`;
      const sql = `${alter} ADD COLUMN ${text(column)}${last ? "" : ` ${placeOf(table, column)}`}${along}`;
      return one(sql, ref("column", column.id, table.id));
    }
    case "drop":
      return one(`${alter} DROP COLUMN ${quoted(change.before.name)}`, ref("table", table.id));
    case "alter": {
      const about = ref("column", change.after.id, table.id);
      if (onlyRenamed(change.before, change.after))
        return one(`${alter} RENAME COLUMN ${quoted(change.before.name)} TO ${quoted(change.after.name)}`, about);
      // Computed on the spot or stored is not to be changed in place.
      if (change.before.generated?.stored !== change.after.generated?.stored)
        return replaceColumn(change.before, table, text(change.after), about, after);
      const renamed = change.before.name !== change.after.name;
      const how = renamed ? `CHANGE COLUMN ${quoted(change.before.name)}` : "MODIFY COLUMN";
      return one(`${alter} ${how} ${text(change.after)}`, about);
    }
  }
}

/** A column that becomes computed, or ceases to be, is another column: its values go. */
function replaceColumn(old: Column, table: Table, text: string, about: EntityRef, names: Names): Statements {
  const inKey =
    table.constraints.some((key) => "columns" in key && key.columns.includes(old.id)) ||
    table.indexes.some(({ parts }) => parts.some(({ columnId }) => columnId === old.id)) ||
    names.schema.foreignKeys.some((key) => [...key.columns, ...key.refColumns].includes(old.id));
  if (inKey) return null;
  const place = placeOf(table, { ...old });
  return one(`ALTER TABLE ${names.qualified(table)} DROP COLUMN ${quoted(old.name)}, ADD COLUMN ${text} ${place}`, about);
}

/** The fewest moves from one order of columns to another, each behind its neighbour. */
function reorder(was: readonly string[], wanted: readonly string[], table: Table, { after, flavour }: Context): Statements {
  const now = was.filter((id) => wanted.includes(id));
  wanted.forEach((id, at) => {
    if (!now.includes(id)) now.splice(now.indexOf(wanted[at - 1] ?? "") + 1, 0, id);
  });
  const moves = wanted.flatMap((id, at): string[] => {
    if (now[at] === id) return [];
    now.splice(now.indexOf(id), 1);
    now.splice(at, 0, id);
    const column = table.columns.find((item) => item.id === id);
    if (!column) return [];
    const check = ownCheck(table, column, flavour);
    return [`MODIFY COLUMN ${columnText(column, flavour, { counting: true, check })} ${placeOf(table, column)}`];
  });
  return moves.length === 0 ? [] : one(`ALTER TABLE ${after.qualified(table)} ${moves.join(", ")}`, ref("table", table.id));
}

function changeConstraint(change: Of<"constraint">, { before, after, flavour }: Context): Statements {
  const table = after.lookup.table(change.ownerId as TableId);
  if (!table) return null;
  const alter = `ALTER TABLE ${after.qualified(table)}`;
  const entity = change.kind === "drop" ? change.before : change.after;
  const about = change.kind === "drop" ? ref("table", table.id) : ref("constraint", entity.id, table.id);
  const ownColumn = (owner: Table): Column | null =>
    owner.columns.find((column) => ownCheck(owner, column, flavour)?.id === entity.id) ?? null;
  const drop = (item: typeof entity): string => {
    if (item.kind === "primary") return "DROP PRIMARY KEY";
    if (item.kind === "unique") return `DROP INDEX ${quoted(item.name)}`;
    return `DROP CONSTRAINT ${quoted(item.name)}`;
  };
  const add = (item: typeof entity): string | null => {
    if (item.kind === "exclude") return null;
    return `ADD ${item.kind === "check" ? checkText(item) : keyText(item, table, after)}`;
  };
  const column =
    entity.kind === "check" ? ownColumn(change.kind === "drop" ? (before.lookup.table(table.id) ?? table) : table) : null;
  // The check of a column comes and goes with the column's definition.
  if (column) {
    const here = table.columns.find(({ id }) => id === column.id);
    if (!here) return [];
    const check = ownCheck(table, here, flavour);
    return one(`${alter} MODIFY COLUMN ${columnText(here, flavour, { counting: true, check })}`, about);
  }
  switch (change.kind) {
    case "drop":
      return one(`${alter} ${drop(change.before)}`, about);
    case "create": {
      const text = add(change.after);
      if (text === null) return null;
      return cameWithColumn(entity.id, table, before) ? [] : one(`${alter} ${text}`, about);
    }
    case "alter": {
      const text = add(change.after);
      return text === null ? null : one(`${alter} ${drop(change.before)}, ${text}`, about);
    }
  }
}

function changeForeignKey(change: Of<"foreignKey">, { before, after }: Context): Statements {
  const key = change.kind === "create" ? change.after : change.before;
  const table = (after.lookup.table(key.tableId) ? after : before).table(key.tableId);
  const drop = `ALTER TABLE ${table} DROP FOREIGN KEY ${quoted(key.name)}`;
  if (change.kind === "drop") return one(drop, ref("table", key.tableId));
  const about = ref("foreignKey", change.after.id, change.after.tableId);
  const add = `ALTER TABLE ${after.table(change.after.tableId)} ADD ${foreignKeyText(change.after, after)}`;
  // The name of a foreign key is free only after the statement that drops it.
  return change.kind === "create" ? one(add, about) : [...one(drop, about), ...one(add, about)];
}

function changeIndex(change: Of<"index">, { before, after }: Context): Statements {
  const table = after.lookup.table(change.ownerId as TableId);
  if (!table) return null;
  const alter = `ALTER TABLE ${after.qualified(table)}`;
  if (change.kind === "drop") return one(`${alter} DROP INDEX ${quoted(change.before.name)}`, ref("table", table.id));
  const about = ref("index", change.after.id, table.id);
  const add = `ADD ${indexText(change.after, table, after)}`;
  if (change.kind === "create") return cameWithColumn(change.after.id, table, before) ? [] : one(`${alter} ${add}`, about);
  if (onlyRenamed(change.before, change.after))
    return one(`${alter} RENAME INDEX ${quoted(change.before.name)} TO ${quoted(change.after.name)}`, about);
  return one(`${alter} DROP INDEX ${quoted(change.before.name)}, ${add}`, about);
}

function changeView(change: Of<"view">, { before, after }: Context): Statements {
  if (change.kind === "create") return createView(change.after, after);
  const drop = one(`DROP VIEW ${before.qualified(change.before)}`, ref("view", change.before.id));
  if (change.kind === "drop") return drop;
  const moved = before.qualified(change.before) !== after.qualified(change.after);
  return moved ? [...drop, ...createView(change.after, after)] : createView(change.after, after, true);
}

function changeSequence(change: Of<"sequence">, { before, after }: Context): Statements {
  if (change.kind === "create") return [createSequence(change.after, after)];
  const about = ref("sequence", change.before.id);
  if (change.kind === "drop") return one(`DROP SEQUENCE ${before.qualified(change.before)}`, about);
  if (onlyRenamed(change.before, change.after))
    return one(`RENAME TABLE ${before.qualified(change.before)} TO ${after.qualified(change.after)}`, about);
  return [...one(`DROP SEQUENCE ${before.qualified(change.before)}`, about), createSequence(change.after, after)];
}

function changeOther(change: Of<"namespace" | "verbatim">, { before, after }: Context): Statements {
  if (change.entity === "verbatim") {
    if (change.kind === "create") return createVerbatim(change.after, after);
    const drop = one(`DROP ${dropTarget(change.before, before)}`, ref("verbatim", change.before.id));
    return change.kind === "drop" ? drop : [...drop, ...createVerbatim(change.after, after)];
  }
  if (change.kind === "create") return after.database(change.after.id) === null ? [] : [createDatabase(change.after)];
  // A database has no other name in place.
  if (change.kind === "alter") return change.before.name === change.after.name ? [] : null;
  return before.database(change.before.id) === null
    ? []
    : one(`DROP DATABASE ${quoted(change.before.name)}`, ref("namespace", change.before.id));
}

export function changeStatements(
  change: Change,
  schemas: { readonly before: Schema; readonly after: Schema },
  flavour: Flavour,
): Statements {
  const context: Context = { before: namesOf(schemas.before, flavour), after: namesOf(schemas.after, flavour), flavour };
  switch (change.entity) {
    case "table":
      return changeTable(change, context);
    case "column":
      return changeColumn(change, context);
    case "constraint":
      return changeConstraint(change, context);
    case "foreignKey":
      return changeForeignKey(change, context);
    case "index":
      return changeIndex(change, context);
    case "view":
      return changeView(change, context);
    case "sequence":
      return changeSequence(change, context);
    case "namespace":
    case "verbatim":
      return changeOther(change, context);
    // There are no types of one's own.
    case "type":
      return null;
  }
}
