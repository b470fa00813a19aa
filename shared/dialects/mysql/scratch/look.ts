/** What a statement is about, as far as it matters to where it may be run. */
import { type Token, unquoteName, unquoteString } from "../text/lexer.ts";
import type { Mode } from "../text/mode.ts";

/** A statement whose executable comments stand open, as tokens. */
export interface Looked {
  readonly text: string;
  readonly tokens: readonly Token[];
}

export const wordAt = ({ tokens }: Looked, at: number): string => tokens[at]?.word ?? "";

export const rawAt = ({ text, tokens }: Looked, at: number): string => text.slice(tokens[at]?.start ?? 0, tokens[at]?.end ?? 0);

/** The name that a token is; null where it is none. A number may be the beginning of one. */
export function nameAt(looked: Looked, at: number): string | null {
  const kind = looked.tokens[at]?.kind;
  if (kind === "quoted") return unquoteName(rawAt(looked, at));
  return kind === "word" ? rawAt(looked, at) : null;
}

/** What a name or a string says, where either may stand. */
export const valueAt = (looked: Looked, at: number, mode: Mode): string | null =>
  looked.tokens[at]?.kind === "string" ? unquoteString(rawAt(looked, at), mode) : nameAt(looked, at);

/** From the first token to the one behind the last. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What stands before the kind of thing that is created, altered or dropped. */
export interface Head {
  /** CREATE, ALTER, DROP or RENAME. */
  readonly verb: string;
  /** TABLE, VIEW, ...: empty for what is nothing of a design. */
  readonly kind: string;
  /** Where its name stands. */
  readonly at: number;
  /** `DEFINER = someone`, to be left out. */
  readonly definer: Range | null;
}

/** What may follow the verb, with how many tokens belong to it. */
const PASSED: readonly (readonly string[])[] = [
  ["OR", "REPLACE"],
  ["SQL", "SECURITY", "DEFINER"],
  ["SQL", "SECURITY", "INVOKER"],
  ["AGGREGATE"],
  ["ONLINE"],
  ["OFFLINE"],
  ["IGNORE"],
  ["ALGORITHM", "=", "UNDEFINED"],
  ["ALGORITHM", "=", "MERGE"],
  ["ALGORITHM", "=", "TEMPTABLE"],
];
const INDEXES: ReadonlySet<string> = new Set(["UNIQUE", "FULLTEXT", "SPATIAL"]);

const MADE = "DATABASE SCHEMA TABLE VIEW INDEX TRIGGER PROCEDURE FUNCTION EVENT SEQUENCE PACKAGE".split(" ");
const KINDS: Readonly<Record<string, readonly string[]>> = {
  CREATE: MADE,
  ALTER: MADE,
  DROP: [...MADE, "TABLES"],
  RENAME: ["TABLE", "TABLES"],
};

const stands = (looked: Looked, at: number, words: readonly string[]): boolean =>
  words.every((word, by) => wordAt(looked, at + by) === word);

/** The first token behind `DEFINER = name@host`, at whose beginning `at` is. */
function afterDefiner(looked: Looked, at: number): number {
  let next = at + 3;
  // A host may hold dots and signs: what stands close to it is of it.
  const close = (): boolean => looked.tokens[next]?.start === looked.tokens[next - 1]?.end;
  if (stands(looked, next, ["(", ")"])) return next + 2;
  if (wordAt(looked, next) !== "@") return next;
  next += 2;
  while (next < looked.tokens.length && close()) next += 1;
  return next;
}

export function headOf(looked: Looked): Head {
  const verb = wordAt(looked, 0);
  let at = 1;
  let definer: Range | null = null;
  for (;;) {
    const passed = PASSED.find((words) => stands(looked, at, words));
    if (passed) at += passed.length;
    else if (definer === null && stands(looked, at, ["DEFINER", "="])) {
      definer = { from: at, to: afterDefiner(looked, at) };
      at = definer.to;
    } else break;
  }
  if (INDEXES.has(wordAt(looked, at)) && wordAt(looked, at + 1) === "INDEX") at += 1;
  const kind = KINDS[verb]?.find((word) => word === wordAt(looked, at)) ?? "";
  at += 1;
  if (kind === "PACKAGE" && wordAt(looked, at) === "BODY") at += 1;
  for (const words of [
    ["IF", "NOT", "EXISTS"],
    ["IF", "EXISTS"],
  ])
    if (stands(looked, at, words)) at += words.length;
  return { verb, kind, at, definer };
}

/**
 * The statement without its comments, some of its tokens left out and others written otherwise. Between tokens there are spaces and
 * line breaks only: nothing is left that a server could take for more than was looked at.
 */
export function written(looked: Looked, left: Range | null, instead: ReadonlyMap<number, string>): string {
  const { text, tokens } = looked;
  let out = "";
  let last = 0;
  const gap = (end: number): string => text.slice(last, end).replace(/[^\n]/g, " ");
  tokens.forEach((token, at) => {
    out += gap(token.start);
    const gone = left !== null && at >= left.from && at < left.to;
    out += gone ? " " : (instead.get(at) ?? text.slice(token.start, token.end));
    last = token.end;
  });
  return out;
}
