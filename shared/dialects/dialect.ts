/**
 * A dialect is a value: everything the product knows of one database, behind one interface. Its parts are in `interface/`; this is
 * their door.
 *
 * Outside `shared/dialects` nobody compares a dialect's id: ask `features`, or call the value.
 */
import type { Schema } from "../model/index.ts";
import type { RunQuery } from "./interface/engine.ts";
import type { Equivalents } from "./interface/equivalents.ts";
import type { Features } from "./interface/features.ts";
import type { Catalog, Importer, Splitter } from "./interface/import.ts";
import type { Live } from "./interface/live.ts";
import type { Diagnose, Finding, Provide } from "./interface/refusals.ts";
import type { Scratch } from "./interface/scratch.ts";
import type { Ddl } from "./interface/statements.ts";
import type { Texts } from "./interface/texts.ts";
import type { TypeSystem } from "./interface/types.ts";

export type { Engine, EngineError, RunQuery } from "./interface/engine.ts";
export type { Equivalents } from "./interface/equivalents.ts";
export type { Features } from "./interface/features.ts";
export type {
  ImportOptions,
  ImportProgress,
  ImportSession,
  IntrospectScope,
  Piece,
  PieceKind,
  Splitter,
} from "./interface/import.ts";
export type { Live, Paste } from "./interface/live.ts";
export type { Diagnose, Finding, Fix, Provide } from "./interface/refusals.ts";
export type { Scratch, ScratchPlace, ScratchRun, ScratchStep } from "./interface/scratch.ts";
export type { Ddl, Keeping, Remarks, Statement } from "./interface/statements.ts";
export type { Mention, NameToken, Relations, ResultColumn, TextOwner, Texts } from "./interface/texts.ts";
export type { ParsedType, TypeKind, TypeSystem } from "./interface/types.ts";

/** The one owner of escaping. */
export interface Quoter {
  /** Quotes only where the engine needs it. */
  readonly identifier: (name: string) => string;
  readonly literal: (text: string) => string;
}

export interface Dialect {
  readonly id: string;
  readonly label: string;
  readonly features: Features;
  readonly types: TypeSystem;
  readonly quote: Quoter;
  readonly splitter: () => Splitter;
  readonly catalog: Catalog;
  readonly importer: Importer;
  /** Loaded when it is first needed: whoever only shows a design writes none. */
  readonly ddl: () => Promise<Ddl>;
  /** Loads what the engine's refusals mean. */
  readonly diagnose: () => Promise<Diagnose>;
  readonly provide: Provide;
  /** What a script needs at hand before an engine is opened: the extensions that it creates. */
  readonly needs: (sql: string) => readonly string[];
  /** Loads what is known of its live servers; null where databases are files. */
  readonly live: (() => Promise<Live>) | null;
  /** Loads how its files are run on a live server; null where that is not done. */
  readonly scratch: (() => Promise<Scratch>) | null;
  /** Asked after the whole schema was created, where an engine checks less than it will need (SQLite: targets of foreign keys). */
  readonly verify?: (run: RunQuery, schema: Schema) => Promise<readonly Finding[]>;
  /** Rewrites an identifier inside an expression (checks, defaults, index parts) when a column or type is renamed. */
  readonly renameInExpression: (expression: string, from: string, to: string) => string;
  readonly texts: Texts;
  readonly equivalents: () => Promise<Equivalents>;
}
