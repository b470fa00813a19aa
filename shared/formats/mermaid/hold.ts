/** What of a design a diagram holds. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Column, Constraint, ForeignKey, Schema, Table } from "../../model/index.ts";
import type { Held } from "../format.ts";
import type { Design } from "../json/index.ts";
import { meantType } from "../kit/foreign-types.ts";
import { holdBy } from "../kit/hold.ts";
import { BARE, type Holds, lossesOf } from "../kit/losses.ts";
import { foreignName, primaryName, takeName, uniqueName } from "../kit/names.ts";
import { settled } from "../kit/settled.ts";
import { type Level, nearest, withCommas, word } from "./words.ts";

const HOLDS: Holds = {
  ...BARE,
  namespaces: true,
  emptyTables: true,
  columnComments: true,
  notNull: true,
  primaryKeys: true,
  uniqueKeys: true,
  relations: true,
  compositeRelations: true,
};

const OWN = {
  notNull: "marks of columns that must have a value and are in no key",
  keyOrder: "orders of columns in primary keys",
  uniqueKeys: "unique keys of several columns",
  types: "types that the syntax has no word for (the nearest word is written), domains, composite and range types",
  names: "names of columns that the syntax has no word for (the nearest word is written)",
};

export const LOSSES = lossesOf(HOLDS, OWN);

/** The word for a type, and what it is read as. */
export class TypeWords {
  readonly #dialect: Dialect;
  readonly #level: Level;
  readonly #known = new Map<string, string>();

  constructor(dialect: Dialect, level: Level) {
    this.#dialect = dialect;
    this.#level = level;
  }

