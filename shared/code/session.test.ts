import { beforeEach, describe, expect, it } from "vitest";
import { Desk } from "../../tests/support/desk.ts";
import { dialects } from "../dialects/index.ts";
import { diff } from "../diff/index.ts";
import { addColumn, dropTables, moveColumn, patchColumn, renameColumn, renameRelation } from "../edit/index.ts";
import { lookup, makeIndex, type Schema, type Table, type Verbatim, type View } from "../model/index.ts";

const { postgres } = dialects;

const SHOP = `Project shop {
  database_type: 'PostgreSQL'
}

Enum mood {
  sad
  happy
}

Table users {
  id bigint [pk, increment]
  name text [not null]
  state mood [default: 'sad']
}

Table orders {
  id bigint [pk, increment]
  user_id bigint [not null]
  total numeric(10,2) [default: 0]

  indexes {
    user_id
    (user_id, total) [name: 'by_total']
  }

  checks {
    \`total >= 0\` [name: 'positive']
  }
}

Ref: orders.user_id > users.id [delete: cascade]
`;

/** What no text can say: a view, a trigger, a policy, options, an order, a predicate, a generated column. */
function withMore(schema: Schema): Schema {
  const [users, orders] = schema.tables as [Table, Table];
  const object = { namespaceId: users.namespaceId, comment: null, dependsOn: [] };
  const view: View = {
    ...object,
    id: "v" as View["id"],
    name: "rich",
    materialized: false,
    definition: "SELECT users.id, users.name FROM users",
    columns: [],
    indexes: [],
    options: {},
  };
  const trigger: Verbatim = {
    ...object,
    id: "x" as Verbatim["id"],
    kind: "trigger",
    ownerId: orders.id,
    name: "touch",
    definition: "CREATE TRIGGER touch AFTER INSERT ON public.orders FOR EACH ROW EXECUTE FUNCTION f();",
  };
  const [byUser, byTotal] = orders.indexes as [Table["indexes"][number], Table["indexes"][number]];
  const total = orders.columns[2] as Table["columns"][number];
  const doubled = {
    ...total,
    id: "doubled" as typeof total.id,
    name: "doubled",
    type: "numeric",
    default: null,
    generated: { expression: "(total * 2)", stored: true },
  };
  const rich: Table = {
    ...orders,
    rowSecurity: "forced",
    options: { fillfactor: "70" },
    columns: [...orders.columns, doubled],
    indexes: [
      { ...byUser, where: "total > 100" },
      { ...byTotal, parts: byTotal.parts.map((part, at) => (at === 1 ? { ...part, descending: true, nulls: "last" } : part)) },
    ],
  };
  const identity = users.columns.map((column) =>
    column.name === "id" ? { ...column, identity: { always: true, sequence: "START WITH 100" } } : column,
  );
  const named = identity.map((column) => (column.name === "name" ? { ...column, collation: 'pg_catalog."C"' } : column));
  return { ...schema, tables: [{ ...users, columns: named }, rich], views: [view], verbatim: [trigger] };
}

