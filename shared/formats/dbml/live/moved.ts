/** What stands where something else stood before, and is not known by its name: it was given another name there. */
import { idOf } from "../../kit/ids.ts";
import type { Piece, Span, TableNode } from "../text/ast.ts";
import type { Outline } from "./outline.ts";

type Top = Span & { readonly piece: Piece };
type At = (place: number) => number | null;

/** The reader's id of each thing now, and the one it had. `at` tells where a place of the text before is now. */
export function moved(before: Outline, now: Outline, at: At): ReadonlyMap<string, string> {
  const moves = new Map<string, string>();
  const tell = (to: string, from: string): unknown => moves.set(to, from);
  renamed(before.enums, now.enums, placeOf, at, tell);
  renamed(before.tables, now.tables, placeOf, at, tell);
  for (const [id, node] of now.tables) {
    const old = before.tables.get(moves.get(id) ?? id);
    if (!old || old === node) continue;
    const place = (field: Span & { readonly table: TableNode }): number => field.start + field.table.piece.shift;
    renamed(columnsOf(before, old), columnsOf(now, node), place, at, tell);
  }
  return moves;
}

/** Where an element begins. What is in the text no more tells where it began. */
export const placeOf = ({ start, piece }: Top): number => start + piece.shift;

function columnsOf(outline: Outline, table: TableNode): ReadonlyMap<string, Span & { readonly table: TableNode }> {
  const [namespace, name] = outline.split(table.name.parts);
  const columns = table.fields.flatMap((field) =>
    field.kind === "column"
      ? [[idOf("column", namespace, name, field.name), { start: field.start, end: field.end, table }] as const]
      : [],
  );
  return new Map(columns);
}

/** Tells of what is new by name and stands where something that is gone by name stood. */
export function renamed<T>(
  before: ReadonlyMap<string, T>,
  now: ReadonlyMap<string, T>,
  place: (item: T) => number,
  at: At,
  tell: (to: string, from: string) => unknown,
): void {
  const fresh = new Map<number, string>();
  for (const [id, item] of now) if (!before.has(id)) fresh.set(place(item), id);
  if (fresh.size === 0) return;
  for (const [id, item] of before) {
    if (now.has(id)) continue;
    const to = at(place(item));
    const found = to === null ? undefined : fresh.get(to);
    if (found !== undefined) tell(found, id);
  }
}
