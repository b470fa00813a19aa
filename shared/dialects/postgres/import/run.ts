/**
 * Import by execution: a dump is run, statement by statement, in an empty engine, and the catalogue is read back.
 *
 * A refused statement does not stop the rest. What failed is tried again while a pass makes progress (order in files is not
 * always order of need), and at the end stand-ins are provided for types that this engine lacks.
 */
import type { Schema } from "../../../model/index.ts";
import { problem, type Problem, type Report } from "../../../result/index.ts";
import type { Engine, EngineError, ImportOptions, Piece } from "../../dialect.ts";
import { introspect } from "../catalog.ts";
import { splitter } from "../splitter.ts";
import { copyInserts } from "./copy.ts";
import { mend, STAND_IN } from "./mend.ts";
import { prepare } from "./prepare.ts";

const CHUNK = 256 * 1024;
const MISSING_EXTENSION = /extension "(.+)" is not available|could not open extension control file/;
const EXTENSION = /^create\s+extension\s+(?:if\s+not\s+exists\s+)?("(?:[^"]|"")+"|[\w-]+)/i;

const SYNTAX_ERROR = "42601";
/** So many statements that are no SQL, and none that is: the text is something else. */
const ENOUGH_NOISE = 200;

interface Failed {
  readonly piece: Piece;
  readonly sql: string;
  readonly error: EngineError;
}

class Run {
  readonly #engine: Engine;
  readonly #options: ImportOptions;
  readonly #text: string;
  readonly problems: Problem[] = [];
  readonly missingExtensions: string[] = [];
  #failed: Failed[] = [];
  #statements = 0;
  #data = 0;
  #roles = new Set<string>();
  #accepted = 0;
  #noise = 0;

  constructor(text: string, engine: Engine, options: ImportOptions) {
    this.#text = text;
    this.#engine = engine;
    this.#options = options;
  }

