/** What a file says of the drawing. */
import type { Area, AreaId, Diagram, DiagramId, Note, NoteId, Position, TableId, TintName } from "../../model/index.ts";
import { idOf } from "../kit/ids.ts";
import type { Item } from "../kit/loose.ts";
import { DIAGRAM } from "../kit/names.ts";
import { tintOf } from "../kit/tints.ts";
import type { ReadTable } from "./read-tables.ts";
import { NOTE_COLOUR, NOTE_TITLE, TABLE_COLOUR } from "./words.ts";

const NOTE_WIDTH = 180;
const NOTE_HEIGHT = 88;
const AREA_SIZE = 200;

function placeOf(item: Item): Position | null {
  const [x, y] = [item.number("x"), item.number("y")];
  return x === null || y === null ? null : [x, y];
}

/** The palette's nearest colour; null where it says nothing. */
function tintAt(item: Item, usual: string): TintName | null {
  const colour = item.text("color") ?? "";
  if (colour === "" || colour.toLowerCase() === usual) return null;
  const tint = tintOf(colour);
  if (tint === null) item.fault("color", "a colour such as #175e7a is expected; it is left out");
  return tint;
}

/** A title that someone chose goes before the text. */
function noteText(item: Item): string {
  const title = item.text("title") ?? "";
  const content = item.text("content") ?? "";
  if (title === "" || NOTE_TITLE.test(title)) return content;
  return content === "" ? title : `${title}\n${content}`;
}

const noteOf = (item: Item, at: number): Note => ({
  id: idOf<NoteId>("note", String(at)),
  text: noteText(item),
  at: placeOf(item) ?? [at * NOTE_WIDTH, -2 * NOTE_HEIGHT],
  size: [item.number("width") ?? NOTE_WIDTH, item.number("height") ?? NOTE_HEIGHT],
  tint: tintAt(item, NOTE_COLOUR) ?? "amber",
});

const areaOf = (item: Item, at: number): Area => ({
  id: idOf<AreaId>("area", String(at)),
  name: item.text("name") ?? "",
  at: placeOf(item) ?? [0, 0],
  size: [item.number("width") ?? AREA_SIZE, item.number("height") ?? AREA_SIZE],
  tint: tintAt(item, TABLE_COLOUR) ?? "teal",
});

/** The whole drawing; null where the file says nothing of one. */
export function diagramOf(tables: readonly ReadTable[], areas: readonly Item[], notes: readonly Item[]): Diagram | null {
  const positions = new Map<TableId, Position>();
  const tints = new Map<TableId, TintName>();
  for (const { item, draft } of tables) {
    const at = placeOf(item);
    const tint = tintAt(item, TABLE_COLOUR);
    if (at) positions.set(draft.id, at);
    if (tint) tints.set(draft.id, tint);
  }
  if (positions.size + tints.size + areas.length + notes.length === 0) return null;
  const drawn = { areas: areas.map(areaOf), notes: notes.map(noteOf) };
  return { id: idOf<DiagramId>("diagram", "main"), name: DIAGRAM, positions, tints, ...drawn };
}
