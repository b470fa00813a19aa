/**
 * What every import by execution does alike: a text is cut into pieces, each is run or set aside, what the engine refuses is tried
 * again and at the end told with its line. A dialect extends it with what it knows of its own dumps.
 */
import type { Schema } from "../../model/index.ts";
import { problem, type Problem } from "../../result/index.ts";
import type { Engine, EngineError, ImportOptions, Piece, Splitter } from "../dialect.ts";

const CHUNK = 256 * 1024;
/** More refusals than this say nothing new. */
const MOST_REFUSALS = 1000;

export interface Failed {
  readonly piece: Piece;
  readonly sql: string;
  readonly error: EngineError;
}

export abstract class ImportRun {
  readonly problems: Problem[] = [];
  /** Statements that were handed to the engine. */
  statements = 0;
  protected readonly engine: Engine;
  protected readonly options: ImportOptions;
  protected readonly text: string;
  protected failed: Failed[] = [];

  constructor(text: string, engine: Engine, options: ImportOptions) {
    this.text = text;
    this.engine = engine;
    this.options = options;
  }

  /** Statements that the engine refused to the end. */
  get refused(): number {
    return this.failed.length;
  }

  get firstRefusal(): string {
    return this.failed[0]?.error.message ?? "";
  }

  /** Runs one piece or sets it aside. */
  protected abstract piece(piece: Piece): Promise<void>;

  /** True when the rest of the text is not worth reading. */
  protected get enough(): boolean {
    return false;
  }

  /** Hands over all pieces. False when it was cancelled. */
  protected async read(cut: Splitter): Promise<boolean> {
    for (let at = 0; at < this.text.length && !this.enough; at += CHUNK) {
      if (!(await this.#pieces(cut.push(this.text.slice(at, at + CHUNK))))) return false;
    }
    return this.#pieces(cut.end());
  }

  async #pieces(pieces: readonly Piece[]): Promise<boolean> {
    for (const piece of pieces) {
      if (this.options.cancelled()) return false;
      if (this.enough) return true;
      await this.piece(piece);
      await this.options.onProgress({
        phase: "running",
        done: piece.span.offset + piece.span.length,
        total: this.text.length,
        statements: this.statements,
        refused: this.failed.length,
      });
    }
    return true;
  }

  /** Runs a statement; gives what the engine said against it. */
  protected async attempt(sql: string): Promise<EngineError | null> {
    try {
      await this.engine.exec(sql);
      return null;
    } catch (thrown) {
      return thrown as EngineError;
    }
  }

  /** Tries every refused statement once more, in order. False when it was cancelled. */
  protected async pass(again: (failed: Failed) => Promise<EngineError | null>): Promise<boolean> {
    const list = this.failed;
    this.failed = [];
    for (const failed of list) {
      if (this.options.cancelled()) return false;
      const error = await again(failed);
      if (error) this.failed.push({ ...failed, error });
    }
    return true;
  }

  protected cutShort(piece: Piece, what: string): void {
    this.problems.push(problem("input.truncated", "warning", { what, line: piece.span.line }, { at: piece.span }));
  }

  protected skipped(what: string, why: string, piece: Piece): void {
    this.problems.push(problem("import.skipped", "note", { what, why }, { at: piece.span }));
  }

  protected setAside(count: number): void {
    if (count > 0) this.problems.push(problem("import.data-set-aside", "note", { count }));
  }

  protected refuse(piece: Piece, error: EngineError): void {
    const params = { engine: this.engine.version, message: error.message, statement: piece.text.slice(0, 200) };
    this.problems.push(problem("import.refused", "error", params, { at: piece.span }));
  }

  /** Tells what was refused to the end. */
  protected tellRefused(): void {
    for (const { piece, error } of this.failed.slice(0, MOST_REFUSALS)) this.refuse(piece, error);
  }
}

/** One remark for each kind of object that is kept word for word. */
export function keptVerbatim(schema: Schema): Problem[] {
  const counts = new Map<string, number>();
  for (const { kind } of schema.verbatim) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) =>
    problem("import.verbatim", "note", { kind: count === 1 ? kind : `${kind.replace(/y$/, "ie")}s`, count }),
  );
}