  /** False when it was cancelled. */
  async all(): Promise<boolean> {
    await this.#engine.exec("set check_function_bodies = off; set client_min_messages = error");
    const cut = splitter();
    for (let at = 0; at < this.#text.length && !this.hopeless; at += CHUNK) {
      if (!(await this.#pieces(cut.push(this.#text.slice(at, at + CHUNK))))) return false;
    }
    if (!(await this.#pieces(cut.end()))) return false;
    if (this.hopeless) return true;
    if (!(await this.#retry())) return false;
    for (const { piece, error } of this.#failed) this.#refuse(piece, error);
    if (this.#data > 0 && !this.#options.loadData)
      this.problems.push(problem("import.data-set-aside", "note", { count: this.#data }));
    return true;
  }

  async #pieces(pieces: readonly Piece[]): Promise<boolean> {
    for (const piece of pieces) {
      if (this.#options.cancelled()) return false;
      if (this.hopeless) return true;
      await this.#piece(piece);
      await this.#options.onProgress({
        phase: "running",
        done: piece.span.offset + piece.span.length,
        total: this.#text.length,
        statements: this.#statements,
        refused: this.#failed.length,
      });
    }
    return true;
  }

  async #piece(piece: Piece): Promise<void> {
    if (!piece.complete) {
      const what = piece.kind === "copy" ? "the rows of a COPY" : "a statement";
      this.problems.push(problem("input.truncated", "warning", { what, line: piece.span.line }, { at: piece.span }));
      if (piece.kind !== "copy") return;
    }
    if (piece.kind === "client-command") return this.#clientCommand(piece);
    if (piece.kind === "data" || piece.kind === "copy") {
      this.#data += 1;
      if (this.#options.loadData) await this.#load(piece);
      return;
    }
    const prepared = prepare(piece.text);
    if (prepared.do === "skip") {
      if (!prepared.silent) this.#skipped(prepared.what, prepared.why, piece);
      return;
    }
    for (const role of prepared.roles) await this.#role(role);
    this.#statements += 1;
    const error = await this.#try(prepared.sql);
    if (!error) this.#accepted += 1;
    else if (error.code === SYNTAX_ERROR) {
      this.#noise += 1;
      this.#failed.push({ piece, sql: prepared.sql, error });
    } else await this.#failure({ piece, sql: prepared.sql, error });
  }

  /** No statement was accepted, and many were no SQL: the rest is not worth reading. */
  get hopeless(): boolean {
    return this.#accepted === 0 && this.#noise >= ENOUGH_NOISE;
  }

  /** What the engine said first, when it accepted nothing and nothing was set aside; null when there was something to read. */
  get nothingRead(): string | null {
    if (this.#accepted > 0 || this.#data > 0 || this.missingExtensions.length > 0) return null;
    const first = this.#failed[0]?.error.message;
    if (first !== undefined)
      return `${this.#engine.version} refused all of its first ${String(this.#statements)} statements, the first with: ${first}.`;
    return this.problems.length === 0 ? "it holds no statement." : null;
  }

  #clientCommand(piece: Piece): void {
    if (/^\\(restrict|unrestrict|set|echo|pset|timing|\.|encoding|unset|qecho|warn)/.test(piece.text)) return;
    this.#skipped(piece.text.slice(0, 60), "a line for the psql program", piece);
  }

  #skipped(what: string, why: string, piece: Piece): void {
    this.problems.push(problem("import.skipped", "note", { what, why }, { at: piece.span }));
  }

  async #role(name: string): Promise<void> {
    if (this.#roles.has(name)) return;
    this.#roles.add(name);
    await this.#try(`create role "${name.replaceAll('"', '""')}"`);
  }

  async #try(sql: string): Promise<EngineError | null> {
    try {
      await this.#engine.exec(sql);
      return null;
    } catch (thrown) {
      return thrown as EngineError;
    }
  }

  async #failure(failed: Failed): Promise<void> {
    const extension = EXTENSION.exec(failed.sql)?.[1]?.replaceAll('"', "");
    if (extension !== undefined && MISSING_EXTENSION.test(failed.error.message)) {
      this.missingExtensions.push(failed.sql);
      this.#skipped(`the extension ${extension}`, "this engine does not have it; it is kept in the design", failed.piece);
      return;
    }
    const mended = await mend(this.#engine, failed.error, failed.sql, false);
    if (!mended) return void this.#failed.push(failed);
    if (mended.note) this.problems.push(mended.note);
    const error = await this.#try(mended.sql ?? failed.sql);
    if (error) this.#failed.push({ ...failed, error });
    else this.#accepted += 1;
  }

  /** Tries the refused statements again, in order, while any of them succeeds; then with stand-ins for missing types. */
  async #retry(): Promise<boolean> {
    // What is no SQL stays none.
    const noise = this.#failed.filter(({ error }) => error.code === SYNTAX_ERROR);
    this.#failed = this.#failed.filter(({ error }) => error.code !== SYNTAX_ERROR);
    for (let lastResort = false; this.#failed.length > 0;) {
      const before = this.#failed.length;
      if (!(await this.#pass(lastResort))) return false;
      if (this.#failed.length < before) continue;
      if (lastResort) break;
      lastResort = true;
    }
    this.#failed = [...this.#failed, ...noise].sort((a, b) => a.piece.span.offset - b.piece.span.offset);
    return true;
  }

  async #pass(lastResort: boolean): Promise<boolean> {
    const again = this.#failed;
    this.#failed = [];
    for (const failed of again) {
      if (this.#options.cancelled()) return false;
      let error = await this.#try(failed.sql);
      for (let tries = 0; error && lastResort && tries < 8; tries += 1) {
        const mended = await mend(this.#engine, error, failed.sql, true);
        if (!mended) break;
        if (mended.note) this.problems.push(mended.note);
        error = await this.#try(mended.sql ?? failed.sql);
      }
      if (error) this.#failed.push({ ...failed, error });
      else this.#accepted += 1;
    }
    return true;
  }

  async #load(piece: Piece): Promise<void> {
    const block = this.#text.slice(piece.span.offset, piece.span.offset + piece.span.length);
    const inserts = piece.kind === "copy" ? copyInserts(piece.text, block) : [piece.text];
    for (const insert of inserts) {
      const error = await this.#try(insert);
      if (error) this.#refuse(piece, error);
    }
  }

  #refuse(piece: Piece, error: EngineError): void {
    this.problems.push(
      problem(
        "import.refused",
        "error",
        { engine: this.#engine.version, message: error.message, statement: piece.text.slice(0, 200) },
        { at: piece.span },
      ),
    );
  }
}

/** The extensions that this engine does not have stay in the design, to be written back. */
function withExtensions(schema: Schema, statements: readonly string[]): Schema {
  const kept = statements.map((definition) => {
    const name = EXTENSION.exec(definition)?.[1]?.replaceAll('"', "") ?? "";
    return {
      id: `extension:.${name}` as Schema["verbatim"][number]["id"],
      kind: "extension",
      namespaceId: null,
      ownerId: null,
      name,
      definition,
      comment: null,
      dependsOn: [],
    };
  });
  const real = schema.verbatim.filter((object) => !object.name.startsWith(STAND_IN));
  return kept.length === 0 && real.length === schema.verbatim.length ? schema : { ...schema, verbatim: [...real, ...kept] };
}

export async function runImport(text: string, engine: Engine, options: ImportOptions): Promise<Report<Schema | null>> {
  if (text.trim() === "") return { value: null, problems: [problem("input.empty", "error")] };
  const run = new Run(text, engine, options);
  if (!(await run.all())) return { value: null, problems: [problem("import.cancelled", "note")] };
  const why = run.nothingRead;
  if (why !== null) {
    const truncated = run.problems.filter(({ code }) => code === "input.truncated");
    return { value: null, problems: [problem("input.unrecognised", "error", { name: "The text", why }), ...truncated] };
  }
  await options.onProgress({ phase: "catalogue", done: text.length, total: text.length, statements: 0, refused: 0 });
  const read = await introspect(engine.query, { namespaces: [] });
  const schema = withExtensions(read.value, run.missingExtensions);
  return { value: schema, problems: [...run.problems, ...kept(schema), ...read.problems] };
}

/** One remark for each kind of object that is kept word for word. */
function kept(schema: Schema): Problem[] {
  const counts = new Map<string, number>();
  for (const { kind } of schema.verbatim) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) =>
    problem("import.verbatim", "note", { kind: count === 1 ? kind : `${kind.replace(/y$/, "ie")}s`, count }),
  );
}
