/** A text on its way into an engine: cut into pieces, run one by one, and the catalogue read back. */
import type { Schema } from "../../model/index.ts";
import type { Problem, Report, TextSpan } from "../../result/index.ts";
import type { Engine, RunQuery } from "./engine.ts";

export interface IntrospectScope {
  /** Empty means every namespace that is not the engine's own. */
  readonly namespaces: readonly string[];
}

export interface Catalog {
  /** Reads the whole catalogue. Ids are made from names and kinds, the same for the same catalogue. */
  readonly introspect: (run: RunQuery, scope: IntrospectScope) => Promise<Report<Schema>>;
}

/** What one piece of a dump is. */
export type PieceKind = "statement" | "data" | "copy" | "client-command";

export interface Piece {
  readonly kind: PieceKind;
  /** The text without the closing `;`. Of a `copy`, the COPY statement alone. */
  readonly text: string;
  /** Where it stands in the input; of a `copy`, rows and end marker included. */
  readonly span: TextSpan;
  /** False when the input ended inside it. */
  readonly complete: boolean;
}

/** Cuts a stream of text into pieces. `push` gives what is complete so far, `end` the rest. */
export interface Splitter {
  readonly push: (text: string) => readonly Piece[];
  readonly end: () => readonly Piece[];
}

export interface ImportProgress {
  readonly phase: "reading" | "running" | "catalogue";
  /** Characters (or bytes of a binary file) consumed, of `total`. */
  readonly done: number;
  readonly total: number;
  readonly statements: number;
  readonly refused: number;
}

export interface ImportOptions {
  readonly loadData: boolean;
  /** Called often and cheaply; may be async, and the import waits for it. */
  readonly onProgress: (progress: ImportProgress) => void | Promise<void>;
  /** Asked between statements; true stops the import with the problem `import.cancelled`. */
  readonly cancelled: () => boolean;
}

/** What became of one text of several. */
export interface TextRun {
  /** False when it was cancelled: what had been run by then stays. */
  readonly done: boolean;
  /** What was refused, left out and set aside, with places in this text. */
  readonly problems: readonly Problem[];
  /** Statements that may have changed the schema. */
  readonly statements: number;
}

/** Texts that are run one after the other in one engine, each on what those before it left. */
export interface ImportSession {
  /** Never throws for what a text may hold. */
  readonly run: (text: string, options: ImportOptions) => Promise<TextRun>;
  /** The catalogue as it stands. */
  readonly read: () => Promise<Report<Schema>>;
}

export interface Importer {
  /** How sure this dialect is that the text is its own, 0 to 1, from the first 64 KB. */
  readonly recognise: (head: string) => number;
  /** Runs the dump in an empty engine and reads the catalogue back. Never throws for what a file may hold. */
  readonly run: (text: string, engine: Engine, options: ImportOptions) => Promise<Report<Schema | null>>;
  /** Begins in an empty engine. */
  readonly session: (engine: Engine) => Promise<ImportSession>;
}
