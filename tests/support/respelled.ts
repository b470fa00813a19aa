/** A design with its expressions as an engine spells them, where both have one: what is compared is everything else. */
import type { Column, Constraint, Index, Schema, Table } from "#shared/model/index.ts";

const both = (mine: string | null, theirs: string | null | undefined): string | null => (mine === null ? mine : (theirs ?? mine));

const find = <T extends { readonly id: string }>(list: readonly T[], id: string): T | undefined =>
  list.find((item) => item.id === id);

function column(mine: Column, theirs: Column | undefined): Column {
  if (!theirs) return mine;
  const expression = mine.generated && both(mine.generated.expression, theirs.generated?.expression);
  return {
    ...mine,
    default: both(mine.default, theirs.default),
    generated: mine.generated && { ...mine.generated, expression: expression ?? "" },
  };
}

function constraint(mine: Constraint, theirs: Constraint | undefined): Constraint {
  return mine.kind === "check" && theirs?.kind === "check" ? { ...mine, expression: theirs.expression } : mine;
}

function index(mine: Index, theirs: Index | undefined): Index {
  return {
    ...mine,
    where: both(mine.where, theirs?.where),
    parts: mine.parts.map((part, at) => ({ ...part, expression: both(part.expression, theirs?.parts[at]?.expression) })),
  };
}

function table(mine: Table, theirs: Table | undefined): Table {
  if (!theirs) return mine;
  return {
    ...mine,
    columns: mine.columns.map((item) => column(item, find(theirs.columns, item.id))),
    constraints: mine.constraints.map((item) => constraint(item, find(theirs.constraints, item.id))),
    indexes: mine.indexes.map((item) => index(item, find(theirs.indexes, item.id))),
  };
}

export function respelled(designed: Schema, readBack: Schema): Schema {
  return { ...designed, tables: designed.tables.map((item) => table(item, find(readBack.tables, item.id))) };
}
