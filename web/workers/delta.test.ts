import fc from "../../tests/support/fast-check.ts";
import { describe, expect, it } from "vitest";
import { emptySchema, makeTable, type NamespaceId, type Schema, type TableId } from "#shared/model/index.ts";
import { DeltaReader, DeltaWriter } from "./delta.ts";

const copied = <T>(value: T): T => structuredClone(value);
const base = emptySchema("sqlite");
const table = (id: number, name: string) =>
  makeTable({ id: `t${String(id)}` as TableId, namespaceId: "main" as NamespaceId, name });
const withTables = (tables: Schema["tables"]): Schema => ({ ...base, tables });

describe("a schema sent as what differs from the one before", () => {
  it("arrives as it is, whatever was added, changed, moved and taken away", () => {
    const pool = [1, 2].flatMap((version) => [...Array(8).keys()].map((id) => table(id, `v${String(version)}`)));
    const states = fc.array(fc.shuffledSubarray(pool), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(states, (lists) => {
        const [writer, reader] = [new DeltaWriter(), new DeltaReader()];
        for (const schema of lists.map(withTables)) expect(reader.next(copied(writer.next(schema)))).toEqual(schema);
      }),
    );
  });

  it("copies only what changed, and the rest stays the same objects", () => {
    const tables = [...Array(1000).keys()].map((id) => table(id, "as it was"));
    const [writer, reader] = [new DeltaWriter(), new DeltaReader()];
    const first = reader.next(copied(writer.next(withTables(tables))));
    const delta = writer.next(withTables(tables.map((one, at) => (at === 500 ? table(500, "new") : one))));
    expect(JSON.stringify(delta).length).toBeLessThan(1000);
    const second = reader.next(copied(delta));
    expect(second.tables.filter((one, at) => one !== first.tables[at]).map(({ name }) => name)).toEqual(["new"]);
    expect(second.namespaces).toBe(first.namespaces);
  });
});
