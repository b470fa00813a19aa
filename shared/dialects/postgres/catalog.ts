/**
 * This part is in charge of reading a PostgreSQL catalogue into a Schema.
 *
 * Two dozen independent SELECTs, sent together; nothing per table. Names in definitions are qualified because the search path is
 * emptied first. Works on PostgreSQL 14 to 18 and PGlite through nothing but `RunQuery`.
 */
import type { Namespace, NamespaceId, Schema, View, ViewColumn, ViewId } from "../../model/index.ts";
import type { Report } from "../../result/index.ts";
import type { IntrospectScope, RunQuery } from "../dialect.ts";
import { columnsByRelation, type ColumnsOf } from "./catalog/columns.ts";
import { domainOf, isForeignKey, nameConstraints, readForeignKey } from "./catalog/constraints.ts";
import { readDependencies } from "./catalog/dependencies.ts";
import { readDefaultGrants, readGrants } from "./catalog/grants.ts";
import { nameIndexes, readIndex } from "./catalog/indexes.ts";
import * as objects from "./catalog/objects.ts";
import { OPERATOR_STATEMENTS } from "./catalog/operators.sql.ts";
import { publicationStatements, TEXT_SEARCH } from "./catalog/publications.sql.ts";
import { flag, groupBy, Ids, oid, options, type Rows, text, word } from "./catalog/reader.ts";
import { isView, nameRelations, qualifiedName, readTableColumns, readTables } from "./catalog/tables.ts";
import { isIdentity, readSequence, readType } from "./catalog/types.ts";
import { COLUMNS, COMMENTS, constraints, indexes, NAMESPACES, notNulls, RELATIONS } from "./catalog/relations.sql.ts";
import { SEQUENCES, TYPES } from "./catalog/types.sql.ts";
import { POLICIES, ROUTINES, RULES, TRIGGERS } from "./catalog/routines.sql.ts";
import { EXTENSIONS, LANGUAGES_AND_TYPES, STATEMENTS } from "./catalog/statements.sql.ts";
import { DEFAULT_GRANTS, GRANTS } from "./catalog/grants.sql.ts";
import { DEPENDENCIES } from "./catalog/dependencies.sql.ts";
import type { ServerVersion } from "./catalog/parts.sql.ts";

type DependsOn = (id: string) => readonly string[];

/** What the columns of tables are made of: asked for first, so that they are read while the server still answers the rest. */
const leading = (version: ServerVersion) => ({
  namespaces: NAMESPACES,
  comments: COMMENTS,
  relations: RELATIONS,
  sequences: SEQUENCES,
  notNulls: notNulls(version),
  columns: COLUMNS,
});

const following = (version: ServerVersion) => ({
  constraints: constraints(version),
  indexes: indexes(version),
  types: TYPES,
  routines: ROUTINES,
  triggers: TRIGGERS,
  rules: RULES,
  policies: POLICIES,
  extensions: EXTENSIONS,
  statements: STATEMENTS,
  languagesAndTypes: LANGUAGES_AND_TYPES,
  operators: OPERATOR_STATEMENTS,
  textSearch: TEXT_SEARCH,
  publications: publicationStatements(version),
  grants: GRANTS,
  defaultGrants: DEFAULT_GRANTS,
  dependencies: DEPENDENCIES,
});

async function answers<Name extends string>(run: RunQuery, statements: Readonly<Record<Name, string>>): Promise<Rows<Name>> {
  const queries = Object.entries<string>(statements);
  const found = await Promise.all(queries.map(([, query]) => run(query)));
  return Object.fromEntries(queries.map(([name], at) => [name, found[at] ?? []])) as Rows<Name>;
}

/** Reads the whole catalogue. Leaves the session's search path empty. */
export async function introspect(run: RunQuery, scope: IntrospectScope): Promise<Report<Schema>> {
  const [row] = await run(
    "select pg_catalog.set_config('search_path', '', false), pg_catalog.current_setting('server_version_num')",
  );
  const version = { number: Number(row?.[1]) };
  const [begun, rows] = await Promise.all([answers(run, leading(version)).then(begin), answers(run, following(version))]);
  const schema = finish(begun, rows);
  return { value: scope.namespaces.length === 0 ? schema : within(schema, new Set(scope.namespaces)), problems: [] };
}

const PUBLIC_COMMENT = "standard public schema";

/** Names what other things belong to, and reads the columns of tables. */
function begin(rows: Rows<keyof ReturnType<typeof leading>>) {
  const ids = new Ids();
  ids.addComments(rows.comments);
  const namespaces = rows.namespaces.map((row): Namespace => {
    const name = word(row[1]);
    const comment = text(row[2]);
    const id = ids.add("pg_namespace", oid(row[0]), "namespace", name) as NamespaceId;
    return { id, name, comment: name === "public" && comment === PUBLIC_COMMENT ? null : comment };
  });
  nameRelations(rows, ids);
  const facts = columnsByRelation(rows.columns);
  return { ids, namespaces, facts, columns: readTableColumns(rows, facts, ids), rows };
}

