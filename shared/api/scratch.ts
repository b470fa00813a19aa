/**
 * This part is in charge of the HTTP contract of proving a file on the operator's scratch server, `/api/scratch`. What is sent holds
 * definitions; rows stay where they are, and are set aside if they come all the same.
 */
import { type Static, Type } from "typebox";
import type { Schema } from "../model/index.ts";
import type { Problem } from "../result/index.ts";
import { MOST_CHARACTERS } from "./scratch-limits.ts";

/** Texts that are run one after the other, each in an empty place of its own. */
export const ProveFields = Type.Object({
  texts: Type.Array(Type.String({ maxLength: MOST_CHARACTERS }), { minItems: 1, maxItems: 2 }),
});
export type ProveFields = Static<typeof ProveFields>;

/** Where a proof is; `text` is the place of the text in the list, from 0. */
export type ScratchProgress =
  | { readonly kind: "progress"; readonly phase: "waiting" | "connecting" }
  | {
      readonly kind: "progress";
      readonly phase: "running" | "reading";
      readonly text: number;
      /** Characters run, of `total`. */
      readonly done: number;
      readonly total: number;
      readonly statements: number;
      readonly refused: number;
    };

/** What became of one text. */
export interface Ran {
  readonly kind: "ran";
  readonly text: number;
  /** Statements that were given to the server. */
  readonly statements: number;
  readonly refused: number;
  /** What it refused, in its own words, and what was not run, each with its place in the text. */
  readonly problems: readonly Problem[];
  /** What the server holds afterwards. */
  readonly schema: Schema;
}

/** One line of the stream that answers: `progress` lines and a `ran` for each text, then one `done`; or one `failed`. */
export type ScratchEvent =
  | ScratchProgress
  | Ran
  | { readonly kind: "done"; readonly engine: string; readonly milliseconds: number }
  | { readonly kind: "failed"; readonly problem: Problem; readonly error: string };

/** Whether files can be proved here, and on what. */
export type ScratchAnswer =
  | { readonly state: "absent"; readonly error: string }
  | { readonly state: "failed"; readonly error: string }
  | {
      readonly state: "ready";
      /** `MariaDB 11.8.2`. */
      readonly engine: string;
      /** Keys of the dialect registry whose files it runs. */
      readonly dialects: readonly string[];
    };
