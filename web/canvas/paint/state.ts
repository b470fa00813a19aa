/** What stands out, made anew only when something that it is made from is another object: most frames only move. */
import type { Scene } from "#shared/drawing/index.ts";
import type { PaintState } from "./brush.ts";

interface Selected {
  readonly tables: ReadonlySet<string>;
  readonly areas: ReadonlySet<string>;
  readonly notes: ReadonlySet<string>;
  readonly column: { readonly columnId: string } | null;
  readonly foreignKey: string | null;
}

interface About {
  readonly id: string;
  readonly ownerId: string | null;
}

interface Refused {
  readonly about: About | null;
  readonly problem: { readonly about?: About | null };
}

export class StateKeeper {
  #from: readonly unknown[] = [];
  #state: PaintState | null = null;

  /** `hovered`: the relation under the pointer. */
  of(hovered: string | null, selected: Selected, refusals: readonly Refused[], scene: Scene): PaintState {
    const { tables, areas, notes, column, foreignKey } = selected;
    const from = [hovered, tables, areas, notes, column, foreignKey, refusals, scene];
    if (this.#state && from.every((item, at) => item === this.#from[at])) return this.#state;
    this.#from = from;
    this.#state = stateOf(hovered, selected, refusals, scene);
    return this.#state;
  }
}

function stateOf(hovered: string | null, selected: Selected, refusals: readonly Refused[], scene: Scene): PaintState {
  const lit = new Set<string>([hovered, selected.foreignKey].filter((id) => id !== null));
  const litRoutes = [...lit].flatMap((id) => scene.route(id) ?? []);
  const refused = refusals.flatMap(({ about, problem }) => [
    about?.id,
    about?.ownerId,
    problem.about?.id,
    problem.about?.ownerId,
  ]);
  return {
    selected: new Set<string>([...selected.tables, ...selected.areas, ...selected.notes]),
    column: selected.column?.columnId ?? null,
    lit,
    related: new Set<string>(litRoutes.flatMap(({ key }) => [...key.columns, ...key.refColumns])),
    refused: new Set(refused.filter((id) => typeof id === "string")),
  };
}