describe("what is typed", () => {
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk(SHOP, withMore);
  });

  it("says nothing new at first", () => {
    const { changes, batches, broken, problems } = desk.take([]);
    expect({ changes, batches, broken, problems }).toEqual({ changes: [], batches: [], broken: false, problems: [] });
  });

  it("adds a table, with a place", () => {
    const { changes, placed } = desk.type("Ref: orders", "Table tags {\n  id int [pk]\n  label text\n}\n\nRef: orders");
    expect(changes.map(({ kind, entity }) => [kind, entity])).toEqual([["create", "table"]]);
    expect(desk.table("tags").columns.map(({ name, type }) => [name, type])).toEqual([
      ["id", "integer"],
      ["label", "text"],
    ]);
    expect([...placed.keys()]).toEqual([desk.table("tags").id]);
  });

  it("renames a column, and what speaks of it, losing nothing", () => {
    const before = desk.design.schema;
    const { broken, batches } = desk.type("total numeric(10,2)", "sum numeric(10,2)");
    expect(broken).toBe(false);
    const orders = desk.table("orders");
    expect(orders.columns[2]?.id).toBe(before.tables[1]?.columns[2]?.id);
    expect(orders.indexes[0]?.where).toBe("sum > 100");
    expect(orders.indexes[1]?.parts[1]).toMatchObject({ descending: true, nulls: "last" });
    expect(orders.columns[3]?.generated?.expression).toBe("(sum * 2)");
    // The index follows, then the check.
    expect(batches.length).toBe(2);
    expect(desk.text).toContain("(user_id, sum) [name: 'by_total']");
    expect(desk.text).toContain("`sum >= 0` [name: 'positive']");
  });

  it("renames a table of one column as such", () => {
    desk.type("Ref: orders", "Table a {\n  x int\n}\n\nRef: orders");
    const { id } = desk.table("a");
    desk.type("Table a {", "Table ab {");
    expect(desk.table("ab").id).toBe(id);
    desk.type("Table ab {\n  x int", "Table ab {\n  y text");
    expect(desk.table("ab").id).toBe(id);
  });

  it("renames a table with its views, keys and triggers", () => {
    const before = desk.design.schema;
    desk.type("Table users {", "Table people {");
    expect(desk.text).toContain("Ref: orders.user_id > people.id [delete: cascade]");
    expect(desk.table("people").id).toBe(before.tables[0]?.id);
    expect(desk.design.schema.views[0]?.definition).toBe("SELECT people.id, people.name FROM people");
    expect(desk.table("people").constraints.map(({ name }) => name)).toEqual(["people_pkey"]);
    expect(desk.design.schema.foreignKeys).toEqual(before.foreignKeys);
    expect(desk.table("people").columns[0]?.identity).toEqual({ always: true, sequence: "START WITH 100" });
    expect(desk.table("people").columns[1]?.collation).toBe('pg_catalog."C"');
  });

  it("changes only what it says", () => {
    const before = desk.design.schema;
    desk.type("name text [not null]", "name varchar(80) [not null, note: 'As on the invoice']");
    const left = diff(before, desk.design.schema);
    expect(left.map(({ kind, entity }) => [kind, entity])).toEqual([["alter", "column"]]);
    expect(desk.column("users", "name")).toMatchObject({
      type: "character varying(80)",
      comment: "As on the invoice",
      collation: 'pg_catalog."C"',
    });
  });

  it("gives a table that was cut and pasted all that it had", () => {
    const before = desk.design.schema;
    const start = desk.text.indexOf("Table orders");
    const end = desk.text.indexOf("Ref: orders");
    const cut = desk.text.slice(start, end);
    const ref = desk.text.slice(end);
    desk.take([{ from: start, to: desk.text.length, insert: "" }]);
    expect(desk.design.schema.tables.map(({ name }) => name)).toEqual(["users"]);
    expect(desk.design.schema.verbatim).toEqual([]);
    const at = desk.text.indexOf("Table users");
    desk.take([{ from: at, to: at, insert: cut }]);
    desk.take([{ from: desk.text.length, to: desk.text.length, insert: ref }]);
    expect(desk.design.schema.verbatim).toEqual(before.verbatim);
    expect(desk.table("orders")).toEqual(before.tables[1]);
    expect(desk.design.schema.foreignKeys).toEqual(before.foreignKeys);
    expect(desk.design.diagram.positions.has(desk.table("orders").id)).toBe(true);
  });

  it("gives a column that was cut and pasted all that it had", () => {
    const before = desk.table("orders");
    desk.type("  doubled numeric [default: 0]\n".replace(" [default: 0]", ""), "");
    expect(desk.table("orders").columns.length).toBe(3);
    desk.type("  user_id bigint [not null]\n", "  doubled numeric\n  user_id bigint [not null]\n");
    expect(desk.column("orders", "doubled")).toEqual(before.columns[3]);
  });

  it("says nothing of a text with a fault, and all of it once it has none", () => {
    const before = desk.design.schema;
    desk.type("state mood [default: 'sad']", "state mood [default: 'sad'");
    expect(desk.last?.broken).toBe(true);
    desk.draw(patchColumn(desk.table("orders"), desk.column("orders", "user_id"), { comment: "who" }));
    expect(desk.last).toMatchObject({ broken: true, batches: [] });
    desk.type("state mood [default: 'sad'", "state mood [default: 'happy']");
    expect(desk.last?.broken).toBe(false);
    expect(desk.column("users", "state").default).toBe("'happy'");
    expect(desk.text).toContain("user_id bigint [not null, note: 'who']");
    expect(diff(before, desk.design.schema).length).toBe(2);
  });

  it("changes values of enums, names of the design, colours and groups", () => {
    desk.type("  happy\n", '  happy\n  "over the moon"\n');
    expect(desk.design.schema.types[0]).toMatchObject({ values: ["sad", "happy", "over the moon"] });
    desk.type("Project shop", "Project store");
    expect(desk.last?.name).toBe("store");
    desk.type("Table users {", "Table users [headercolor: #be123c] {");
    expect(desk.design.diagram.tints.get(desk.table("users").id)).toBe("rose");
    desk.type("Table users [headercolor: #be123c] {", "Table users {");
    expect(desk.design.diagram.tints.size).toBe(0);
    desk.type("Ref: orders", "TableGroup Sales [color: #1d4ed8] {\n  orders\n}\n\nRef: orders");
    expect(desk.design.diagram.areas).toMatchObject([{ name: "Sales", tint: "blue", at: [360, -60] }]);
    expect(desk.take([]).batches).toEqual([]);
    desk.type("  orders\n}", "  orders\n  users\n}");
    const [area] = desk.design.diagram.areas;
    const at = desk.design.diagram.positions.get(desk.table("users").id);
    expect(at?.[1]).toBeGreaterThan(0);
    expect(area?.size[1]).toBeGreaterThan(at?.[1] ?? 0);
    expect(desk.take([]).batches).toEqual([]);
    desk.type("Ref: orders", "Note n {\n  'Ask Ann'\n}\n\nRef: orders");
    expect(desk.design.diagram.notes).toMatchObject([{ text: "Ask Ann", tint: "amber" }]);
    desk.type("'Ask Ann'", "'Ask Bob'");
    expect(desk.design.diagram.notes).toMatchObject([{ text: "Ask Bob" }]);
  });

  it("moves a table whose place it says, and follows it", () => {
    const { id } = desk.table("users");
    desk.type("Ref: orders", "Metadata Table users {\n  x: '12'\n  y: '34'\n}\n\nRef: orders");
    expect(desk.design.diagram.positions.get(id)).toEqual([12, 34]);
    desk.draw([], { positions: new Map([...desk.design.diagram.positions, [id, [50, 60]]]) });
    expect(desk.text).toContain("x: '50'\n  y: '60'");
  });
});

