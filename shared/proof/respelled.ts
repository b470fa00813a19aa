/** A design beside what an engine made of it where the engine has another way to spell an expression, as with one that was converted. */
import { differences } from "../diff/index.ts";
import { adopt, type Column, type Constraint, type Identified, type Index, type Schema, type Table } from "../model/index.ts";
import type { Problem } from "../result/index.ts";

const theirs = (mine: string | null, read: string | null | undefined): string | null => (mine === null ? null : (read ?? mine));

/** The same things of both sides, by their ids. */
function paired<T extends Identified>(mine: readonly T[], read: readonly T[], spell: (mine: T, read: T) => T): readonly T[] {
  const known = new Map(read.map((item) => [item.id, item]));
  return mine.map((item) => {
    const found = known.get(item.id);
    return found ? spell(item, found) : item;
  });
}

function column(mine: Column, read: Column): Column {
  const generated = mine.generated && read.generated;
  return {
    ...mine,
    default: theirs(mine.default, read.default),
    generated: generated ? { ...generated, stored: mine.generated.stored } : mine.generated,
  };
}

const constraint = (mine: Constraint, read: Constraint): Constraint =>
  mine.kind === "check" && read.kind === "check" ? { ...mine, expression: read.expression } : mine;

function index(mine: Index, read: Index): Index {
  const parts = mine.parts.map((part, at) => ({ ...part, expression: theirs(part.expression, read.parts[at]?.expression) }));
  return { ...mine, where: theirs(mine.where, read.where), parts };
}

const table = (mine: Table, read: Table): Table => ({
  ...mine,
  columns: paired(mine.columns, read.columns, column),
  constraints: paired(mine.constraints, read.constraints, constraint),
  indexes: paired(mine.indexes, read.indexes, index),
});

/** The differences of a design and what was read back, but for how expressions are spelled that both have. */
export function differencesButSpelling(designed: Schema, readBack: Schema): Problem[] {
  const named = adopt(readBack, designed, null);
  return differences({ ...designed, tables: paired(designed.tables, named.tables, table) }, named);
}
