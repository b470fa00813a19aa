/**
 * Import by execution: the dump is run, statement by statement, in an empty SQLite, and the catalogue is read back.
 *
 * A refused statement does not stop the rest. What failed is tried again while a pass makes progress: an index or trigger may
 * stand before its table. Virtual tables of a module that this engine lacks are kept word for word.
 */
import type { Schema, Verbatim } from "../../../model/index.ts";
import { problem, type Report } from "../../../result/index.ts";
import type { Engine, ImportOptions, ImportSession, Piece } from "../../dialect.ts";
import { ImportRun, keptVerbatim } from "../../kit/import-run.ts";
import { introspect, virtualVerbatim } from "../catalog.ts";
import { isShadow, type VirtualTable } from "../shadow.ts";
import { splitter } from "../splitter.ts";
import { Cursor } from "../text/cursor.ts";
import { readVirtualText } from "../text/other-text.ts";
import { prepare } from "./prepare.ts";

const NO_MODULE = /^no such module: (.+)$/;
const NOTHING_TO_DROP = /^no such (table|view|index|trigger): /;
/** Bytes that no text has. */
const NOT_TEXT = /[\0\uFFFD]/;

/** Virtual tables of modules that this engine lacks, over all texts that are run in it. */
class Lacking {
  readonly virtual: Verbatim[] = [];
  readonly modules: VirtualTable[] = [];

  async schema(engine: Engine): Promise<Report<Schema>> {
    const { value, problems } = await introspect(engine.query);
    return { value: { ...value, verbatim: [...this.virtual, ...value.verbatim] }, problems };
  }
}

class Run extends ImportRun {
  readonly #lacking: Lacking;
  readonly #data: Piece[] = [];

  constructor(text: string, engine: Engine, options: ImportOptions, lacking: Lacking) {
    super(text, engine, options);
    this.#lacking = lacking;
  }

  /** False when it was cancelled. */
  async all(): Promise<boolean> {
    // One transaction is faster than one for each statement; a refused statement does not end it.
    await this.engine.exec("begin");
    const read = (await this.read(splitter())) && (await this.#retry());
    await this.engine.exec("commit");
    if (!read) return false;
    this.tellRefused();
    // Rows have transactions of their own: ON CONFLICT ROLLBACK would undo everything.
    if (this.options.loadData) await this.#load();
    else this.setAside(this.#data.length);
    return true;
  }

  protected async piece(piece: Piece): Promise<void> {
    if (!piece.complete) this.cutShort(piece, "a statement");
    if (piece.kind === "client-command") return this.skipped(piece.text.slice(0, 60), "a line for the sqlite3 program", piece);
    const prepared = prepare(piece.text);
    if (prepared.do === "data" || (piece.kind === "data" && prepared.do === "run" && prepared.sql === piece.text)) {
      this.#data.push(piece);
      return;
    }
    if (prepared.do === "skip") {
      if (!prepared.silent) this.skipped(prepared.what, prepared.why, piece);
      return;
    }
    if (prepared.do === "run") await this.#run(piece, prepared.sql);
  }

  async #run(piece: Piece, sql: string): Promise<void> {
    const { modules } = this.#lacking;
    if (modules.length > 0 && isShadow(modules)(createdTable(sql))) return;
    this.statements += 1;
    const error = await this.attempt(sql);
    if (!error) return;
    const module = NO_MODULE.exec(error.message)?.[1];
    if (module !== undefined) this.#keepVirtual(piece, sql, module);
    else if (/^drop\b/i.test(sql) && NOTHING_TO_DROP.test(error.message))
      this.skipped(sql.slice(0, 60), "nothing to drop", piece);
    else this.failed.push({ piece, sql, error });
  }

  #keepVirtual(piece: Piece, sql: string, module: string): void {
    const name = createdTable(sql);
    this.#lacking.modules.push({ name, module: readVirtualText(sql).module });
    this.#lacking.virtual.push(virtualVerbatim(name, sql));
    this.skipped(`the virtual table ${name}`, `this engine has no ${module}; it is kept word for word`, piece);
  }

  async #retry(): Promise<boolean> {
    for (let before = Infinity; this.failed.length > 0 && this.failed.length < before;) {
      before = this.failed.length;
      if (!(await this.pass(({ sql }) => this.attempt(sql)))) return false;
    }
    return true;
  }

  async #load(): Promise<void> {
    for (const piece of this.#data) {
      const error = /^(select|values|explain)\b/i.test(piece.text) ? null : await this.attempt(piece.text);
      if (error) this.refuse(piece, error);
    }
  }
}

/** The name in CREATE [VIRTUAL] TABLE [IF NOT EXISTS] [main.]name; empty for any other statement. */
function createdTable(sql: string): string {
  const cursor = new Cursor(sql.slice(0, 2000));
  cursor.skip("create");
  cursor.skip("virtual");
  if (!cursor.skip("table")) return "";
  cursor.skip("if", "not", "exists");
  const name = cursor.name();
  return cursor.skip(".") ? cursor.name() : name;
}

/** Runs the dump in an empty engine and reads the catalogue back. The value is null when the text holds no schema at all. */
export async function runImport(text: string, engine: Engine, options: ImportOptions): Promise<Report<Schema | null>> {
  if (text.trim() === "") return { value: null, problems: [problem("input.empty", "error")] };
  const unrecognised = (why: string): Report<null> => {
    return { value: null, problems: [problem("input.unrecognised", "error", { name: "The text", why })] };
  };
  if (NOT_TEXT.test(text.slice(0, 64 * 1024))) return unrecognised("it is not a text.");
  const lacking = new Lacking();
  const run = new Run(text, engine, options, lacking);
  if (!(await run.all())) return { value: null, problems: [problem("import.cancelled", "note")] };
  await options.onProgress({
    phase: "catalogue",
    done: text.length,
    total: text.length,
    statements: run.statements,
    refused: run.refused,
  });
  const { value: schema, problems } = await lacking.schema(engine);
  const empty = schema.tables.length + schema.views.length + schema.verbatim.length === 0;
  if (empty && run.statements === 0 && run.problems.length === 0) return unrecognised("it holds no statement.");
  if (empty && run.refused === run.statements) {
    return unrecognised(`SQLite refused all of its ${String(run.statements)} statements, the first with: ${run.firstRefusal}.`);
  }
  return { value: schema, problems: [...run.problems, ...keptVerbatim(schema), ...problems] };
}

/** Several texts in one engine. */
export function openSession(engine: Engine): ImportSession {
  const lacking = new Lacking();
  return {
    async run(text, options) {
      const run = new Run(text, engine, options, lacking);
      const done = await run.all();
      return { done, problems: run.problems, statements: run.statements };
    },
    read: () => lacking.schema(engine),
  };
}
