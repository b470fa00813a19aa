/** A schema and its changes written as statements. */
import type { Change, EntityRef, Schema } from "../../model/index.ts";

export interface Statement {
  /** One complete statement, without the closing `;`. */
  readonly sql: string;
  readonly about: EntityRef | null;
  /** Which stretch of `sql` speaks of which entity, so that an engine's error position finds the column it is about. */
  readonly marks: readonly { readonly start: number; readonly end: number; readonly about: EntityRef }[];
  /** False for what cannot run in a transaction block (CREATE INDEX CONCURRENTLY, ALTER TYPE ADD VALUE before use). */
  readonly transactional: boolean;
}

export interface Ddl {
  /** The whole schema as statements in dependency order; cycles are broken by later ALTERs. */
  readonly create: (schema: Schema) => readonly Statement[];
  /** One change as statements. `null`: this engine cannot do it in place; rebuild. */
  readonly change: (change: Change, context: { readonly before: Schema; readonly after: Schema }) => readonly Statement[] | null;
  /** Sorts the changes of one diff so that each finds what it needs. */
  readonly order: (changes: readonly Change[], context: { readonly before: Schema; readonly after: Schema }) => readonly Change[];
  /** A script people would keep: statements joined, grouped and headed by comments. */
  readonly script: (statements: readonly Statement[]) => string;
  /** Left out where there is nothing to tell. */
  readonly remarks?: (change: Change, context: { readonly before: Schema; readonly after: Schema }) => Remarks;
  /** What stands around changes that are made all or not at all; left out where the engine makes one after the other. */
  readonly transaction?: { readonly begin: string; readonly commit: string };
  /** For engines that cannot alter a table in place: the way from one schema to another that keeps rows. Left out where `change` does. */
  readonly keeping?: KeepingDdl;
}

/** What is told of a change besides its statements. */
export interface Remarks {
  /** What may make its statements fail, in sentences. */
  readonly risks: readonly string[];
  /** Why it has none, to be said behind its name in parentheses; null where nothing more is known. */
  readonly hindrance: string | null;
}

/** The way from one schema to another, the same things under the same ids, for a database that has rows. */
export interface Keeping {
  readonly statements: readonly Statement[];
  /** Tables that are made again and filled with their rows. */
  readonly copied: readonly string[];
  /** What may make it fail, in sentences; then nothing is changed. */
  readonly risks: readonly string[];
  /** What it cannot change, as `virtual table docs`. */
  readonly impossible: readonly string[];
}

interface KeepingDdl {
  readonly plan: (context: { readonly before: Schema; readonly after: Schema }) => Keeping;
  readonly script: (statements: readonly Statement[]) => string;
}
