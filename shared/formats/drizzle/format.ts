/** A schema of Drizzle as a value. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Format } from "../format.ts";
import { familyOf } from "../kit/family.ts";
import { holdCode } from "../kit/hold-code.ts";
import { BARE, type Holds, lossesBut } from "../kit/losses.ts";
import { printDrizzle } from "./print.ts";

const SAID: Holds = {
  ...BARE,
  ...{
    enums: true,
    notNull: true,
    defaults: true,
    generated: true,
    increment: "both",
    tableComments: true,
    columnComments: true,
  },
  ...{ primaryKeys: true, uniqueKeys: true, uniqueKeyNames: true, checks: true, checkNames: true },
  ...{ relations: true, relationNames: true, compositeRelations: true, actions: true },
  ...{ indexes: true, indexNames: true, expressionIndexes: true, indexMethods: true, indexOrder: true, indexConditions: true },
};

const holdsOf = (dialect: Dialect): Holds => ({
  ...SAID,
  namespaces: dialect.features.namespaces,
  primaryKeyNames: familyOf(dialect) === "postgres",
});

export const drizzle: Format = {
  id: "drizzle",
  label: "Drizzle",
  about: "a schema file for Drizzle ORM, with its relations",
  extensions: ["ts"],
  mediaType: "text/plain",
  reader: null,
  writer: {
    variants: [],
    losses: lossesBut(SAID),
    hold: (design, dialect) => holdCode(design, dialect, holdsOf(dialect)),
    print: printDrizzle,
  },
};
