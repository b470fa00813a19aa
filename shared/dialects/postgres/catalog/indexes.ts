/** Rows of `indexes` -> model indexes, and what a key constraint keeps in its index. */
import type { ColumnId, Index, IndexId, IndexPart, Options } from "../../../model/index.ts";
import type { IndexFacts } from "./constraints.ts";
import { flag, type Ids, json, NO_OPTIONS, numbers, oid, options, type Row, text, word } from "./reader.ts";

/** What the engine has to say in words about one column of an index. */
type Words = readonly [
  definition: string | null,
  opclass: string | null,
  collation: string | null,
  parameters: string | null,
  statistics: number | null,
];

const NOTHING: Words = [null, null, null, null, null];
const DESCENDING = 1;
const NULLS_FIRST = 2;

const wordsOf = (row: Row): readonly Words[] => json<Words[]>(row[14]) ?? [];

function indexOptions(row: Row, words: readonly Words[]): Options {
  const plain = row[8] === null && words.length === 0 && !flag(row[10]) && !flag(row[11]);
  if (plain) return NO_OPTIONS;
  const found = options(row[8]);
  if (flag(row[10])) found["clustered"] = "true";
  if (flag(row[11])) found["replica_identity"] = "true";
  words.forEach(([, , , , statistics], at) => {
    if (statistics !== null) found[`statistics.${String(at + 1)}`] = String(statistics);
  });
  return found;
}

/** What the constraint behind an index needs of it. */
export function indexFacts(row: Row): IndexFacts {
  return {
    include: numbers(row[12]).slice(Number(row[6])),
    nullsNotDistinct: flag(row[5]),
    options: indexOptions(row, wordsOf(row)),
  };
}

function readPart(columnId: ColumnId | null, option: number, words: Words): IndexPart {
  const [definition, opclass, collation, parameters] = words;
  const descending = (option & DESCENDING) !== 0;
  const nullsFirst = (option & NULLS_FIRST) !== 0;
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
  const columns = numbers(row[12]);
  const directions = numbers(row[13]);
  const words = wordsOf(row);
  return {
    id: ids.find("pg_index", row[0]) as IndexId,
    name: word(row[2]),
    unique: flag(row[4]),
    method: word(row[3]),
    parts: columns
      .slice(0, keys)
      .map((number, at) => readPart(ids.column(row[1], number), Number(directions[at] ?? 0), words[at] ?? NOTHING)),
    include: ids.columns(row[1], columns.slice(keys)),
    nullsNotDistinct: flag(row[5]),
    where: text(row[7]),
    options: indexOptions(row, words),
    comment: ids.comment("pg_class", row[0]),
    partOf: row[9] === null ? null : (ids.find("pg_index", row[9]) as IndexId | null),
  };
}
