/** The catalogue by hand on a real PostgreSQL: a query, its answer as clients hand it out, and the same schema as introspection. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "#shared/dialects/dialect.ts";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { paste, recordCells } from "#shared/dialects/postgres/paste.ts";
import type { Schema } from "#shared/model/index.ts";
import { sentence } from "#shared/result/index.ts";
import { openPglite } from "../support/pglite.ts";

const SQL = `
  create schema shop; create type shop.mood as enum ('sad', 'o"k', 'it''s'); create domain shop.email as text check (value like '%@%');
  create table shop.customer (id bigint generated always as identity primary key, "Odd, name" text default E'a"b\\\\c\\n(d),', tags text[], feels shop.mood, mail shop.email);
  comment on column shop.customer.tags is E'two\\nlines | and "quotes" + a sign\\tand a tab: Łódź 🎉';
  create table shop.sale (id int primary key, customer_id bigint references shop.customer on delete cascade, total numeric(8,2) check (total > 0));
  create index on shop.sale (customer_id, lower(total::text)) where total is not null;
  create view shop.totals as select customer_id, sum(total) from shop.sale group by 1;
  create function shop.tidy() returns trigger language plpgsql as $$
  begin -- "a comment" with a backslash \\ and a bar |
    return new;
  end $$;
  create trigger tidy before insert on shop.sale for each row execute function shop.tidy();`;

let engine: Engine;
let close: () => Promise<void>;
let answer = "";
let expected: Schema;
beforeAll(async () => {
  ({ engine, close } = await openPglite());
  await engine.exec(SQL);
  const [before] = await engine.query("show search_path");
  await engine.exec("begin read only");
  const [row] = await engine.query(await paste.query("18"));
  await engine.exec("commit");
  answer = String(row?.[0]);
  expect(await engine.query("show search_path")).toEqual([before]);
  expected = (await postgres.catalog.introspect(engine.query, { namespaces: [] })).value;
});
afterAll(() => close());

const csv = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const wrapped = (text: string, width: number): string => text.replace(new RegExp(`.{${String(width)}}`, "gu"), "$&\n");
const box = (text: string): string =>
  ["+--------+", "| answer |", "+--------+", `| ${text} |`, "+--------+", "1 row in set (0.03 sec)"].join("\n");

describe("an answer", () => {
  it.each<[string, (text: string) => string]>([
    ["one cell as it is", (text) => text],
    ["with a byte order mark and spaces", (text) => `\ufeff  ${text}\r\n\r\n`],
    ["psql, aligned", (text) => ` answer \n--------\n ${text}\n(1 row)\n`],
    ["psql, expanded", (text) => `-[ RECORD 1 ]\nanswer | ${text}\n`],
    ["a box of borders", box],
    ["CSV with a header", (text) => `answer\r\n${csv(text)}\r\n`],
    ["CSV with semicolons", (text) => `"answer"\n${csv(text)};\n`],
    ["JSON rows", (text) => JSON.stringify([{ answer: text }], null, 2)],
    ["JSON rows with JSON in them", (text) => JSON.stringify([{ answer: JSON.parse(text) as unknown }], null, 4)],
    ["a JSON string of a JSON string", (text) => JSON.stringify(JSON.stringify({ answer: text }))],
    ["CSV of JSON", (text) => csv(JSON.stringify({ answer: text }))],
    ["backslashes doubled", (text) => text.replaceAll("\\", "\\\\")],
    ["lines broken by a terminal", (text) => wrapped(text, 200)],
    ["lines broken with Windows ends", (text) => wrapped(text, 77).replaceAll("\n", "\r\n")],
  ])("%s", async (_name, shape) => {
    const { value, problems } = await paste.read(shape(answer));
    expect(problems.map(sentence)).toEqual([]);
    expect(value).toEqual(expected);
  });

  it("is read and doubted where spaces were lost", async () => {
    const { value, problems } = await paste.read(answer.replace("with a backslash", "with a  backslash"));
    expect(value?.tables).toHaveLength(2);
    expect(problems.map(({ code }) => code)).toEqual(["paste.changed"]);
  });

  it.each<[string, (text: string) => string, string]>([
    ["nothing", () => "  \n", "input.empty"],
    ["something else", () => "id,name\n1,Ada", "paste.none"],
    ["the first 50 characters", (text) => text.slice(0, 50), "paste.clipped"],
    ["all but the last character", (text) => text.slice(0, -1), "paste.clipped"],
    ["a clipped cell of CSV", (text) => csv(text).slice(0, 3_000), "paste.clipped"],
    ["a hole in the middle", (text) => `${text.slice(0, 1000)}… [truncated] …${text.slice(-1000)}`, "paste.damaged"],
    ["another system's answer", (text) => text.replace('"postgres"', '"mysql"'), "paste.other"],
    ["an old query's answer", (text) => text.replace(/"query" : "\w+"/, '"query" : "0"'), "paste.old"],
    ["rows of nonsense", (text) => text.replace(/"length".*"end"/s, '"length":null,"answers":[[1]],"end"'), "paste.damaged"],
  ])("that is %s is refused with a reason", async (_name, shape, code) => {
    const { value, problems } = await paste.read(shape(answer));
    expect(value).toBeNull();
    expect(problems.map((item) => item.code)).toEqual([code]);
  });

  it("that is the query itself is told from its answer", async () => {
    expect((await paste.read(await paste.query("18"))).problems[0]?.code).toBe("paste.query");
  });

  it("to a query for an older version says what that means", async () => {
    for (const version of paste.versions.filter((one) => one !== "18")) {
      const [row] = await engine.query(await paste.query(version));
      const { value, problems } = await paste.read(String(row?.[0]));
      expect(problems.map(({ code }) => code)).toEqual(["paste.older"]);
      expect(value?.tables.map(({ name }) => name)).toEqual(["customer", "sale"]);
    }
  });
});

it.each([
  ["(1,a,,)", ["1", "a", null, null]],
  ['("","a ""b"" \\\\ c","(x,y)")', ["", 'a "b" \\ c', "(x,y)"]],
  ["(t)", ["t"]],
  ['("two\nlines",f)', ["two\nlines", "f"]],
])("the record %s has its cells", (text, cells) => {
  expect(recordCells(text)).toEqual(cells);
});
