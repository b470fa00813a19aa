/** The text of a design in a worker: what goes in and what comes out, plain data all of it. */
import type { Step, TextEdit } from "#shared/code/index.ts";
import type { SqlShown } from "./sql.ts";

export interface Opened {
  readonly text: string;
}

export interface StepAsked {
  /** A person's edits of the text since the last answer. */
  readonly edits: readonly TextEdit[];
  /** What was written into the document since it was opened or asked last, one's own edits included. */
  readonly updates: readonly Uint8Array[];
  /** The middle of what a person sees: there new tables come. */
  readonly middle: { readonly x: number; readonly y: number } | null;
}

export interface SqlAsked {
  /** The id of a dialect. */
  readonly dialect: string;
  /** What was written into the document since it was opened; what was told before may be told again. */
  readonly updates: readonly Uint8Array[];
}

export interface TextApi {
  /** Begins with a document, as the bytes of its state. Null where its dialect is not known. */
  readonly open: (state: Uint8Array) => Promise<Opened | null>;
  readonly step: (asked: StepAsked) => Promise<Step>;
  /** The design as SQL. */
  readonly sql: (asked: SqlAsked) => Promise<SqlShown>;
}