function finish(begun: ReturnType<typeof begin>, others: Rows<keyof ReturnType<typeof following>>): Schema {
  const { ids, namespaces, facts } = begun;
  const rows = { ...begun.rows, ...others };
  nameConstraints(
    rows.constraints.filter((row) => oid(row[1]) !== "0"),
    ids,
  );
  nameIndexes(rows.indexes, ids);
  for (const row of rows.types) {
    const id = ids.add("pg_type", oid(row[0]), "type", qualifiedName(ids, row[1], row[2]));
    ids.alias("pg_type", oid(row[6]), id);
  }
  const drafts = [
    ...objects.extensionDrafts(rows.extensions),
    ...objects.statementDrafts(rows.languagesAndTypes),
    ...objects.statementDrafts(rows.statements),
    ...objects.statementDrafts(rows.textSearch),
    ...objects.statementDrafts(rows.operators),
    ...objects.statementDrafts(rows.publications),
    ...objects.routineDrafts(rows.routines, ids),
    ...objects.tableObjectDrafts(rows.triggers, ids, "trigger"),
    ...objects.tableObjectDrafts(rows.rules, ids, "rule"),
    ...objects.policyDrafts(rows.policies, ids),
  ];
  // Ids of all drafts exist before dependencies are read; the second pass puts them on.
  objects.finish(drafts, ids, () => []);
  for (const row of rows.languagesAndTypes)
    if (row[7] !== null) ids.alias("pg_type", oid(row[7]), ids.find(word(row[6]), row[1]) ?? "");
  const dependsOn = readDependencies(rows.dependencies, ids);
  return {
    dialect: "postgres",
    namespaces,
    tables: readTables(rows, begun.columns, ids, dependsOn),
    foreignKeys: rows.constraints
      .filter(isForeignKey)
      .flatMap((row) => readForeignKey(row, ids) ?? [])
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    types: readTypes(rows, facts, ids, dependsOn),
    sequences: rows.sequences.filter((row) => !isIdentity(row)).map((row) => readSequence(row, ids)),
    views: readViews(rows, facts, ids, dependsOn),
    verbatim: [
      ...objects.finish(drafts, ids, dependsOn),
      ...readGrants(rows.grants, ids),
      ...readDefaultGrants(rows.defaultGrants),
    ],
  };
}

function readTypes(rows: Rows<"types" | "constraints">, columns: ColumnsOf, ids: Ids, dependsOn: DependsOn): Schema["types"] {
  const checks = groupBy(rows.constraints, domainOf);
  return rows.types.flatMap((row) => readType(row, { ids, checks, fields: columns, dependsOn }) ?? []);
}

function readViews(rows: Rows<"relations" | "indexes">, columns: ColumnsOf, ids: Ids, dependsOn: DependsOn): View[] {
  const indexes = groupBy(rows.indexes, (row) => oid(row[1]));
  return rows.relations.filter(isView).map((row): View => {
    const id = ids.find("pg_class", row[0]) as ViewId;
    const viewColumns = columns(oid(row[0])).map(([number, name, type, , expression]): ViewColumn => ({
      name,
      type,
      comment: ids.comment("pg_class", row[0], number),
      default: expression,
    }));
    return {
      id,
      namespaceId: ids.find("pg_namespace", row[1]) as NamespaceId,
      name: word(row[2]),
      comment: ids.comment("pg_class", row[0]),
      materialized: word(row[3]) === "m",
      definition: word(row[11]).replace(/;\s*$/, ""),
      columns: viewColumns,
      indexes: (indexes.get(oid(row[0])) ?? []).map((index) => readIndex(index, ids)),
      options: { ...options(row[5]), ...(flag(row[12]) ? {} : { no_data: "true" }) },
      dependsOn: dependsOn(id),
    };
  });
}

/** Only what lives in the given namespaces; foreign keys that leave them are dropped. */
function within(schema: Schema, wanted: ReadonlySet<string>): Schema {
  const kept = new Set(schema.namespaces.filter(({ name }) => wanted.has(name)).map(({ id }) => id));
  const tables = schema.tables.filter(({ namespaceId }) => kept.has(namespaceId));
  const tableIds = new Set<string>(tables.map(({ id }) => id));
  return {
    ...schema,
    namespaces: schema.namespaces.filter(({ id }) => kept.has(id)),
    tables,
    foreignKeys: schema.foreignKeys.filter(({ tableId, refTableId }) => tableIds.has(tableId) && tableIds.has(refTableId)),
    types: schema.types.filter(({ namespaceId }) => kept.has(namespaceId)),
    sequences: schema.sequences.filter(({ namespaceId }) => kept.has(namespaceId)),
    views: schema.views.filter(({ namespaceId }) => kept.has(namespaceId)),
    verbatim: schema.verbatim.filter(
      ({ namespaceId, ownerId }) =>
        (namespaceId === null || kept.has(namespaceId)) && (ownerId === null || tableIds.has(ownerId)),
    ),
  };
}
