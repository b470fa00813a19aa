import { describe, expect, it } from "vitest";
import { wrongReport } from "../../../tests/support/fuzz/check.ts";
import { dialects } from "../../dialects/index.ts";
import type { Schema } from "../../model/index.ts";
import { sentence } from "../../result/index.ts";
import { mssql } from "../mssql/index.ts";
import { oracle } from "../oracle/index.ts";

const { postgres, sqlite, mysql } = dialects;

function read(format: typeof mssql, text: string, dialect: (typeof dialects)[keyof typeof dialects] = postgres) {
  const { value, problems } = format.reader?.read(text, { dialects: [dialect], path: "x/shop.sql" }) ?? {
    value: null,
    problems: [],
  };
  const told = problems.map((item) => `${String(item.at?.line ?? "-")}: ${sentence(item)}`);
  return { schema: value?.schema as Schema, name: value?.name, told, problems };
}

const shape = ({ tables }: Schema): unknown =>
  Object.fromEntries(
    tables.map(({ name, columns }) => [
      name,
      columns.map((column) => `${column.name} ${column.type}${column.notNull ? "!" : ""}`),
    ]),
  );

const SHOP = `SET ANSI_NULLS ON
GO
CREATE TABLE [dbo].[Order Lines](
  [Id] [int] IDENTITY(1,1) NOT NULL,
  [Price] [decimal](10, 2) NOT NULL CONSTRAINT [DF_Price] DEFAULT ((0)),
  [Note] [nvarchar](max) NULL DEFAULT (N'it''s'),
  [Sent] bit NOT NULL DEFAULT 1,
  [At] datetime2(7) DEFAULT sysutcdatetime(),
  [Twice] AS ([Price]*(2)) PERSISTED,
  [Guid] uniqueidentifier NOT NULL DEFAULT newid(),
  CONSTRAINT [PK_Lines] PRIMARY KEY CLUSTERED ([Id] ASC) WITH (PAD_INDEX = OFF) ON [PRIMARY],
  CONSTRAINT CK_Price CHECK (([Price]>=(0) AND ([Note] IS NOT NULL OR [Sent]=(1))))
) ON [PRIMARY]
GO
create table sales.Customer (CustomerId int not null primary key, Email varchar(50) unique, foreign key (CustomerId) references [Order Lines] on delete cascade)
create unique nonclustered index IX_Email on sales.Customer (Email desc) include (CustomerId) where Email is not null
ALTER TABLE dbo.[ORDER LINES] WITH CHECK ADD CONSTRAINT FK_A FOREIGN KEY([Id]) REFERENCES sales.customer ([customerid])
  ON DELETE SET NULL
ALTER TABLE [Order Lines] CHECK CONSTRAINT FK_A
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'What is sold', @level0type=N'SCHEMA',@level0name=N'dbo', @level1type=N'TABLE',@level1name=N'Order Lines', @level2type=N'COLUMN',@level2name=N'price'
insert into x values (1); FROBNICATE THE SERVER
GO
CREATE PROCEDURE p AS
BEGIN
  CREATE TABLE #inner (a int);
END
GO
CREATE VIEW [dbo].[v w] AS SELECT [Id] FROM [dbo].[Order Lines]
GO
`;

