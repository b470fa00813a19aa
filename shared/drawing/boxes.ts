/** Where tables and views stand and how large they are: the measures of the design page. */
import type { ColumnId, Position, Table, TableId, View, ViewId } from "../model/index.ts";
import type { Rect } from "./rect.ts";

export const HEADER = 32;
export const ROW = 26;
export const WIDTH = 232;
const MAX_WIDTH = 460;
/** Widths differ by steps: a name that is being typed moves the relations of its table only now and then. */
const STEP = 20;
const PADDING = 10;
const MARK = 19;
const GAP = 18;
/** Average advance of a character: Inter at 12.5 px, JetBrains Mono at 11.5 px. */
const NAME_CHAR = 6.7;
const TYPE_CHAR = 6.95;

export interface BoxRow {
  readonly columnId: ColumnId | null;
  readonly name: string;
  readonly type: string;
  readonly mark: "PK" | "FK" | "UQ" | null;
  readonly notNull: boolean;
}

export interface Box extends Rect {
  readonly id: TableId | ViewId;
  readonly kind: "table" | "view";
  readonly title: string;
  /** Those that are shown. */
  readonly rows: readonly BoxRow[];
  /** How many columns there are, shown or not. */
  readonly columns: number;
}

/** Which rows tables show: all, those of keys, or none but the name. */
export type Shown = "all" | "keys" | "names";

const shownOf = (rows: readonly BoxRow[], shown: Shown): readonly BoxRow[] => {
  if (shown === "all") return rows;
  return shown === "names" ? [] : rows.filter(({ mark }) => mark !== null);
};

const rowWidth = ({ name, type }: BoxRow): number => 2 * PADDING + MARK + name.length * NAME_CHAR + GAP + type.length * TYPE_CHAR;

export function boxSize(title: string, rows: readonly BoxRow[]): { readonly width: number; readonly height: number } {
  let wanted = Math.max(WIDTH, title.length * 7.6 + 2 * PADDING);
  for (const row of rows) wanted = Math.max(wanted, rowWidth(row));
  const width = WIDTH + Math.ceil((wanted - WIDTH) / STEP) * STEP;
  return { width: Math.min(MAX_WIDTH, width), height: HEADER + rows.length * ROW + 1 };
}

type KeyMark = (table: Table, column: ColumnId) => BoxRow["mark"];
type ShortType = (type: string) => string;

export function tableRows(table: Table, keyMark: KeyMark, short: ShortType): BoxRow[] {
  return table.columns.map((column) => ({
    columnId: column.id,
    name: column.name,
    type: short(column.type) + (column.identity ? " identity" : ""),
    mark: keyMark(table, column.id),
    notNull: column.notNull,
  }));
}

export function viewRows(view: View, short: ShortType): BoxRow[] {
  return view.columns.map(({ name, type }) => ({ columnId: null, name, type: short(type), mark: null, notNull: false }));
}

/** A box is as wide as all its rows want, so that showing more of them moves nothing. */
export function box(
  id: TableId | ViewId,
  kind: Box["kind"],
  title: string,
  all: readonly BoxRow[],
  [x, y]: Position,
  shown: Shown = "all",
): Box {
  const rows = shownOf(all, shown);
  const { width, height } = boxSize(title, all);
  return { id, kind, title, rows, columns: all.length, x, y, width, height: rows === all ? height : boxSize(title, rows).height };
}

/** The middle of a row, from the top of its box; the header for a column that is not shown. */
export function rowMiddle(of: Box, columnId: ColumnId | null): number {
  const at = columnId === null ? -1 : of.rows.findIndex((row) => row.columnId === columnId);
  return at < 0 ? HEADER / 2 : HEADER + at * ROW + ROW / 2;
}

/** The row under a height inside the box; null for the header. */
export function rowAt(of: Box, y: number): BoxRow | null {
  const at = Math.floor((y - of.y - HEADER) / ROW);
  return at < 0 ? null : (of.rows[at] ?? null);
}
