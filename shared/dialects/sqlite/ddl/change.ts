/** What SQLite can change in place (sqlite.org/lang_altertable.html); `null` means: rebuild. */
import {
  type Change,
  type EntityRef,
  lookup,
  type Schema,
  type Table,
  type TableId,
  type Verbatim,
} from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { statement } from "../../kit/statement.ts";
import { FOREIGN_KEY } from "../names.ts";
import { identifier } from "../quote.ts";
import { createIndex, createVerbatim, createView } from "./objects.ts";
import { createTable } from "./tables.ts";

interface Context {
  readonly before: Schema;
  readonly after: Schema;
}

type Of<E extends Change["entity"]> = Extract<Change, { readonly entity: E }>;

/** Whether two entities are the same but for their names. */
function onlyRenamed<T extends { readonly name: string }>(before: T, after: T): boolean {
  return JSON.stringify({ ...before, name: "" }) === JSON.stringify({ ...after, name: "" });
}

const tableRef = (id: string): EntityRef => ({ entity: "table", id, ownerId: null });

function changeTable(change: Of<"table">, { after }: Context): readonly Statement[] | null {
  switch (change.kind) {
    case "create":
      return [createTable(change.after, after), ...change.after.indexes.map((index) => createIndex(index, change.after))];
    case "drop":
      return [statement(`DROP TABLE ${identifier(change.before.name)}`, tableRef(change.before.id))];
    case "alter": {
      const bare = (table: Table): Table => ({ ...table, columns: [], constraints: [], indexes: [] });
      if (change.before.kind === "virtual" || !onlyRenamed(bare(change.before), bare(change.after))) return null;
      const sql = `ALTER TABLE ${identifier(change.before.name)} RENAME TO ${identifier(change.after.name)}`;
      return [statement(sql, tableRef(change.after.id))];
    }
  }
}

/** The triggers and indexes of a table that are the same before and after; others have changes of their own. */
function unchanged<T extends { readonly id: string }>(before: readonly T[], after: readonly T[]): T[] {
  const known = new Map(before.map((item) => [item.id, item]));
  return after.filter((item) => item === known.get(item.id) || JSON.stringify(item) === JSON.stringify(known.get(item.id)));
}

const triggersOf = (table: Table, schema: Schema): Verbatim[] =>
  schema.verbatim.filter(({ kind, ownerId }) => kind === "trigger" && ownerId === table.id);

function remake(old: Table, table: Table, { before, after }: Context): Statement[] {
  return [
    statement(`DROP TABLE IF EXISTS ${identifier(old.name)}`, tableRef(table.id)),
    createTable(table, after),
    ...unchanged(old.indexes, table.indexes).map((index) => createIndex(index, table)),
    ...unchanged(triggersOf(old, before), triggersOf(table, after)).map(createVerbatim),
  ];
}

/**
 * What stands inside CREATE TABLE cannot be altered, or only at times, and there are no rows to keep: the table is made again, and
 * with a column that is called otherwise, the tables that refer to it.
 */
function madeAgain(id: TableId, context: Context): readonly Statement[] | null {
  const [was, is] = [lookup(context.before), lookup(context.after)];
  const renamed = (is.table(id)?.columns ?? []).some((column) => {
    const old = was.column(id, column.id);
    return old !== null && old.name !== column.name;
  });
  const others = renamed ? is.incoming(id).map(({ tableId }) => tableId) : [];
  const statements: Statement[] = [];
  for (const each of new Set([id, ...others])) {
    const [old, table] = [was.table(each), is.table(each)];
    // What is new is made by a change of its own.
    if (!old && table && each !== id) continue;
    if (!old || !table || old.name !== table.name || table.kind === "virtual") return null;
    statements.push(...remake(old, table, context));
  }
  return statements;
}

function changeIndex(change: Of<"index">, { after }: Context): readonly Statement[] | null {
  const drop = (name: string, id: string): Statement =>
    statement(`DROP INDEX IF EXISTS ${identifier(name)}`, { entity: "index", id, ownerId: change.ownerId });
  if (change.kind === "drop") return [drop(change.before.name, change.before.id)];
  const table = lookup(after).table(change.ownerId as TableId);
  if (!table) return null;
  const create = createIndex(change.after, table);
  return change.kind === "create" ? [create] : [drop(change.before.name, change.before.id), create];
}

function changeView(change: Of<"view">): readonly Statement[] {
  const drop = (name: string, id: string): Statement =>
    statement(`DROP VIEW ${identifier(name)}`, { entity: "view", id, ownerId: null });
  if (change.kind === "create") return [createView(change.after)];
  const dropped = drop(change.before.name, change.before.id);
  return change.kind === "drop" ? [dropped] : [dropped, createView(change.after)];
}

function changeVerbatim(change: Of<"verbatim">, context: Context): readonly Statement[] | null {
  const about = change.kind === "drop" ? change.before : change.after;
  if (about.kind === FOREIGN_KEY) return inTable(about.ownerId as TableId, context);
  if (change.kind === "create") return [createVerbatim(change.after)];
  if (change.before.kind !== "trigger") return null;
  const { id, name, ownerId } = change.before;
  const drop = statement(`DROP TRIGGER ${identifier(name)}`, { entity: "verbatim", id, ownerId });
  return change.kind === "drop" ? [drop] : [drop, createVerbatim(change.after)];
}

/** A foreign key stands in its table: it comes and goes with that, or the table is made again. */
function inTable(tableId: TableId, context: Context): readonly Statement[] | null {
  const [old, table] = [lookup(context.before).table(tableId), lookup(context.after).table(tableId)];
  return old && table ? madeAgain(tableId, context) : [];
}

export function changeStatements(change: Change, context: Context): readonly Statement[] | null {
  switch (change.entity) {
    case "table":
      return changeTable(change, context);
    case "column":
    case "constraint":
      return madeAgain(change.ownerId as TableId, context);
    case "index":
      return changeIndex(change, context);
    case "view":
      return changeView(change);
    case "verbatim":
      return changeVerbatim(change, context);
    case "foreignKey":
      return inTable(change.kind === "drop" ? change.before.tableId : change.after.tableId, context);
    // What SQLite does not have.
    case "namespace":
    case "type":
    case "sequence":
      return null;
  }
}
