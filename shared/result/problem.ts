/**
 * What can go wrong, as data.
 *
 * A Problem names its code, how grave it is, the words that fill the code's sentence, where in a text it was seen and which
 * object of a design it is about. Sentences live in `codes.ts`, in one table; nobody else writes them.
 */
import type { ProblemCode } from "./codes.ts";

/** `error`: something was refused or lost. `warning`: it works, but look. `note`: said so that nothing is silent. */
export type Severity = "error" | "warning" | "note";

/** A place in a text. `line` and `column` count from 1, `offset` and `length` in UTF-16 units from 0. */
export interface TextSpan {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
  readonly length: number;
}

/** The object of a design that a problem is about; `ownerId` is the table of a column, constraint or index. */
export interface AboutRef {
  readonly entity: string;
  readonly id: string;
  readonly ownerId: string | null;
}

export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** Fills the `{name}` slots of the code's sentence. Values are plain text: escape on output. */
  readonly params: Readonly<Record<string, string | number>>;
  readonly at: TextSpan | null;
  readonly about: AboutRef | null;
}

/** Makes a Problem; what is left out is unknown. */
export function problem(
  code: ProblemCode,
  severity: Severity,
  params: Problem["params"] = {},
  where: { readonly at?: TextSpan | null; readonly about?: AboutRef | null } = {},
): Problem {
  return { code, severity, params, at: where.at ?? null, about: where.about ?? null };
}
