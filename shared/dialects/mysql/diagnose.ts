/** A refusal of a live server as a problem on the entity that the statement is about. */
import { problem } from "../../result/index.ts";
import type { Diagnose } from "../dialect.ts";
import { aboutPosition } from "../kit/statement.ts";

export function createDiagnose(label: string): Diagnose {
  return {
    refusal: (error, statement) =>
      problem(
        "engine.refused",
        "error",
        { engine: label, message: error.message },
        { about: aboutPosition(statement, error.position) },
      ),
    fix: () => null,
    missing: () => null,
  };
}