  read(written: string): string {
    return meantType(withCommas(written), this.#dialect);
  }

  /** The bare text; `word` puts it in backticks where it has to be. */
  write(type: string): string {
    const known = this.#known.get(type);
    if (known !== undefined) return known;
    const short = this.#dialect.types.short(type);
    const bare = (text: string): boolean => word(text, "plain") !== null || word(text, this.#level) === text;
    const same = (text: string): boolean => word(text, this.#level) !== null && this.read(text) === type;
    const words = [type, short, nearest(short), nearest(type)];
    const found =
      words.find((text) => bare(text) && same(text)) ?? words.find(same) ?? (type.trim() === "" ? "any" : nearest(short));
    if (this.#known.size < 10_000) this.#known.set(type, found);
    return found;
  }
}

class Holder {
  readonly lost: Map<string, number>;
  readonly #dialect: Dialect;
  readonly #level: Level;
  readonly #types: TypeWords;

  constructor(dialect: Dialect, level: Level, lost: Map<string, number>) {
    this.#dialect = dialect;
    this.#level = level;
    this.#types = new TypeWords(dialect, level);
    this.lost = lost;
  }

  #when(is: boolean, key: keyof typeof OWN): void {
    if (is) this.lost.set(key, (this.lost.get(key) ?? 0) + 1);
  }

  /** Before the flags are asked: keys are marks of columns, in the order of these. */
  marks(table: Table): Table {
    const places = new Map(table.columns.map(({ id }, at) => [id, at]));
    const place = (id: Column["id"] | undefined): number => (id === undefined ? 0 : (places.get(id) ?? 0));
    const primary: Constraint[] = [];
    const unique = new Map<Column["id"], Constraint>();
    const others: Constraint[] = [];
    const sole = table.constraints.find((key) => key.kind === "primary" && key.columns.length === 1);
    for (const key of table.constraints) {
      if (key.kind === "primary") {
        const columns = [...key.columns].sort((a, b) => place(a) - place(b));
        this.#when(columns.join("\0") !== key.columns.join("\0"), "keyOrder");
        primary.push({ ...key, columns });
      } else if (key.kind === "unique") {
        const [column, ...more] = key.columns;
        const marked = column !== undefined && more.length === 0 && !unique.has(column);
        const first = sole && "columns" in sole ? sole.columns[0] : undefined;
        if (marked && column !== first) unique.set(column, key);
        else this.#when(true, "uniqueKeys");
      } else others.push(key);
    }
    const ordered = [...unique].sort(([a], [b]) => place(a) - place(b)).map(([, key]) => key);
    return { ...table, constraints: [...primary, ...ordered, ...others] };
  }

  /** `required`: columns of relations of which each row must have one. */
  table(table: Table, required: ReadonlySet<string>): Table {
    const key = table.constraints.find(({ kind }) => kind === "primary");
    const inKey = new Set<string>(key && "columns" in key ? key.columns : []);
    const names = this.#names(table);
    const columns = table.columns.map((column, at) => {
      const written = this.#types.read(this.#types.write(column.type));
      this.#when(written !== column.type, "types");
      const notNull = column.notNull && (inKey.has(column.id) || required.has(column.id));
      this.#when(column.notNull && !notNull, "notNull");
      return { ...column, notNull, type: written, name: names[at] ?? column.name };
    });
    return this.#renamed({ ...table, columns });
  }

  /** Words that stay come before words that are made. */
  #names({ columns }: Table): readonly string[] {
    const fits = ({ name }: Column): boolean => word(name, this.#level) !== null;
    const taken = new Set(columns.filter(fits).map(({ name }) => name));
    return columns.map((column) => {
      if (fits(column)) return column.name;
      this.#when(true, "names");
      return takeName(nearest(column.name), taken);
    });
  }

  /** Keys have the usual names, which their columns' are parts of. */
  #renamed(table: Table): Table {
    const names = new Map(table.columns.map(({ id, name }) => [id, name]));
    const taken = new Set<string>();
    const constraints = table.constraints.map((key): Constraint => {
      if (key.kind !== "primary" && key.kind !== "unique") return key;
      const columns = key.columns.map((id) => names.get(id) ?? "");
      const usual =
        key.kind === "primary" ? primaryName(table.name, this.#dialect) : uniqueName(table.name, columns, this.#dialect);
      return { ...key, name: takeName(usual, taken) };
    });
    return { ...table, constraints };
  }

  relations(keys: readonly ForeignKey[], tables: readonly Table[]): readonly ForeignKey[] {
    const byId = new Map(tables.map((table) => [table.id, table]));
    const names = new Map(tables.flatMap(({ columns }) => columns.map(({ id, name }) => [id, name] as const)));
    const taken = new Map<string, Set<string>>();
    return keys.map((key) => {
      const table = byId.get(key.tableId);
      const known = taken.get(key.tableId) ?? new Set<string>();
      taken.set(key.tableId, known);
      const columns = key.columns.map((id) => names.get(id) ?? "");
      return { ...key, name: takeName(foreignName(table?.name ?? "", columns, this.#dialect), known) };
    });
  }
}

/** Columns of relations whose columns all must have a value: the sign on the side of the table that is referred to says so. */
function requiredColumns({ tables, foreignKeys }: Schema): ReadonlySet<string> {
  const notNull = new Set<string>(
    tables.flatMap(({ columns }) => columns.flatMap((column) => (column.notNull ? [column.id] : []))),
  );
  return new Set(foreignKeys.flatMap(({ columns }) => (columns.every((id) => notNull.has(id)) ? columns : [])));
}

export function hold(design: Design, dialect: Dialect, level: Level): Held {
  const own = new Map<string, number>();
  const holder = new Holder(dialect, level, own);
  const marked: Schema = { ...design.schema, tables: design.schema.tables.map((table) => holder.marks(table)) };
  const { design: plain, lost } = holdBy({ ...design, schema: marked }, dialect, HOLDS);
  const schema = settled(plain.schema, dialect);
  const required = requiredColumns(schema);
  const tables = schema.tables.map((table) => holder.table(table, required));
  const held: Schema = { ...schema, tables, foreignKeys: holder.relations(schema.foreignKeys, tables) };
  const counts = new Map<string, number>(lost);
  for (const [key, count] of own) counts.set(key, (counts.get(key) ?? 0) + count);
  return { design: { ...plain, schema: held }, lost: counts };
}
