/** Classes of SQLAlchemy as a value. */
import type { Format } from "../format.ts";
import { CODE, codeOf, holdCode } from "../kit/hold-code.ts";
import { lossesBut } from "../kit/losses.ts";
import { printSqlalchemy } from "./print.ts";

export const sqlalchemy: Format = {
  id: "sqlalchemy",
  label: "SQLAlchemy",
  about: "declarative classes for SQLAlchemy 2, with their relations",
  extensions: ["py"],
  mediaType: "text/plain",
  reader: null,
  writer: {
    variants: [],
    losses: lossesBut(CODE),
    hold: (design, dialect) => holdCode(design, dialect, codeOf(CODE, dialect)),
    print: printSqlalchemy,
  },
};
