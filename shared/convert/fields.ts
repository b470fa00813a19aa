/** Expressions of one table, read in its dialect and written in the other. */
import type { TypeKind } from "../dialects/dialect.ts";
import type { Column, Table } from "../model/index.ts";
import type { Context } from "./context.ts";
import { readExpression, type Reading } from "./expression/read.ts";
import { type Family, type Field, familyOf, some, type Tree } from "./expression/tree.ts";
import { writeExpression, type Writing } from "./expression/write.ts";

const FAMILIES: Readonly<Partial<Record<TypeKind, Family>>> = {
  integer: "number",
  decimal: "number",
  float: "number",
  boolean: "truth",
  text: "text",
  date: "moment",
  time: "moment",
  timestamp: "moment",
  binary: "bytes",
};

export const familyOfKind = (kind: TypeKind): Family => FAMILIES[kind] ?? "other";

/** Casts to these of what is of the family already change nothing. */
function keeps(type: string, of: Tree, { from }: Context): boolean {
  if (of.kind === "string" || of.kind === "number" || of.kind === "null" || of.kind === "boolean") return true;
  const { kind, args, array } = from.types.parse(type);
  return array === 0 && args.length === 0 && kind === "text" && familyOf(of) === "text";
}

/** How expressions of a table are read; `alias` is a name that means a column besides its own (VALUE of a domain). */
export function readingOf(table: Table, context: Context, alias: ReadonlyMap<string, Column> = new Map()): Reading {
  const { from, fromWords } = context;
  const key = (name: string): string => from.texts.key(name);
  const byName = new Map(table.columns.map((column) => [key(column.name), column]));
  for (const [name, column] of alias) byName.set(name, column);
  const own = key(table.name);
  return {
    texts: from.texts,
    words: fromWords,
    castKeeps: (type, of) => keeps(type, of, context),
    field: (of, name) => {
      const column = of === null || of === own ? byName.get(name) : undefined;
      if (!column) return null;
      const family = familyOfKind(from.types.parse(column.type).kind);
      return { id: column.id, name: column.name, of: null, family };
    },
  };
}

/** How they are written: `table` is as the other dialect has it. */
export function writingOf(table: Table, { to, toWords }: Context): Writing {
  const byId = new Map<string, Column>(table.columns.map((column) => [column.id, column]));
  return {
    quote: to.quote,
    words: toWords,
    field: (field: Field) => {
      const column = byId.get(field.id);
      const family = column ? familyOfKind(to.types.parse(column.type).kind) : field.family;
      return { text: to.quote.identifier(column?.name ?? field.name), family };
    },
  };
}

const VOLATILE = (part: Tree): boolean => part.kind === "value";

/** Says the expressions of one table; null where that is not certain. */
export class TableTexts {
  readonly #reading: Reading;
  readonly #writing: Writing;
  readonly #context: Context;

  /** `aliased`: a column that a text calls VALUE. */
  constructor(before: Table, after: Table, context: Context) {
    this.#context = context;
    this.#reading = readingOf(before, context);
    this.#writing = writingOf(after, context);
  }

  read(text: string): Tree | null {
    return readExpression(text, this.#reading);
  }

  /** An expression that is true or false: a check, the condition of an index. `barred`: columns that it must not be over. */
  condition(text: string, barred: ReadonlySet<string> = new Set()): string | null {
    if (this.#context.family) return text;
    const tree = this.read(text);
    if (!tree || some(tree, (part) => part.kind === "field" && barred.has(part.field.id))) return null;
    if (some(tree, VOLATILE) && !this.#context.toWords.volatileChecks) return null;
    return writeExpression(tree, this.#writing, true);
  }

  /** An expression that always gives the same for the same row. */
  steady(text: string): string | null {
    if (this.#context.family) return text;
    const tree = this.read(text);
    return !tree || some(tree, VOLATILE) ? null : writeExpression(tree, this.#writing);
  }
}
