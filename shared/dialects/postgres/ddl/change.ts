/** One change as the statements that make it in place; null where only a rebuild does. */
import type { Change, Column, EntityRef, Schema, Table, TableId } from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { statement } from "../../kit/statement.ts";
import { identifier } from "../quote.ts";
import { columnDefinition, columnSettings } from "./columns.ts";
import { constraintDefinition, createIndex, foreignKeyDefinition } from "./constraints.ts";
import { verbatimStatements } from "./definitions.ts";
import { alterType } from "./change-types.ts";
import { alterVerbatim, alterView, dropView, wholeView } from "./change-views.ts";
import { type Context, many, sameBut, type Statements } from "./in-place.ts";
import { columnRef, type Names, namesOf } from "./names.ts";
import { comment, createSequence, createType, ownSequence, verbatimTarget } from "./objects.ts";
import { createTable, lateChecks, rowSecurity } from "./tables.ts";

function alterTable(change: Extract<Change, { entity: "table"; kind: "alter" }>, { before, after }: Context): Statements {
  const { before: old, after: next } = change;
  if (
    !sameBut(
      old,
      next,
      "name",
      "comment",
      "namespaceId",
      "unlogged",
      "rowSecurity",
      "columns",
      "constraints",
      "indexes",
      "dependsOn",
    )
  )
    return null;
  const about = { entity: "table", id: next.id, ownerId: null } as const;
  const sqls: string[] = [];
  let name = before.qualified(old);
  if (old.name !== next.name) {
    sqls.push(`ALTER TABLE ${name} RENAME TO ${identifier(next.name)}`);
    name = before.qualified({ ...old, name: next.name });
  }
  if (old.namespaceId !== next.namespaceId) {
    sqls.push(`ALTER TABLE ${name} SET SCHEMA ${identifier(after.lookup.namespace(next.namespaceId)?.name ?? "")}`);
    name = after.qualified(next);
  }
  if (old.unlogged !== next.unlogged) sqls.push(`ALTER TABLE ${name} SET ${next.unlogged ? "UNLOGGED" : "LOGGED"}`);
  if (old.comment !== next.comment) sqls.push(comment(`TABLE ${name}`, next.comment));
  if (old.rowSecurity !== next.rowSecurity) {
    sqls.push(`ALTER TABLE ${name} NO FORCE ROW LEVEL SECURITY`, `ALTER TABLE ${name} DISABLE ROW LEVEL SECURITY`);
    sqls.push(...rowSecurity(next, after).map(({ sql }) => sql));
  }
  return many(sqls, about);
}

function addColumn(table: Table, column: Column, names: Names): Statement[] {
  const about = columnRef(table, column.id);
  const alter = `ALTER TABLE ${names.qualified(table)}`;
  const sqls = [`${alter} ADD COLUMN ${identifier(column.name)} ${columnDefinition(column, { partition: false })}`];
  sqls.push(...columnSettings(column).map((setting) => `${alter} ALTER COLUMN ${identifier(column.name)} ${setting}`));
  if (column.comment !== null) sqls.push(comment(`COLUMN ${names.qualified(table)}.${identifier(column.name)}`, column.comment));
  return many(sqls, about);
}

/** A key's and an identity's columns are NOT NULL, whatever a design says. */
function mustBeNotNull(table: Table, column: Column): boolean {
  return column.identity !== null || table.constraints.some((key) => key.kind === "primary" && key.columns.includes(column.id));
}

