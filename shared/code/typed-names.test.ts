/** Names that are typed over: what else the text says of the thing follows, and the design sees a rename. */
import { beforeEach, describe, expect, it } from "vitest";
import { Desk } from "../../tests/support/desk.ts";
import { sentence } from "../result/index.ts";

const LIBRARY = `Project library {
  database_type: 'PostgreSQL'
}

Enum mood {
  sad
  happy
}

Table users {
  id bigint [pk]
  name text [not null]
  state mood [default: 'sad']
}

Table orders {
  id bigint [pk]
  user_id bigint [not null]
  total numeric

  indexes {
    (user_id, total) [name: 'by_total']
  }
}

Ref: orders.user_id > users.id [delete: cascade]
`;

/** What a person may write besides, and the design's own text does not. */
const MORE = `Table lines as l {
  order_id bigint [ref: > orders.id]
  user_id bigint [ref: > users.id]
  mood mood [default: mood.happy]
  ~dated

  indexes {
    created
  }
}

TablePartial dated {
  created date
}

Table tags {
  line bigint
  day date
  parent bigint [ref: > tags.line]
}

Ref: tags.line > l.order_id
Ref: tags.day > lines.created

TableGroup people {
  users
  tags
}

Metadata Table users {
  x: '1'
  y: '2'
}

Ref: orders`;

let desk: Desk;
beforeEach(() => {
  desk = new Desk(LIBRARY);
});

/** Takes a name away and types another, letter by letter; what is wrong after each. */
function retype(before: string, name: string, to: string): readonly string[] {
  const start = desk.text.indexOf(before) + before.indexOf(name);
  for (let end = start + name.length; end > start; end -= 1) desk.take([{ from: end - 1, to: end, insert: "" }]);
  return [...to].map((letter, at) => {
    const { problems } = desk.take([{ from: start + at, to: start + at, insert: letter }]);
    return problems.map(sentence).join(" ");
  });
}

describe("a name that is typed over", () => {
  it("is a rename at every letter", () => {
    const { id } = desk.table("users");
    const names: string[] = [];
    const typed = ["users", "user", "us", "u", "pu", "ppu", "pp"];
    for (const [at, name] of typed.entries()) {
      if (at > 0) desk.type(`Table ${typed[at - 1] ?? ""} {`, `Table ${name} {`);
      names.push(desk.design.schema.tables.find((table) => table.id === id)?.name ?? "");
      expect(desk.text).toContain(`Ref: orders.user_id > ${name}.id [delete: cascade]`);
    }
    expect(names).toEqual(typed);
  });

  it("is found again when nothing of it was left", () => {
    const before = desk.design.schema;
    expect(retype("Table users {", "users", "people")).toEqual(["", "", "", "", "", ""]);
    expect(desk.text).toContain("> people.id");
    expect(retype("  total numeric", "total", "sum")).toEqual(["", "", ""]);
    expect(desk.text).toContain("(user_id, sum) [name: 'by_total']");
    expect(retype("  id bigint [pk]\n  name", "id", "nr")).toEqual(["", ""]);
    expect(desk.text).toContain("orders.user_id > people.nr");
    const ids = (schema: typeof before): readonly string[] =>
      schema.tables.flatMap((table) => [table.id, ...table.columns.map(({ id }) => id)]);
    expect(ids(desk.design.schema)).toEqual(ids(before));
    expect(desk.design.schema.foreignKeys.map(({ id }) => id)).toEqual(before.foreignKeys.map(({ id }) => id));
  });

  it("waits while it is another's, and takes nothing from that", () => {
    const { id } = desk.table("users");
    const told = retype("Table users {", "users", "orders_x");
    expect(told[5]).toContain("The table orders is here a second time; the first one counts.");
    expect(told[7]).toBe("");
    expect(desk.table("orders_x").id).toBe(id);
    expect(desk.text).toContain("Ref: orders.user_id > orders_x.id [delete: cascade]");
    expect(desk.table("orders").columns.map(({ name }) => name)).toEqual(["id", "user_id", "total"]);
  });

  it("is said everywhere, in quotes where it must be", () => {
    desk.type("Ref: orders", MORE);
    expect(desk.last?.problems.filter(({ severity }) => severity === "error").map(sentence)).toEqual([]);
    const edits: readonly (readonly [string, string, readonly string[]])[] = [
      [
        "users {\n  id",
        '"the people" {\n  id',
        [
          '[ref: > "the people".id]',
          '> "the people".id [',
          'TableGroup people {\n  "the people"',
          'Metadata Table "the people" {',
        ],
      ],
      ["Table lines as l {", "Table lines as rows {", ["Ref: tags.line > rows.order_id"]],
      ["Table lines as rows {", "Table entries as rows {", ["Ref: tags.day > entries.created"]],
      ["TablePartial dated", "TablePartial times", ["  ~times"]],
      ["created date", "made date", ["    made\n", "Ref: tags.day > entries.made"]],
      ["Enum mood {", "Enum feeling {", ["mood feeling [default: feeling.happy]", "state feeling"]],
      ["line bigint", "nr bigint", ["[ref: > tags.nr]", "Ref: tags.nr > rows.order_id"]],
      ["order_id bigint", "order bigint", ["Ref: tags.nr > rows.order\n"]],
    ];
    for (const [from, to, expected] of edits) {
      const { broken, problems } = desk.type(from, to);
      expect([to, broken, problems.filter(({ severity }) => severity === "error").map(sentence)]).toEqual([to, false, []]);
      for (const piece of expected) expect(desk.text).toContain(piece);
    }
  });

  it("moves to another namespace, and back", () => {
    const { id } = desk.table("users");
    desk.type("Table users {", "Table auth.users {");
    expect(desk.text).toContain("> auth.users.id");
    desk.type("Table auth.users {", "Table people {");
    expect(desk.text).toContain("> people.id");
    expect(desk.table("people").id).toBe(id);
  });

  it("is left to the person where another thing was put in its place, or another fault stands in the way", () => {
    const start = desk.text.indexOf("Table users");
    const end = desk.text.indexOf("}", start) + 1;
    const before = desk.design;
    desk.take([{ from: start, to: end, insert: "Table bills {\n  id bigint [pk]\n}" }]);
    expect(desk.last?.problems.map(sentence)).toEqual(["There is no table named users."]);
    expect(desk.design).toEqual(before);
    desk = new Desk(LIBRARY);
    desk.type("Table users {", "Table users [headercolor {");
    desk.type("Table users [headercolor {", "Table people [headercolor {");
    expect(desk.last?.broken).toBe(true);
    desk.type("Table people [headercolor {", "Table people {");
    expect(desk.last?.broken).toBe(false);
    expect(desk.text).toContain("> people.id");
  });

  it("does not follow what a person points elsewhere", () => {
    desk.type("> users.id", "> user.id");
    expect(desk.last?.broken).toBe(true);
    desk.type("> user.id", "> users.id");
    desk.type("> users.id", "> people.id");
    desk.type("Table users {", "Table p {");
    expect(desk.last?.broken).toBe(true);
    desk.type("Table p {", "Table people {");
    expect([desk.last?.broken, desk.last?.batches]).toEqual([false, []]);
  });
});
