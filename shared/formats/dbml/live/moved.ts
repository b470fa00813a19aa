/** What stands where something else stood before, and is not known by its name: it was given another name there. */
import { idOf } from "../../kit/ids.ts";
import type { TableNode } from "../text/ast.ts";
import type { Outline } from "./outline.ts";

/** The reader's id of each thing now, and the one it had. `at` tells where a place of the text before is now. */
export function moved(before: Outline, now: Outline, at: (place: number) => number | null): ReadonlyMap<string, string> {
  const moves = new Map<string, string>();
  renamed(before.enums, now.enums, at, (to, from) => moves.set(to, from));
  renamed(before.tables, now.tables, at, (to, from) => moves.set(to, from));
  for (const [id, node] of now.tables) {
    const old = before.tables.get(moves.get(id) ?? id);
    if (!old || sameText(before, old, now, node)) continue;
    renamed(columnsOf(before, old), columnsOf(now, node), at, (to, from) => moves.set(to, from));
  }
  return moves;
}

const sameText = (before: Outline, old: TableNode, now: Outline, node: TableNode): boolean =>
  old.end - old.start === node.end - node.start && before.text.startsWith(now.text.slice(node.start, node.end), old.start);

function columnsOf(outline: Outline, node: TableNode): ReadonlyMap<string, { readonly start: number }> {
  const [namespace, name] = outline.split(node.name.parts);
  return new Map(
    node.fields.flatMap((field) =>
      field.kind === "column" ? [[idOf("column", namespace, name, field.name), field] as const] : [],
    ),
  );
}

/** Tells of what is new by name and stands where something that is gone by name stood. */
export function renamed(
  before: ReadonlyMap<string, { readonly start: number }>,
  now: ReadonlyMap<string, { readonly start: number }>,
  at: (place: number) => number | null,
  tell: (to: string, from: string) => void,
): void {
  const fresh = new Map([...now].flatMap(([id, { start }]) => (before.has(id) ? [] : [[start, id] as const])));
  if (fresh.size === 0) return;
  for (const [id, { start }] of before) {
    if (now.has(id)) continue;
    const place = at(start);
    const to = place === null ? undefined : fresh.get(place);
    if (to !== undefined) tell(to, id);
  }
}
