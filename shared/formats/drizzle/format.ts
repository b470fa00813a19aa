/** A schema of Drizzle as a value. */
import type { Format } from "../format.ts";
import { CODE, codeOf, holdCode } from "../kit/hold-code.ts";
import { lossesBut } from "../kit/losses.ts";
import { printDrizzle } from "./print.ts";

export const drizzle: Format = {
  id: "drizzle",
  label: "Drizzle",
  about: "a schema file for Drizzle ORM, with its relations",
  extensions: ["ts"],
  mediaType: "text/plain",
  reader: null,
  writer: {
    variants: [],
    losses: lossesBut(CODE),
    hold: (design, dialect) => holdCode(design, dialect, codeOf(CODE, dialect)),
    print: printDrizzle,
  },
};
