/** What SQLite can change in place (sqlite.org/lang_altertable.html); `null` means: rebuild. */
import { type Change, type Column, type EntityRef, lookup, type Schema, type Table, type TableId } from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { statement } from "../../kit/statement.ts";
import { namesIn } from "../text/other-text.ts";
import { identifier } from "../quote.ts";
import { createIndex, createVerbatim, createView } from "./objects.ts";
import { columnLine, createTable } from "./tables.ts";

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

/** ADD COLUMN takes no key, no stored value, no default that must be computed, and NOT NULL only with a default. */
function canAdd(column: Column, table: Table, at: number | null): boolean {
  const last = at === null || at === table.columns.length - 1;
  const keyed = table.constraints.some((constraint) => "columns" in constraint && constraint.columns.includes(column.id));
  const computed = column.default !== null && /[()]|^current_/i.test(column.default);
  const empty = column.default === null || /^null$/i.test(column.default);
  return last && !keyed && !computed && !column.generated?.stored && !(column.notNull && empty);
}

/** DROP COLUMN wants a column that nothing in its table speaks of; the rest the engine refuses by itself. */
function canDrop(column: Column, table: Table, schema: Schema): boolean {
  const find = lookup(schema);
  const keys = [
    ...find.outgoing(table.id).flatMap((key) => key.columns),
    ...find.incoming(table.id).flatMap((key) => key.refColumns),
  ];
  const texts = [
    ...table.constraints.map((constraint) => (constraint.kind === "check" ? constraint.expression : "")),
    ...table.columns.map(({ generated }) => generated?.expression ?? ""),
    ...table.indexes.flatMap(({ where, parts }) => [where ?? "", ...parts.map(({ expression }) => expression ?? "")]),
  ];
  const inKey = table.constraints.some((constraint) => "columns" in constraint && constraint.columns.includes(column.id));
  const inIndex = table.indexes.some(({ parts }) => parts.some(({ columnId }) => columnId === column.id));
  const inText = texts.some((text) => namesIn(text).has(column.name.toLowerCase()));
  return !inKey && !inIndex && !inText && !keys.includes(column.id);
}

function changeColumn(change: Of<"column">, { before, after }: Context): readonly Statement[] | null {
  if (change.kind === "reorder") return null;
  const old = lookup(before).table(change.ownerId as TableId);
  const table = lookup(after).table(change.ownerId as TableId);
  if (!old || !table || table.kind === "virtual") return null;
  const about = (id: string): EntityRef => ({ entity: "column", id, ownerId: table.id });
  const alter = `ALTER TABLE ${identifier(table.name)}`;
  switch (change.kind) {
    case "create":
      return canAdd(change.after, table, change.at)
        ? [statement(`${alter} ADD COLUMN ${columnLine(table, change.after)}`, about(change.after.id))]
        : null;
    case "drop":
      return canDrop(change.before, old, before)
        ? [
            statement(
              `ALTER TABLE ${identifier(old.name)} DROP COLUMN ${identifier(change.before.name)}`,
              about(change.before.id),
            ),
          ]
        : null;
    case "alter": {
      if (!onlyRenamed(change.before, change.after)) return null;
      const sql = `${alter} RENAME COLUMN ${identifier(change.before.name)} TO ${identifier(change.after.name)}`;
      return [statement(sql, about(change.after.id))];
    }
  }
}

function changeIndex(change: Of<"index">, { after }: Context): readonly Statement[] | null {
  const drop = (name: string, id: string): Statement =>
    statement(`DROP INDEX ${identifier(name)}`, { entity: "index", id, ownerId: change.ownerId });
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

function changeVerbatim(change: Of<"verbatim">): readonly Statement[] | null {
  if (change.kind === "create") return [createVerbatim(change.after)];
  if (change.before.kind !== "trigger") return null;
  const { id, name, ownerId } = change.before;
  const drop = statement(`DROP TRIGGER ${identifier(name)}`, { entity: "verbatim", id, ownerId });
  return change.kind === "drop" ? [drop] : [drop, createVerbatim(change.after)];
}

/** A foreign key comes and goes with its table; by itself it cannot change. */
function changeForeignKey(change: Of<"foreignKey">, { before, after }: Context): readonly Statement[] | null {
  if (change.kind === "alter") return null;
  const [key, other] = change.kind === "create" ? [change.after, before] : [change.before, after];
  return lookup(other).table(key.tableId) ? null : [];
}

export function changeStatements(change: Change, context: Context): readonly Statement[] | null {
  switch (change.entity) {
    case "table":
      return changeTable(change, context);
    case "column":
      return changeColumn(change, context);
    case "index":
      return changeIndex(change, context);
    case "view":
      return changeView(change);
    case "verbatim":
      return changeVerbatim(change);
    case "foreignKey":
      return changeForeignKey(change, context);
    // Constraints stand inside CREATE TABLE; the rest SQLite does not have.
    case "constraint":
    case "namespace":
    case "type":
    case "sequence":
      return null;
  }
}
