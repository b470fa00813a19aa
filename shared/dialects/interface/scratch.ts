/** How files are run on a live server on which other things stand. */
import type { Problem } from "../../result/index.ts";
import type { Piece } from "./import.ts";

/** Where a file is run on a live server that other things stand on: in databases of its own, made for it and dropped after it. */
export interface ScratchPlace {
  /** What the names of its databases begin with: `stem` and what nobody can guess. */
  readonly prefix: string;
  /** The modes of a session there, as the server lists them. */
  readonly modes: string;
  /** Storage engines of the server, as it calls them. */
  readonly engines: readonly string[];
  /** The server runs events by itself. */
  readonly events: boolean;
}

/**
 * What a piece of a file comes to there. `run`: one statement after the other, of which the last is the piece itself. `told`: it is not
 * run. `aside`: rows. `nothing`: there is nothing to do.
 */
export type ScratchStep =
  | { readonly kind: "run"; readonly sql: readonly string[] }
  | { readonly kind: "told"; readonly problem: Problem }
  | { readonly kind: "aside" | "nothing" };

/** A file on its way through a scratch place, piece by piece. */
export interface ScratchRun {
  /** Statements that make the place; asked for once. */
  readonly begin: () => readonly string[];
  readonly step: (piece: Piece) => ScratchStep;
  /** What became of the step before: false when the server refused it. */
  readonly heard: (taken: boolean) => void;
  /** Databases that the file speaks of, as the server and as the file call them, and whether they are there now. */
  readonly databases: () => readonly { readonly name: string; readonly called: string; readonly made: boolean }[];
}

/** How files are run on a live server without reaching anything else on it. */
export interface Scratch {
  /** Statements that make an account which may do nothing but this. */
  readonly recipe: string;
  /** What this account may do besides, from the server's list of its grants and the databases that it is shown; null for nothing. */
  readonly excess: (grants: readonly string[], databases: readonly string[]) => string | null;
  /** What the names of all scratch places begin with, and of nothing else. */
  readonly stem: string;
  readonly open: (place: ScratchPlace) => ScratchRun;
}
