import { expect, it } from "vitest";
import { formatted } from "./format.ts";

it.each([
  ["Table a {\nid int // key  \n\n\n      b text\n}", "Table a {\n  id int // key\n\n  b text\n}\n"],
  ["Table a {\nindexes {\nid\n}\n}\n\n\nRef: a.id > b.id", "Table a {\n  indexes {\n    id\n  }\n}\n\nRef: a.id > b.id\n"],
  ["Table a { id int }\nEnum e {\nx\n}", "Table a { id int }\nEnum e {\n  x\n}\n"],
  ["Table a {\n Note: '''\n   as it { is\n  '''\nid int\n}", "Table a {\n  Note: '''\n   as it { is\n  '''\n  id int\n}\n"],
  ['/* a {\n   b */\nTable a {\nid "odd {"\n}', '/* a {\n   b */\nTable a {\n  id "odd {"\n}\n'],
  ["", "\n"],
])("formats %j", (text, expected) => {
  expect(formatted(text)).toBe(expected);
  expect(formatted(expected)).toBe(expected);
});
