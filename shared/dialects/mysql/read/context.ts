/** What reading one statement needs to know, and where it says what it could not read. */
import { problem, type Problem, type TextSpan } from "../../../result/index.ts";
import type { TypeSystem } from "../../dialect.ts";
import type { Flavour } from "../flavour.ts";
import type { Cursor } from "../text/cursor.ts";
import type { Draft } from "./draft.ts";

export interface Context {
  readonly flavour: Flavour;
  readonly types: TypeSystem;
  readonly draft: Draft;
  /** Where an unqualified name is. */
  readonly namespace: string;
  readonly cursor: Cursor;
  /** Where the statement stands in the dump; null for one that a live server printed. */
  readonly span: TextSpan | null;
  readonly problems: Problem[];
  readonly told: Told;
}

/** How much was told of a dump, for those who ask when not all of it is kept. */
export interface Told {
  refused: number;
  /** Problems beyond those that are kept. */
  untold: number;
}

/** More says nothing new to a person. */
const MOST_PROBLEMS = 1000;

function tell({ problems, told }: Context, make: () => Problem): void {
  if (problems.length < MOST_PROBLEMS) problems.push(make());
  else told.untold += 1;
}

/** The place of an offset of the statement in the whole dump. */
export function placeOf({ span, cursor }: Context, offset: number, length: number): TextSpan | null {
  if (!span) return null;
  // The statement as it was read may be longer than as it stands in the dump: quotes of another mode were written as the usual ones.
  const at = Math.min(offset, span.length);
  const { line, column } = cursor.lineAt(at);
  return {
    line: span.line + line,
    column: line === 0 ? span.column + column : column + 1,
    offset: span.offset + at,
    length: Math.min(length, span.length - at),
  };
}

const brief = (text: string): string => {
  const line = text.slice(0, 1000).replace(/\s+/g, " ").trim();
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
};

/** Something is left out; `offset` is where it stands in the statement. */
export function leaveOut(context: Context, what: string, why: string, offset = 0): void {
  tell(context, () =>
    problem("import.skipped", "warning", { what: brief(what), why }, { at: placeOf(context, offset, what.length) }),
  );
}

/** The statement makes no sense here: it changed nothing. */
export function refuse(context: Context, message: string, offset = 0): void {
  const { cursor, flavour, told } = context;
  const params = { engine: `The reader of ${flavour.label}`, message, statement: cursor.text.slice(0, 200) };
  told.refused += 1;
  tell(context, () =>
    problem("import.refused", "error", params, { at: placeOf(context, offset, Math.max(1, cursor.text.length - offset)) }),
  );
}

/** What stands before the next comma or closing parenthesis was not understood. */
export function leaveRest(context: Context, about: string): void {
  const { cursor } = context;
  const { offset } = cursor;
  const text = cursor.until(",");
  if (text !== "") leaveOut(context, text, `not understood, in ${about}`, offset);
}
