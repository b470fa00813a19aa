import { describe, expect, it } from "vitest";
import { type DialectId, dialects } from "../dialects/index.ts";
import {
  type ColumnId,
  type ConstraintId,
  emptySchema,
  type IndexId,
  makeCheck,
  makeColumn,
  makeIndex,
  makeKey,
  makeTable,
  type NamespaceId,
  type Schema,
  type Table,
  type TableId,
} from "../model/index.ts";
import { sentence } from "../result/index.ts";
import { convertSchema } from "./index.ts";

const namespaceId = "n" as NamespaceId;

function schemaOf(dialect: DialectId, table: Partial<Table>): Schema {
  const name = dialects[dialect].features.defaultNamespace;
  const whole = makeTable({ id: "t" as TableId, namespaceId, name: "t", ...table });
  return { ...emptySchema(dialect), namespaces: [{ id: namespaceId, name, comment: null }], tables: [whole] };
}

const column = (name: string, type: string, more = {}): Table["columns"][number] =>
  makeColumn({ id: name as ColumnId, name, type, ...more });

async function as(schema: Schema, to: DialectId): Promise<{ readonly table: Table; readonly told: readonly string[] }> {
  const from = dialects[schema.dialect as DialectId];
  const { value, problems } = await convertSchema(schema, from, dialects[to]);
  return { table: value.tables[0] as Table, told: problems.map(sentence) };
}

describe("types", () => {
  it.each<[DialectId, string, DialectId, string, string | null]>([
    ["postgres", "jsonb", "mysql", "json", null],
    ["postgres", "uuid", "mysql", "char(36)", "types that it does not have"],
    ["postgres", "uuid", "mariadb", "uuid", null],
    ["postgres", "text[]", "sqlite", "JSON", "arrays"],
    ["postgres", "numeric(10,2)", "mysql", "decimal(10,2)", null],
    ["postgres", "numeric", "mysql", "decimal(65,30)", "numbers of any size"],
    ["postgres", "inet", "sqlite", "VARCHAR(43)", "network addresses"],
    ["postgres", "timestamp with time zone", "mysql", "datetime(6)", "time zones"],
    ["postgres", "timestamp(3) without time zone", "mysql", "datetime(3)", null],
    ["postgres", "double precision", "sqlite", "REAL", null],
    ["postgres", "character varying(20000)", "mysql", "longtext", null],
    ["mysql", "bigint unsigned", "postgres", "bigint", "without a sign"],
    ["mysql", "int(10) unsigned", "postgres", "bigint", "without a sign"],
    ["mysql", "tinyint(1)", "postgres", "boolean", null],
    ["mysql", "set('a','b')", "postgres", "text", "sets of values"],
    ["mysql", "mediumtext", "postgres", "text", null],
    ["mysql", "varbinary(16)", "postgres", "bytea", "lengths"],
    ["mysql", "text", "mariadb", "text", null],
    ["mysql", "timestamp", "postgres", "timestamp with time zone", null],
    ["sqlite", "INTEGER", "mysql", "bigint", null],
    ["sqlite", "NVARCHAR(40)", "postgres", "character varying(40)", null],
    ["sqlite", "whatever it is", "postgres", "numeric", null],
  ])("%s's %s is, in %s, %s", async (from, type, to, wanted, lost) => {
    const { table, told } = await as(schemaOf(from, { columns: [column("a", type)] }), to);
    expect(table.columns[0]?.type).toBe(wanted);
    expect(told.length).toBe(lost === null ? 0 : 1);
    expect(told.join()).toContain(lost ?? "");
  });
});

