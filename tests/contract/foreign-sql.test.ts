/** Reference scripts of SQL Server and Oracle: every table and column, what was told, and what PostgreSQL says of the design. */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { type DialectId, dialects } from "#shared/dialects/index.ts";
import { formats, recognise } from "#shared/formats/index.ts";
import { invariants } from "#shared/model/index.ts";
import { sentence } from "#shared/result/index.ts";
import { readWhole } from "../support/read-whole.ts";
import { referenceFiles } from "../support/reference.ts";
import { wholeScript } from "#shared/dialects/kit/whole.ts";

/** Counted in the scripts: columns, keys of both kinds, foreign keys, indexes, views. Where other engines have the schema too, they agree. */
const COUNTS: Readonly<Record<string, readonly number[]>> = {
  "mssql/chinook": [64, 11, 11, 11, 0],
  // Nine unique indexes are counted as indexes; four keys are unique.
  "mssql/flowable": [858, 66, 59, 150, 0],
  "mssql/instpubs": [64, 9, 10, 7, 1],
  "mssql/quartz": [79, 10, 5, 4, 0],
  "mssql/sakila_mssql": [89, 16, 22, 24, 5],
  "oracle/chinook": [64, 11, 11, 0, 0],
  "oracle/co": [43, 11, 9, 7, 4],
  "oracle/flowable": [858, 66, 60, 156, 0],
  // Seven more indexes are those that primary keys of the same names use.
  "oracle/hr": [35, 8, 10, 11, 1],
  "oracle/sakila_oracle": [89, 16, 22, 24, 5],
  "oracle/sh": [136, 7, 10, 0, 1],
};

const files = (["mssql", "oracle"] as const).flatMap((id) => referenceFiles(id).map((file) => ({ ...file, id })));

describe.each(files)("the $id script $name", ({ id, name, path, truth }) => {
  const reader = formats[id].reader;

  it.each(Object.keys(dialects) as DialectId[])("is a design of %s with every table", async (dialect) => {
    const text = await readFile(path, "utf8");
    expect(recognise(text.slice(0, 65_536), path, Object.values(dialects))[0]?.kind).toBe(id);
    const { value, problems } = reader?.read(text, { dialects: [dialects[dialect]], path }) ?? { value: null, problems: [] };
    if (!value) throw new Error("nothing was read");
    const { schema } = value;
    expect(invariants(schema)).toEqual([]);
    expect(schema.tables.length).toBe(truth["create_table_statements"] ?? 0);
    const skipped = problems.filter(({ code, severity }) => code === "import.skipped" || severity === "error");
    expect(skipped.map((item) => `${String(item.at?.line)} ${sentence(item)}`)).toEqual([]);
    const keys = schema.tables.flatMap(({ constraints }) =>
      constraints.filter(({ kind }) => kind === "primary" || kind === "unique"),
    );
    const columns = schema.tables.flatMap((table) => table.columns);
    const indexes = schema.tables.flatMap((table) => table.indexes);
    const found = [columns.length, keys.length, schema.foreignKeys.length, indexes.length, schema.views.length];
    expect(found).toEqual(COUNTS[`${id}/${name}`]);
    if (dialect !== "postgres") return;
    const { refused } = await readWhole("postgres", await wholeScript(dialects.postgres, { ...schema, views: [] }));
    expect(refused).toEqual([]);
  });
});
