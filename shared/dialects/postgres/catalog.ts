/**
 * This part is in charge of reading a PostgreSQL catalogue into a Schema.
 *
 * Twenty independent SELECTs, sent together; nothing per table. Names in definitions are qualified because the search path is
 * emptied first. Works on PostgreSQL 14 to 18 and PGlite through nothing but `RunQuery`.
 */
import type { Namespace, NamespaceId, Schema, Table, TableId, View, ViewColumn, ViewId } from "../../model/index.ts";
import type { Report } from "../../result/index.ts";
import type { IntrospectScope, RunQuery } from "../dialect.ts";
import { readColumn } from "./catalog/columns.ts";
import { nameConstraints, readConstraint, readForeignKey } from "./catalog/constraints.ts";
import { readDependencies } from "./catalog/dependencies.ts";
import { readDefaultGrants, readGrants } from "./catalog/grants.ts";
import { indexFacts, nameIndexes, readIndex } from "./catalog/indexes.ts";
import * as objects from "./catalog/objects.ts";
import { OPERATOR_STATEMENTS } from "./catalog/operators.sql.ts";
import { publicationStatements, TEXT_SEARCH } from "./catalog/publications.sql.ts";
import { flag, groupBy, Ids, json, oid, options, type Row, text, word } from "./catalog/reader.ts";
import { isIdentity, readSequence, readType, sequenceOptions } from "./catalog/types.ts";
import { columns, constraints, indexes, NAMESPACES, RELATIONS } from "./catalog/relations.sql.ts";
import { SEQUENCES, TYPES } from "./catalog/types.sql.ts";
import { POLICIES, ROUTINES, RULES, TRIGGERS } from "./catalog/routines.sql.ts";
import { EXTENSIONS, LANGUAGES_AND_TYPES, STATEMENTS } from "./catalog/statements.sql.ts";
import { DEFAULT_GRANTS, GRANTS } from "./catalog/grants.sql.ts";
import { DEPENDENCIES } from "./catalog/dependencies.sql.ts";
import type { ServerVersion } from "./catalog/parts.sql.ts";
import { identifier, literal } from "./quote.ts";

type Rows = Readonly<Record<keyof ReturnType<typeof statements>, readonly Row[]>>;

function statements(version: ServerVersion) {
  return {
    namespaces: NAMESPACES,
    relations: RELATIONS,
    columns: columns(version),
    constraints: constraints(version),
    indexes: indexes(version),
    types: TYPES,
    sequences: SEQUENCES,
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
  };
}

/** Reads the whole catalogue. Leaves the session's search path empty. */
export async function introspect(run: RunQuery, scope: IntrospectScope): Promise<Report<Schema>> {
  const [version] = await run(
    "select pg_catalog.set_config('search_path', '', false), pg_catalog.current_setting('server_version_num')",
  );
  const queries = Object.entries(statements({ number: Number(version?.[1]) }));
  const answers = await Promise.all(queries.map(([, query]) => run(query)));
  const rows = Object.fromEntries(queries.map(([name], at) => [name, answers[at] ?? []])) as Rows;
  const schema = read(rows);
  return { value: scope.namespaces.length === 0 ? schema : within(schema, new Set(scope.namespaces)), problems: [] };
}

const PUBLIC_COMMENT = "standard public schema";

function read(rows: Rows): Schema {
  const ids = new Ids();
  const namespaces = rows.namespaces.map((row): Namespace => {
    const name = word(row[1]);
    const comment = text(row[2]);
    const id = ids.add("pg_namespace", oid(row[0]), "namespace", name) as NamespaceId;
    return { id, name, comment: name === "public" && comment === PUBLIC_COMMENT ? null : comment };
  });
  nameRelations(rows, ids);
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
  const tables = readTables(rows, ids, dependsOn);
  return {
    dialect: "postgres",
    namespaces,
    tables,
    foreignKeys: rows.constraints
      .filter((row) => word(row[4]) === "f")
      .flatMap((row) => readForeignKey(row, ids) ?? [])
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    types: readTypes(rows, ids, dependsOn),
    sequences: rows.sequences.filter((row) => !isIdentity(row)).map((row) => readSequence(row, ids)),
    views: readViews(rows, ids, dependsOn),
    verbatim: [
      ...objects.finish(drafts, ids, dependsOn),
      ...readGrants(rows.grants, ids),
      ...readDefaultGrants(rows.defaultGrants),
    ],
  };
}

const qualifiedName = (ids: Ids, namespace: unknown, name: unknown): string =>
  `${identifier(ids.name("pg_namespace", namespace))}.${identifier(word(name))}`;

const isView = (row: Row): boolean => word(row[3]) === "v" || word(row[3]) === "m";

function nameRelations(rows: Rows, ids: Ids): void {
  for (const row of rows.relations) {
    const id = ids.add("pg_class", oid(row[0]), isView(row) ? "view" : "table", qualifiedName(ids, row[1], row[2]));
    ids.alias("pg_type", oid(row[19]), id);
    ids.alias("pg_type", oid(row[20]), id);
  }
  for (const row of rows.sequences) ids.add("pg_class", oid(row[0]), "sequence", qualifiedName(ids, row[1], row[2]));
}