describe("defaults", () => {
  it.each<[DialectId, string, string, DialectId, string | null]>([
    ["postgres", "boolean", "false", "mysql", "0"],
    ["mysql", "tinyint(1)", "1", "postgres", "true"],
    ["sqlite", "BOOLEAN", "0", "postgres", "false"],
    ["postgres", "timestamp with time zone", "now()", "mysql", "CURRENT_TIMESTAMP(6)"],
    ["mysql", "datetime", "CURRENT_TIMESTAMP", "sqlite", "CURRENT_TIMESTAMP"],
    ["postgres", "character varying(9)", "'it''s'::character varying", "sqlite", "'it''s'"],
    ["mysql", "varchar(9)", "'a\\\\b'", "sqlite", "'a\\b'"],
    ["postgres", "jsonb", "'{}'::jsonb", "mysql", "('{}')"],
    ["postgres", "text[]", "'{}'::text[]", "sqlite", "'[]'"],
    ["postgres", "uuid", "gen_random_uuid()", "mariadb", "uuid()"],
    ["postgres", "uuid", "gen_random_uuid()", "sqlite", null],
    ["mysql", "datetime", "'0000-00-00 00:00:00'", "postgres", null],
    ["mysql", "int(11)", "'x'", "postgres", null],
    ["mysql", "bit(1)", "b'0'", "sqlite", "0"],
    ["postgres", "integer", "my_own_function()", "sqlite", null],
    ["postgres", "date", "('now'::text)::date", "sqlite", "CURRENT_DATE"],
  ])("%s: %s DEFAULT %s is, in %s, %s", async (from, type, text, to, wanted) => {
    const { table, told } = await as(schemaOf(from, { columns: [column("a", type, { default: text })] }), to);
    expect(table.columns[0]?.default).toBe(wanted);
    expect(told.some((line) => line.includes("defaults that are not certain"))).toBe(wanted === null);
  });
});

const COLUMNS = {
  postgres: ["integer", "text", "boolean"],
  mysql: ["int", "varchar(50)", "tinyint(1)"],
  sqlite: ["INTEGER", "TEXT", "BOOLEAN"],
};

describe("checks", () => {
  it.each<[keyof typeof COLUMNS, string, DialectId, string | null]>([
    ["postgres", "n > 0 AND (s IS NOT NULL OR b)", "sqlite", "n > 0 AND (s IS NOT NULL OR b)"],
    ["postgres", "s = ANY (ARRAY['a'::text, 'b'::text])", "mysql", "s IN ('a', 'b')"],
    ["postgres", "(s)::text <> ALL ((ARRAY['a'::character varying])::text[])", "sqlite", "s NOT IN ('a')"],
    ["postgres", "s ~ '^a'", "mysql", null],
    ["postgres", "s || 'x' = lower(s)", "mysql", "concat(s, 'x') = lower(s)"],
    ["postgres", "length(s) <= 9", "mysql", "char_length(s) <= 9"],
    ["postgres", "n BETWEEN 1 AND 5 OR n = '-3'::integer", "sqlite", "n BETWEEN 1 AND 5 OR n = '-3'"],
    ["mysql", "`n` % 2 = 0 and `b` = 1", "postgres", "n % 2 = 0 AND b = true"],
    ["mysql", "n", "postgres", null],
    ["mysql", "s > 5", "postgres", null],
    ["mysql", "s like 'a%'", "postgres", null],
    ["mysql", 's like "%@%"', "postgres", "s LIKE '%@%'"],
    ["mysql", "n || s", "postgres", null],
    ["sqlite", '[n] <> 0 and "s" is not null', "postgres", "n <> 0 AND s IS NOT NULL"],
    ["sqlite", "max(n, 3) = 3", "postgres", "GREATEST(n, 3) = 3"],
    ["sqlite", "n - (n - 1) > 0", "postgres", "n - (n - 1) > 0"],
    ["sqlite", "not (n = 1 or n = 2)", "mysql", "NOT (n = 1 OR n = 2)"],
    ["sqlite", "case when n > 1 then s else 'x' end = 'x'", "postgres", "CASE WHEN n > 1 THEN s ELSE 'x' END = 'x'"],
    ["sqlite", "n IN (SELECT 1)", "postgres", null],
    ["sqlite", `${"(".repeat(5000)}n > 1${")".repeat(5000)}`, "postgres", null],
    ["sqlite", `n > 1${" or n > 1".repeat(20_000)}`, "postgres", null],
    ["sqlite", "n > 'unclosed", "postgres", null],
    ["sqlite", "n / 2 > 1", "mysql", null],
  ])("%s: CHECK (%s) is, in %s, %s", async (from, expression, to, wanted) => {
    const [number = "", text = "", truth = ""] = COLUMNS[from];
    const constraints = [makeCheck({ id: "c" as ConstraintId, name: "c", expression })];
    const schema = schemaOf(from, { columns: [column("n", number), column("s", text), column("b", truth)], constraints });
    const { table, told } = await as(schema, to);
    const [found] = table.constraints;
    expect(found?.kind === "check" ? found.expression : null).toBe(wanted);
    expect(told.some((line) => line.includes("the check c of t"))).toBe(wanted === null);
  });
});