describe("what is drawn", () => {
  const WRITTEN = SHOP.replace("name text [not null]", "name   text   [ not null ] // as on the invoice").replace(
    "Ref: orders",
    "// Who buys\nRef: orders",
  );
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk(SHOP, withMore);
    desk.type("name text [not null]", "name   text   [ not null ] // as on the invoice");
    desk.type("Ref: orders", "// Who buys\nRef: orders");
    expect(desk.last?.changes).toEqual([]);
    expect(WRITTEN.length).toBeGreaterThan(SHOP.length);
  });

  /** Lines of the text that are new, and those that are gone. */
  const changed = (before: string): readonly (readonly string[])[] => {
    const [old, now] = [before.split("\n"), desk.text.split("\n")];
    return [now.filter((line) => !old.includes(line)), old.filter((line) => !now.includes(line))];
  };

  it("renames a column where the text speaks of it", () => {
    const before = desk.text;
    const { schema } = desk.design;
    desk.draw(renameColumn(schema, desk.table("orders"), desk.column("orders", "user_id"), "buyer", postgres));
    expect(changed(before)).toEqual([
      [
        "  buyer bigint [not null]",
        "    buyer [name: 'orders_user_id_idx']",
        "    (buyer, total) [name: 'by_total']",
        "Ref orders_user_id_fkey: orders.buyer > users.id [delete: cascade]",
      ],
      [
        "  user_id bigint [not null]",
        "    user_id",
        "    (user_id, total) [name: 'by_total']",
        "Ref: orders.user_id > users.id [delete: cascade]",
      ],
    ]);
  });

  it("renames a table, with comments and formats kept", () => {
    const before = desk.text;
    desk.draw(renameRelation(desk.design.schema, desk.table("users"), { name: "people" }, postgres));
    expect(changed(before)).toEqual([
      [
        "Table people {",
        "  id bigint [increment]",
        "    id [pk, name: 'users_pkey']",
        "Ref: orders.user_id > people.id [delete: cascade]",
      ],
      ["Table users {", "Ref: orders.user_id > users.id [delete: cascade]"],
    ]);
    expect(desk.text).toContain("name   text   [ not null ] // as on the invoice");
  });

  it("changes one setting of a column that a person wrote", () => {
    const before = desk.text;
    desk.draw(
      patchColumn(desk.table("users"), desk.column("users", "name"), { default: "'nobody'", type: "character varying(80)" }),
    );
    expect(changed(before)[0]).toEqual(["  name   varchar(80)   [not null, default: 'nobody'] // as on the invoice"]);
  });

  it("adds, moves and deletes columns", () => {
    const before = desk.text;
    const users = desk.table("users");
    const made = addColumn(users, desk.mint, 1, "nick", "text");
    desk.draw(made.changes);
    expect(changed(before)).toEqual([["  nick text"], []]);
    expect(desk.column("users", "nick").id).toBe(made.id);
    desk.draw(moveColumn(desk.table("users"), made.id, 0));
    expect(desk.text).toContain("Table users {\n  nick text\n  id bigint [pk, increment]\n  name   text   [ not null ] // as on");
    desk.draw([{ kind: "drop", entity: "column", ownerId: users.id, before: desk.column("users", "nick") }]);
    expect(desk.text).toBe(before);
  });

  it("adds and deletes tables, keys and indexes", () => {
    const before = desk.text;
    const orders = desk.table("orders");
    const index = makeIndex({
      id: "i" as Table["indexes"][number]["id"],
      name: "by_sum",
      method: "hash",
      parts: [
        {
          columnId: orders.columns[2]?.id ?? null,
          expression: null,
          descending: false,
          nulls: null,
          opclass: null,
          collation: null,
        },
      ],
    });
    desk.draw([{ kind: "create", entity: "index", ownerId: orders.id, after: index, at: null }]);
    expect(changed(before)).toEqual([["    total [type: hash, name: 'by_sum']"], []]);
    desk.draw([{ kind: "drop", entity: "index", ownerId: orders.id, before: index }]);
    expect(desk.text).toBe(before);
    desk.draw(dropTables(desk.design.schema, new Set([orders.id])));
    expect(desk.text).not.toContain("orders");
    expect(desk.text).toContain("// Who buys");
    desk.draw([{ kind: "create", entity: "table", ownerId: null, after: { ...orders, name: "sales" }, at: null }]);
    expect(desk.text).toContain("Table sales {\n  id bigint [increment]");
    expect(desk.session.speaker.schema.tables.find(({ name }) => name === "sales")?.id).toBe(orders.id);
  });

  it("leaves what it does not change in a text of another style", () => {
    desk.type(
      "Ref: orders",
      "Table old { id int pk }\n\nTable lines {\n  order_id bigint [ref: > orders.id, note: 'of']\n\n}\n\nRef: orders",
    );
    expect(desk.last?.broken).toBe(false);
    const lines = desk.table("lines");
    desk.draw(patchColumn(lines, desk.column("lines", "order_id"), { notNull: true }));
    expect(desk.text).toContain("order_id bigint [ref: > orders.id, note: 'of', not null]");
    desk.draw(renameRelation(desk.design.schema, desk.table("orders"), { name: "sales" }, postgres));
    expect(desk.text).toContain("order_id bigint [ref: > sales.id, note: 'of', not null]");
    const [key] = lookup(desk.design.schema).outgoing(lines.id);
    if (!key) throw new Error("no key");
    desk.draw([{ kind: "drop", entity: "foreignKey", ownerId: lines.id, before: key }]);
    expect(desk.text).toContain("order_id bigint [note: 'of', not null]");
    desk.draw(addColumn(desk.table("old"), desk.mint, null, "x", "text").changes);
    expect(desk.text).toContain("Table old { id int pk\n  x text }");
  });

  it("says what was done meanwhile, and keeps both", () => {
    desk.meanwhile(patchColumn(desk.table("users"), desk.column("users", "state"), { notNull: true }));
    desk.type("total numeric(10,2) [default: 0]", "total numeric(12,2) [default: 0]");
    expect(desk.column("orders", "total").type).toBe("numeric(12,2)");
    expect(desk.column("users", "state").notNull).toBe(true);
    expect(desk.text).toContain("state mood [default: 'sad', not null]");
    expect(desk.take([]).batches).toEqual([]);
  });
});