function readTables(rows: Rows, ids: Ids, dependsOn: (id: string) => readonly string[]): Table[] {
  const columns = groupBy(rows.columns, (row) => oid(row[0]));
  const constraints = groupBy(rows.constraints, (row) => oid(row[1]));
  const indexes = groupBy(rows.indexes, (row) => oid(row[1]));
  const indexOfConstraint = new Map(rows.indexes.filter((row) => row[10] !== null).map((row) => [oid(row[10]), row]));
  const identities = new Map(rows.sequences.filter(isIdentity).map((row) => [`${oid(row[12])}/${word(row[13])}`, row]));
  const relations = rows.relations.filter((row) => !isView(row));
  // Columns of every table are named before any constraint refers to them.
  const columnsOf = new Map(
    relations.map((row) => {
      const key = oid(row[0]);
      const identity = (number: string, column: string): string => {
        const sequence = identities.get(`${key}/${number}`);
        if (!sequence) return "";
        const usual = word(sequence[2]) === `${word(row[2])}_${column}_seq`;
        const named = usual ? "" : `SEQUENCE NAME ${qualifiedName(ids, sequence[1], sequence[2])} `;
        return (named + sequenceOptions(sequence)).trim();
      };
      return [
        key,
        (columns.get(key) ?? []).map((column) => readColumn(column, ids, ids.name("pg_class", key), word(row[2]), identity)),
      ];
    }),
  );
  return relations.map((row): Table => {
    const key = oid(row[0]);
    const id = ids.find("pg_class", key) as TableId;
    const parents = (json<number[]>(row[16]) ?? []).flatMap((parent) => (ids.find("pg_class", parent) as TableId | null) ?? []);
    const bound = text(row[9]);
    const [parent] = parents;
    return {
      id,
      namespaceId: ids.find("pg_namespace", row[1]) as NamespaceId,
      name: word(row[2]),
      comment: text(row[10]),
      columns: columnsOf.get(key) ?? [],
      constraints: (constraints.get(key) ?? []).flatMap((constraint) => {
        const index = indexOfConstraint.get(oid(constraint[0]));
        return readConstraint(constraint, ids, index ? indexFacts(index) : null) ?? [];
      }),
      indexes: (indexes.get(key) ?? []).filter((index) => index[10] === null).map((index) => readIndex(index, ids)),
      kind: word(row[3]) === "f" ? "foreign" : "table",
      using: word(row[3]) === "f" ? foreignClause(row) : null,
      unlogged: word(row[4]) === "u",
      partitionBy: text(row[8]),
      partitionOf: bound !== null && parent ? { tableId: parent, bound } : null,
      inherits: bound === null ? parents : [],
      options: tableOptions(row),
      rowSecurity: flag(row[7]) ? "forced" : flag(row[6]) ? "on" : "off",
      dependsOn: dependsOn(id),
    };
  });
}

function foreignClause(row: Row): string {
  const pairs = Object.entries(options(row[18])).map(([name, value]) => `${identifier(name)} ${literal(value)}`);
  return `SERVER ${word(row[17])}${pairs.length === 0 ? "" : ` OPTIONS (${pairs.join(", ")})`}`;
}

const REPLICA_IDENTITY: Readonly<Record<string, string>> = { n: "NOTHING", f: "FULL" };

function tableOptions(row: Row): Record<string, string> {
  const found: Record<string, string> = { ...options(row[5]), ...options(row[15], "toast.") };
  const method = text(row[14]);
  const replica = word(row[3]) === "f" ? undefined : REPLICA_IDENTITY[word(row[11])];
  if (method !== null) found["access_method"] = method;
  if (replica) found["replica_identity"] = replica;
  // FORCE without ENABLE is rare, and two flags of the engine: kept as it is.
  if (flag(row[7]) && !flag(row[6])) found["row_security_disabled"] = "true";
  return found;
}

function readTypes(rows: Rows, ids: Ids, dependsOn: (id: string) => readonly string[]): Schema["types"] {
  const checks = groupBy(
    rows.constraints.filter((row) => oid(row[2]) !== "0"),
    (row) => oid(row[2]),
  );
  const fields = groupBy(rows.columns, (row) => oid(row[0]));
  return rows.types.flatMap((row) => readType(row, { ids, checks, fields, dependsOn }) ?? []);
}

function readViews(rows: Rows, ids: Ids, dependsOn: (id: string) => readonly string[]): View[] {
  const columns = groupBy(rows.columns, (row) => oid(row[0]));
  const indexes = groupBy(rows.indexes, (row) => oid(row[1]));
  return rows.relations.filter(isView).map((row): View => {
    const id = ids.find("pg_class", row[0]) as ViewId;
    const viewColumns = (columns.get(oid(row[0])) ?? []).map((column): ViewColumn => ({
      name: word(column[2]),
      type: word(column[3]),
      comment: text(column[9]),
      default: text(column[5]),
    }));
    return {
      id,
      namespaceId: ids.find("pg_namespace", row[1]) as NamespaceId,
      name: word(row[2]),
      comment: text(row[10]),
      materialized: word(row[3]) === "m",
      definition: word(row[12]).replace(/;\s*$/, ""),
      columns: viewColumns,
      indexes: (indexes.get(oid(row[0])) ?? []).map((index) => readIndex(index, ids)),
      options: { ...options(row[5]), ...(flag(row[13]) ? {} : { no_data: "true" }) },
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
