import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { dialects } from "#shared/dialects/index.ts";
import { referenceFiles } from "../support/reference.ts";

const known = Object.keys(dialects) as (keyof typeof dialects)[];

describe.each(known)("a file of %s is recognised", (dialect) => {
  it.each(referenceFiles(dialect))("$name", async ({ path }) => {
    const head = (await readFile(path, "utf8")).slice(0, 64 * 1024);
    const scores = known.map((id) => ({ id, score: dialects[id].importer.recognise(head) }));
    const own = scores.find(({ id }) => id === dialect)?.score ?? 0;
    for (const { id, score } of scores)
      if (id !== dialect) expect({ over: id, own: own > score }).toEqual({ over: id, own: true });
  });
});

it.each([
  ["sqlite", "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT);"],
  ["sqlite", "-- made by pg_catalog; OWNER TO\nCREATE TABLE t (a BLOB) WITHOUT ROWID;"],
  ["postgres", "-- see `t`\nCREATE TABLE t (a BYTEA);"],
  ["postgres", "DROP DATABASE x;\n\\c x\nCREATE TABLE t (id INT);"],
])("a text of %s: %s", (dialect, text) => {
  const best = [...known].sort((a, b) => dialects[b].importer.recognise(text) - dialects[a].importer.recognise(text))[0];
  expect(best).toBe(dialect);
});
