/**
 * Names for constraints that have none. SQLite does not need them, people and the model do: they are made from what the
 * constraint is, so that writing SQL can leave out exactly those that reading would make again.
 */

/** The kind of verbatim object that a foreign key to what is not there is kept as: a line of its table, no statement. */
export const FOREIGN_KEY = "foreign key";

/** What a name is made of. `ordinal`: which check of its table it is, from 1. */
export interface Nameless {
  readonly kind: "primary" | "unique" | "check" | "foreign";
  readonly table: string;
  readonly columns: readonly string[];
  readonly ordinal: number;
}

export function madeName({ kind, table, columns, ordinal }: Nameless): string {
  switch (kind) {
    case "primary":
      return `${table}_pkey`;
    case "unique":
      return `${table}_${columns.join("_")}_key`;
    case "check":
      return ordinal === 1 ? `${table}_check` : `${table}_check${String(ordinal)}`;
    case "foreign":
      return `${table}_${columns.join("_")}_fkey`;
  }
}

/** Hands out names of one table, each once. */
export class Names {
  readonly #taken: Set<string>;

  /** `written`: the names that stand in the text and must not be given to another. */
  constructor(written: readonly (string | null)[]) {
    this.#taken = new Set(written.filter((name) => name !== null));
  }

  /** `wanted`, or the first free name like it. */
  free(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#taken.has(name); number += 1) name = `${wanted}_${String(number)}`;
    this.#taken.add(name);
    return name;
  }
}
