/** The names of the columns that a query gives, as far as its text tells them. */
import { type Token, tokenize, unquoteName, unquoteString } from "../text/lexer.ts";
import type { Mode } from "../text/mode.ts";

const END = new Set(["FROM", "UNION", "WHERE", "LIMIT", "ORDER", "GROUP", "HAVING", "INTO", "EXCEPT", "INTERSECT"]);

/** The items between SELECT and FROM, each as its tokens; null when the text does not begin with a query. */
function items(tokens: readonly Token[]): readonly (readonly Token[])[] | null {
  let at = tokens.findIndex(({ word }) => word !== "(");
  if (tokens[at]?.word !== "SELECT") return null;
  at += 1;
  while (/^(DISTINCT|ALL|DISTINCTROW|STRAIGHT_JOIN|HIGH_PRIORITY|SQL_\w+)$/.test(tokens[at]?.word ?? "")) at += 1;
  const found: Token[][] = [[]];
  for (let depth = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    if (depth === 0 && (END.has(token.word) || token.word === ")")) break;
    if (token.word === "(") depth += 1;
    if (token.word === ")") depth -= 1;
    if (depth === 0 && token.word === ",") found.push([]);
    else found.at(-1)?.push(token);
  }
  return found;
}

/** Null when a `*` or an expression without a name stands among them. */
export function selectNames(query: string, mode: Mode): readonly string[] | null {
  const found = items(tokenize(query, mode));
  if (!found) return null;
  const names = found.map((item): string | null => {
    const last = item.at(-1);
    const before = item.at(-2);
    if (!last || !["word", "quoted", "string"].includes(last.kind) || last.word === "END") return null;
    const alias = item.length === 1 || before?.word === "." || before?.word === "AS" || before?.word !== "";
    const raw = query.slice(last.start, last.end);
    if (!alias && last.kind !== "quoted") return null;
    if (last.kind === "string") return before?.word === "AS" ? unquoteString(raw, mode) : null;
    return last.kind === "quoted" ? unquoteName(raw) : raw;
  });
  return names.every((name) => name !== null) ? names : null;
}
