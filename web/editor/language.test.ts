import { foldable, getIndentation, indentUnit, IndentContext } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { expect, it } from "vitest";
import { dbml } from "./language.ts";

const stateOf = (doc: string): EditorState => EditorState.create({ doc, extensions: [dbml(), indentUnit.of("  ")] });

it.each([
  ["Ref: a.b > c.d\n\nTable t {|}", 2, true],
  ["Table t { // of it|", 2, false],
  ["Table t {\n  id int|", 2, false],
  ["Table t {\n  id int\n\n  indexes {|}", 4, true],
  ["Table t {\n  id int\n\n|", 2, false],
  ["Table t {\n  id int\n}|", 0, false],
  ["Table t {\n  note: 'a'|}", 0, false],
  ["|", 0, false],
])("%j is broken at the bar with %i blanks", (marked, blanks, both) => {
  const pos = marked.indexOf("|");
  const state = stateOf(marked.replace("|", ""));
  const context = new IndentContext(state, { simulateBreak: pos, simulateDoubleBreak: both });
  expect(getIndentation(context, pos)).toBe(blanks);
});

it("indents a line that stands there, and the brace that closes a block", () => {
  const doc = "Table t {\nid int\n  }";
  const state = stateOf(doc);
  expect(getIndentation(state, doc.indexOf("id"))).toBe(2);
  expect(getIndentation(stateOf("Table t {\n  id int\n  }"), 20)).toBe(0);
});

it("folds a block up to the brace that closes it", () => {
  const doc = "Table t {\n  id int\n\n  indexes { // of it\n    id\n  }\n}\nTable u { id int }";
  const state = stateOf(doc);
  const fold = (line: number): string | null => {
    const { from, to } = state.doc.line(line);
    const found = foldable(state, from, to);
    return found && state.doc.sliceString(found.from, found.to);
  };
  expect(fold(1)).toBe("\n  id int\n\n  indexes { // of it\n    id\n  }\n");
  expect(fold(4)).toBe("\n    id\n  ");
  expect([fold(2), fold(8)]).toEqual([null, null]);
  expect(state.languageDataAt("commentTokens", 0)).toEqual([{ line: "//", block: { open: "/*", close: "*/" } }]);
});
