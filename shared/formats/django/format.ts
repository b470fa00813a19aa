/** Models of Django as a value. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Schema, Table } from "../../model/index.ts";
import type { Format, Held } from "../format.ts";
import type { Design } from "../json/index.ts";
import { CODE, holdCode } from "../kit/hold-code.ts";
import { isUnique, uniqueSets } from "../kit/links.ts";
import { type Holds, lossesBut } from "../kit/losses.ts";
import { printDjango } from "./print.ts";

const SAID: Holds = {
  ...CODE,
  ...{ relationNames: false, compositeRelations: false, expressionIndexes: false, indexMethods: false, indexOrder: false },
};

const OWN = {
  keyless: "tables without a primary key (their first column is taken for one)",
  enumTypes: "enums as types of the database (they are texts with choices)",
  targets: "foreign keys that Django cannot follow: a second one of a column, or to columns that are no key of their own",
  names: "names of indexes and constraints that Django does not take (too long, or another has it)",
} as const;

/**
 * Django wants names of indexes short, beginning with a letter, and every name once in the whole application. What it does not take is
 * cut, and ends with a number.
 */
function takenNames(tables: readonly Table[], count: (key: keyof typeof OWN) => void): readonly Table[] {
  const taken = new Set<string>();
  const called = (name: string, index: boolean): string => {
    const fits = !index || (name.length <= 30 && /^[A-Za-z]/.test(name));
    if (fits && !taken.has(name)) {
      taken.add(name);
      return name;
    }
    count("names");
    const plain = name.replace(/[^A-Za-z\d_]/g, "").replace(/^[^A-Za-z]+/, "");
    const found = `${plain === "" ? "i" : plain.slice(0, 22)}_${String(taken.size)}`;
    taken.add(found);
    return found;
  };
  return tables.map((table) => ({
    ...table,
    constraints: table.constraints.map((one) => (one.kind === "primary" ? one : { ...one, name: called(one.name, false) })),
    indexes: table.indexes.map((index) => ({ ...index, name: called(index.name, !index.unique) })),
  }));
}

function followed({ foreignKeys, tables }: Schema, count: (key: keyof typeof OWN) => void): Schema["foreignKeys"] {
  const sets = new Map(tables.map((table) => [table.id, uniqueSets(table)]));
  const taken = new Set<string>();
  return foreignKeys.filter(({ tableId, columns: [column], refTableId, refColumns }) => {
    const key = `${tableId}\0${column ?? ""}`;
    const kept = !taken.has(key) && isUnique(sets.get(refTableId) ?? [], refColumns);
    if (kept) taken.add(key);
    else count("targets");
    return kept;
  });
}

function hold(design: Design, dialect: Dialect): Held {
  const held = holdCode(design, dialect, SAID);
  const lost = new Map(held.lost);
  const count = (key: keyof typeof OWN, number = 1): void => {
    if (number > 0) lost.set(key, (lost.get(key) ?? 0) + number);
  };
  const { schema } = held.design;
  count("keyless", schema.tables.filter(({ constraints }) => !constraints.some(({ kind }) => kind === "primary")).length);
  count("enumTypes", schema.types.length);
  const tables = takenNames(schema.tables, count);
  const foreignKeys = followed({ ...schema, tables }, count);
  return { design: { ...held.design, schema: { ...schema, tables, foreignKeys } }, lost };
}

export const django: Format = {
  id: "django",
  label: "Django models",
  about: "models for Django 5, with their relations",
  extensions: ["py"],
  mediaType: "text/plain",
  reader: null,
  writer: { variants: [], losses: { ...lossesBut(SAID), ...OWN }, hold, print: printDjango },
};
