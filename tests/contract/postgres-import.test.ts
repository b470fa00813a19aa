import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { neededExtensions } from "#shared/dialects/postgres/import/scan.ts";
import { diff } from "#shared/diff/index.ts";
import { DesignDoc } from "#shared/doc/index.ts";
import { adopt, type Schema } from "#shared/model/index.ts";
import type { Report } from "#shared/result/index.ts";
import { openPglite } from "../support/pglite.ts";
import { referenceFiles } from "../support/reference.ts";
import { beside } from "../support/truth.ts";
import { wholeScript } from "#shared/dialects/kit/whole.ts";

const quiet = { loadData: false, onProgress: () => undefined, cancelled: () => false };

async function read(text: string): Promise<Report<Schema | null>> {
  const { engine, close } = await openPglite(neededExtensions(text));
  const report = await postgres.importer.run(text, engine, quiet);
  await close();
  return report;
}

describe("every reference dump", () => {
  it.each(referenceFiles("postgres"))(
    "$name has the counts of the real catalogue, and is written back equal, and is what a design holds of it",
    async (file) => {
      const { value } = await read(await readFile(file.path, "utf8"));
      if (value === null) throw new Error("nothing was read");
      const counts = beside(file, value);
      expect(counts.read).toEqual(counts.expected);

      const again = await read(await wholeScript(postgres, value));
      expect(again.problems.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(again.value).toEqual(value);

      let minted = 0;
      const mint = (): string => `m${String((minted += 1))}`;
      const design = new DesignDoc(new Y.Doc());
      design.start(file.name, adopt(value, null, mint), new Map());
      expect(design.snapshot.problems).toEqual([]);
      expect(diff(design.snapshot.schema, adopt(value, design.snapshot.schema, mint))).toEqual([]);
    },
  );
});

describe("what is not a dump", () => {
  const noise = Array.from({ length: 200_000 }, (_, at) => String.fromCharCode(32 + ((at * 7919) % 90))).join("");

  it.each([
    ["nothing", "", "input.empty"],
    ["blanks", " \n\t", "input.empty"],
    ["half a table", "create table whole (a int); create table half (a int, b", "input.truncated"],
    ["half a function", "create table whole (a int); create function f() returns int as $$ begin", "input.truncated"],
    ["noise", noise, "input.unrecognised"],
    ["much noise", noise.replaceAll("'", ";").repeat(20), "input.unrecognised"],
    ["prose", "Dear all; this is not a schema; regards", "input.unrecognised"],
    ["comments", "-- nothing\n/* here */", "input.unrecognised"],
  ])("%s is told in a sentence", async (_name, text, code) => {
    const { value, problems } = await read(text);
    expect(problems.map((problem) => problem.code)).toContain(code);
    if (text.startsWith("create table whole")) expect(value?.tables.map(({ name }) => name)).toContain("whole");
  });

  it("stops when it is cancelled", async () => {
    const { engine, close } = await openPglite();
    const { value, problems } = await postgres.importer.run("create table a (b int);", engine, {
      ...quiet,
      cancelled: () => true,
    });
    await close();
    expect(value).toBeNull();
    expect(problems.map(({ code }) => code)).toEqual(["import.cancelled"]);
  });
});

describe("what the engine lacks", () => {
  it("keeps a missing extension, its types with their arguments, and roles", async () => {
    const { value, problems } = await read(`
      CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public;
      CREATE TABLE public.place (id bigint PRIMARY KEY, at public.geometry(Point,4326) NOT NULL, "when" timestamptz);
      ALTER TABLE public.place OWNER TO somebody;
      GRANT SELECT ON public.place TO reader;
      CREATE INDEX CONCURRENTLY place_when ON public.place ("when");`);
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(value?.tables[0]?.columns.map(({ type }) => type)).toEqual([
      "bigint",
      "public.geometry(Point,4326)",
      "timestamp with time zone",
    ]);
    expect(value?.verbatim.map(({ kind }) => kind).sort()).toEqual(["extension", "grant"]);
    expect(value?.tables[0]?.indexes.map(({ name }) => name)).toEqual(["place_when"]);
  });

  it("is refused where no namespace of its search path is there, and makes none of a table's name", async () => {
    const { value, problems } = await read(
      "create type t as enum ('x'); set search_path to nowhere; create table item (id int);",
    );
    expect(problems.map(({ code, at }) => [code, at?.column])).toEqual([["import.refused", 58]]);
    expect(value?.namespaces.map(({ name }) => name)).toEqual(["public"]);
  });

  it("loads data where that is asked for", async () => {
    const { engine, close } = await openPglite();
    const dump =
      "create table t (a int, b text);\nCOPY t (a, b) FROM stdin;\n1\tx;y\n2\t\\N\n\\.\ninsert into t values (3, 'z');";
    await postgres.importer.run(dump, engine, { ...quiet, loadData: true });
    const rows = await engine.query("select a, b from public.t order by a");
    await close();
    expect(rows).toEqual([
      [1, "x;y"],
      [2, null],
      [3, "z"],
    ]);
  });
});
