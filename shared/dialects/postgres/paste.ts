/**
 * The catalogue by hand: what `introspect` asks for, as one read-only SELECT that gives one JSON document, and that document's rows
 * handed back to `introspect`. Rows travel as PostgreSQL prints a record (manual, "Composite Type Input and Output Syntax").
 */
import type { Schema } from "../../model/index.ts";
import { problem, type Report } from "../../result/index.ts";
import type { Paste, RunQuery } from "../dialect.ts";
import { fingerprint, readAnswer } from "../kit/answer.ts";
import { introspect } from "./catalog.ts";
import { literal } from "./quote.ts";

const ALL = { namespaces: [] };
const VERSIONS = ["18", "17", "16", "15", "14"];

/** The one statement whose answer decides what is asked next. */
const asksVersion = (sql: string): boolean => sql.includes("server_version_num");

/** Answers for a server of this version: its number, then whatever `rows` has for each further statement. */
function answering(version: string, rows: (sql: string) => readonly (readonly unknown[])[]): RunQuery {
  return (sql) => Promise.resolve(asksVersion(sql) ? [["", `${version}0000`]] : rows(sql));
}

/** The statements that `introspect` sends to a server of this version, in their order. */
async function asked(version: string): Promise<readonly string[]> {
  const statements: string[] = [];
  await introspect(
    answering(version, (sql) => {
      statements.push(sql);
      return [];
    }),
    ALL,
  );
  return statements;
}

const nameOf = (statements: readonly string[]): string => fingerprint(statements.join("\n"));

/** The search path is emptied for this one transaction, so that names in definitions are qualified. */
async function query(version: string): Promise<string> {
  const statements = await asked(version);
  const parts = statements.map(
    (sql) => `(select coalesce(json_agg(drawbridge_row::text), '[]') from (${sql.trim()}\n) drawbridge_row)`,
  );
  return `-- Drawbridge: the definitions of this database as one JSON document, for PostgreSQL ${version} or newer.
-- It reads the catalogue only, never a row of a table, and changes nothing. Copy the one cell that it gives, whole.
with setting as materialized (select pg_catalog.set_config('search_path', '', true)),
answers as materialized (select json_build_array(
${parts.join(",\n")}
)::text as answers from setting)
select json_build_object('drawbridge', 1, 'dialect', 'postgres', 'made_for', ${literal(version)}, 'query', ${literal(nameOf(statements))},
  'server', current_setting('server_version_num'), 'length', length(answers), 'answers', answers::json, 'end', 'drawbridge')::text as answer
from answers;
`;
}

/** The cells of a record as PostgreSQL prints it; null for NULL. */
export function recordCells(text: string): readonly (string | null)[] {
  const cells: (string | null)[] = [];
  let cell: string | null = null;
  let quoted = false;
  for (let at = 1; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quoted ? sign === "\\" || (sign === '"' && text.charAt(at + 1) === '"') : sign === "\\") {
      at += 1;
      cell = (cell ?? "") + text.charAt(at);
    } else if (sign === '"') {
      quoted = !quoted;
      cell ??= "";
    } else if (!quoted && (sign === "," || (sign === ")" && at === text.length - 1))) {
      cells.push(cell);
      cell = null;
    } else cell = (cell ?? "") + sign;
  }
  return cells;
}

const isRows = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

async function read(text: string): Promise<Report<Schema | null>> {
  const { value: answer, problems } = readAnswer(text);
  if (!answer) return { value: null, problems };
  const { answers, madeFor, server } = answer;
  if (answer.dialect !== "postgres") {
    return { value: null, problems: [problem("paste.other", "error", { dialect: answer.dialect || "an unknown system" })] };
  }
  const statements = VERSIONS.includes(madeFor) ? await asked(madeFor) : [];
  if (answer.query !== nameOf(statements)) return { value: null, problems: [problem("paste.old", "error")] };
  const damaged = { value: null, problems: [problem("paste.damaged", "error")] };
  if (!Array.isArray(answers) || answers.length !== statements.length || !answers.every(isRows)) return damaged;
  const rows = new Map(statements.map((sql, at) => [sql, (answers[at] as readonly string[]).map(recordCells)]));
  const run = answering(madeFor, (sql) => rows.get(sql) ?? []);
  try {
    const report = await introspect(run, ALL);
    const newest = Number(server.slice(0, -4));
    const older = newest > Number(madeFor) ? [problem("paste.older", "warning", { made: madeFor, server: newest })] : [];
    return { value: report.value, problems: [...problems, ...older, ...report.problems] };
  } catch {
    // Rows that came through a person's clipboard may hold anything.
    return damaged;
  }
}

export const paste: Paste = {
  versions: VERSIONS,
  query,
  lost: [],
  read,
};