function alterColumn(table: Table, old: Column, next: Column, names: Names): Statements {
  if (!sameBut(old, next, "name", "type", "notNull", "default", "identity", "comment")) return null;
  const about = columnRef(table, next.id);
  const name = names.qualified(table);
  const alter = `ALTER TABLE ${name} ALTER COLUMN ${identifier(next.name)}`;
  const sqls: string[] = [];
  if (old.name !== next.name) sqls.push(`ALTER TABLE ${name} RENAME COLUMN ${identifier(old.name)} TO ${identifier(next.name)}`);
  if (old.identity && JSON.stringify(old.identity) !== JSON.stringify(next.identity)) sqls.push(`${alter} DROP IDENTITY`);
  if (old.type !== next.type) {
    if (old.default !== null) sqls.push(`${alter} DROP DEFAULT`);
    sqls.push(`${alter} TYPE ${next.type} USING ${identifier(next.name)}::text::${next.type}`);
    if (next.default !== null) sqls.push(`${alter} SET DEFAULT ${next.default}`);
  } else if (old.default !== next.default && !next.identity && !next.generated)
    sqls.push(next.default === null ? `${alter} DROP DEFAULT` : `${alter} SET DEFAULT ${next.default}`);
  if (old.notNull !== next.notNull && (next.notNull || !mustBeNotNull(table, next)))
    sqls.push(`${alter} ${next.notNull ? "SET" : "DROP"} NOT NULL`);
  if (next.identity && JSON.stringify(old.identity) !== JSON.stringify(next.identity)) {
    const options = next.identity.sequence === "" ? "" : ` (${next.identity.sequence})`;
    sqls.push(`${alter} ADD GENERATED ${next.identity.always ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY${options}`);
  }
  if (old.comment !== next.comment) sqls.push(comment(`COLUMN ${name}.${identifier(next.name)}`, next.comment));
  return many(sqls, about);
}

function columnChange(change: Extract<Change, { entity: "column" }>, { after, before }: Context): Statements {
  const table = after.lookup.table(change.ownerId as TableId) ?? before.lookup.table(change.ownerId as TableId);
  if (!table || table.partitionOf || table.inherits.length > 0) return null;
  switch (change.kind) {
    case "create":
      return addColumn(table, change.after, after);
    case "drop":
      return [
        statement(`ALTER TABLE ${after.qualified(table)} DROP COLUMN ${identifier(change.before.name)}`, {
          entity: "table",
          id: table.id,
          ownerId: null,
        }),
      ];
    case "alter":
      return alterColumn(table, change.before, change.after, after);
    // The order of columns cannot be changed in place, and does not change what the engine says of a design.
    case "reorder":
      return [];
  }
}

function constraintChange(change: Extract<Change, { entity: "constraint" }>, { after }: Context): Statements {
  const table = after.lookup.table(change.ownerId as TableId);
  if (!table) return null;
  const alter = `ALTER TABLE ${after.qualified(table)}`;
  const drop = (name: string): Statement =>
    statement(`${alter} DROP CONSTRAINT ${identifier(name)}`, { entity: "table", id: table.id, ownerId: null });
  if (change.kind === "drop") return [drop(change.before.name)];
  const about = { entity: "constraint", id: change.after.id, ownerId: table.id } as const;
  const add = statement(`${alter} ADD ${constraintDefinition(change.after, table, after)}`, about);
  const words =
    change.after.comment === null
      ? []
      : [
          statement(
            comment(`CONSTRAINT ${identifier(change.after.name)} ON ${after.qualified(table)}`, change.after.comment),
            about,
          ),
        ];
  if (change.kind === "create") return [add, ...words];
  if (sameBut(change.before, change.after, "name"))
    return [statement(`${alter} RENAME CONSTRAINT ${identifier(change.before.name)} TO ${identifier(change.after.name)}`, about)];
  // A key that a foreign key refers to cannot be dropped alone.
  return change.after.kind === "primary" || change.after.kind === "unique" ? null : [drop(change.before.name), add, ...words];
}

function foreignKeyChange(change: Extract<Change, { entity: "foreignKey" }>, { before, after }: Context): Statements {
  const drop = (key: { readonly tableId: TableId; readonly name: string }, names: Names): Statement =>
    statement(`ALTER TABLE ${names.relation(key.tableId)} DROP CONSTRAINT ${identifier(key.name)}`, {
      entity: "table",
      id: key.tableId,
      ownerId: null,
    });
  if (change.kind === "drop") return [drop(change.before, after.lookup.table(change.before.tableId) ? after : before)];
  const about = { entity: "foreignKey", id: change.after.id, ownerId: change.after.tableId } as const;
  const add = statement(
    `ALTER TABLE ${after.relation(change.after.tableId)} ADD ${foreignKeyDefinition(change.after, after)}`,
    about,
  );
  return change.kind === "create" ? [add] : [drop(change.before, after), add];
}

