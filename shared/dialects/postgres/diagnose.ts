/** A refusal of PostgreSQL as a problem on the entity it is about, by SQLSTATE (the manual, "PostgreSQL Error Codes"). */
import type { Schema } from "../../model/index.ts";
import { problem, type Problem } from "../../result/index.ts";
import type { Diagnose, EngineError, Fix, Statement } from "../dialect.ts";
import { about, foreignKeyOf, TYPES_DIFFER } from "./diagnose/about.ts";
import { addColumn, addExtension, addNamespace, addUnique, knownType, sameTypes } from "./diagnose/fixes.ts";
import { missing, NO_COLUMN, NO_FUNCTION, NO_NAMESPACE, NO_OBJECT, spokenOf } from "./diagnose/missing.ts";

const NO_UNIQUE_KEY = "42830";

function refusal(error: EngineError, statement: Statement, schema: Schema): Problem {
  const message = error.detail === null ? error.message : `${error.message}. ${error.detail}`;
  return problem(
    "engine.refused",
    "error",
    { engine: "PostgreSQL", message, code: error.code ?? "" },
    { about: about(error, statement, schema) },
  );
}

function fix(error: EngineError, statement: Statement, schema: Schema): Fix | null {
  const key = foreignKeyOf(statement, schema);
  const ref = about(error, statement, schema);
  const spoken = spokenOf(error, statement);
  switch (error.code) {
    case TYPES_DIFFER:
      return key && sameTypes(key, schema);
    case NO_UNIQUE_KEY:
      return key && addUnique(key, schema);
    case NO_FUNCTION:
      return addExtension(error, statement, ref, schema);
    case NO_OBJECT:
      return addExtension(error, statement, ref, schema) ?? (spoken && knownType(spoken, ref, schema));
    case NO_NAMESPACE:
      return spoken && addNamespace(spoken, schema);
    case NO_COLUMN:
      return spoken && addColumn(spoken, ref, schema);
    default:
      return null;
  }
}

export const diagnose: Diagnose = { refusal, fix, missing };
