/**
 * Import by execution: a dump is run, statement by statement, in an empty engine, and the catalogue is read back.
 *
 * A refused statement does not stop the rest. What failed is tried again while a pass makes progress (order in files is not
 * always order of need), and at the end stand-ins are provided for types that this engine lacks.
 */
import type { Schema } from "../../../model/index.ts";
import { problem, type Report } from "../../../result/index.ts";
import type { Engine, EngineError, ImportOptions, ImportSession, Piece } from "../../dialect.ts";
import { type Failed, ImportRun, keptVerbatim } from "../../kit/import-run.ts";
import { introspect } from "../catalog.ts";
import { splitter } from "../splitter.ts";
import { copyInserts } from "./copy.ts";
import { mend, type Mended, NOT_AVAILABLE } from "./mend.ts";
import { prepare } from "./prepare.ts";
import { withoutStandIns } from "./stand-ins.ts";

const EXTENSION = /^create\s+extension\s+(?:if\s+not\s+exists\s+)?("(?:[^"]|"")+"|[\w-]+)/i;

const SYNTAX_ERROR = "42601";
/** So many statements that are no SQL, and none that is: the text is something else. */
const ENOUGH_NOISE = 200;

/** What was provided in an engine, over all texts that are run there. */
class Provided {
  readonly missingExtensions: string[] = [];
  readonly roles = new Set<string>();
  /** Supabase's `auth` schema is used and not made: a stand-in was. */
  auth = false;

  async schema(engine: Engine): Promise<Report<Schema>> {
    const { value, problems } = await introspect(engine.query, { namespaces: [] });
    return { value: withExtensions(withoutStandIns(value, this.auth), this.missingExtensions), problems };
  }
}

class Run extends ImportRun {
  readonly #provided: Provided;
  #data = 0;
  #accepted = 0;
  #noise = 0;

  constructor(text: string, engine: Engine, options: ImportOptions, provided: Provided) {
    super(text, engine, options);
    this.#provided = provided;
  }

  /** False when it was cancelled. */
  async all(): Promise<boolean> {
    await this.engine.exec("set check_function_bodies = off; set client_min_messages = error");
    if (!(await this.read(splitter()))) return false;
    if (this.enough) return true;
    if (!(await this.#retry())) return false;
    this.tellRefused();
    if (!this.options.loadData) this.setAside(this.#data);
    return true;
  }

  protected async piece(piece: Piece): Promise<void> {
    if (!piece.complete) {
      this.cutShort(piece, piece.kind === "copy" ? "the rows of a COPY" : "a statement");
      if (piece.kind !== "copy") return;
    }
    if (piece.kind === "client-command") return this.#clientCommand(piece);
    if (piece.kind === "data" || piece.kind === "copy") {
      this.#data += 1;
      if (this.options.loadData) await this.#load(piece);
      return;
    }
    const prepared = prepare(piece.text);
    if (prepared.do === "skip") {
      if (!prepared.silent) this.skipped(prepared.what, prepared.why, piece);
      return;
    }
    for (const role of prepared.roles) await this.#role(role);
    this.statements += 1;
    const error = await this.attempt(prepared.sql);
    if (!error) this.#accepted += 1;
    else if (error.code === SYNTAX_ERROR) {
      this.#noise += 1;
      this.failed.push({ piece, sql: prepared.sql, error });
    } else await this.#failure({ piece, sql: prepared.sql, error });
  }

  /** No statement was accepted, and many were no SQL. */
  protected override get enough(): boolean {
    return this.#accepted === 0 && this.#noise >= ENOUGH_NOISE;
  }

  /** What the engine said first, when it accepted nothing and nothing was set aside; null when there was something to read. */
  get nothingRead(): string | null {
    if (this.#accepted > 0 || this.#data > 0 || this.#provided.missingExtensions.length > 0) return null;
    if (this.refused > 0)
      return `${this.engine.version} refused all of its first ${String(this.statements)} statements, the first with: ${this.firstRefusal}.`;
    return this.problems.length === 0 ? "it holds no statement." : null;
  }

  #clientCommand(piece: Piece): void {
    if (/^\\(restrict|unrestrict|set|echo|pset|timing|\.|encoding|unset|qecho|warn)/.test(piece.text)) return;
    this.skipped(piece.text.slice(0, 60), "a line for the psql program", piece);
  }

  async #role(name: string): Promise<void> {
    const { roles } = this.#provided;
    if (roles.has(name)) return;
    roles.add(name);
    await this.attempt(`create role "${name.replaceAll('"', '""')}"`);
  }

  async #failure(failed: Failed): Promise<void> {
    const extension = EXTENSION.exec(failed.sql)?.[1]?.replaceAll('"', "");
    if (extension !== undefined && NOT_AVAILABLE.has(failed.error.code ?? "")) {
      this.#provided.missingExtensions.push(failed.sql);
      this.skipped(`the extension ${extension}`, "this engine does not have it; it is kept in the design", failed.piece);
      return;
    }
    const mended = await this.#mend(failed.error, failed.sql, false);
    if (!mended) return void this.failed.push(failed);
    const error = await this.attempt(mended.sql ?? failed.sql);
    if (error) this.failed.push({ ...failed, error });
    else this.#accepted += 1;
  }

  async #mend(error: EngineError, sql: string, lastResort: boolean): Promise<Mended | null> {
    const mended = await mend(this.engine, error, sql, lastResort);
    if (mended?.note) this.problems.push(mended.note);
    this.#provided.auth ||= mended?.auth ?? false;
    return mended;
  }