function indexChange(change: Extract<Change, { entity: "index" }>, { after }: Context): Statements {
  const owner = change.ownerId === null ? null : (after.lookup.table(change.ownerId) ?? after.lookup.view(change.ownerId));
  if (!owner) return null;
  const namespace = after.lookup.namespace(owner.namespaceId)?.name ?? "";
  const drop = (name: string): Statement =>
    statement(`DROP INDEX ${identifier(namespace)}.${identifier(name)}`, { entity: "table", id: owner.id, ownerId: null });
  if (change.kind === "drop") return [drop(change.before.name)];
  const about = { entity: "index", id: change.after.id, ownerId: owner.id } as const;
  const create = statement(createIndex(change.after, owner, after), about);
  return change.kind === "create" ? [create] : [drop(change.before.name), create];
}

/** Namespaces, types, sequences, views and verbatim objects. */
function objectChange(
  change: Extract<Change, { entity: "namespace" | "type" | "sequence" | "view" | "verbatim" }>,
  context: Context,
): Statements {
  const { before, after } = context;
  const ref: EntityRef = {
    entity: change.entity,
    id: change.kind === "drop" ? change.before.id : change.after.id,
    ownerId: null,
  };
  if (change.kind === "create") {
    switch (change.entity) {
      case "namespace":
        return many([`CREATE SCHEMA ${identifier(change.after.name)}`], ref);
      case "type":
        return many(createType(change.after, after), ref);
      case "sequence":
        return many(
          [
            createSequence(change.after, after),
            ...(ownSequence(change.after, after) ?? "").split("\n").filter((sql) => sql !== ""),
          ],
          ref,
        );
      case "view":
        return wholeView(change.after, after);
      case "verbatim":
        return verbatimStatements(change.after);
    }
  }
  if (change.kind === "drop") {
    switch (change.entity) {
      case "namespace":
        return many([`DROP SCHEMA ${identifier(change.before.name)}`], ref);
      case "type":
        return many([`DROP TYPE ${before.qualified(change.before)}`], ref);
      case "sequence":
        return many([`DROP SEQUENCE IF EXISTS ${before.qualified(change.before)}`], ref);
      case "view":
        return many([dropView(change.before, before)], ref);
      case "verbatim": {
        const target = verbatimTarget(change.before, before);
        return target === null ? null : many([`DROP ${target}`], ref);
      }
    }
  }
  switch (change.entity) {
    case "namespace":
      if (!sameBut(change.before, change.after, "name")) return null;
      return many([`ALTER SCHEMA ${identifier(change.before.name)} RENAME TO ${identifier(change.after.name)}`], ref);
    case "type":
      return alterType(change.before, change.after, context);
    case "view":
      return alterView(change.before, change.after, context);
    case "verbatim":
      return alterVerbatim(change.before, change.after, context);
    case "sequence":
      return null;
  }
}

function tableChange(change: Extract<Change, { entity: "table" }>, context: Context): Statements {
  switch (change.kind) {
    case "create":
      if (change.after.partitionOf) return null;
      return [
        ...createTable(change.after, context.after),
        ...lateChecks(change.after, context.after),
        ...change.after.indexes.map((index) =>
          statement(createIndex(index, change.after, context.after), { entity: "index", id: index.id, ownerId: change.after.id }),
        ),
      ];
    case "drop":
      return [
        statement(`DROP TABLE ${context.before.qualified(change.before)}`, {
          entity: "table",
          id: change.before.id,
          ownerId: null,
        }),
      ];
    case "alter":
      return alterTable(change, context);
  }
}

export function changeStatements(change: Change, schemas: { readonly before: Schema; readonly after: Schema }): Statements {
  const context: Context = { before: namesOf(schemas.before), after: namesOf(schemas.after) };
  switch (change.entity) {
    case "table":
      return tableChange(change, context);
    case "column":
      return columnChange(change, context);
    case "constraint":
      return constraintChange(change, context);
    case "foreignKey":
      return foreignKeyChange(change, context);
    case "index":
      return indexChange(change, context);
    default:
      return objectChange(change, context);
  }
}
