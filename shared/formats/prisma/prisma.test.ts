import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dialects } from "../../dialects/index.ts";
import { invariants, type Schema, type Table } from "../../model/index.ts";
import { sentence } from "../../result/index.ts";
import { readPrisma } from "./read/read.ts";

const all = Object.values(dialects);
const fixtures = join(import.meta.dirname, "../../../tests/fixtures/prisma");
const fixture = (name: string): string => readFileSync(join(fixtures, name), "utf8");

/** `2:5 sentence` for each error. */
const told = (text: string): string[] =>
  readPrisma(text, { dialects: all })
    .problems.filter(({ severity }) => severity === "error")
    .map((problem) => `${String(problem.at?.line)}:${String(problem.at?.column)} ${sentence(problem)}`);

function schemaOf(text: string, files?: ReadonlyMap<string, string>): Schema {
  const { value, problems } = readPrisma(text, { dialects: all, ...(files ? { files } : {}) });
  expect(problems.filter(({ severity }) => severity === "error").map(sentence)).toEqual([]);
  if (!value) throw new Error("nothing was read");
  expect(invariants(value.schema)).toEqual([]);
  return value.schema;
}

const tableOf = ({ tables }: Schema, name: string): Table => {
  const table = tables.find((one) => one.name === name);
  if (!table) throw new Error(`no table ${name}`);
  return table;
};

/** `name type!=default`, the mark for what must have a value. */
const columns = (table: Table): string[] =>
  table.columns.map(
    ({ name, type, notNull, default: value, identity }) =>
      `${name} ${type}${notNull ? "!" : ""}${value === null ? "" : `=${value}`}${identity ? "++" : ""}`,
  );

const keys = (table: Table): string[] =>
  [...table.constraints, ...table.indexes].map((one) => {
    const ids = "columns" in one ? one.columns : "parts" in one ? one.parts.map(({ columnId }) => columnId) : [];
    const names = ids.map((id) => table.columns.find((column) => column.id === id)?.name);
    const kind = "kind" in one ? one.kind : "unique" in one && one.unique ? "unique index" : "index";
    return `${kind} ${one.name} ${names.join(",")}`;
  });

const relations = ({ foreignKeys, tables }: Schema): string[] =>
  foreignKeys.map((key) => {
    const name = (id: string): string => tables.find((table) => table.id === id)?.name ?? "";
    return `${key.name}: ${name(key.tableId)} > ${name(key.refTableId)} ${key.onDelete}, ${key.onUpdate}`;
  });

