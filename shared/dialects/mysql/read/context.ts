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
}

/** The place of an offset of the statement in the whole dump. */
export function placeOf({ span, cursor }: Context, offset: number, length: number): TextSpan | null {
  if (!span) return null;
  const before = cursor.text.slice(0, offset);
  const newline = before.lastIndexOf("\n");
  const lines = before.split("\n").length - 1;
  const column = newline < 0 ? span.column + offset : offset - newline;
  return { line: span.line + lines, column, offset: span.offset + offset, length };
}

const brief = (text: string): string => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
};

/** Something is left out; `offset` is where it stands in the statement. */
export function leaveOut(context: Context, what: string, why: string, offset = 0): void {
  const at = placeOf(context, offset, what.length);
  context.problems.push(problem("import.skipped", "warning", { what: brief(what), why }, { at }));
}

/** The statement makes no sense here: it changed nothing. */
export function refuse(context: Context, message: string, offset = 0): void {
  const at = placeOf(context, offset, Math.max(1, context.cursor.text.length - offset));
  const engine = `The reader of ${context.flavour.label}`;
  context.problems.push(
    problem("import.refused", "error", { engine, message, statement: context.cursor.text.slice(0, 200) }, { at }),
  );
}

/** What stands before the next comma or closing parenthesis was not understood. */
export function leaveRest(context: Context, about: string): void {
  const { cursor } = context;
  const { offset } = cursor;
  const text = cursor.until(",");
  if (text !== "") leaveOut(context, text, `not understood, in ${about}`, offset);
}
