/** What every conversion of a reference schema must do. */
import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import { convertSchema } from "#shared/convert/index.ts";
import { differencesButSpelling } from "#shared/proof/index.ts";
import { type DialectId, dialects } from "#shared/dialects/index.ts";
import { invariants } from "#shared/model/index.ts";
import { sentence } from "#shared/result/index.ts";
import { readWhole } from "./read-whole.ts";
import { type ReferenceFile, referenceFiles } from "./reference.ts";
import { wholeScript } from "#shared/dialects/kit/whole.ts";

type Source = ReferenceFile & { readonly path: string; readonly id: DialectId };

/** The reference schemas whose files have a wanted size; those with rows are the same schemas again. */
export function conversions(wanted: (bytes: number) => boolean): readonly Source[] {
  const all = (["postgres", "sqlite", "mysql"] as const).flatMap((id) => referenceFiles(id).map((file) => ({ ...file, id })));
  return all.filter(({ path, name }) => !name.endsWith("_data") && wanted(statSync(path).size));
}

export async function convertsWhole({ id, path }: Source): Promise<void> {
  const { schema } = await readWhole(id, await readFile(path, "utf8"));
  expect((await convertSchema(schema, dialects[id], dialects[id])).value).toBe(schema);
  for (const to of (Object.keys(dialects) as DialectId[]).filter((target) => target !== id)) {
    const { value } = await convertSchema(schema, dialects[id], dialects[to]);
    expect(invariants(value), to).toEqual([]);
    expect(value.tables.map(({ columns }) => columns.map((column) => column.id))).toEqual(
      schema.tables.map(({ columns }) => columns.map((column) => column.id)),
    );
    const { schema: back, refused } = await readWhole(to, await wholeScript(dialects[to], value));
    expect(refused, to).toEqual([]);
    expect(differencesButSpelling(value, back).map(sentence), to).toEqual([]);
    const home = await convertSchema(value, dialects[to], dialects[id]);
    const there = await convertSchema(home.value, dialects[id], dialects[to]);
    // Types come back as the poorer of the two has them; names and what must have a value do not change any more.
    const parts = ({ tables }: typeof value): unknown =>
      tables.map((table) => [table.name, table.columns.map(({ name, notNull }) => [name, notNull])]);
    expect(parts(there.value), `${to}, there and back`).toEqual(parts(value));
  }
}