describe("faults", () => {
  it("are told with their places, and the rest is read", () => {
    expect(told(fixture("broken.prisma"))).toEqual([
      "5:1 model, enum, datasource, generator, type or view is expected here, not modle.",
      "11:3 A comma or ) is expected here, not name.",
      "11:9 There is no type named Strin.",
      "12:16 @db.Varchar is no setting of a column of PostgreSQL.",
      "13:13 @db.Decimal does not belong here: it is no type of Int.",
      "14:16 @db.VarChar takes its length or digits, as whole numbers.",
      "15:24 @default takes a value of its type.",
      "17:3 The field twice is here a second time; the first one counts.",
      "18:3 The relation field b does not belong here: B has no field that answers it.",
      "18:30 There is no field named A.bId.",
      "19:3 A name, @@ or } is expected here, not ?.",
      "20:25 The text in quotes that begins in line 20 is not closed.",
      "21:3 A comma or ) is expected here, not last.",
      "21:16 @unknown is no setting of a field.",
      "23:12 There is no field named A.nowhere.",
      "24:3 @@unknown is no setting of a model.",
      "30:1 The block that begins in line 27 is not closed.",
      "32:3 The value HERE is here a second time; the first one counts.",
      "35:6 The enum Empty takes at least one value.",
      "39:1 A name after model is expected here, not the end of the text.",
    ]);
  });

  it.each([
    ["", ["undefined:undefined The file is empty. Choose a file with a schema in it."]],
    ["model A {\n  id Int @id\n", ["3:1 The block that begins in line 1 is not closed."]],
    ["/* never", ["1:1 The comment that begins in line 1 is not closed."]],
    ["model A {\n  id Int @id\n}\nmodel A {\n  id Int @id\n}", ["4:7 The model A is here a second time; the first one counts."]],
    ["model A {\n  id Int @id\n  x Int @default([1])\n}", ["3:18 @default takes one value, or a list for a list."]],
    [
      "model A {\n  id Int @id\n  b B?\n}\nmodel B {\n  id Int @id\n  aId Int\n  a A @relation(fields: [aId], references: [id], onDelete: Vanish)\n}",
      ["8:60 onDelete takes Cascade, Restrict, NoAction, SetNull or SetDefault."],
    ],
    [
      "model A {\n  id Int @id\n  bs B[]\n}\nmodel B {\n  x Int\n  y Int\n  as A[]\n  @@id([x, y])\n}",
      ["8:3 The relation field as does not belong here: many with many needs a model with an @id of one field, and B has none."],
    ],
  ])("of %j", (text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it("take no longer than the text, however it is nested or left open", () => {
    const texts = [`model A {\n id Int @x(${"[".repeat(20_000)}`, "model A {\n".repeat(5_000), `"${"\\".repeat(50_001)}`];
    for (const text of texts) {
      const begun = process.cpuUsage().user;
      expect(told(text).length).toBeGreaterThanOrEqual(1);
      expect(process.cpuUsage().user - begun).toBeLessThan(2_000_000);
    }
  });
});

describe("what a design holds of a text", () => {
  it("has columns with the types and defaults that the database prints", () => {
    const schema = schemaOf(fixture("everything.prisma"));
    expect(columns(tableOf(schema, "users"))).toEqual([
      "id integer!=nextval('public.users_id_seq'::regclass)",
      "email character varying(320)!",
      "handle citext!",
      "role public.role!='READER'::public.role",
      "roles public.role[]=ARRAY[]::public.role[]",
      "score numeric(8,2)=0",
      "ratio double precision!='-1.5'::numeric",
      "big bigint!=9000000000",
      "tags text[]=ARRAY['a'::text, 'it''s'::text]",
      `settings jsonb!='{"theme": "dark"}'::jsonb`,
      "avatar bytea",
      "born date",
      "last_seen timestamp(6) with time zone!=CURRENT_TIMESTAMP",
      "changed timestamp(3) without time zone!",
      "place point",
      "token uuid!=gen_random_uuid()",
      "bossId integer",
    ]);
    expect(tableOf(schema, "users").comment).toBe("People who may sign in.\nThey are never deleted.");
    expect(tableOf(schema, "users").columns[1]?.comment).toBe("As it was typed.");
    expect(schema.types.map((type) => [type.name, type.comment, type.kind === "enum" && type.values])).toEqual([
      ["role", "What people may do.", ["READER", "the writer"]],
      ["SmallNumber", null, ["ONE", "TWO"]],
    ]);
    expect(schema.sequences.map(({ name }) => name)).toEqual(["users_id_seq"]);
    expect(schema.namespaces.map(({ name }) => name)).toEqual(["public", "audit"]);
  });

  it("has keys, indexes and relations, and the tables that join many with many", () => {
    const schema = schemaOf(fixture("everything.prisma"));
    expect(keys(tableOf(schema, "users"))).toEqual([
      "primary user_key id",
      "unique index users_email_key email",
      "unique index one_handle handle,born",
      "index recent last_seen,id",
      "index users_settings_idx settings",
      "index by_tag tags",
    ]);
    expect(keys(tableOf(schema, "_Friends"))).toEqual(["primary _Friends_AB_pkey A,B", "index _Friends_B_index B"]);
    expect(columns(tableOf(schema, "_TopicToUser"))).toEqual(["A text!", "B integer!"]);
    expect(relations(schema)).toEqual([
      "users_bossId_fkey: users > users set null, no action",
      "Article_authorId_fkey: Article > users restrict, cascade",
      "edited_by: Article > users set null, cascade",
      "Profile_userId_fkey: Profile > users cascade, cascade",
      "_TopicToUser_A_fkey: _TopicToUser > Topic cascade, cascade",
      "_TopicToUser_B_fkey: _TopicToUser > users cascade, cascade",
      "_Friends_A_fkey: _Friends > users cascade, cascade",
      "_Friends_B_fkey: _Friends > users cascade, cascade",
      "Line_site_number_fkey: Line > Article cascade, cascade",
    ]);
    expect(
      tableOf(schema, "users").indexes.map(({ method, parts }) => [method, parts[0]?.opclass, parts[0]?.descending]),
    ).toEqual([
      ["btree", null, false],
      ["btree", null, false],
      ["btree", null, true],
      ["gin", "jsonb_path_ops", false],
      ["gin", null, false],
    ]);
  });

  it("follows the database that the datasource names", () => {
    const mysql = schemaOf(fixture("shop-mysql.prisma"));
    expect([mysql.dialect, columns(tableOf(mysql, "Customer")).slice(0, 12)]).toEqual([
      "mysql",
      [
        "id int unsigned!++",
        "name varchar(80)!",
        "notes longtext",
        "active tinyint(1)!=1",
        "level enum('Silver''s','gold')!='gold'",
        "height tinyint unsigned",
        "price decimal(10,2)!=9.99",
        "weight float",
        "created datetime(3)!=CURRENT_TIMESTAMP(3)",
        "touched timestamp!=CURRENT_TIMESTAMP",
        "photo mediumblob",
        "flags bit(4)!",
      ],
    ]);
    const sqlite = schemaOf(fixture("notes-sqlite.prisma"));
    expect([sqlite.dialect, columns(tableOf(sqlite, "Note")).slice(0, 6)]).toEqual([
      "sqlite",
      ["id INTEGER!", "slug TEXT!", "text TEXT", "done BOOLEAN!=false", "at DATETIME!=CURRENT_TIMESTAMP", "size DECIMAL"],
    ]);
    const [key] = tableOf(sqlite, "Note").constraints;
    expect(key?.kind === "primary" && key.options).toEqual({ inline: "true", autoincrement: "true" });
  });

  it("is of all files of a folder", () => {
    const files = new Map(["main", "user"].map((name) => [`${name}.prisma`, fixture(`folder/${name}.prisma`)]));
    const { value, problems } = readPrisma(files.get("main.prisma") ?? "", { dialects: all, files, path: "main.prisma" });
    expect([problems, value?.name, value && relations(value.schema)]).toEqual([
      [],
      "main",
      ["Post_authorId_fkey: Post > User restrict, cascade"],
    ]);
    const broken = new Map([...files, ["z.prisma", "model Z {\n  id Nothing @id\n}\n"]]);
    const { problems: elsewhere } = readPrisma(files.get("main.prisma") ?? "", {
      dialects: all,
      files: broken,
      path: "main.prisma",
    });
    expect(elsewhere.map(sentence)).toContain("In z.prisma, line 2: There is no type named Nothing.");
  });

  it("tells what only Prisma's client does, and databases that are not known", () => {
    const notes = (text: string): string[] => readPrisma(text, { dialects: all }).problems.map(sentence);
    expect(notes(fixture("everything.prisma"))).toEqual([
      "Views (1): their queries do not stand in the text.",
      "Fields with @updatedAt (1): Prisma's client sets them, not the database.",
      "Defaults such as uuid() (1): Prisma's client makes the value, not the database.",
    ]);
    expect(notes('datasource db {\n  provider = "sqlserver"\n}\nmodel A {\n  id Int @id\n}')).toEqual([
      "The database sqlserver is not known here; the text was read as one for PostgreSQL.",
    ]);
  });
});
