/** This part is in charge of HTML: one file that shows the design on a live canvas, without network, and runs nothing but its viewer. */
import type { Format } from "../format.ts";
import { holdBy } from "../kit/hold.ts";
import { type Holds, LOSSES, WHOLE } from "../kit/losses.ts";
import { printPage } from "./print.ts";

/** What the page shows; the rest does not go into the file. */
const HOLDS: Holds = {
  ...WHOLE,
  objects: false,
  enums: false,
  types: false,
  sequences: false,
  increment: "identity",
  tableOptions: false,
  columnOptions: false,
  collations: false,
  otherComments: false,
  indexComments: false,
};

export const html = {
  id: "html",
  label: "HTML page",
  about: "one file with a live diagram to pan, search and read, for anyone with a browser",
  extensions: ["html"],
  mediaType: "text/html",
  reader: null,
  writer: {
    variants: [],
    losses: LOSSES,
    hold: (design, dialect) => holdBy(design, dialect, HOLDS),
    print: printPage,
  },
} as const satisfies Format;
