/** This part is in charge of PDF: the diagram as one page of lines and text that can be searched, with tables as bookmarks. */
import { draw, THEMES } from "../../drawing/index.ts";
import type { Format, Held } from "../format.ts";
import type { Design } from "../json/index.ts";
import { LOSSES } from "../kit/losses.ts";
import { DRAWN, showing } from "../kit/shown.ts";
import { hasLetter, measureStandard, tidy } from "./letters.ts";
import { pdfText } from "./print.ts";

const hold = showing(DRAWN);

/** Letters that no reader's own font has, once each. */
function missing({ schema, diagrams: [diagram] }: Design, short: (type: string) => string): number {
  const found = new Set<string>();
  const add = (text: string): void => {
    for (const letter of tidy(text)) if (!hasLetter(letter)) found.add(letter);
  };
  for (const { name, columns } of [...schema.tables, ...schema.views]) {
    add(name);
    for (const column of columns) {
      add(column.name);
      add(short(column.type));
    }
  }
  for (const { name } of diagram?.areas ?? []) add(name);
  for (const { text } of diagram?.notes ?? []) add(text);
  return found.size;
}

export const pdf = {
  id: "pdf",
  label: "PDF",
  about: "the diagram as one page, with text that can be searched",
  extensions: ["pdf"],
  mediaType: "application/pdf",
  reader: null,
  writer: {
    variants: [
      { id: "light", label: "PDF, light" },
      { id: "dark", label: "PDF, dark" },
    ],
    losses: { ...LOSSES, letters: "letters beyond Latin script, which are shown as ? (bookmarks have them)" },
    hold: (design, dialect, variant): Held => {
      const held = hold(design, dialect, variant);
      const letters = missing(design, dialect.types.short);
      return letters === 0 ? held : { ...held, lost: new Map([...held.lost, ["letters", letters]]) };
    },
    print: (design, { types }, variant) =>
      pdfText(design.name, draw(design, types.short, measureStandard), THEMES[variant === "dark" ? "dark" : "light"]),
  },
} as const satisfies Format;
