/** Columns that number themselves: identity columns, and those with a sequence of their own (`serial`). */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Column, Namespace, Schema, Sequence, SequenceId, Table } from "../../model/index.ts";
import type { Losses } from "./count.ts";
import type { Holds } from "./losses.ts";
import { hasSerial, sequenceName } from "./names.ts";

/** What PostgreSQL declares a column with that numbers itself, and the type behind it. */
const SERIAL: ReadonlyMap<string, string> = new Map([
  ["serial", "integer"],
  ["bigserial", "bigint"],
  ["smallserial", "smallint"],
]);
const SERIAL_TYPES: ReadonlySet<string> = new Set(SERIAL.values());

/** The type behind `serial` and the like, in whatever letters; null for any other word. */
export const serialType = (word: string): string | null => SERIAL.get(word.trim().toLowerCase()) ?? null;

/** `serial` and the like for a type; null where there is none. */
export const serialWord = (type: string): string | null => [...SERIAL].find(([, base]) => base === type)?.[0] ?? null;

/** The default that reads a sequence. */
export function serialDefault(namespace: string, sequence: string, { quote }: Dialect): string {
  return `nextval(${quote.literal(`${quote.identifier(namespace)}.${quote.identifier(sequence)}`).trim()}::regclass)`;
}

/** The sequence of a column that numbers itself by `serial`. */
export function serialSequence(table: Pick<Table, "id" | "namespaceId" | "name">, column: Column, dialect: Dialect): Sequence {
  const name = sequenceName(table.name, column.name, dialect);
  return {
    id: `sequence:${table.namespaceId}:${name}` as SequenceId,
    ...{ namespaceId: table.namespaceId, name, comment: null, type: column.type, definition: "", unlogged: false },
    ownedBy: { tableId: table.id, columnId: column.id },
  };
}

/** Says of each column how it numbers itself in the format, and which sequences are left. */
export class Numbering {
  readonly #dialect: Dialect;
  readonly #holds: Holds;
  readonly #lost: Losses;
  readonly #names: ReadonlyMap<Namespace["id"], string>;
  /** Those that are just what `serial` makes, by their column. */
  readonly #serial = new Map<string, Sequence>();
  readonly sequences: Sequence[] = [];
  readonly #numbering = new Set<string>();

  constructor(schema: Schema, dialect: Dialect, holds: Holds, lost: Losses) {
    this.#dialect = dialect;
    this.#holds = holds;
    this.#lost = lost;
    this.#names = new Map(schema.namespaces.map(({ id, name }) => [id, name]));
    const tables = new Map(schema.tables.map((table) => [table.id, table]));
    for (const sequence of schema.sequences) {
      const table = sequence.ownedBy && tables.get(sequence.ownedBy.tableId);
      const column = table?.columns.find(({ id }) => id === sequence.ownedBy?.columnId);
      if (table && column && this.#isSerial(sequence, table, column)) this.#serial.set(column.id, sequence);
      else if (holds.sequences) this.sequences.push(sequence);
      else lost.count("sequences", 1);
    }
  }

  /** Does this column, as the format says it, take its numbers from a sequence of its own? */
  numbers(column: Column["id"]): boolean {
    return this.#numbering.has(column);
  }

  #isSerial(sequence: Sequence, table: Table, column: Column): boolean {
    const { definition, unlogged, comment, type, namespaceId, name } = sequence;
    if (!hasSerial(this.#dialect) || !SERIAL_TYPES.has(type) || definition !== "" || unlogged || comment !== null) return false;
    return (
      column.type === type &&
      column.notNull &&
      namespaceId === table.namespaceId &&
      name === sequenceName(table.name, column.name, this.#dialect) &&
      column.default === serialDefault(this.#names.get(namespaceId) ?? "", name, this.#dialect)
    );
  }

  /** The column as the format says it; what it was is counted where that is another thing. */
  column(table: Table, column: Column): Column {
    const { increment, identityOptions } = this.#holds;
    const serial = this.#serial.get(column.id);
    if (serial && (increment === "both" || increment === "serial")) {
      this.sequences.push(serial);
      this.#numbering.add(column.id);
      return column;
    }
    if (serial) {
      this.#lost.count("increment", 1);
      const identity = increment === "identity" && this.#dialect.features.identity ? { always: false, sequence: "" } : null;
      return { ...column, default: null, identity };
    }
    if (!column.identity) return column;
    const plain = !column.identity.always && column.identity.sequence === "";
    if (increment === "both" || increment === "identity") {
      if (plain || identityOptions) return column;
      this.#lost.count("identityOptions", 1);
      return { ...column, identity: { always: false, sequence: "" } };
    }
    this.#lost.count("increment", 1);
    const named = SERIAL_TYPES.has(column.type) && column.notNull && hasSerial(this.#dialect) && increment === "serial";
    if (!named) return { ...column, identity: null };
    const sequence = serialSequence(table, column, this.#dialect);
    this.sequences.push(sequence);
    this.#numbering.add(column.id);
    const name = this.#names.get(table.namespaceId) ?? "";
    return { ...column, identity: null, default: serialDefault(name, sequence.name, this.#dialect) };
  }
}
