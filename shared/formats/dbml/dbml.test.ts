import { describe, expect, it } from "vitest";
import fc from "../../../tests/support/fast-check.ts";
import { dialects } from "../../dialects/index.ts";
import { invariants, type Schema } from "../../model/index.ts";
import { sentence } from "../../result/index.ts";
import { createReader, readDbml, recogniseDbml } from "./index.ts";

const all = Object.values(dialects);
const read = (text: string, files?: ReadonlyMap<string, string>) =>
  readDbml(text, { dialects: all, ...(files ? { files } : {}) });

/** `2:5 sentence` for each error. */
const told = (text: string): string[] =>
  read(text)
    .problems.filter(({ severity }) => severity === "error")
    .map((problem) => `${String(problem.at?.line)}:${String(problem.at?.column)} ${sentence(problem)}`);

const schemaOf = (text: string, files?: ReadonlyMap<string, string>): Schema => {
  const { value, problems } = read(text, files);
  expect(problems.filter(({ severity }) => severity === "error").map(sentence)).toEqual([]);
  if (!value) throw new Error("nothing was read");
  expect(invariants(value.schema)).toEqual([]);
  return value.schema;
};

const names = (items: readonly { readonly name: string }[]): string[] => items.map(({ name }) => name);

describe("faults", () => {
  it.each([
    ["", ["undefined:undefined The file is empty. Choose a file with a schema in it."]],
    [
      "Tabel a {\n id int\n}",
      ["1:1 Table, Enum, Ref, TableGroup, Note, Project or another element is expected here, not Tabel."],
    ],
    ["Table a {\n id\n}", ["2:2 A type after id is expected here, not nothing."]],
    ["Table a {\n id int [pk\n b int\n}", ["3:2 A comma or ] is expected here, not b."]],
    ["Table a {\n id int\n\nTable b {\n id int\n}", ["4:1 The block that begins in line 1 is not closed."]],
    ["Table a {\n id int", ["2:8 The block that begins in line 1 is not closed."]],
    [
      "Table a {\n id int [note: 'it]\n b int\n}",
      ["2:16 The text in quotes that begins in line 2 is not closed.", "3:2 A comma or ] is expected here, not b."],
    ],
    ["Table a {\n id int\n}\n/* never", ["4:1 The comment that begins in line 4 is not closed."]],
    ["Table a {\n id int\n}\nRef: a.id > b.id", ["4:13 There is no table named b."]],
    ["Table a {\n id int\n}\nRef: a.id > a.x", ["4:15 There is no column named a.x."]],
    ["Table a {\n id int\n}\nRef: a.id > a.id", ["4:1 This relation does not belong here: both its ends are the same."]],
    ["Table a {\n id int [pk: 1]\n}", ["2:14 pk takes no value."]],
    ["Table a {\n id int [primary]\n}", ["2:10 primary is no setting of a column."]],
    ["Table a {\n id int\n id text\n}", ["3:2 The column id is here a second time; the first one counts."]],
    ["Table a {\n id int\n indexes {\n  id [where: 'x']\n }\n}", ["4:7 where is no setting of a index."]],
    ["Ref: a.b > ", ["1:12 A table and its column, such as users.id, is expected here, not the end of the text."]],
    [
      "Table a {\n id int\n}\nRef: a.id > a.id2 [delete: explode]\nRef x: a.id2 > a.id [delete: explode]",
      ["4:15 There is no column named a.id2.", "5:10 There is no column named a.id2."],
    ],
  ])("of %j", (text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it("are told several at once, and the rest is read", () => {
    const text = "Table a {\n id int [nope]\n ?? \n b text\n}\nEnum e {\n}\nTable c {\n a_id int [ref: > a.id]\n}\n";
    const { value, problems } = read(text);
    expect(problems.map(({ at }) => at?.line)).toEqual([2, 3, 6]);
    expect(value?.schema.tables.map((table) => names(table.columns))).toEqual([["id", "b"], ["a_id"]]);
    expect(names(value?.schema.foreignKeys ?? [])).toEqual(["c_a_id_fkey"]);
  });
});

describe("what a design holds of a text", () => {
  it("has serial columns as sequences, and increments as identity", () => {
    const { tables, sequences } = schemaOf("Table a {\n id bigserial [pk]\n n int [increment]\n}");
    expect(sequences.map(({ name, type }) => [name, type])).toEqual([["a_id_seq", "bigint"]]);
    expect(tables[0]?.columns.map((column) => [column.type, column.default, column.identity, column.notNull])).toEqual([
      ["bigint", "nextval('public.a_id_seq'::regclass)", null, true],
      ["integer", null, { always: false, sequence: "" }, true],
    ]);
  });

  it("follows the database that the project names", () => {
    const text = (name: string) => `Project p {\n database_type: '${name}'\n}\nEnum e {\n a\n b\n}\nTable t {\n x e\n y int\n}`;
    expect(schemaOf(text("MySQL")).tables[0]?.columns.map(({ type }) => type)).toEqual(["enum('a','b')", "int"]);
    expect(schemaOf(text("MariaDB 10.11")).dialect).toBe("mariadb");
    expect(schemaOf(text("SQLite")).tables[0]?.columns.map(({ type }) => type)).toEqual(["TEXT", "INT"]);
    expect(read(text("Oracle")).problems.map(sentence)).toContain(
      "The database Oracle is not known here; the text was read as one for PostgreSQL.",
    );
  });

  it("has unique keys where no kind of index is named, and unique indexes where one is", () => {
    const { tables } = schemaOf("Table a {\n x int\n y int\n indexes {\n (x, y) [unique]\n (y, x) [unique, type: btree]\n }\n}");
    expect(names(tables[0]?.constraints ?? [])).toEqual(["a_x_y_key"]);
    expect(tables[0]?.indexes.map(({ name, unique }) => [name, unique])).toEqual([["a_y_x_idx", true]]);
  });

  it("puts the key of one with one on the right of a relation that stands alone, and on the column that says it", () => {
    const { foreignKeys } = schemaOf("Table a {\n id int\n}\nTable b {\n id int\n a int [ref: - a.id]\n}\nRef: a.id - b.id");
    expect(foreignKeys.map(({ tableId, refTableId }) => [tableId, refTableId])).toEqual([
      ["table:public.b", "table:public.a"],
      ["table:public.b", "table:public.a"],
    ]);
  });

  it("joins many with many by a table, and says so", () => {
    const { value, problems } = read("Table a {\n id int [pk]\n}\nTable b {\n id uuid [pk]\n}\nRef: a.id <> b.id");
    const joining = value?.schema.tables[2];
    expect([joining?.name, joining?.columns.map(({ name, type }) => `${name} ${type}`)]).toEqual([
      "a_b",
      ["a_id integer", "b_id uuid"],
    ]);
    expect(value?.schema.foreignKeys).toHaveLength(2);
    expect(problems.map(sentence)).toEqual(["Relations of many with many (1): each became a table that joins both sides."]);
  });

  it("has places and colours, from metadata and from groups", () => {
    const { value } = read(
      "Table a [headercolor: #1d4ed8] {\n id int\n}\nTable b {\n id int\n}\nMetadata Table a {\n x: '10'\n y: '-20.5'\n}\nTableGroup g [color: #0f766e] {\n a\n b\n}\nNote n [color: #ffff00] {\n 'hi'\n}",
    );
    const [diagram] = value?.diagrams ?? [];
    expect(diagram?.positions.get("table:public.a" as never)).toEqual([10, -20.5]);
    expect(diagram?.positions.get("table:public.b" as never)).toBeDefined();
    expect([...(diagram?.tints.values() ?? [])]).toEqual(["blue"]);
    expect(diagram?.areas.map(({ name, tint }) => [name, tint])).toEqual([["g", "teal"]]);
    expect(diagram?.notes.map(({ text }) => text)).toEqual(["hi"]);
  });

  it("says how much it does not hold, and of what", () => {
    const { problems } = read(
      "Table a as A {\n id int [team: 'x', dep: <- b.id]\n}\nTable b {\n id int\n records {\n 1\n 2\n }\n}\nrecords a(id) {\n 3\n}\nDiagramView v {\n *\n}\nDep: a -> b\nMetadata Column a.id {\n k: 'v'\n}",
    );
    expect(problems.map(sentence)).toEqual([
      "Other names of tables (1): relations name the tables themselves.",
      "Settings of a person's own (1): a design has no place for them.",
      "Dependencies between columns (1): a design has none.",
      "Metadata of columns (1): a design has no place for them.",
      "Diagram views (1): a design has one diagram of everything.",
      "Dependencies between tables (1): a design has none.",
      "The file holds 3 rows in 2 tables; a design holds none of them.",
    ]);
  });
});

describe("several files", () => {
  const files = new Map([
    ["base.dbml", "Table auth.users {\n id int [pk]\n role role\n}\nEnum role {\n admin\n}\nTable secret {\n id int\n}"],
    ["again.dbml", "reuse { table auth.users as people } from './base'"],
    ["round.dbml", "use * from './main'\nTable r {\n id int\n}\nRef: r.id > own.id"],
  ]);

  it("are read for what is used of them, under the names given to it", () => {
    const schema = schemaOf(
      "use { table auth.users as u } from './base'\nTable own {\n id int\n user_id int [ref: > u.id]\n}",
      files,
    );
    expect(names(schema.tables)).toEqual(["own", "users"]);
    expect(schema.foreignKeys.map(({ refTableId }) => refTableId)).toEqual(["table:auth.users"]);
  });

  it("hand on what they reuse, and may use each other", () => {
    expect(names(schemaOf("use * from './again.dbml'\nTable own {\n id int [ref: > people.id]\n}", files).tables)).toEqual([
      "own",
      "users",
    ]);
    const round = new Map([...files, ["main.dbml", "never read: the text itself is main.dbml"]]);
    const schema = schemaOf("use * from './round'\nTable own {\n id int\n}", round);
    expect([names(schema.tables), schema.foreignKeys.length]).toEqual([["own", "r"], 1]);
  });

  it("are told where they are missing or broken", () => {
    const broken = new Map([["x.dbml", "\nTable a {\n id\n}"]]);
    expect(read("use * from './x'\nuse * from './y'", broken).problems.map(sentence)).toEqual([
      "The file ./y, which is used here, was not found. Open it together with this one, or the folder that holds both.",
      "In x.dbml, line 3: A type after id is expected here, not nothing.",
    ]);
    expect(read("use { table nope } from './x'", broken).problems.map(sentence)).toContain("There is no table named nope.");
  });

  it("bring the enums that their columns are of", () => {
    const lent = new Map([
      ["people.dbml", "use { enum mood } from './moods'\nTable person {\n id int\n ~p\n}\nTablePartial p {\n mood mood\n ~p\n}"],
      ["moods.dbml", "Enum mood {\n glad\n}\nEnum other {\n one\n}"],
    ]);
    expect(read("use * from './people'", lent).value?.schema.types.map(({ name }) => name)).toEqual(["mood"]);
    expect(read("use * from './people'\nEnum mood {\n sad\n}", lent).problems.map(sentence)).toContain(
      "In moods.dbml, line 1: The Enum mood is here a second time; the first one counts.",
    );
  });

  it("of which two have something of one name are told", () => {
    const other = new Map([
      ["x.dbml", "Table a {\n id int\n}"],
      ["y.dbml", "Table a {\n id int\n name text\n}"],
    ]);
    const text = "use * from './x'\nuse * from './y'";
    const { value, problems } = read(text, other);
    expect(value?.schema.tables.map(({ columns }) => columns.length)).toEqual([1]);
    expect(problems.map((found) => [found.at?.line, sentence(found)])).toEqual([
      [2, "The table a is here a second time; the first one counts."],
    ]);
  });

  it("are one where none of them names the others, each seeing all of them", () => {
    const others = new Map([
      ["b.dbml", "Table b {\n id int [pk]\n a_id int [ref: > a.id]\n kind kinds\n}\nRef: b.id > nowhere.id"],
      ["c.dbml", "use * from './d'\nEnum kinds {\n one\n}\nTable a {\n twice int\n}\nRef: b.id > d.id"],
      ["d.dbml", "Table d {\n id int [pk]\n}"],
    ]);
    const options = { dialects: all, files: others, path: "a.dbml", beside: ["b.dbml", "c.dbml"] };
    const { value, problems } = readDbml("Project shop {\n}\nTable a {\n id int [pk]\n}", options);
    expect([value?.name, names(value?.schema.tables ?? []), value?.schema.foreignKeys.length]).toEqual([
      "shop",
      ["a", "b", "d"],
      2,
    ]);
    expect(value?.schema.types.map(({ name }) => name)).toEqual(["kinds"]);
    expect(problems.map(sentence)).toEqual([
      "In b.dbml, line 6: There is no table named nowhere.",
      "In c.dbml, line 5: The table a is here a second time; the first one counts.",
    ]);
  });
});

describe("partials", () => {
  it("that would give more columns than there may be are left out from there on, which is told once", () => {
    const many = Array.from({ length: 5000 }, (_, at) => ` c${String(at)} int`).join("\n");
    const tables = Array.from(
      { length: 5000 },
      (_, at) => `Table t${String(at)} {\n id int\n ~p\n}\nTable u${String(at)} {\n ~p\n}`,
    );
    const text = `TablePartial p {\n${many}\n}\n${tables.join("\n")}`;
    const begun = process.cpuUsage();
    const { value, problems } = read(text);
    const { user } = process.cpuUsage(begun);
    const columns = value?.schema.tables.map((table) => table.columns.length) ?? [];
    expect([columns.length, columns.slice(38, 42)]).toEqual([10_000, [5001, 5000, 1, 0]]);
    expect(problems.map((found) => [found.severity, found.at?.line, sentence(found)])).toEqual([
      [
        "error",
        5145,
        "From here on tables go without their partials: together these may give 200,000 columns, or what is as long to write.",
      ],
      ["note", undefined, "Table partials (1): their columns stand in the tables that name them."],
    ]);
    expect(user / 1e6).toBeLessThan(10);
  });

  it("are limited by what they say of a column too", () => {
    const long = "x".repeat(40_000);
    const tables = Array.from({ length: 2000 }, (_, at) => `Table t${String(at)} {\n id int\n ~p\n}`);
    const { problems } = read(`TablePartial p {\n a int [note: '${long}']\n}\n${tables.join("\n")}`);
    expect(problems.map(({ code }) => code)).toContain("text.partials");
  });

  it("come back when there is room for them again", () => {
    const many = Array.from({ length: 70_000 }, (_, at) => ` c${String(at)} int`).join("\n");
    const text = (first: string): string => `TablePartial p {\n${many}\n}\n${first}Table b {\n ~p\n}\nTable c {\n id int\n ~p\n}`;
    const reader = createReader({ dialects: all });
    const counts = (of: string): number[] => reader.read(of).value?.schema.tables.map(({ columns }) => columns.length) ?? [];
    expect(counts(text("Table a {\n ~p\n}\n"))).toEqual([70_000, 70_000, 1]);
    expect(counts(text(""))).toEqual([70_000, 70_001]);
  });
});

describe("a hostile text", () => {
  const PIECES = [
    "Table",
    "a",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ":",
    ",",
    ".",
    "~",
    "'",
    "'''",
    '"',
    "`",
    "\\",
    "/*",
    "//",
    "\n",
    " ",
    "#",
    "-",
    "<>",
    "ref",
    "Note",
    "indexes",
    "use",
    "from",
    "1.",
    "é",
    "\0",
    "records",
    "Enum",
    "Project",
    "metadata",
    "__proto__",
    "constructor",
  ];

  it("is always answered", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5 })), { maxLength: 60 }), (pieces) => {
        const { value, problems } = read(pieces.join(""));
        expect(value !== null || problems.length > 0).toBe(true);
        if (value) expect(invariants(value.schema)).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["open brackets", "["],
    ["open braces", "{"],
    ["tables never closed", "Table a {\n"],
    ["settings never closed", "Table a {\n id int [\n"],
    ["quotes", "'"],
    ["comments", "/* "],
    ["signs", "- "],
    ["dots", "a."],
    ["words", "note "],
    ["escapes", "'\\"],
    ["relations", "Ref: a.a > b.b\n"],
    ["relations never finished", "Ref: a.("],
    ["keywords", "Table a as b [ ref enum "],
    ["emoji", "🦆 "],
  ])("of 4 MB of %s takes time in proportion", (_what, piece) => {
    const time = (size: number): number => {
      const text = piece.repeat(Math.floor(size / piece.length));
      const started = process.cpuUsage();
      expect(read(text).problems.length).toBeGreaterThan(0);
      const { user, system } = process.cpuUsage(started);
      return (user + system) / 1000;
    };
    time(100_000);
    const [some, many] = [time(500_000), time(4_000_000)];
    expect(many).toBeLessThan(Math.max(1000, some * 30));
  });
});

describe("recognising", () => {
  it.each([
    ["Table users {\n  id int [pk]\n}", true],
    ['// a comment\n\ntable "my table" as t [headercolor: #fff]\n{\n id int\n}', true],
    ["Project x {\n database_type: 'PostgreSQL'\n}\n", true],
    ["CREATE TABLE users (id int);", false],
    ["-- table x {\ncreate table x (y int);", false],
    ["model User {\n id Int @id\n}\nenum Role {\n A\n}", false],
    ["erDiagram\n A ||--o{ B : has", false],
    ['{"format":"drawbridge/1"}', false],
    ["\n".repeat(60_000), false],
  ])("%j", (text, is) => {
    expect(recogniseDbml(text) >= 0.5).toBe(is);
  });
});