describe("keys and indexes", () => {
  const part = { expression: null, descending: false, nulls: null, opclass: null, collation: null };
  const index = (more: object) =>
    makeIndex({ id: "i" as IndexId, name: "i", parts: [{ ...part, columnId: "s" as ColumnId }], ...more });
  const columns = [column("n", "integer"), column("s", "text")];

  it("leaves a unique index of some rows out where it would hold all rows", async () => {
    const schema = schemaOf("postgres", { columns, indexes: [index({ unique: true, where: "n > 0" })] });
    const { table, told } = await as(schema, "mysql");
    expect(table.indexes).toEqual([]);
    expect(told.join()).toContain("the index i of t");
    expect((await as(schema, "sqlite")).table.indexes[0]?.where).toBe("n > 0");
  });

  it("keeps the beginning of a long text in an index, and gives texts in keys an end", async () => {
    const { table } = await as(schemaOf("postgres", { columns, indexes: [index({})] }), "mysql");
    expect(table.indexes[0]?.parts[0]?.opclass).toBe("(191)");
    const key = makeKey({ id: "k" as ConstraintId, name: "k", kind: "unique", columns: ["s" as ColumnId] });
    const keyed = await as(schemaOf("postgres", { columns, constraints: [key] }), "mysql");
    expect(keyed.table.columns[1]?.type).toBe("varchar(768)");
    expect(keyed.told.join()).toContain("lengths");
  });

  it("lets a column number itself in each dialect's way", async () => {
    const key = makeKey({ id: "k" as ConstraintId, name: "t_pkey", kind: "primary", columns: ["n" as ColumnId] });
    const identity = { always: false, sequence: "" };
    const counting = [column("n", "integer", { identity, notNull: true })];
    const { table } = await as(schemaOf("postgres", { columns: counting, constraints: [key] }), "sqlite");
    expect(table.columns[0]?.type).toBe("INTEGER");
    expect(table.constraints[0]).toMatchObject({ options: { inline: "true", autoincrement: "true" } });
    const back = await as({ ...schemaOf("sqlite", {}), tables: [table] }, "mysql");
    expect(back.table.columns[0]).toMatchObject({ type: "bigint", identity });
  });
});

describe("values and names", () => {
  it("makes an enum of listed values, and a check where there is no such type", async () => {
    const schema = schemaOf("mysql", { columns: [column("mood", "enum('sad','it''s ok')", { default: "'sad'" })] });
    const { value } = await convertSchema(schema, dialects.mysql, dialects.postgres);
    expect(value.types).toMatchObject([{ kind: "enum", name: "t_mood", values: ["sad", "it's ok"] }]);
    expect(value.tables[0]?.columns[0]).toMatchObject({ type: "public.t_mood", default: "'sad'" });
    const { table } = await as(schema, "sqlite");
    expect(table.constraints).toMatchObject([{ name: "t_mood_check", expression: "mood IN ('sad', 'it''s ok')" }]);
  });

  it("renames what would meet, and what is too long", async () => {
    const schema = schemaOf("postgres", { columns: [column("Name", "text"), column("name", "text")] });
    const { table, told } = await as(schema, "sqlite");
    expect(table.columns.map(({ name }) => name)).toEqual(["Name", "name_2"]);
    expect(told.join()).toContain("1 names as they are");
    const long = await as(
      schemaOf("sqlite", { columns: [column("ä".repeat(50), "TEXT"), column("ä".repeat(51), "TEXT")] }),
      "postgres",
    );
    expect(long.table.columns.map(({ name }) => name)).toEqual(["ä".repeat(31), `${"ä".repeat(30)}_2`]);
  });

  it("reads an empty design", async () => {
    const { value, problems } = await convertSchema(emptySchema("postgres"), dialects.postgres, dialects.sqlite);
    expect(value.tables).toEqual([]);
    expect(problems).toEqual([]);
  });
});
