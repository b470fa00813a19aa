/** Rows of `RELATIONS` -> names of tables and views, and tables with all that belongs to them. */
import type { Column, NamespaceId, Table, TableId } from "../../../model/index.ts";
import { identifier, literal } from "../quote.ts";
import { type ColumnsOf, readColumn } from "./columns.ts";
import { isKey, readConstraint } from "./constraints.ts";
import { indexFacts, readIndex } from "./indexes.ts";
import { flag, groupBy, type Ids, numbers, oid, options, type Row, type Rows, text, word } from "./reader.ts";
import { isIdentity, sequenceOptions } from "./types.ts";

export const qualifiedName = (ids: Ids, namespace: unknown, name: unknown): string =>
  `${identifier(ids.name("pg_namespace", namespace))}.${identifier(word(name))}`;

export const isView = (row: Row): boolean => word(row[3]) === "v" || word(row[3]) === "m";

export function nameRelations(rows: Rows<"relations" | "sequences">, ids: Ids): void {
  for (const row of rows.relations) {
    const id = ids.add("pg_class", oid(row[0]), isView(row) ? "view" : "table", qualifiedName(ids, row[1], row[2]));
    ids.alias("pg_type", oid(row[18]), id);
    ids.alias("pg_type", oid(row[19]), id);
  }
  for (const row of rows.sequences) ids.add("pg_class", oid(row[0]), "sequence", qualifiedName(ids, row[1], row[2]));
}

/** The columns of every table by its oid: they are named before any constraint or index refers to them. */
export function readTableColumns(
  rows: Rows<"relations" | "sequences" | "notNulls">,
  columns: ColumnsOf,
  ids: Ids,
): ReadonlyMap<string, readonly Column[]> {
  const identities = new Map(rows.sequences.filter(isIdentity).map((row) => [`${oid(row[11])}/${word(row[12])}`, row]));
  const notNulls = groupBy(rows.notNulls, (row) => oid(row[1]));
  return new Map(
    rows.relations
      .filter((row) => !isView(row))
      .map((row) => {
        const key = oid(row[0]);
        const identity = (number: number, column: string): string => {
          const sequence = identities.get(`${key}/${String(number)}`);
          if (!sequence) return "";
          const usual = word(sequence[2]) === `${word(row[2])}_${column}_seq`;
          const named = usual ? "" : `SEQUENCE NAME ${qualifiedName(ids, sequence[1], sequence[2])} `;
          return (named + sequenceOptions(sequence)).trim();
        };
        const owner = {
          oid: key,
          qualified: ids.name("pg_class", key),
          name: word(row[2]),
          identity,
          notNulls: new Map(notNulls.get(key)?.map((notNull) => [Number(notNull[2]), notNull])),
        };
        return [key, columns(key).map((column) => readColumn(column, ids, owner))];
      }),
  );
}

export function readTables(
  rows: Rows<"relations" | "constraints" | "indexes">,
  columns: ReadonlyMap<string, readonly Column[]>,
  ids: Ids,
  dependsOn: (id: string) => readonly string[],
): Table[] {
  const constraints = groupBy(rows.constraints, (row) => oid(row[1]));
  const indexes = groupBy(rows.indexes, (row) => oid(row[1]));
  const keyIndexes = new Set(rows.constraints.filter(isKey).map((row) => oid(row[7])));
  const indexOf = new Map(rows.indexes.map((row) => [oid(row[0]), row]));
  const relations = rows.relations.filter((row) => !isView(row));
  return relations.map((row): Table => {
    const key = oid(row[0]);
    const id = ids.find("pg_class", key) as TableId;
    const parents = numbers(row[15]).flatMap((parent) => (ids.find("pg_class", parent) as TableId | null) ?? []);
    const bound = text(row[9]);
    const [parent] = parents;
    return {
      id,
      namespaceId: ids.find("pg_namespace", row[1]) as NamespaceId,
      name: word(row[2]),
      comment: ids.comment("pg_class", key),
      columns: columns.get(key) ?? [],
      constraints: (constraints.get(key) ?? []).flatMap((constraint) => {
        const index = isKey(constraint) ? indexOf.get(oid(constraint[7])) : undefined;
        return readConstraint(constraint, ids, index ? indexFacts(index) : null) ?? [];
      }),
      indexes: (indexes.get(key) ?? []).filter((index) => !keyIndexes.has(oid(index[0]))).map((index) => readIndex(index, ids)),
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
  const pairs = Object.entries(options(row[17])).map(([name, value]) => `${identifier(name)} ${literal(value)}`);
  return `SERVER ${word(row[16])}${pairs.length === 0 ? "" : ` OPTIONS (${pairs.join(", ")})`}`;
}

const REPLICA_IDENTITY: Readonly<Record<string, string>> = { n: "NOTHING", f: "FULL" };

function tableOptions(row: Row): Record<string, string> {
  const found: Record<string, string> = { ...options(row[5]), ...options(row[14], "toast.") };
  const method = text(row[13]);
  const replica = word(row[3]) === "f" ? undefined : REPLICA_IDENTITY[word(row[10])];
  if (method !== null) found["access_method"] = method;
  if (replica) found["replica_identity"] = replica;
  // FORCE without ENABLE is rare, and two flags of the engine: kept as it is.
  if (flag(row[7]) && !flag(row[6])) found["row_security_disabled"] = "true";
  return found;
}
