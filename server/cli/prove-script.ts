/** Runs the statements of a diff in a fresh engine that holds the first side, and compares what they lead to with the second. */
import { randomUUID } from "node:crypto";
import type { Dialect } from "#shared/dialects/dialect.ts";
import { type DialectId, dialects } from "#shared/dialects/index.ts";
import { wholeScript } from "#shared/dialects/kit/whole.ts";
import { diff as changesOf } from "#shared/diff/index.ts";
import { comparable, counted } from "#shared/drift/index.ts";
import { tellChanges } from "#shared/history/index.ts";
import { adopt, type Column, type Schema } from "#shared/model/index.ts";
import { openEngine } from "../engines/index.ts";

/** What came of it. */
export interface Proof {
  /** The statements were run, and led where they should. */
  readonly proved: boolean;
  readonly told: readonly string[];
  /** What stands in the script of it. */
  readonly remark: string | null;
}

/** Without the names that an engine gave to constraints of columns that were called otherwise: they stay, and say nothing. */
function named(read: Schema, before: Schema, after: Schema): Schema {
  const columnsOf = ({ tables }: Schema): ReadonlyMap<string, Column> =>
    new Map(tables.flatMap(({ columns }) => columns.map((column) => [column.id, column])));
  const [was, is] = [columnsOf(before), columnsOf(after)];
  const tables = read.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => {
      const [old, now] = [was.get(column.id), is.get(column.id)];
      return old && now && old.name !== now.name ? { ...column, options: now.options } : column;
    }),
  }));
  return { ...read, tables };
}

function statementsOf(dialect: Dialect, script: string): readonly string[] {
  const cut = dialect.splitter();
  return [...cut.push(script), ...cut.end()].map(({ text }) => text);
}

/** `script` leads from one schema to the other. */
export async function proveScript(before: Schema, after: Schema, script: string): Promise<Proof> {
  const id = before.dialect as DialectId;
  const dialect = dialects[id];
  if (!dialect.features.engine)
    return { proved: false, told: [`NOT proved: no engine of ${dialect.label} runs here.`], remark: null };
  const whole = await wholeScript(dialect, before);
  const { engine, close } = await openEngine(id, [...new Set([...dialect.needs(whole), ...dialect.needs(script)])]);
  const failed = (why: string): Proof => ({ proved: false, told: [`NOT proved: ${engine.version} ${why}`], remark: null });
  const run = async (sql: string): Promise<string | null> => {
    try {
      await engine.exec(sql);
      return null;
    } catch (error) {
      // The engine's word on what it was given.
      return error instanceof Error ? error.message : String(error);
    }
  };
  try {
    const start = await run(whole);
    if (start !== null) return failed(`refused the first of the two: ${start}`);
    // As a client sends them: sent together they would be one transaction, in which a value added to an enum cannot be used.
    for (const sql of statementsOf(dialect, script)) {
      const refused = await run(sql);
      if (refused !== null) return failed(`refused the statements: ${refused}`);
    }
    const { value } = await dialect.catalog.introspect(engine.query, { namespaces: [] });
    const read = named(adopt(adopt(comparable(value, dialect), null, randomUUID), after, null), before, after);
    const left = tellChanges(changesOf(read, after), read, after);
    const lines = left.flatMap(({ name, lines: all }) => all.map(({ what }) => `  ${name}: ${what}`));
    if (lines.length === 0)
      return {
        proved: true,
        told: [`Proved: run in a fresh ${engine.version} that held the first, it led to the second. It held no rows.`],
        remark: `It led there in a fresh ${engine.version} without rows: read it, and try it on a copy first.`,
      };
    return {
      proved: false,
      told: [`NOT proved: run in ${engine.version}, ${counted(lines.length, "difference")} to the second are left:`, ...lines],
      remark: null,
    };
  } finally {
    await close();
  }
}
