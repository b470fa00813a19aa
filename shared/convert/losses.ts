/** What another dialect cannot hold, in words that follow a number, and the count of it. */
import type { EntityRef } from "../model/index.ts";
import { problem, type Problem } from "../result/index.ts";

export const LOSSES = {
  namespaces: "namespaces (everything stands in one)",
  names: "names as they are (they were taken there, or too long)",
  keyNames: "names of primary keys",
  comments: "comments",
  objects: "functions, triggers, policies and other objects kept word for word",
  views: "views whose text is not certain to mean the same there",
  sequences: "sequences that no column's number comes from",
  counters: "columns that number themselves where it cannot be done",
  counterOptions: "options of columns that number themselves (the first number, ALWAYS and the like)",
  types: "types that it does not have (the nearest stands for each)",
  arrays: "arrays (they are JSON there)",
  unsigned: "marks of numbers without a sign",
  precision: "numbers of any size (they have a limit there)",
  lengths: "lengths of texts or bytes, or texts of any length in keys",
  money: "columns of money (they are decimals there)",
  bits: "columns of bits",
  zones: "time zones of times",
  networks: "network addresses as such (they are texts there)",
  geometries: "shapes and points as such",
  sets: "sets of values (they are texts there)",
  cases: "texts that do not tell capitals from small letters",
  enums: "enums that are not used by a column as they are",
  domains: "domains (their columns have what they stand for)",
  composites: "composite and range types",
  defaults: "defaults that are not certain to mean the same there",
  onUpdate: "columns that are set to the present moment at each change",
  generated: "generated columns (they are plain columns there)",
  collations: "collations",
  columnOptions: "options of columns",
  tableKinds: "foreign, virtual or unlogged tables as such",
  partitions: "marks of partitions and of inheritance (each is a table there)",
  tableOptions: "options of tables and row level security",
  checks: "check constraints that are not certain to mean the same there",
  exclusions: "exclusion constraints",
  keyOptions: "options of keys and checks (DEFERRABLE, INCLUDE, NOT VALID and the like)",
  keys: "keys over types that no key can be over there",
  relations: "foreign keys that it would not take",
  relationOptions: "options of foreign keys (DEFERRABLE, MATCH FULL, SET DEFAULT and the like)",
  indexes: "indexes that it cannot have (by their method, type or expression)",
  partial: "indexes of some rows only",
  indexOptions: "options of indexes (INCLUDE, orders, lengths, operator classes, storage and the like)",
} as const;

export type LossKey = keyof typeof LOSSES;

/** An entity that is not there any more, or not what it was. */
export interface Told {
  /** As a person would name it: `the check price_positive of orders`. */
  readonly what: string;
  readonly about: EntityRef;
}

/** The most that is told one by one; all are counted. */
const MOST_TOLD = 50;

export class Tally {
  readonly #counts = new Map<LossKey, number>();
  readonly #told: Problem[] = [];

  /** Counts, and tells what is gone where it has a name. */
  count(key: LossKey, number = 1, told: Told | null = null): void {
    if (number <= 0) return;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + number);
    if (told && this.#told.length < MOST_TOLD) {
      const { what, about } = told;
      this.#told.push(problem("convert.lost", "note", { what, why: LOSSES[key] }, { about }));
    }
  }

  when(is: boolean, key: LossKey, told: Told | null = null): void {
    if (is) this.count(key, 1, told);
  }

  /** Each kind with its number, then what has a name, one by one. */
  problems(label: string): readonly Problem[] {
    const kinds = [...this.#counts].map(([key, count]) =>
      problem("format.lost", "warning", { format: label, count, what: LOSSES[key] }),
    );
    return [...kinds, ...this.#told];
  }
}
