/** Rows of `indexes` -> model indexes, and what a key constraint keeps in its index. */
import type { Index, IndexId, IndexPart, Options } from "../../../model/index.ts";
import type { IndexFacts } from "./constraints.ts";
import { flag, type Ids, json, oid, options, type Row, text, word } from "./reader.ts";

type Part = readonly [
  number: number,
  /** Null for a column of a table. */
  definition: string | null,
  option: number | null,
  opclass: string | null,
  collation: string | null,
  parameters: string | null,
  statistics: number | null,
];

const DESCENDING = 1;
const NULLS_FIRST = 2;

const partsOf = (row: Row): readonly Part[] => json<Part[]>(row[14]) ?? [];

function indexOptions(row: Row): Options {
  const statistics = partsOf(row).flatMap((part, at) =>
    part[6] === null ? [] : [[`statistics.${String(at + 1)}`, String(part[6])]],
  );
  return {
    ...options(row[8]),
    ...(flag(row[12]) ? { clustered: "true" } : {}),
    ...(flag(row[13]) ? { replica_identity: "true" } : {}),
    ...Object.fromEntries(statistics),
  };
}

/** What the constraint behind an index needs of it. */
export function indexFacts(row: Row): IndexFacts {
  const include = partsOf(row)
    .slice(Number(row[6]))
    .map((part) => part[0]);
  return { include, nullsNotDistinct: flag(row[5]), options: indexOptions(row) };
}

function readPart(part: Part, relation: unknown, ids: Ids): IndexPart {
  const [number, definition, option, opclass, collation, parameters] = part;
  const descending = ((option ?? 0) & DESCENDING) !== 0;
  const nullsFirst = ((option ?? 0) & NULLS_FIRST) !== 0;
  const columnId = number > 0 ? ids.column(relation, number) : null;
  return {
    columnId,
    expression: columnId === null ? definition : null,
    descending,
    nulls: nullsFirst === descending ? null : nullsFirst ? "first" : "last",
    opclass:
      opclass === null
        ? null
        : opclass.replace(/^pg_catalog\./, "") + (parameters === null ? "" : ` (${parameters.replaceAll("=", " = ")})`),
    collation,
  };
}

export function nameIndexes(rows: readonly Row[], ids: Ids): void {
  for (const row of rows) ids.add("pg_index", oid(row[0]), "index", `${ids.name("pg_class", row[1])}.${word(row[2])}`);
}

/** One index that stands for itself, not for a constraint. */
export function readIndex(row: Row, ids: Ids): Index {
  const keys = Number(row[6]);
  const parts = partsOf(row);
  return {
    id: ids.find("pg_index", row[0]) as IndexId,
    name: word(row[2]),
    unique: flag(row[4]),
    method: word(row[3]),
    parts: parts.slice(0, keys).map((part) => readPart(part, row[1], ids)),
    include: parts.slice(keys).flatMap((part) => ids.column(row[1], part[0]) ?? []),
    nullsNotDistinct: flag(row[5]),
    where: text(row[7]),
    options: indexOptions(row),
    comment: text(row[9]),
    partOf: row[11] === null ? null : (ids.find("pg_index", row[11]) as IndexId | null),
  };
}
