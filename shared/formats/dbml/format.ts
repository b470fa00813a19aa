/** DBML as a value. */
import type { Format } from "../format.ts";
import { readDbml } from "./read/reader.ts";
import { recogniseDbml } from "./recognise.ts";
import { hold } from "./write/hold.ts";
import { type Level, LEVELS, LOSSES } from "./write/level.ts";
import { printDbml } from "./write/write.ts";

const LABELS: Readonly<Record<Level, string>> = { "10": "DBML 10", "8": "DBML 8", classic: "DBML classic (up to 3)" };

const levelOf = (variant: string): Level => LEVELS.find((level) => level === variant) ?? "10";

export const dbml: Format = {
  id: "dbml",
  label: "DBML",
  about: "for dbdiagram.io and others; older readers need an older level",
  extensions: ["dbml"],
  mediaType: "text/plain",
  reader: {
    recognise: (head, fileName) => (/\.dbml$/i.test(fileName) ? 0.9 : recogniseDbml(head)),
    read: readDbml,
    uses: (text) => Array.from(text.matchAll(/\bfrom\s*'([^'\n]+)'/g), ([, path = ""]) => path),
  },
  writer: {
    variants: [...LEVELS].reverse().map((id) => ({ id, label: LABELS[id] })),
    losses: LOSSES,
    hold: (design, dialect, variant) => hold(design, dialect, levelOf(variant)),
    print: (held, dialect, variant) => printDbml(held, dialect, levelOf(variant)),
  },
};