  /** Tries the refused statements again, in order, while any of them succeeds; then with stand-ins for missing types. */
  async #retry(): Promise<boolean> {
    // What is no SQL stays none.
    const noise = this.failed.filter(({ error }) => error.code === SYNTAX_ERROR);
    this.failed = this.failed.filter(({ error }) => error.code !== SYNTAX_ERROR);
    for (let lastResort = false; this.failed.length > 0;) {
      const before = this.failed.length;
      if (!(await this.pass((failed) => this.#again(failed, lastResort)))) return false;
      if (this.failed.length < before) continue;
      if (lastResort) break;
      lastResort = true;
    }
    this.failed = [...this.failed, ...noise].sort((a, b) => a.piece.span.offset - b.piece.span.offset);
    return true;
  }

  async #again(failed: Failed, lastResort: boolean): Promise<EngineError | null> {
    let error = await this.attempt(failed.sql);
    for (let tries = 0; error && lastResort && tries < 8; tries += 1) {
      const mended = await this.#mend(error, failed.sql, true);
      if (!mended) break;
      error = await this.attempt(mended.sql ?? failed.sql);
    }
    if (!error) this.#accepted += 1;
    return error;
  }

  async #load(piece: Piece): Promise<void> {
    const block = this.text.slice(piece.span.offset, piece.span.offset + piece.span.length);
    const inserts = piece.kind === "copy" ? copyInserts(piece.text, block) : [piece.text];
    for (const insert of inserts) {
      const error = await this.attempt(insert);
      if (error) this.refuse(piece, error);
    }
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
  return kept.length === 0 ? schema : { ...schema, verbatim: [...schema.verbatim, ...kept] };
}

export async function runImport(text: string, engine: Engine, options: ImportOptions): Promise<Report<Schema | null>> {
  if (text.trim() === "") return { value: null, problems: [problem("input.empty", "error")] };
  const provided = new Provided();
  const run = new Run(text, engine, options, provided);
  if (!(await run.all())) return { value: null, problems: [problem("import.cancelled", "note")] };
  const why = run.nothingRead;
  if (why !== null) {
    const truncated = run.problems.filter(({ code }) => code === "input.truncated");
    return { value: null, problems: [problem("input.unrecognised", "error", { name: "The text", why }), ...truncated] };
  }
  await options.onProgress({ phase: "catalogue", done: text.length, total: text.length, statements: 0, refused: 0 });
  const read = await provided.schema(engine);
  return { value: read.value, problems: [...run.problems, ...keptVerbatim(read.value), ...read.problems] };
}

/** Several texts in one engine, each in a session's usual state: what one SETs is not the next one's. */
export function openSession(engine: Engine): ImportSession {
  const provided = new Provided();
  return {
    async run(text, options) {
      await engine.exec("reset all");
      const run = new Run(text, engine, options, provided);
      const done = await run.all();
      return { done, problems: run.problems, statements: run.statements };
    },
    async read() {
      await engine.exec("reset all");
      return provided.schema(engine);
    },
  };
}
