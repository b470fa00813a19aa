/** What a text says of the drawing: colours, groups, notes, and the places that it names. */
import type { AreaId, Mint, NoteId, Position, TableId, TintName } from "../../../model/index.ts";
import type { Design } from "../../json/index.ts";
import type { GroupNode, Setting, StickyNode } from "../text/ast.ts";
import { tintOf } from "../../kit/tints.ts";
import { placeOf, renamed } from "./moved.ts";
import type { Outline } from "./outline.ts";

export interface DrawnGroup {
  readonly id: AreaId;
  readonly name: string;
  readonly tint: TintName;
  readonly members: readonly TableId[];
}

export interface DrawnNote {
  readonly id: NoteId;
  /** What it is called in the text; a design knows no names of notes. */
  readonly name: string;
  readonly tint: TintName;
  readonly text: string;
}

export interface Drawn {
  readonly tints: ReadonlyMap<TableId, TintName>;
  readonly groups: readonly DrawnGroup[];
  readonly notes: readonly DrawnNote[];
  /** Of those tables alone whose place the text says. */
  readonly places: ReadonlyMap<TableId, Position>;
}

export const NOTHING_DRAWN: Drawn = { tints: new Map(), groups: [], notes: [], places: new Map() };

interface Aids {
  readonly at: (place: number) => number | null;
  readonly before: Outline;
  readonly idOf: (fresh: string) => string;
  readonly mint: Mint;
}

/** `others`: groups and notes that the text may mean by a name it did not have before. */
export function drawnBy(outline: Outline, value: Design, was: Drawn, others: () => Drawn, aids: Aids): Drawn {
  const diagram = value.diagrams[0];
  const table = (fresh: string): TableId => aids.idOf(fresh) as TableId;
  const groups = named(outline, "groups", was, others, aids);
  const notes = named(outline, "stickies", was, others, aids);
  const placed = new Set(
    outline.file.metadata.flatMap(({ target, name, pairs }) =>
      target === "table" && pairs.some(({ key }) => key === "x") ? [outline.named(name.parts)?.node] : [],
    ),
  );
  const places = [...outline.tables].flatMap(([id, node]) => {
    const at = diagram?.positions.get(id as TableId);
    return at && placed.has(node) ? [[table(id), at] as const] : [];
  });
  return {
    tints: new Map([...(diagram?.tints ?? [])].map(([id, tint]) => [table(id), tint])),
    groups: [...outline.groups].map(([name, node]) => ({
      id: groups(name) as AreaId,
      name,
      tint: tintIn(node.settings) ?? "slate",
      members: node.tables.flatMap(({ parts }) => {
        const found = outline.named(parts)?.node;
        return found ? [table(outline.idOf(found))] : [];
      }),
    })),
    notes: [...outline.stickies].map(([name, node]) => ({
      id: notes(name) as NoteId,
      name,
      tint: tintIn(node.settings) ?? "amber",
      text: node.notes[0]?.text ?? "",
    })),
    places: new Map(places),
  };
}

function tintIn(settings: readonly Setting[]): TintName | null {
  const value = settings.find(({ name }) => name === "color")?.value;
  return value?.kind === "colour" ? tintOf(value.text) : null;
}

/** Ids by name: known ones, those of what was renamed, then new ones. */
function named(
  outline: Outline,
  list: "groups" | "stickies",
  was: Drawn,
  others: () => Drawn,
  aids: Aids,
): (name: string) => string {
  const of = ({ groups, notes }: Drawn): readonly (DrawnGroup | DrawnNote)[] => (list === "groups" ? groups : notes);
  if (outline[list].size === 0) return () => "";
  const ids = new Map<string, string>([...of(others()), ...of(was)].map(({ name, id }) => [name, id]));
  const tell = (to: string, from: string): void => {
    const id = ids.get(from);
    if (id !== undefined) ids.set(to, id);
  };
  renamed<GroupNode | StickyNode>(aids.before[list], outline[list], placeOf, aids.at, tell);
  const taken = new Set<string>();
  return (name) => {
    const id = ids.get(name);
    const mine = id === undefined || taken.has(id) ? aids.mint() : id;
    taken.add(mine);
    return mine;
  };
}
