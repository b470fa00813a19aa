/**
 * Import by reading: no engine of MySQL runs in a browser, so the statements of a dump are followed one by one as a server would,
 * and what they have made in the end is the schema. Rows are set aside.
 */
import { problem, type Problem, type Report } from "../../../result/index.ts";
import type { Schema } from "../../../model/index.ts";
import type { Engine, ImportOptions, ImportSession, Piece, TypeSystem } from "../../dialect.ts";
import { keptVerbatim } from "../../kit/import-run.ts";
import type { Flavour } from "../flavour.ts";
import { Draft } from "../read/draft.ts";
import { schemaOf } from "../read/schema.ts";
import { readStatement, type Session } from "../read/statement.ts";
import { type Mode, modeAfter, USUAL } from "../text/mode.ts";
import { createMysqlSplitter } from "../text/splitter.ts";

const CHUNK = 256 * 1024;
/** More refusals than this say nothing new. */
const MOST_REFUSALS = 200;
/** Bytes that no text has. */
const NOT_TEXT = /[\0\uFFFD]/;
const CLIENT_LINE = /^(delimiter|source|\\\.)/i;

const aside = (data: number): readonly Problem[] =>
  data === 0 ? [] : [problem("import.data-set-aside", "note", { count: data })];

class Reading {
  readonly session: Session;
  #mode: Mode = USUAL;
  #data = 0;
  statements = 0;

  constructor(flavour: Flavour, types: TypeSystem) {
    const namespace = flavour.features.defaultNamespace;
    this.session = { flavour, types, draft: new Draft(), problems: [], told: { refused: 0, untold: 0 }, namespace };
  }

  get refused(): number {
    return this.session.told.refused;
  }

  get data(): number {
    return this.#data;
  }

  /** False when it was cancelled. */
  async all(text: string, options: ImportOptions): Promise<boolean> {
    const tell = (phase: "reading" | "catalogue", done: number): void | Promise<void> => {
      const { statements, refused } = this;
      return options.onProgress({ phase, done, total: text.length, statements, refused });
    };
    const cut = createMysqlSplitter(this.session.flavour.executes);
    for (let at = 0; at < text.length; at += CHUNK) {
      for (const piece of cut.push(text.slice(at, at + CHUNK))) this.#piece(piece);
      if (options.cancelled()) return false;
      await tell("reading", at);
    }
    for (const piece of cut.end()) this.#piece(piece);
    await tell("catalogue", text.length);
    return true;
  }

  #piece(piece: Piece): void {
    const { problems } = this.session;
    if (!piece.complete) {
      const params = { what: "a statement", line: piece.span.line };
      problems.push(problem("input.truncated", "warning", params, { at: piece.span }));
    }
    if (piece.kind === "client-command") {
      if (/^delimiter/i.test(piece.text)) return;
      const params = { what: piece.text.slice(0, 60), why: "a line for the mysql program" };
      problems.push(problem("import.skipped", CLIENT_LINE.test(piece.text) ? "warning" : "note", params, { at: piece.span }));
    } else if (piece.kind === "data") this.#data += 1;
    else {
      this.statements += 1;
      readStatement(this.session, piece.text, this.#mode, piece.span);
      this.#mode = modeAfter(this.#mode, piece.text);
    }
  }

  report(): Report<Schema> {
    const { draft, flavour, problems, told } = this.session;
    const dangling: Problem[] = [];
    const value = schemaOf(draft, flavour, dangling);
    const refusals = problems.filter(({ code }) => code === "import.refused");
    const extra = new Set(refusals.slice(MOST_REFUSALS));
    const untold = told.untold + extra.size;
    const more = untold === 0 ? [] : [problem("text.more", "warning", { count: untold })];
    const rest = problems.filter((item) => !extra.has(item));
    return { value, problems: [...rest, ...more, ...dangling, ...aside(this.#data), ...keptVerbatim(value)] };
  }
}

/** The `run` of an importer that needs no engine; the one it is given is not touched. */
export function createImport(flavour: Flavour, types: TypeSystem) {
  return async (text: string, _engine: Engine, options: ImportOptions): Promise<Report<Schema | null>> => {
    if (text.trim() === "") return { value: null, problems: [problem("input.empty", "error")] };
    const unrecognised = (why: string): Report<null> => {
      return { value: null, problems: [problem("input.unrecognised", "error", { name: "The text", why })] };
    };
    if (NOT_TEXT.test(text.slice(0, 64 * 1024))) return unrecognised("it is not a text.");
    const reading = new Reading(flavour, types);
    if (!(await reading.all(text, options))) return { value: null, problems: [problem("import.cancelled", "note")] };
    const report = reading.report();
    const { tables, views, verbatim, sequences } = report.value;
    const empty = tables.length + views.length + verbatim.length + sequences.length === 0;
    if (empty && reading.statements === 0 && report.problems.length === 0) return unrecognised("it holds no statement.");
    if (empty && reading.refused === reading.statements)
      return unrecognised(`none of its ${String(reading.statements)} statements is one of ${flavour.label}.`);
    return report;
  };
}

/** Several texts, followed as one server would that is given one after the other. */
export function openSession(flavour: Flavour, types: TypeSystem): ImportSession {
  const reading = new Reading(flavour, types);
  const { draft, problems } = reading.session;
  return {
    async run(text, options) {
      const [said, data, statements] = [problems.length, reading.data, reading.statements];
      const done = await reading.all(text, options);
      const told = [...problems.slice(said), ...aside(reading.data - data)];
      return { done, problems: told, statements: reading.statements - statements };
    },
    read() {
      const dangling: Problem[] = [];
      const value = schemaOf(draft, flavour, dangling);
      return Promise.resolve({ value, problems: dangling });
    },
  };
}
