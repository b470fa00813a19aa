/** DBML for the editor: what each word is, where blocks begin and end, how lines are indented. */
import {
  foldService,
  indentService,
  HighlightStyle,
  LanguageSupport,
  StreamLanguage,
  type StringStream,
  syntaxHighlighting,
} from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import { tags } from "@lezer/highlight";

const ELEMENTS =
  /^(?:table|enum|ref|project|tablegroup|tablepartial|note|indexes|checks|records|diagramview|metadata|dep|use|reuse|as|from)$/i;
const SETTINGS =
  /^(?:pk|primary|key|not|null|unique|increment|default|name|type|note|delete|update|cascade|restrict|set|no|action|headercolor|color|ref|check|true|false)$/i;

/** A line that opens a block. */
export const OPENS = /\{\s*(?:\/\/.*)?$/;

interface Where {
  /** Within a text or a comment of several lines: what ends it. */
  open: string | null;
  /** Within brackets. */
  settings: boolean;
  /** How many words of this line have been read. */
  words: number;
}

function rest(stream: StringStream, where: Where, end: string, kind: string): string {
  while (!stream.eol()) {
    if (stream.match(end)) {
      where.open = null;
      return kind;
    }
    if (stream.next() === "\\" && end !== "*/") stream.next();
  }
  return kind;
}

function word(text: string, where: Where, stream: StringStream): string | null {
  if (where.settings) return SETTINGS.test(text) ? "keyword" : null;
  where.words += 1;
  const heads = where.words === 1 && ELEMENTS.test(text) && !/^\s+[\w"]+\s*(?:\[|$)/.test(stream.string.slice(stream.pos));
  if (heads || (/^as$/i.test(text) && where.words > 2)) return "keyword";
  // In a column's line the second word is its type.
  return where.words === 2 && /^\s/.test(stream.string) ? "typeName" : "variableName";
}

const parser = StreamLanguage.define<Where>({
  name: "dbml",
  startState: () => ({ open: null, settings: false, words: 0 }),
  copyState: (where) => ({ ...where }),
  token(stream, where) {
    if (stream.sol()) {
      where.words = 0;
      // A bracket that was left open does not reach into the next element.
      if (/^\S/.test(stream.string)) where.settings = false;
    }
    if (where.open !== null) return rest(stream, where, where.open, where.open === "*/" ? "comment" : "string");
    if (stream.eatSpace()) return null;
    if (stream.match("//")) {
      stream.skipToEnd();
      return "comment";
    }
    for (const [begin, end, kind] of [
      ["/*", "*/", "comment"],
      ["'''", "'''", "string"],
    ] as const)
      if (stream.match(begin)) {
        where.open = end;
        return rest(stream, where, end, kind);
      }
    if (stream.match(/^'(?:[^'\\]|\\.)*'?/)) return "string";
    if (stream.match(/^`[^`]*`?/)) return "special";
    if (stream.match(/^#[\da-f]+/i)) return "number";
    if (stream.match(/^\d+(?:\.\d+)?(?!\w)/)) return "number";
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) {
      where.words += 1;
      return where.words === 2 && !where.settings && /^\s/.test(stream.string) ? "typeName" : "variableName";
    }
    if (stream.match(/^[\p{L}\p{M}\w]+/u)) return word(stream.current(), where, stream);
    if (stream.match(/^[<>?-]+/)) return "operator";
    const c = stream.next();
    if (c === "[") where.settings = !/^\s*\d*\]/.test(stream.string.slice(stream.pos));
    if (c === "]") where.settings = false;
    if (c === ".") where.words = Math.max(0, where.words - 1);
    return null;
  },
  tokenTable: { special: tags.special(tags.string) },
  languageData: {
    commentTokens: { line: "//", block: { open: "/*", close: "*/" } },
    indentOnInput: /^\s*\}$/,
    closeBrackets: { brackets: ["(", "[", "{", "'", '"', "`"] },
  },
});

/** From the brace that opens a block to the one that closes it, of elements a person sees. */
const folds = foldService.of((state: EditorState, from: number, to: number) => {
  const line = state.doc.sliceString(from, to);
  if (!OPENS.test(line)) return null;
  let depth = 1;
  for (let number = state.doc.lineAt(from).number + 1; number <= state.doc.lines; number += 1) {
    const { text, from: start } = state.doc.line(number);
    if (/^\s*\}/.test(text)) depth -= 1;
    else if (OPENS.test(text)) depth += 1;
    if (depth === 0) return { from: to, to: start + text.indexOf("}") };
  }
  return null;
});

/** As the line before, and one step more behind a brace that opens a block. */
const indents = indentService.of((context, pos) => {
  const { state, unit, simulatedBreak } = context;
  const here = state.doc.lineAt(pos);
  // A line that is about to be broken is the line before.
  let last = simulatedBreak === pos ? here.text.slice(0, pos - here.from) : "";
  for (let before = here.number - 1; last.trim() === "" && before > 0; before -= 1) last = state.doc.line(before).text;
  const depth = /^[ \t]*/.exec(last)?.[0].length ?? 0;
  const closes = /^\s*\}/.test(context.lineAt(pos).text);
  return Math.max(0, depth + (OPENS.test(last) ? unit : 0) - (closes ? unit : 0));
});

const style = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--tint-violet)", fontWeight: "600" },
  { tag: tags.typeName, color: "var(--accent)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--ok)" },
  { tag: tags.number, color: "var(--tint-amber)" },
  { tag: tags.comment, color: "var(--ink-3)", fontStyle: "italic" },
  { tag: tags.operator, color: "var(--accent)" },
]);

/** The colours of words, in DBML and in SQL. */
export const highlighting = syntaxHighlighting(style);

export const dbml = () => [new LanguageSupport(parser), folds, indents, highlighting];
