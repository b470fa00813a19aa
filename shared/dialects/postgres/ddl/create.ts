/**
 * The whole schema as statements, in dependency order.
 *
 * Definitions come first, sorted by what the catalogue says they need; then what ties them together (partitions, owned sequences,
 * indexes, foreign keys), then what acts on them (rules, triggers, policies), then words and rights. Foreign keys and ownership
 * come after all tables, so cycles between tables do not matter.
 */
import type { Options, Schema, Table } from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { inOrderOfNeed } from "../../kit/sort.ts";
import { statement } from "../../kit/statement.ts";
import { identifier } from "../quote.ts";
import { allComments } from "./comments.ts";
import { foreignKeyDefinition } from "./constraints.ts";
import { clusterOn, indexWithSettings } from "./indexes.ts";
import { indexed, type Names, namesOf } from "./names.ts";
import { definitions, verbatimStatements } from "./definitions.ts";
import { ownSequence } from "./objects.ts";
import { attachPartition, lateChecks, rowSecurity } from "./tables.ts";

/** Verbatim kinds that act on what is there, in their order. */
const ACTING: readonly string[] = [
  "foreign key",
  "statistics",
  "rule",
  "trigger",
  "policy",
  "event trigger",
  "user mapping",
  "publication",
];
const RIGHTS: readonly string[] = ["grant", "default privileges"];

function depth(table: Table, names: Names): number {
  let steps = 0;
  for (let at: Table | null = table; at?.partitionOf && steps < 64; at = names.lookup.table(at.partitionOf.tableId)) steps += 1;
  return steps;
}

/** Whoever inherits after who is inherited from. */
function parentsFirst({ schema }: Names): readonly Table[] {
  return inOrderOfNeed(
    schema.tables.map((table) => ({
      id: table.id,
      needs: [...table.inherits, ...(table.partitionOf ? [table.partitionOf.tableId] : [])],
      value: table,
    })),
  );
}

function partitions(names: Names): Statement[] {
  return names.schema.tables.flatMap((table) => attachPartition(table, names));
}

/** Indexes of partitions come first: their parents' then take them in. */
function indexes(names: Names): Statement[] {
  const owners = [...names.schema.tables].sort((a, b) => depth(b, names) - depth(a, names));
  return [...owners, ...names.schema.views].flatMap((owner) =>
    owner.indexes.flatMap((index) => indexWithSettings(index, owner, names)),
  );
}

function clustered(names: Names): Statement[] {
  const isClustered = ({ options }: { readonly options: Options }): boolean => options["clustered"] === "true";
  const { tables, views } = names.schema;
  return [
    ...tables.flatMap((owner) =>
      indexed(owner)
        .filter(isClustered)
        .map((index) => statement(clusterOn(index, owner, names), { entity: "table", id: owner.id, ownerId: null })),
    ),
    ...views.flatMap((owner) =>
      owner.indexes
        .filter(isClustered)
        .map((index) => statement(clusterOn(index, owner, names), { entity: "view", id: owner.id, ownerId: null })),
    ),
  ];
}

function foreignKeys(names: Names): Statement[] {
  return names.schema.foreignKeys
    .filter(({ partOf }) => partOf === null)
    .map((key) =>
      statement(`ALTER TABLE ${names.relation(key.tableId)} ADD ${foreignKeyDefinition(key, names)}`, {
        entity: "foreignKey",
        id: key.id,
        ownerId: key.tableId,
      }),
    );
}

export function createAll(schema: Schema): readonly Statement[] {
  const names = namesOf(schema);
  const namespaces = schema.namespaces
    .filter(({ name }) => name !== "public")
    .map(({ id, name }) => statement(`CREATE SCHEMA ${identifier(name)}`, { entity: "namespace", id, ownerId: null }));
  const verbatim = (kind: string): Statement[] =>
    schema.verbatim.filter((object) => object.kind === kind).flatMap(verbatimStatements);
  return [
    ...namespaces,
    ...definitions(names, [...ACTING, ...RIGHTS]),
    ...partitions(names),
    ...parentsFirst(names).flatMap((table) => lateChecks(table, names)),
    ...schema.sequences.flatMap((sequence) => {
      const sql = ownSequence(sequence, names);
      return sql === null ? [] : [statement(sql, { entity: "sequence", id: sequence.id, ownerId: null })];
    }),
    ...indexes(names),
    ...clustered(names),
    ...foreignKeys(names),
    ...schema.tables.flatMap((table) => rowSecurity(table, names)),
    ...ACTING.flatMap(verbatim),
    ...allComments(names),
    ...RIGHTS.flatMap(verbatim),
  ];
}
