/** Elements that say something beside the design (metadata), or that are passed over: diagram views and dependencies. */
import type { FileNode, MetadataNode, Pair, Piece, Span } from "./ast.ts";
import type { Parser } from "./parser.ts";
import { pairOf, settingsOf } from "./values.ts";

/** `v { … }`, of which the name is kept; null when there is none. */
export function viewOf(p: Parser, start: number): FileNode["views"][number] | null {
  const name = p.name("The name of the DiagramView");
  if (!name) return null;
  if (p.is("[")) settingsOf(p);
  if (p.is("{")) passBraces(p, start);
  else p.expected("{");
  return { name: name.parts.join("."), start, end: p.last };
}

/** Past a whole block. */
function passBraces(p: Parser, start: number): void {
  let depth = 0;
  do {
    if (p.is("{")) depth += 1;
    else if (p.is("}")) depth -= 1;
    else if (p.is("end")) {
      p.tell({ code: "text.unclosed", what: "The block", from: start, start: p.start, end: p.end });
      return;
    }
    p.next();
  } while (depth > 0);
}

/** `table t { key: value }`; null when what it is about is not said. */
export function metadataOf(p: Parser, start: number, piece: Piece): MetadataNode | null {
  const target = p.word;
  if (!["table", "column", "tablegroup", "note"].includes(target)) {
    p.expected("Table, Column, TableGroup or Note");
    return null;
  }
  p.next();
  const name = p.name(`The name of a ${target}`);
  if (!name) return null;
  const pairs: Pair[] = [];
  p.block("its keys", () => pairOf(p, pairs), { start, end: name.end });
  return { target, name, pairs, start, end: p.last, piece };
}

/** `a -> b`, in its line or in braces. */
export function depOf(p: Parser, start: number): Span {
  while (!p.is("{") && !p.is(":") && !p.is("end") && !p.fresh) {
    if (p.is("[")) settingsOf(p);
    else p.next();
  }
  if (p.is("{")) passBraces(p, start);
  else if (p.is(":")) p.skipLine();
  else p.expected("A colon or {");
  return { start, end: p.last };
}
