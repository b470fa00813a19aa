/** What is drawn: areas as groups, notes, and places as metadata. */
import type { Area, Diagram, Note, Position, Table } from "../../../model/index.ts";
import { takeName } from "../../kit/names.ts";
import { note, quoted, stringLine } from "../text/strings.ts";
import { colourOf } from "../../kit/tints.ts";
import type { Names } from "./print.ts";

const within = ([x, y]: Position, { at, size }: Area): boolean =>
  x >= at[0] && y >= at[1] && x <= at[0] + size[0] && y <= at[1] + size[1];

function pairs(values: readonly (readonly [string, number | string | null])[]): string {
  return values.flatMap(([key, value]) => (value === null ? [] : [`  ${key}: ${stringLine(String(value))}`])).join("\n");
}

const block = (kind: string, name: string, body: string): string => `Metadata ${kind} ${name} {\n${body}\n}`;

/** An area as a group of the tables in it. */
export interface GroupText {
  readonly id: Area["id"];
  readonly name: string;
  readonly tint: Area["tint"];
  readonly members: readonly Table["id"][];
  readonly text: string;
}

export interface StickyText {
  readonly id: Note["id"];
  readonly name: string;
  readonly text: string;
}

/** A table is in the first area that its place is in. */
export function groupTexts(diagram: Diagram, tables: readonly Table[], names: Names): GroupText[] {
  const grouped = new Set<string>();
  const taken = new Set<string>();
  return diagram.areas.map((area) => {
    const name = takeName(area.name === "" ? "area" : area.name, taken);
    const members = tables.filter(({ id }) => {
      const at = diagram.positions.get(id);
      return at !== undefined && !grouped.has(id) && within(at, area);
    });
    for (const { id } of members) grouped.add(id);
    const lines = members.map((table) => `  ${names.of(table)}\n`).join("");
    const text = `TableGroup ${quoted(name)} [color: ${colourOf(area.tint)}] {\n${lines}}`;
    return { id: area.id, name, tint: area.tint, members: members.map(({ id }) => id), text };
  });
}

export function stickyTexts(diagram: Diagram): StickyText[] {
  return diagram.notes.map((sticky, at) => {
    const name = `note_${String(at + 1)}`;
    return { id: sticky.id, name, text: `Note ${name} [color: ${colourOf(sticky.tint)}] {\n  ${note(sticky.text, "  ")}\n}` };
  });
}

/** The parts of a drawing; `places`: where things stand is said too. */
export function drawing(diagram: Diagram, tables: readonly Table[], names: Names, places: boolean): string[] {
  const groups = groupTexts(diagram, tables, names);
  const stickies = stickyTexts(diagram);
  const written = [...groups, ...stickies].map(({ text }) => text);
  if (!places) return written;
  const metadata = diagram.areas.map((area, at) => {
    const name = groups[at]?.name ?? "";
    return block("TableGroup", quoted(name), pairs([...box(area), ["title", name === area.name ? null : area.name]]));
  });
  for (const [at, sticky] of diagram.notes.entries()) metadata.push(block("Note", stickies[at]?.name ?? "", pairs(box(sticky))));
  for (const table of tables) {
    const at = diagram.positions.get(table.id);
    const said = pairs([
      ["x", at?.[0] ?? null],
      ["y", at?.[1] ?? null],
    ]);
    if (at) metadata.push(block("Table", names.of(table), said));
  }
  return [...written, ...metadata];
}

const box = ({ at, size }: Pick<Area, "at" | "size">): (readonly [string, number])[] => [
  ["x", at[0]],
  ["y", at[1]],
  ["width", size[0]],
  ["height", size[1]],
];
