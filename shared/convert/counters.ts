/** Columns that number themselves: by a sequence, as an identity, or because they are the one key of their table. */
import type { Column, ColumnId, Sequence, Table } from "../model/index.ts";
import type { Context } from "./context.ts";

export interface Counters {
  /** Sequences that are gone because a column stands for them, or kept as what they are. */
  readonly used: ReadonlySet<string>;
  readonly counts: (table: Table, column: Column) => boolean;
}

/** The column that alone is the primary key. */
export function soleKey(table: Table): ColumnId | null {
  const key = table.constraints.find((constraint) => constraint.kind === "primary");
  return key?.kind === "primary" && key.columns.length === 1 ? (key.columns[0] ?? null) : null;
}

const NEXT = /^nextval\s*\(/i;

/** Which columns number themselves in the design as it is. */
export function findCounters({ schema, fromWords }: Context): Counters {
  const owned = new Map<string, Sequence>();
  for (const sequence of schema.sequences) if (sequence.ownedBy) owned.set(sequence.ownedBy.columnId, sequence);
  const used = new Set([...owned.values()].map(({ id }) => id as string));
  const counts = (table: Table, column: Column): boolean => {
    if (column.identity !== null || (column.default !== null && NEXT.test(column.default.trim()))) return true;
    const { numbersKey } = fromWords;
    return numbersKey !== null && column.type === numbersKey && isRowKey(table, column);
  };
  return { used, counts };
}

function isRowKey(table: Table, column: Column): boolean {
  return soleKey(table) === column.id && table.options["without_rowid"] === undefined && column.default === null;
}

/** The columns of a table that can number themselves in the other dialect. */
export function placeCounters(table: Table, counters: Counters, context: Context): ReadonlySet<ColumnId> {
  const { to, toWords, tally } = context;
  const wanted = table.columns.filter((column) => counters.counts(table, column));
  const key = soleKey(table);
  const placed = new Set<ColumnId>();
  for (const column of wanted) {
    const whole = to.features.identity ? isWhole(column, context) : key === column.id && toWords.numbersKey !== null;
    const room = !toWords.oneCounter || (placed.size === 0 && leads(table, column.id));
    if (whole && room) placed.add(column.id);
    else tally.count("counters", 1);
    const { identity } = column;
    if (identity && (identity.sequence !== "" || (identity.always && !to.features.identityAlways))) tally.count("counterOptions");
  }
  return placed;
}

function isWhole(column: Column, { from }: Context): boolean {
  const { kind, args } = from.types.parse(column.type);
  return kind === "integer" || (kind === "decimal" && (args[1] ?? "0") === "0");
}

/** Is the column the first of a key or index? */
function leads(table: Table, id: ColumnId): boolean {
  const key = table.constraints.some((item) => "columns" in item && item.columns[0] === id);
  return key || table.indexes.some(({ parts, where }) => parts[0]?.columnId === id && where === null);
}
