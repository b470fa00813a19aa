/** Entities of TypeORM as a value. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Format } from "../format.ts";
import { familyOf } from "../kit/family.ts";
import { CODE, codeOf, holdCode } from "../kit/hold-code.ts";
import { type Holds, lossesBut } from "../kit/losses.ts";
import { printTypeorm } from "./print.ts";

const SAID: Holds = { ...CODE, expressionIndexes: false, indexMethods: false, indexOrder: false };

const holdsOf = (dialect: Dialect): Holds => ({
  ...codeOf(SAID, dialect),
  // Its decorators know identity columns of primary keys alone.
  increment: familyOf(dialect) === "postgres" ? "serial" : "identity",
});

export const typeorm: Format = {
  id: "typeorm",
  label: "TypeORM",
  about: "entities for TypeORM, with their relations",
  extensions: ["ts"],
  mediaType: "text/plain",
  reader: null,
  writer: {
    variants: [],
    losses: lossesBut(SAID),
    hold: (design, dialect) => holdCode(design, dialect, holdsOf(dialect)),
    print: printTypeorm,
  },
};
