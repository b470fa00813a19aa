/** This part is in charge of Markdown: a design as a page of documentation, for repositories and wikis. */
import type { Format } from "../format.ts";
import { LOSSES, WHOLE } from "../kit/losses.ts";
import { showing } from "../kit/shown.ts";
import { printMarkdown } from "./print.ts";

export const markdown = {
  id: "markdown",
  label: "Markdown",
  about: "documentation of every table, for repositories and wikis",
  extensions: ["md"],
  mediaType: "text/markdown",
  reader: null,
  writer: {
    variants: [
      { id: "text", label: "Markdown" },
      { id: "diagram", label: "Markdown with a Mermaid diagram" },
    ],
    losses: LOSSES,
    hold: showing({
      ...WHOLE,
      tableOptions: false,
      columnOptions: false,
      otherComments: false,
      places: false,
      tints: false,
      areas: false,
      notes: false,
    }),
    print: printMarkdown,
  },
} as const satisfies Format;
