/** One change as the statements that make it in place; null where only a rebuild does. */
import type { Change, EntityRef, Namespace, Schema, Table, TableId, Verbatim } from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { statement } from "../../kit/statement.ts";
import { identifier } from "../quote.ts";
import { constraintDefinition, foreignKeyDefinition } from "./constraints.ts";
import { verbatimStatements } from "./definitions.ts";
import { tableComments, typeComments } from "./comments.ts";
import { columnChange } from "./change-columns.ts";
import { alterSequence, dropSequence } from "./change-sequences.ts";
import { alterType } from "./change-types.ts";
import { alterVerbatim, alterView, dropView, wholeView } from "./change-views.ts";
import { detourOf } from "./detour.ts";
import { type Context, many, sameBut, type Statements } from "./in-place.ts";
import { wholeIndex } from "./indexes.ts";
import { type Names, namesOf } from "./names.ts";
import { comment, createSequence, createType, ownSequence, verbatimTarget } from "./objects.ts";
import { attachPartition, createTable, lateChecks, rowSecurity } from "./tables.ts";

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

/** What is dropped is dropped before its table is called otherwise. */
function constraintChange(change: Extract<Change, { entity: "constraint" }>, { before, after }: Context): Statements {
  const table = after.lookup.table(change.ownerId as TableId);
  if (!table) return null;
  const alter = `ALTER TABLE ${after.qualified(table)}`;
  const drop = (name: string, names: Names): Statement =>
    statement(`ALTER TABLE ${names.relation(table.id)} DROP CONSTRAINT ${identifier(name)}`, {
      entity: "table",
      id: table.id,
      ownerId: null,
    });
  if (change.kind === "drop") return [drop(change.before.name, before)];
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
  return change.after.kind === "primary" || change.after.kind === "unique"
    ? null
    : [drop(change.before.name, after), add, ...words];
}

function foreignKeyChange(change: Extract<Change, { entity: "foreignKey" }>, { before, after }: Context): Statements {
  const drop = (key: { readonly tableId: TableId; readonly name: string }, names: Names): Statement =>
    statement(`ALTER TABLE ${names.relation(key.tableId)} DROP CONSTRAINT ${identifier(key.name)}`, {
      entity: "table",
      id: key.tableId,
      ownerId: null,
    });
  if (change.kind === "drop") return [drop(change.before, before)];
  const about = { entity: "foreignKey", id: change.after.id, ownerId: change.after.tableId } as const;
  const add = statement(
    `ALTER TABLE ${after.relation(change.after.tableId)} ADD ${foreignKeyDefinition(change.after, after)}`,
    about,
  );
  const { comment: text, name, tableId } = change.after;
  const words = text === null ? [] : [comment(`CONSTRAINT ${identifier(name)} ON ${after.relation(tableId)}`, text)];
  const made = [add, ...many(words, about)];
  return change.kind === "create" ? made : [drop(change.before, after), ...made];
}

function indexChange(change: Extract<Change, { entity: "index" }>, { before, after }: Context): Statements {
  const owner = change.ownerId === null ? null : (after.lookup.table(change.ownerId) ?? after.lookup.view(change.ownerId));
  if (!owner) return null;
  const drop = (name: string, names: Names): Statement => {
    const where = names.lookup.table(owner.id) ?? names.lookup.view(owner.id) ?? owner;
    return statement(`DROP INDEX ${names.qualified({ namespaceId: where.namespaceId, name })}`, {
      entity: "table",
      id: owner.id,
      ownerId: null,
    });
  };
  if (change.kind === "drop") return [drop(change.before.name, before)];
  const create = wholeIndex(change.after, owner, after);
  return change.kind === "create" ? create : [drop(change.before.name, after), ...create];
}

const namespaceComment = ({ name, comment: text }: Namespace): string => comment(`SCHEMA ${identifier(name)}`, text);

const createNamespace = (namespace: Namespace): string[] => [
  `CREATE SCHEMA ${identifier(namespace.name)}`,
  ...(namespace.comment === null ? [] : [namespaceComment(namespace)]),
];

const alterNamespace = (old: Namespace, next: Namespace): string[] => [
  ...(old.name === next.name ? [] : [`ALTER SCHEMA ${identifier(old.name)} RENAME TO ${identifier(next.name)}`]),
  ...(old.comment === next.comment ? [] : [namespaceComment(next)]),
];

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
        return many(createNamespace(change.after), ref);
      case "type":
        return [...many(createType(change.after, after), ref), ...typeComments(change.after, after)];
      case "sequence":
        return many(
          [
            createSequence(change.after, after),
            ...(ownSequence(change.after, after) ?? "").split("\n").filter((sql) => sql !== ""),
            ...(change.after.comment === null
              ? []
              : [comment(`SEQUENCE ${after.qualified(change.after)}`, change.after.comment)]),
          ],
          ref,
        );
      case "view":
        return wholeView(change.after, after);
      case "verbatim":
        return wholeVerbatim(change.after, after);
    }
  }
  if (change.kind === "drop") {
    switch (change.entity) {
      case "namespace":
        return many([`DROP SCHEMA ${identifier(change.before.name)}`], ref);
      case "type":
        return many([`DROP TYPE ${before.qualified(change.before)}`], ref);
      case "sequence":
        return many(dropSequence(change.before, context), ref);
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
      return many(alterNamespace(change.before, change.after), ref);
    case "type":
      return alterType(change.before, change.after, context);
    case "view":
      return alterView(change.before, change.after, context);
    case "verbatim":
      return alterVerbatim(change.before, change.after, context);
    case "sequence":
      return alterSequence(change.before, change.after, context);
  }
}

/** With what is said of it. */
function wholeVerbatim(object: Verbatim, names: Names): Statement[] {
  const target = verbatimTarget(object, names);
  const words = object.comment === null || target === null ? [] : [comment(target, object.comment)];
  return [...verbatimStatements(object), ...many(words, { entity: "verbatim", id: object.id, ownerId: null })];
}

/** With all that is said of it, but for its foreign keys. */
function wholeTable(table: Table, names: Names): Statement[] {
  return [
    ...createTable(table, names),
    ...table.indexes.flatMap((index) => wholeIndex({ ...index, comment: null }, table, names)),
    ...attachPartition(table, names),
    ...lateChecks(table, names),
    ...rowSecurity(table, names),
    ...tableComments(table, names),
  ];
}

function tableChange(change: Extract<Change, { entity: "table" }>, context: Context): Statements {
  switch (change.kind) {
    case "create":
      return wholeTable(change.after, context.after);
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
  if (detourOf(change, context).hindrance !== null) return null;
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
