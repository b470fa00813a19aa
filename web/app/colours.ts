/** The colour of what is selected. */
import type { TintName } from "#shared/model/index.ts";
import type { Stores } from "../stores/context.ts";

/** The one colour of all selected tables and areas; null when they differ. */
export function tintOfSelection({ project, selection }: Stores): TintName | null {
  const { tints, areas } = project.diagram;
  const found = new Set([
    ...[...selection.tables].map((id) => tints.get(id) ?? "teal"),
    ...areas.filter(({ id }) => selection.areas.has(id)).map(({ tint }) => tint),
  ]);
  const [only] = found;
  return found.size === 1 && only ? only : null;
}

/** Gives all selected tables, views and areas a colour, as one undo step. */
export function tintSelected({ project, selection }: Stores, tint: TintName): void {
  const { tables, areas } = selection;
  const held = project.diagram.areas.filter(({ id }) => areas.has(id));
  project.together(`Colour: ${tint}`, () => {
    if (tables.size > 0) project.tint([...tables], tint);
    for (const area of held) project.putArea({ ...area, tint });
  });
}
