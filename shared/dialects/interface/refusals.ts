/** What an engine refuses, as problems on what a person drew, and what is certain to mend it. */
import type { Change, Schema } from "../../model/index.ts";
import type { Problem } from "../../result/index.ts";
import type { Engine, EngineError } from "./engine.ts";
import type { Statement } from "./statements.ts";

/** Turns an engine's refusal into a problem on the entity it is about, with a fix where one is certain. */
export interface Diagnose {
  readonly refusal: (error: EngineError, statement: Statement, schema: Schema) => Problem;
  /** A change of the schema that is certain to mend the refusal; null when none is. */
  readonly fix: (error: EngineError, statement: Statement, schema: Schema) => Fix | null;
  /**
   * When something that the statement speaks of does not exist: the names among which it is. Null for any other refusal. Tells
   * what is refused from what only follows from another refusal.
   */
  readonly missing: (error: EngineError, statement: Statement) => readonly string[] | null;
}

export interface Fix {
  /** A verb phrase: `Change to integer`. */
  readonly label: string;
  readonly changes: readonly Change[];
}

/**
 * Provides what a design counts on its server to have and a throw-away engine lacks: roles, types of extensions. Gives the
 * statement to run again, or null when the refusal is the design's own.
 */
export type Provide = (engine: Engine, error: EngineError, sql: string) => Promise<string | null>;

/** Something that the engine let pass when it was created and will refuse when it is used. */
export interface Finding {
  readonly problem: Problem;
  /** The statement that created it. */
  readonly sql: string;
  readonly fix: Fix | null;
}
