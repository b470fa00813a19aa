/** Live databases of a dialect: how people reach them, and their catalogue by hand where no server may. */
import type { Schema } from "../../model/index.ts";
import type { Report } from "../../result/index.ts";

/** Reading a catalogue where no server may reach it: a statement for any client, and its answer pasted back. */
export interface Paste {
  /** Versions that the statement can be written for, newest first; it works on newer servers too. */
  readonly versions: readonly string[];
  /** One read-only statement that gives one cell. */
  readonly query: (version: string) => Promise<string>;
  /** What the answer cannot hold, in sentences; empty when it holds everything. */
  readonly lost: readonly string[];
  /** Reads the answer, whatever a client made of it. Never throws. */
  readonly read: (answer: string) => Promise<Report<Schema | null>>;
}

/** How people reach a live database of a dialect. */
export interface Live {
  /** The engine, as the server's contract of live databases names it. */
  readonly type: string;
  /** Where its servers listen unless told otherwise. */
  readonly port: number;
  /** What addresses of it begin with, before `://`. */
  readonly schemes: readonly string[];
  /** A database holds namespaces, of which some can be read alone. */
  readonly namespaced: boolean;
  /** Statements that make an account which may read the catalogue and nothing more than the engine makes it need. */
  readonly recipe: (account: { readonly user: string; readonly database: string }) => string;
  /** What the recipe leaves the account able to do, in a sentence. */
  readonly recipeNote: string;
  /** The catalogue by hand; null where no one statement gives it. */
  readonly paste: Paste | null;
  /** A command that writes the definitions into a file that can be imported, to copy. */
  readonly dump: (place: { readonly host: string; readonly user: string; readonly database: string }) => string;
  /** What to look at next when the server refused with a code. */
  readonly advice: Readonly<Record<string, string>>;
}
