/** Mermaid's diagrams as a value. */
import type { Format } from "../format.ts";
import { hold, LOSSES } from "./hold.ts";
import { readMermaid } from "./read.ts";
import { recogniseMermaid } from "./recognise.ts";
import { levelOf } from "./words.ts";
import { printMermaid } from "./write.ts";

export const mermaid: Format = {
  id: "mermaid",
  label: "Mermaid",
  about: "an entity diagram for READMEs, GitHub and wikis; older viewers need the plain words",
  extensions: ["mmd", "mermaid"],
  mediaType: "text/plain",
  reader: { recognise: recogniseMermaid, read: readMermaid },
  writer: {
    variants: [
      { id: "current", label: "Mermaid" },
      { id: "plain", label: "Mermaid, plain words for older viewers" },
    ],
    losses: LOSSES,
    hold: (design, dialect, variant) => hold(design, dialect, levelOf(variant)),
    print: (held, dialect, variant) => printMermaid(held, dialect, levelOf(variant)),
  },
};
