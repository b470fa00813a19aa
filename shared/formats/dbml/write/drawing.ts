/** What is drawn: areas as groups, notes, and places as metadata. */
import type { Area, Diagram, Position, Table } from "../../../model/index.ts";
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

/** The parts of a drawing; `places`: where things stand is said too. */
export function drawing(diagram: Diagram, tables: readonly Table[], names: Names, places: boolean): string[] {
  const written: string[] = [];
  const metadata: string[] = [];
  const grouped = new Set<string>();
  const taken = new Set<string>();
  for (const area of diagram.areas) {
    const name = takeName(area.name === "" ? "area" : area.name, taken);
    const members = tables.filter(({ id }) => {
      const at = diagram.positions.get(id);
      return at !== undefined && !grouped.has(id) && within(at, area);
    });
    for (const { id } of members) grouped.add(id);
    written.push(
      `TableGroup ${quoted(name)} [color: ${colourOf(area.tint)}] {\n${members.map((table) => `  ${names.of(table)}\n`).join("")}}`,
    );
    metadata.push(block("TableGroup", quoted(name), pairs([...box(area), ["title", name === area.name ? null : area.name]])));
  }
  for (const [at, sticky] of diagram.notes.entries()) {
    const name = `note_${String(at + 1)}`;
    written.push(`Note ${name} [color: ${colourOf(sticky.tint)}] {\n  ${note(sticky.text, "  ")}\n}`);
    metadata.push(block("Note", name, pairs(box(sticky))));
  }
  for (const table of tables) {
    const at = diagram.positions.get(table.id);
    if (at)
      metadata.push(
        block(
          "Table",
          names.of(table),
          pairs([
            ["x", at[0]],
            ["y", at[1]],
          ]),
        ),
      );
  }
  return places ? [...written, ...metadata] : written;
}

const box = ({ at, size }: Pick<Area, "at" | "size">): (readonly [string, number])[] => [
  ["x", at[0]],
  ["y", at[1]],
  ["width", size[0]],
  ["height", size[1]],
];
