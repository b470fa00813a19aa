import { EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { dialects } from "#shared/dialects/index.ts";
import { readDbml } from "#shared/formats/dbml/index.ts";
import { apply, type Schema } from "#shared/model/index.ts";
import { definitionAt, meaningAt } from "./meaning.ts";
import { newNameFor } from "./new-name.ts";

const SHOP = `Enum mood {
  sad
}

Enum auth.mood {
  high
}

Table users {
  id bigint [pk]
  "full name" text
  mood mood [default: mood.sad]
  boss bigint [ref: > id]
  ~dated

  indexes {
    ("full name", id)
  }
}

Table auth.users as a {
  id bigint
  mood auth.mood
}

TablePartial dated {
  made date
}

Ref: auth.users.id > users.id
Ref: a.(id, mood) > users.(id, mood)

TableGroup people {
  users
  auth.users
}
`;

/** The place of the bar in a piece of the text. */
function place(marked: string): { readonly state: EditorState; readonly at: number } {
  const at = SHOP.indexOf(marked.replace("|", ""));
  if (at < 0) throw new Error(`${marked} is not here`);
  return { state: EditorState.create({ doc: SHOP }), at: at + marked.indexOf("|") };
}

const schema = (): Schema => {
  const { value } = readDbml(SHOP, { dialects: [dialects.postgres] });
  if (!value) throw new Error("nothing was read");
  return value.schema;
};

describe("the name under the cursor", () => {
  it.each([
    ["Ref: auth.us|ers.id > users.id", "Table auth.users as a {"],
    ["Ref: auth.users.i|d > users.id", "  id bigint\n  mood auth"],
    ["Ref: auth.users.id > us|ers.id", "Table users {"],
    ["> users.id|\n", "  id bigint [pk]"],
    ["Ref: |a.(id, mood)", "Table auth.users as a {"],
    ["Ref: a.(id, mo|od)", "  mood auth.mood"],
    ["> users.(id, mo|od)", "  mood mood ["],
    ["mood mo|od [default", "Enum mood {"],
    ["  mo|od mood [default", "  mood mood ["],
    ["[default: mo|od.sad]", "Enum mood {"],
    ["mood auth.mo|od", "Enum auth.mood {"],
    ["[ref: > i|d]", "  id bigint [pk]"],
    ['("full na|me", id)', '  "full name" text'],
    ["  ~dat|ed", "TablePartial dated {"],
    ["people {\n  us|ers", "Table users {"],
    ["  auth.us|ers\n}", "Table auth.users as a {"],
  ])("%j is made in %j", (marked, made) => {
    const { state, at } = place(marked);
    const found = definitionAt(state, at);
    expect(found === null ? null : state.doc.lineAt(found).text).toContain(made.split("\n")[0]);
    expect(found === null ? -1 : SHOP.indexOf(made)).toBe(found === null ? 0 : state.doc.lineAt(found).from);
  });

  it.each([["Ta|ble users {"], ["En|um mood {"], ["  ind|exes {"], ["TableG|roup people"]])("%j is no name", (marked) => {
    const { state, at } = place(marked);
    expect(meaningAt(state, at)).toBeNull();
  });

  it.each([
    ["Table us|ers {", "public.X"],
    ["people {\n  us|ers", "public.X"],
    ["Table auth.us|ers as", "auth.X"],
    ["Ref: |a.(id", "auth.X"],
    ["  mo|od mood [default", "public.users.X"],
    ["  mood mo|od [default", "type X"],
    ["Enum mo|od {", "type X"],
    ["> users.i|d\n", "public.users.X"],
    ['("full na|me"', "public.users.X"],
  ])("%j is renamed as what it is", (marked, renamed) => {
    const { state, at } = place(marked);
    const before = schema();
    const here = meaningAt(state, at);
    const rename = here && newNameFor(here, state.doc, before, dialects.postgres);
    const after = apply(before, rename?.("X") ?? []);
    const namespace = (id: string): string => after.namespaces.find((one) => one.id === id)?.name ?? "";
    const names = after.tables.flatMap((table) => {
      const own = `${namespace(table.namespaceId)}.${table.name}`;
      return [own, ...table.columns.map(({ name }) => `${own}.${name}`)];
    });
    const found = [...names, ...after.types.map(({ name }) => `type ${name}`)].filter((name) => /[. ]X$/.test(name));
    expect(found).toEqual([renamed]);
  });

  it("takes no longer than the line is long, whatever that holds", () => {
    const text = `Table t {\n  a text [note: '${'\\"'.repeat(200_000)}']\n}`;
    const state = EditorState.create({ doc: text });
    const before = process.cpuUsage();
    expect(meaningAt(state, text.length - 10)).toBeNull();
    expect(process.cpuUsage(before).user).toBeLessThan(500_000);
  });
});