describe("SQL Server", () => {
  const { schema, told, name } = read(mssql, SHOP);

  it("is read: tables, columns and types", () => {
    expect(name).toBe("shop");
    expect(shape(schema)).toEqual({
      "Order Lines": [
        "Id integer!",
        "Price numeric(10,2)!",
        "Note text",
        "Sent boolean!",
        "At timestamp(6) without time zone",
        "Twice numeric",
        "Guid uuid!",
      ],
      Customer: ["CustomerId integer!", "Email character varying(50)"],
    });
    expect(schema.namespaces.map((namespace) => namespace.name)).toEqual(["public", "sales"]);
  });

  it("is read: what columns hold", () => {
    const [table] = schema.tables;
    expect(table?.columns.map((column) => column.default)).toEqual([
      null,
      "0",
      "'it''s'",
      "true",
      "CURRENT_TIMESTAMP",
      null,
      null,
    ]);
    expect(table?.columns[0]?.identity).toEqual({ always: false, sequence: "" });
    expect(table?.columns[1]?.comment).toBe("What is sold");
    expect(table?.columns[5]?.generated).toEqual({ expression: '"Price" * 2', stored: true });
  });

  it("is read: keys, checks, relations, indexes and views", () => {
    const [table, customer] = schema.tables;
    expect(table?.constraints.map((item) => [item.kind, item.name])).toEqual([
      ["primary", "PK_Lines"],
      ["check", "CK_Price"],
    ]);
    expect(table?.constraints[1]).toMatchObject({ expression: '"Price" >= 0 AND ("Note" IS NOT NULL OR "Sent" = true)' });
    expect(customer?.indexes).toMatchObject([{ name: "IX_Email", unique: true, where: '"Email" IS NOT NULL' }]);
    expect(customer?.indexes[0]?.parts[0]?.descending).toBe(true);
    expect(schema.foreignKeys.map((key) => [key.name, key.onDelete])).toEqual([
      ["FK_A", "set null"],
      ["Customer_CustomerId_fkey", "cascade"],
    ]);
    expect(schema.views).toMatchObject([{ name: "v w", definition: 'SELECT "Id" FROM public."Order Lines"' }]);
  });

  it("tells what is left, with its line", () => {
    expect(told).toEqual(
      expect.arrayContaining([
        "21: Left out: FROBNICATE THE SERVER (it is not understood here).",
        "1: SET (1): it is for the session.",
        "23: CREATE PROCEDURE (1): what it does is in the words of its own engine.",
      ]),
    );
    expect(told.join("\n")).toContain("the default newid() of Order Lines.Guid");
  });

  it("numbers a key in the way of another dialect", () => {
    const design = read(mssql, SHOP, sqlite).schema;
    expect(design.tables[0]?.columns[0]?.type).toBe("INTEGER");
    expect(design.tables[0]?.constraints[0]).toMatchObject({ options: { inline: "true", autoincrement: "true" } });
    expect(read(mssql, SHOP, mysql).schema.tables[0]?.columns[2]?.type).toBe("longtext");
  });
});

const HR = `rem the HR schema; it's a comment
SET ECHO OFF
Prompt ******  Creating ....
CREATE TABLE "HR"."STAFF" (
  id NUMBER(6) GENERATED BY DEFAULT ON NULL AS IDENTITY (START WITH 5),
  "Mixed Case" VARCHAR2(25 CHAR) CONSTRAINT nn NOT NULL ENABLE,
  pay NUMBER(8,2) DEFAULT 0 CHECK (pay > 0),
  any_number NUMBER,
  hired DATE DEFAULT SYSDATE NOT NULL,
  seen TIMESTAMP(9) WITH LOCAL TIME ZONE,
  data BLOB, big CLOB, bytes RAW(16),
  boss NUMBER(6) REFERENCES hr.staff (id) ON DELETE SET NULL,
  total NUMBER(9,2) GENERATED ALWAYS AS (pay * 12) VIRTUAL,
  CONSTRAINT staff_pk PRIMARY KEY (id) USING INDEX TABLESPACE x
) SEGMENT CREATION IMMEDIATE PCTFREE 10 TABLESPACE "USERS";
CREATE UNIQUE INDEX hr.staff_pk ON hr.staff (id);
CREATE INDEX staff_up ON hr.staff (UPPER("Mixed Case"));
CREATE BITMAP INDEX staff_pay ON HR.STAFF (PAY DESC) LOCAL NOLOGGING;
ALTER TABLE hr.staff ADD ( CONSTRAINT pay_u UNIQUE (pay), extra NUMBER(12) );
ALTER TABLE hr.staff MODIFY (extra NOT NULL, big NOT NULL);
COMMENT ON TABLE hr.staff IS 'People; who''s who';
COMMENT ON COLUMN hr.staff.pay IS 'a month';
CREATE SEQUENCE hr.s START WITH 3300 INCREMENT BY 100 NOCACHE;
CREATE OR REPLACE TRIGGER hr.t BEFORE INSERT ON hr.staff FOR EACH ROW
BEGIN
  :NEW.pay := 1; CREATE TABLE no (a int);
END;
/
CREATE OR REPLACE VIEW v AS SELECT id FROM hr.staff WITH READ ONLY;
`;

