/** A design as DBML, and what of it the text does not hold. */
import type { Dialect } from "../../../dialects/dialect.ts";
import { problem, type Report } from "../../../result/index.ts";
import type { Design } from "../../json/index.ts";
import { drawing } from "./drawing.ts";
import { hold } from "./hold.ts";
import { holds, type Level, LOSSES, type LossKey } from "./level.ts";
import { Names, Printer } from "./print.ts";

/**
 * What is held as text, ending in a newline; the same design gives the same text. Without `places` it is not said where things stand, at
 * no level.
 */
export function printDbml(held: Design, dialect: Dialect, level: Level, places = true): string {
  const printer = new Printer(held, dialect);
  const [diagram] = held.diagrams;
  const parts = [
    printer.project(held),
    ...printer.enums(),
    ...held.schema.tables.map((table) => printer.table(table)),
    printer.relations().join("\n"),
    ...(diagram ? drawing(diagram, held.schema.tables, new Names(held.schema, dialect), places && holds(level, "places")) : []),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** The text, ending in a newline. Each kind of loss is told with its number. */
export function writeDbml(design: Design, dialect: Dialect, level: Level = "10"): Report<string> {
  const { design: held, lost } = hold(design, dialect, level);
  const problems = [...lost].map(([key, count]: [LossKey, number]) =>
    problem("format.lost", "warning", { format: level === "10" ? "DBML" : `DBML ${level}`, count, what: LOSSES[key] }),
  );
  return { value: printDbml(held, dialect, level), problems };
}
