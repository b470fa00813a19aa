/** Rows of `types` -> enums, domains, composite and range types; rows of `sequences` -> sequences and identity options. */
import type { NamespaceId, Sequence, SequenceId, TableId, TypeId, UserType } from "../../../model/index.ts";
import { collationOf, type ColumnsOf } from "./columns.ts";
import { readDomainCheck } from "./constraints.ts";
import { LIMITS } from "../limits.ts";
import { flag, type Ids, json, oid, type Row, text, word } from "./reader.ts";

type DomainFacts = readonly [base: string, notNull: boolean, fallback: string | null, collation: string | null];
type RangeFacts = readonly [
  subtype: string,
  opclass: string | null,
  collation: string | null,
  canonical: string | null,
  subdiff: string | null,
  multirange: string | null,
];

export interface TypeContext {
  readonly ids: Ids;
  readonly checks: ReadonlyMap<string, readonly Row[]>;
  readonly fields: ColumnsOf;
  readonly dependsOn: (id: string) => readonly string[];
}

function rangeOptions([, opclass, collation, canonical, subdiff, multirange]: RangeFacts): Record<string, string> {
  const found: Record<string, string> = {};
  if (opclass !== null) found["subtype_opclass"] = opclass;
  if (collation !== null) found["collation"] = collation;
  if (canonical !== null && canonical !== "-") found["canonical"] = canonical;
  if (subdiff !== null && subdiff !== "-") found["subtype_diff"] = subdiff;
  if (multirange !== null) found["multirange_type_name"] = multirange;
  return found;
}

export function readType(row: Row, { ids, checks, fields, dependsOn }: TypeContext): UserType | null {
  const id = ids.find("pg_type", row[0]) as TypeId;
  const base = {
    id,
    namespaceId: ids.find("pg_namespace", row[1]) as NamespaceId,
    name: word(row[2]),
    comment: text(row[4]),
    dependsOn: dependsOn(id),
  };
  switch (word(row[3])) {
    case "e":
      return { ...base, kind: "enum", values: json<string[]>(row[5]) ?? [] };
    case "d": {
      const facts = json<DomainFacts>(row[5]);
      if (!facts) return null;
      return {
        ...base,
        kind: "domain",
        base: facts[0],
        notNull: facts[1],
        default: facts[2],
        collation: facts[3],
        checks: (checks.get(oid(row[0])) ?? []).map(readDomainCheck),
      };
    }
    case "c": {
      const columns = fields(word(row[5])).map((field) => ({
        name: field[1],
        type: field[2],
        collation: collationOf(field),
        comment: ids.comment("pg_class", row[5], field[0]),
      }));
      return { ...base, kind: "composite", fields: columns };
    }
    case "r": {
      const facts = json<RangeFacts>(row[5]);
      return facts ? { ...base, kind: "range", subtype: facts[0], options: rangeOptions(facts) } : null;
    }
    default:
      return null;
  }
}

/** The options of a sequence that differ from what CREATE SEQUENCE would choose, as SQL. */
export function sequenceOptions(row: Row): string {
  const [start, increment, max, min, cache] = row.slice(4, 9).map((cell) => BigInt(word(cell)));
  const [least, most] = LIMITS[word(row[3])] ?? [0n, 0n];
  if (start === undefined || increment === undefined || max === undefined || min === undefined || cache === undefined) return "";
  const ascending = increment > 0n;
  const parts: string[] = [];
  if (increment !== 1n) parts.push(`INCREMENT BY ${String(increment)}`);
  if (min !== (ascending ? 1n : least)) parts.push(`MINVALUE ${String(min)}`);
  if (max !== (ascending ? most : -1n)) parts.push(`MAXVALUE ${String(max)}`);
  if (start !== (ascending ? min : max)) parts.push(`START WITH ${String(start)}`);
  if (cache !== 1n) parts.push(`CACHE ${String(cache)}`);
  if (flag(row[9])) parts.push("CYCLE");
  return parts.join(" ");
}

export const isIdentity = (row: Row): boolean => word(row[13]) === "i";

export function readSequence(row: Row, ids: Ids): Sequence {
  const table = row[11] === null ? null : (ids.find("pg_class", row[11]) as TableId | null);
  const column = table === null ? null : ids.column(row[11], Number(row[12]));
  return {
    id: ids.find("pg_class", row[0]) as SequenceId,
    namespaceId: ids.find("pg_namespace", row[1]) as NamespaceId,
    name: word(row[2]),
    comment: ids.comment("pg_class", row[0]),
    type: word(row[3]),
    definition: sequenceOptions(row),
    unlogged: word(row[10]) === "u",
    ownedBy: table !== null && column !== null ? { tableId: table, columnId: column } : null,
  };
}