describe("Oracle", () => {
  const { schema, told } = read(oracle, HR);

  it("is read: tables, columns and types", () => {
    expect(shape(schema)).toEqual({
      staff: [
        "id integer!",
        "Mixed Case character varying(25)!",
        "pay numeric(8,2)",
        "any_number numeric",
        "hired timestamp without time zone!",
        "seen timestamp(6) with time zone",
        "data bytea",
        "big text!",
        "bytes bytea",
        "boss integer",
        "total numeric(9,2)",
        "extra bigint!",
      ],
    });
    const [table] = schema.tables;
    expect(table?.comment).toBe("People; who's who");
    expect(table?.columns.map((column) => column.default).filter((value) => value !== null)).toEqual(["0", "CURRENT_TIMESTAMP"]);
    expect(table?.columns[10]?.generated?.expression).toBe("pay * 12");
  });

  it("is read: keys, relations, indexes, sequences and views", () => {
    const [table] = schema.tables;
    expect(table?.constraints.map((item) => item.name)).toEqual(["staff_pk", "pay_u", "staff_pay_check"]);
    expect(table?.indexes.map((item) => item.name)).toEqual(["staff_pay"]);
    expect(schema.foreignKeys).toMatchObject([{ onDelete: "set null" }]);
    expect(schema.sequences).toMatchObject([{ name: "s", definition: "START WITH 3300 INCREMENT BY 100" }]);
    expect(schema.views).toMatchObject([{ name: "v" }]);
  });

  it("tells what is left, with its line", () => {
    expect(told).toEqual(
      expect.arrayContaining([
        "1: REM (1): it speaks to the client.",
        "24: CREATE TRIGGER (1): what it does is in the words of its own engine.",
        "16: indexes that a key of the same name uses (1): the key has them.",
      ]),
    );
  });
});

describe("recognition", () => {
  it.each([
    [SHOP, "mssql"],
    [HR, "oracle"],
    ["create table a (id int primary key);", null],
    ["CREATE TABLE `a` (`id` int(11) NOT NULL AUTO_INCREMENT) ENGINE=InnoDB;", null],
    ["SET statement_timeout = 0;\nCREATE TABLE public.a (id integer NOT NULL, n numeric(10,2));", null],
    ["PRAGMA foreign_keys=OFF;\nCREATE TABLE [a] ([id] INTEGER PRIMARY KEY AUTOINCREMENT, n NUMERIC);", null],
  ])("of %s", (text, wanted) => {
    const sure = { mssql: mssql.reader?.recognise(text, "") ?? 0, oracle: oracle.reader?.recognise(text, "") ?? 0 };
    for (const [id, score] of Object.entries(sure))
      if (id === wanted) expect(score).toBeGreaterThan(0.6);
      else expect(score).toBeLessThan(0.4);
  });
});

describe("texts that are broken or meant ill", () => {
  it.each([
    ["nothing", ""],
    ["no SQL", "what is this"],
    ["an open string", "create table a (b int default 'x"],
    ["an open bracket", "create table [a (b int)"],
    ["open parentheses", `create table a (${"(".repeat(50_000)}`],
    ["nothing but quotes", "'".repeat(100_001)],
    ["nothing but words that begin a statement", "create\n".repeat(30_000)],
    ["comments that do not end", `create table a (b int); ${"/*".repeat(50_000)}`],
    ["half a letter at the end", "what is \ud83d"],
    ["a table of no columns", "create table a ()"],
    ["a table twice", "create table a (b int); create table A (c int)"],
    ["a key over nothing", "create table a (b int, primary key (c), foreign key (d) references e)"],
    ["names of objects", "create table __proto__ (constructor int, toString int primary key)"],
    ["a long list", `create table a (${Array.from({ length: 20_000 }, (_, at) => `c${String(at)} int`).join(", ")})`],
  ])("%s is told, and takes no time", (_, text) => {
    for (const format of [mssql, oracle]) {
      const started = process.cpuUsage();
      const { told, schema, problems } = read(format, text);
      expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000);
      expect(wrongReport({ value: schema ?? null, problems }, schema ?? null, text)).toBeNull();
      expect(told.length < 300).toBe(true);
    }
  });
});
