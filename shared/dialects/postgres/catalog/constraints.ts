/** Rows of `constraints` -> a table's constraints, a domain's checks, and foreign keys. */
import type {
  Constraint,
  ConstraintId,
  Deferrable,
  ForeignKey,
  ForeignKeyId,
  ReferentialAction,
  TableId,
} from "../../../model/index.ts";
import { flag, type Ids, oid, type Row, text, word } from "./reader.ts";

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  a: "no action",
  r: "restrict",
  c: "cascade",
  n: "set null",
  d: "set default",
};

const deferrable = (row: Row): Deferrable => (flag(row[12]) ? (flag(row[13]) ? "deferred" : "immediate") : "no");
const NO_PARENT = "0";

export interface IndexFacts {
  readonly include: unknown;
  readonly nullsNotDistinct: boolean;
  readonly options: Readonly<Record<string, string>>;
}

/** Gives every constraint its id first, so that partitions can point at their parents'. */
export function nameConstraints(rows: readonly Row[], ids: Ids): void {
  for (const row of rows) {
    const owner = ids.name("pg_class", row[1]);
    ids.add("pg_constraint", oid(row[0]), word(row[4]) === "f" ? "foreignKey" : "constraint", `${owner}.${word(row[3])}`);
  }
}

/** One constraint of a table that is not a foreign key; `index` tells what only its index knows. */
export function readConstraint(row: Row, ids: Ids, index: IndexFacts | null): Constraint | null {
  const base = {
    id: ids.find("pg_constraint", row[0]) as ConstraintId,
    name: word(row[3]),
    comment: text(row[21]),
    deferrable: deferrable(row),
    partOf: oid(row[17]) === NO_PARENT ? null : (ids.find("pg_constraint", row[17]) as ConstraintId | null),
  };
  switch (word(row[4])) {
    case "p":
    case "u":
      return {
        ...base,
        kind: word(row[4]) === "p" ? "primary" : "unique",
        columns: ids.columns(row[1], row[5]),
        include: ids.columns(row[1], index?.include),
        nullsNotDistinct: index?.nullsNotDistinct ?? false,
        withoutOverlaps: flag(row[23]),
        options: index?.options ?? {},
      };
    case "c":
      return {
        ...base,
        kind: "check",
        expression: word(row[20]),
        noInherit: flag(row[15]),
        notValid: !flag(row[14]) && flag(row[22]),
        notEnforced: !flag(row[22]),
        inherited: !flag(row[16]),
      };
    case "x":
      return {
        ...base,
        kind: "exclude",
        definition: word(row[19])
          .replace(/^EXCLUDE /, "")
          .replace(/ DEFERRABLE.*$/, ""),
      };
    default:
      return null;
  }
}

/** One foreign key; null when the table it refers to was not read. */
export function readForeignKey(row: Row, ids: Ids): ForeignKey | null {
  const table = ids.find("pg_class", row[1]);
  const target = ids.find("pg_class", row[6]);
  if (table === null || target === null) return null;
  return {
    id: ids.find("pg_constraint", row[0]) as ForeignKeyId,
    tableId: table as TableId,
    name: word(row[3]),
    columns: ids.columns(row[1], row[5]),
    refTableId: target as TableId,
    refColumns: ids.columns(row[6], row[7]),
    onUpdate: ACTIONS[word(row[8])] ?? "no action",
    onDelete: ACTIONS[word(row[9])] ?? "no action",
    onDeleteColumns: ids.columns(row[1], row[11]),
    match: word(row[10]) === "f" ? "full" : "simple",
    deferrable: deferrable(row),
    notValid: !flag(row[14]) && flag(row[22]),
    notEnforced: !flag(row[22]),
    comment: text(row[21]),
    partOf: oid(row[17]) === NO_PARENT ? null : (ids.find("pg_constraint", row[17]) as ForeignKeyId | null),
  };
}
