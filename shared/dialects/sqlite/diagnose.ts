/**
 * A refusal of SQLite as a problem on the entity it is about. SQLite gives a sentence and no position: the entity is found by
 * the names in the sentence, among what the statement speaks of.
 */
import { type Change, type Column, type EntityRef, lookup, type Schema, type Table, type TableId } from "../../model/index.ts";
import { problem, type Problem } from "../../result/index.ts";
import type { Diagnose, EngineError, Fix, Statement } from "../dialect.ts";
import { namesIn } from "./text/other-text.ts";
import { types } from "./types.ts";

const DATATYPE = /^(?:missing|unknown) datatype for /;
const AUTOINCREMENT = /^AUTOINCREMENT is only allowed/;

/** `"x"`, `[x]`, what follows the last `: `, and both halves of `t.c`; innermost first. */
function namesOf(message: string): readonly string[] {
  const quoted = [...message.matchAll(/"([^"]+)"|\[([^\]]+)\]/g)].map((match) => match[1] ?? match[2] ?? "");
  const last = /: ([^:]+)$/.exec(message)?.[1]?.trim() ?? "";
  const dotted = /\b([\w ]+)\.(\w+)\b/.exec(message);
  const all = [dotted?.[2] ?? "", ...quoted, last, last.split(".").at(-1) ?? ""];
  return all.filter((name) => name !== "");
}

function tableOf(statement: Statement, schema: Schema): Table | null {
  const id = (statement.about?.entity === "table" ? statement.about.id : statement.about?.ownerId) ?? null;
  return id === null ? null : lookup(schema).table(id as TableId);
}

/** The only marked stretch that speaks of a name; null when several do. */
function onlyMark(statement: Statement, name: string): EntityRef | null {
  const found = statement.marks.filter(({ start, end }) => namesIn(statement.sql.slice(start, end)).has(name.toLowerCase()));
  return found.length === 1 ? (found[0]?.about ?? null) : null;
}

function about(error: EngineError, statement: Statement, schema: Schema): EntityRef | null {
  if (AUTOINCREMENT.test(error.message)) return onlyMark(statement, "autoincrement") ?? statement.about;
  const table = tableOf(statement, schema);
  for (const name of namesOf(error.message)) {
    const same = table?.columns.filter((column) => column.name.toLowerCase() === name.toLowerCase()).at(-1);
    if (same && table) return { entity: "column", id: same.id, ownerId: table.id };
    const mark = onlyMark(statement, name);
    if (mark) return mark;
  }
  return statement.about;
}

function retype(table: Table, before: Column, type: string): Fix {
  const change: Change = { kind: "alter", entity: "column", ownerId: table.id, before, after: { ...before, type } };
  return { label: `Change to ${type}`, changes: [change] };
}

/** The type a STRICT table knows that means the same to SQLite. */
function strictType(type: string): string {
  switch (types.parse(type).kind) {
    case "integer":
    case "boolean":
      return "INTEGER";
    case "float":
    case "decimal":
    case "money":
      return "REAL";
    case "binary":
      return type.trim() === "" ? "ANY" : "BLOB";
    default:
      return "TEXT";
  }
}

function refusal(error: EngineError, statement: Statement, schema: Schema): Problem {
  const params = { engine: "SQLite", message: error.message };
  return problem("engine.refused", "error", params, { about: about(error, statement, schema) });
}

/** SQLite has no codes: that something is not there is in its sentence alone, and its name at the end of that. */
function missing(error: EngineError): readonly string[] | null {
  const name = /^(?:.*: )?no such (?:table|column|view|function|index|module): (.+)$/.exec(error.message)?.[1];
  return name === undefined ? null : [name, ...name.split(".")];
}

export const diagnose: Diagnose = {
  refusal,
  missing,
  fix: (error, statement, schema) => {
    const ref = about(error, statement, schema);
    const table = tableOf(statement, schema);
    const column = ref?.entity === "column" ? table?.columns.find(({ id }) => id === ref.id) : undefined;
    if (!table || !column) return null;
    if (AUTOINCREMENT.test(error.message)) return retype(table, column, "INTEGER");
    if (DATATYPE.test(error.message)) return retype(table, column, strictType(column.type));
    return null;
  },
};
