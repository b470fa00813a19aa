/** One text, run statement by statement on the scratch server and read back. */
import type { ScratchRun } from "#shared/dialects/dialect.ts";
import type { Piece } from "#shared/dialects/dialect.ts";
import type { Ran, ScratchProgress } from "#shared/api/scratch.ts";
import type { Schema } from "#shared/model/index.ts";
import { fail, ok, problem, type Problem, type Result } from "#shared/result/index.ts";
import { refusal, rowsOn } from "../live/mysql-link.ts";
import type { LiveSession } from "../live/session.ts";
import type { Scratchpad } from "./server.ts";

/** More of them say nothing new. */
const MOST_PROBLEMS = 1_000;
const MOST_STATEMENT = 200;
const PROGRESS_EVERY_MS = 200;
const CHUNK = 256 * 1024;
/** ER_BINLOG_CREATE_ROUTINE_NEED_SUPER: no fault of the file's. */
const NEEDS_TRUST = "1419";
const TRUST =
  "the server keeps a binary log, and lets accounts like this make routines and triggers only with log_bin_trust_function_creators = 1";

type Tell = (progress: ScratchProgress) => void;

/** Names of the place's databases in a text of the server's, as the file calls them. Nothing else is called so: they cannot be guessed. */
function called(text: string, databases: ReturnType<ScratchRun["databases"]>, write: (name: string) => string): string {
  return databases.reduce((all, { name, called: own }) => all.replaceAll(name, write(own)), text);
}

/** Without the database that every text begins in, where it went to another one and left nothing there. */
function used(schema: Schema, first: string): Schema {
  const id = schema.namespaces.find(({ name }) => name === first)?.id;
  const lists = [schema.tables, schema.views, schema.sequences, schema.verbatim, schema.types];
  const holds = lists.some((list) => list.some(({ namespaceId }) => namespaceId === id));
  if (holds || schema.namespaces.length === 1) return schema;
  return { ...schema, namespaces: schema.namespaces.filter((one) => one.id !== id) };
}

export class TextRun {
  readonly #pad: Scratchpad;
  readonly #file: ScratchRun;
  readonly #problems: Problem[] = [];
  readonly #tell: Tell;
  readonly #at: number;
  #untold = 0;
  #rows = 0;
  #statements = 0;
  #refused = 0;
  #told = 0;

  constructor(pad: Scratchpad, file: ScratchRun, at: number, tell: Tell) {
    this.#pad = pad;
    this.#file = file;
    this.#at = at;
    this.#tell = tell;
  }

  /** Runs the text; rejects when the connection is lost or cut. */
  async all(text: string): Promise<void> {
    const run = rowsOn(this.#pad.link);
    for (const sql of this.#file.begin()) await run(sql);
    const cut = this.#pad.dialect.splitter();
    for (let at = 0; at < text.length; at += CHUNK) {
      for (const piece of cut.push(text.slice(at, at + CHUNK))) await this.#piece(piece, text.length);
    }
    for (const piece of cut.end()) await this.#piece(piece, text.length);
  }

  async #piece(piece: Piece, total: number): Promise<void> {
    const step = this.#file.step(piece);
    if (step.kind === "aside") this.#rows += 1;
    else if (step.kind === "told") this.#keep(step.problem);
    else if (step.kind === "run") {
      this.#statements += 1;
      this.#file.heard(await this.#taken(piece, step.sql));
    }
    const now = Date.now();
    if (now - this.#told < PROGRESS_EVERY_MS) return;
    this.#told = now;
    this.#progress("running", piece.span.offset + piece.span.length, total);
  }

  async #taken(piece: Piece, statements: readonly string[]): Promise<boolean> {
    try {
      for (const sql of statements) await rowsOn(this.#pad.link)(sql);
      return true;
    } catch (error) {
      const said = refusal(error);
      if (this.#pad.link.stream.destroyed || !said) throw error;
      const at = { at: piece.span };
      const statement = piece.text.slice(0, MOST_STATEMENT);
      if (said.code === NEEDS_TRUST) this.#keep(problem("import.skipped", "warning", { what: statement, why: TRUST }, at));
      else {
        this.#refused += 1;
        const message = called(said.message, this.#file.databases(), (name) => name);
        this.#keep(problem("import.refused", "error", { engine: this.#pad.engine, message, statement }, at));
      }
      return false;
    }
  }

  #keep(found: Problem): void {
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push(found);
    else this.#untold += 1;
  }

  #progress(phase: "running" | "reading", done: number, total: number): void {
    const [statements, refused] = [this.#statements, this.#refused];
    this.#tell({ kind: "progress", phase, text: this.#at, done, total, statements, refused });
  }

  /** What the server holds now, under the file's own names. */
  async read(session: LiveSession, tables: number, signal: AbortSignal): Promise<Result<Ran>> {
    this.#progress("reading", 1, 1);
    const databases = this.#file.databases();
    const namespaces = databases.flatMap(({ name, made }) => (made ? [name] : []));
    const read = await session.read((run) => session.dialect.catalog.introspect(run, { namespaces }), signal);
    if (!read.ok) return read;
    const { value, problems } = read.value;
    const count = value.tables.length;
    if (count > tables) return fail(problem("live.too-many-tables", "error", { count, limit: tables }));
    const own = (text: string): string => called(text, databases, (name) => JSON.stringify(name).slice(1, -1));
    const more = this.#untold === 0 ? [] : [problem("text.more", "warning", { count: this.#untold })];
    const aside = this.#rows === 0 ? [] : [problem("import.data-set-aside", "note", { count: this.#rows })];
    return ok({
      kind: "ran",
      text: this.#at,
      statements: this.#statements,
      refused: this.#refused,
      problems: [...this.#problems, ...more, ...aside, ...(JSON.parse(own(JSON.stringify(problems))) as Problem[])],
      schema: JSON.parse(own(JSON.stringify(used(value, namespaces[0] ?? "")))) as Schema,
    });
  }
}
