/** Rows of `constraints` -> a table's constraints, a domain's checks, and foreign keys. */
import type {
  Constraint,
  ConstraintId,
  Deferrable,
  DomainType,
  ForeignKey,
  ForeignKeyId,
  KeyConstraint,
  Options,
  ReferentialAction,
  TableId,
} from "../../../model/index.ts";
import { type Ids, json, NO_OPTIONS, numbers, oid, type Row, word } from "./reader.ts";

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  a: "no action",
  r: "restrict",
  c: "cascade",
  n: "set null",
  d: "set default",
};

const NO_PARENT = 0;

/** What a constraint has that few have, in the engine's own letters. */
interface Rare {
  readonly domain: number;
  readonly update: string;
  readonly delete: string;
  readonly match: string;
  readonly set: readonly number[] | null;
  readonly deferrable: boolean;
  readonly deferred: boolean;
  readonly validated: boolean;
  readonly noInherit: boolean;
  readonly local: boolean;
  readonly parent: number;
  readonly enforced: boolean;
  readonly period: boolean;
}

const USUAL: Rare = {
  domain: 0,
  update: "a",
  delete: "a",
  match: "s",
  set: null,
  deferrable: false,
  deferred: false,
  validated: true,
  noInherit: false,
  local: true,
  parent: NO_PARENT,
  enforced: true,
  period: false,
};

const rareOf = (row: Row): Rare => json<Rare>(row[9]) ?? USUAL;

const deferrableOf = (rare: Rare): Deferrable => (rare.deferrable ? (rare.deferred ? "deferred" : "immediate") : "no");

const parentOf = <T extends string>({ parent }: Rare, ids: Ids): T | null =>
  parent === NO_PARENT ? null : (ids.find("pg_constraint", parent) as T | null);

/** Whether a constraint is kept by an index of its own, whose oid stands in `row[7]`; a foreign key names there the one it leans on. */
export const isKey = (row: Row): boolean => word(row[3]) !== "f" && word(row[3]) !== "c";

export const isForeignKey = (row: Row): boolean => word(row[3]) === "f";

/** The oid of the domain that a constraint is on; empty for one of a table. */
export const domainOf = (row: Row): string => (oid(row[1]) === "0" ? oid(rareOf(row).domain) : "");

/** One check of a domain. */
export function readDomainCheck(row: Row): DomainType["checks"][number] {
  return { name: word(row[2]), expression: word(row[8]), notValid: !rareOf(row).validated };
}

export interface IndexFacts {
  /** Numbers of columns. */
  readonly include: readonly number[];
  readonly nullsNotDistinct: boolean;
  readonly options: Options;
}

/** Gives every constraint its id first, so that partitions can point at their parents'. */
export function nameConstraints(rows: readonly Row[], ids: Ids): void {
  for (const row of rows) {
    const owner = ids.name("pg_class", row[1]);
    ids.add("pg_constraint", oid(row[0]), isForeignKey(row) ? "foreignKey" : "constraint", `${owner}.${word(row[2])}`);
  }
}

/** A primary key or unique constraint. Most tables have one: written out, since spreading a base into it takes several times as long. */
function readKey(row: Row, ids: Ids, index: IndexFacts | null): KeyConstraint {
  const rare = rareOf(row);
  return {
    id: ids.find("pg_constraint", row[0]) as ConstraintId,
    name: word(row[2]),
    comment: ids.comment("pg_constraint", row[0]),
    deferrable: deferrableOf(rare),
    partOf: parentOf<ConstraintId>(rare, ids),
    kind: word(row[3]) === "p" ? "primary" : "unique",
    columns: ids.columns(row[1], numbers(row[4])),
    include: ids.columns(row[1], index?.include ?? []),
    nullsNotDistinct: index?.nullsNotDistinct ?? false,
    withoutOverlaps: rare.period,
    options: index?.options ?? NO_OPTIONS,
  };
}

/** One constraint of a table that is not a foreign key; `index` tells what only its index knows. */
export function readConstraint(row: Row, ids: Ids, index: IndexFacts | null): Constraint | null {
  const kind = word(row[3]);
  if (kind === "p" || kind === "u") return readKey(row, ids, index);
  const rare = rareOf(row);
  const base = {
    id: ids.find("pg_constraint", row[0]) as ConstraintId,
    name: word(row[2]),
    comment: ids.comment("pg_constraint", row[0]),
    deferrable: deferrableOf(rare),
    partOf: parentOf<ConstraintId>(rare, ids),
  };
  if (kind === "c") {
    return {
      ...base,
      kind: "check",
      expression: word(row[8]),
      noInherit: rare.noInherit,
      notValid: !rare.validated && rare.enforced,
      notEnforced: !rare.enforced,
      inherited: !rare.local,
    };
  }
  if (kind !== "x") return null;
  const definition = word(row[8])
    .replace(/^EXCLUDE /, "")
    .replace(/ DEFERRABLE.*$/, "");
  return { ...base, kind: "exclude", definition };
}

/** One foreign key; null when the table it refers to was not read. */
export function readForeignKey(row: Row, ids: Ids): ForeignKey | null {
  const table = ids.find("pg_class", row[1]);
  const target = ids.find("pg_class", row[5]);
  if (table === null || target === null) return null;
  const rare = rareOf(row);
  return {
    id: ids.find("pg_constraint", row[0]) as ForeignKeyId,
    tableId: table as TableId,
    name: word(row[2]),
    columns: ids.columns(row[1], numbers(row[4])),
    refTableId: target as TableId,
    refColumns: ids.columns(row[5], numbers(row[6])),
    onUpdate: ACTIONS[rare.update] ?? "no action",
    onDelete: ACTIONS[rare.delete] ?? "no action",
    onDeleteColumns: ids.columns(row[1], rare.set ?? []),
    match: rare.match === "f" ? "full" : "simple",
    deferrable: deferrableOf(rare),
    notValid: !rare.validated && rare.enforced,
    notEnforced: !rare.enforced,
    comment: ids.comment("pg_constraint", row[0]),
    partOf: parentOf<ForeignKeyId>(rare, ids),
  };
}
