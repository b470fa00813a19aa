import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { dialects } from "#shared/dialects/index.ts";
import { readDbml } from "#shared/formats/dbml/index.ts";
import type { Schema } from "#shared/model/index.ts";
import { completions } from "./completion.ts";
import { dbml } from "./language.ts";

const SHOP = `Enum mood {
  sad
  "over the moon"
}

Enum auth.role {
  admin
}

Table users {
  id bigint [pk]
  "full name" text
  state mood
}

Table "order lines" as l {
  id bigint
  user_id bigint
}

Table auth.accounts {
  login text [unique]
}

TablePartial dated {
  made date
}
`;

const read = (): Schema => {
  const { value } = readDbml(SHOP, { dialects: [dialects.postgres] });
  if (!value) throw new Error("nothing was read");
  return value.schema;
};
const source = completions({ schema: read, dialect: dialects.postgres });

/** What is offered at the bar, behind the text of the shop. */
function offered(typed: string, explicit = false): { readonly labels: readonly string[]; readonly of: string } {
  const all = `${SHOP}\n${typed}`;
  const pos = all.indexOf("|");
  const state = EditorState.create({ doc: all.replace("|", ""), extensions: [dbml()] });
  const found = source(new CompletionContext(state, pos, explicit));
  if (!found || found instanceof Promise) return { labels: [], of: "" };
  return { labels: found.options.map(({ label }) => label), of: state.doc.sliceString(found.from, found.to ?? pos) };
}

const TABLES = ["users", '"order lines"', "auth.accounts"];

describe("what is offered", () => {
  it.each([
    ["Ref: |", TABLES],
    ["Ref: us|", TABLES],
    ["Ref buyers: |", TABLES],
    ["Ref: users.id > |", TABLES],
    ["Ref: users.id <? |", TABLES],
    ["Ref {\n  |", []],
    ["Ref {\n  u|", TABLES],
    ["Ref: users.id |", []],
    ["Table t {\n  user_id int [ref: |", ["> ", "< ", "- "]],
    ["Table t {\n  user_id int [ref: > |", TABLES],
    ["Table t {\n  user_id int [pk, ref: > u|", TABLES],
    ["TableGroup g {\n  u|", TABLES],
    ["Metadata Table u|", TABLES],
  ])("tables: %j", (typed, labels) => expect(offered(typed).labels).toEqual(labels));

  it.each([
    ["Ref: users.|", ["id", '"full name"', "state"]],
    ["Ref: users.i|", ["id", '"full name"', "state"]],
    ['Ref: "order lines".|', ["id", "user_id"]],
    ["Ref: l.|", ["id", "user_id"]],
    ["Ref: auth.accounts.|", ["login"]],
    ["Ref: auth.|", ["accounts", "role"]],
    ["Ref: public.users.|", ["id", '"full name"', "state"]],
    ["Ref: users.(id, |", ["id", '"full name"', "state"]],
    ["Table t {\n  user_id int [ref: > users.|", ["id", '"full name"', "state"]],
    ["Table users {\n  id int\n\n  indexes {\n    (id, |", ["id", '"full name"', "state"]],
    ["Table users {\n  id int\n\n  indexes {\n    s|", ["id", '"full name"', "state"]],
    ["Table users {\n  id int\n\n  checks {\n    `i|", ["id", '"full name"', "state"]],
    ["Ref: nowhere.|", []],
  ])("columns: %j", (typed, labels) => expect(offered(typed).labels).toEqual(labels));

  it("types of the dialect and of the design, as the second word of a column", () => {
    for (const typed of ["Table t {\n  a |", "Table t {\n  a b|", 'Table t {\n  "a b" |', "TablePartial p {\n  a |"]) {
      const { labels } = offered(typed);
      expect(labels.slice(0, 2)).toEqual(["mood", "auth.role"]);
      expect(labels).toContain("bigint");
      expect(labels).toContain("timestamptz");
      expect(labels.filter((label) => label.includes(" ") && !label.startsWith('"'))).toEqual([]);
    }
    expect(offered("Table t {\n  a int |").labels).toEqual([]);
    expect(offered("Enum e {\n  a |").labels).toEqual([]);
  });

  it.each([
    ["Table t {\n  a int [|", "default: "],
    ["Table t {\n  a int [pk, n|", "not null"],
    ["Table t [|", "headercolor: #"],
    ["Ref: users.id > l.id [|", "delete: "],
    ["Ref: users.id > l.id [delete: |", "set null"],
    ["Ref: users.id > l.id [delete: cascade, update: set|", "set null"],
    ["Table t {\n  a int\n  indexes {\n    a [|", "type: "],
    ["Table t {\n  a int\n  indexes {\n    a [type: |", "gin"],
    ["TableGroup g [|", "color: #"],
    ["Enum e {\n  a [|", "note: ''"],
    ["Table users {\n  state mood [default: |", "'over the moon'"],
    ["Table users {\n  state mood [default: mood.|", '"over the moon"'],
  ])("settings: %j", (typed, label) => expect(offered(typed).labels).toContain(label));

  it("completes a setting of two words as one", () => {
    expect(offered("Table t {\n  a int [pk, not n|")).toMatchObject({ of: "not n" });
    expect(offered("Ref: users.id > l.id [delete: set n|")).toMatchObject({ of: "set n" });
  });

  it("completes a name in quotes with both of them", () => {
    expect(offered('Ref: "or|"')).toEqual({ labels: ['"users"', '"order lines"', '"auth"."accounts"'], of: '"or"' });
    expect(offered('Ref: "order l|')).toMatchObject({ of: '"order l' });
    expect(offered('Ref: users."fu|"')).toEqual({ labels: ['"id"', '"full name"', '"state"'], of: '"fu"' });
  });

  it("words at the beginning of a line", () => {
    expect(offered("T|").labels).toContain("TableGroup");
    expect(offered("Table t {\n  a int\n  i|").labels).toEqual(["indexes", "checks", "Note"]);
    expect(offered("Table t {\n  ~|").labels).toEqual(["dated"]);
    expect(offered("Enum e {\n  a|").labels).toEqual([]);
  });

  it("nothing before it is asked for, in texts and in comments", () => {
    for (const typed of ["|", "Table t {\n  |", "// Ref: u|", "Table t {\n  a int [note: 'a > u|", "Note n {\n  '''\n  Ref: u|"])
      expect([typed, offered(typed).labels]).toEqual([typed, []]);
    expect(offered("|", true).labels).toContain("Table");
  });
});
