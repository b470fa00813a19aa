import { expect, it } from "vitest";
import * as Y from "yjs";
import { DesignDoc } from "#shared/doc/index.ts";
import { renameRelation } from "#shared/edit/index.ts";
import { dialects } from "#shared/dialects/index.ts";
import { generate } from "../../../tests/support/generator.ts";
import { TextService } from "./service.ts";

function opened(): { readonly design: DesignDoc; readonly updates: Uint8Array[] } {
  const doc = new Y.Doc();
  const design = new DesignDoc(doc);
  const schema = generate({ tables: 3, columns: 4 });
  design.start("shop", schema, new Map(schema.tables.map(({ id }, at) => [id, [at * 400, 0] as const])));
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  return { design, updates };
}

it("takes the document's bytes and the text's edits, and gives back edits of both", async () => {
  const { design, updates } = opened();
  const service = new TextService();
  const { text = "" } = (await service.open(Y.encodeStateAsUpdate(design.doc))) ?? {};
  const insert = "Table tags {\n  id int [pk]\n}\n\n";
  const at = text.indexOf("Ref");
  const typed = await service.step({ edits: [{ from: at, to: at, insert }], updates: [], middle: { x: 0, y: 0 } });
  expect(typed.changes.map(({ kind, entity }) => [kind, entity])).toEqual([["create", "table"]]);
  expect(typed.placed.size).toBe(1);
  design.apply(typed.changes, "Edit the text");
  // One's own edits come back with the document's, and are nothing new.
  const echo = await service.step({ edits: [], updates: updates.splice(0), middle: null });
  expect([echo.changes, echo.batches]).toEqual([[], []]);
  const { schema } = design.snapshot;
  const table = schema.tables.find(({ name }) => name === "tags");
  if (!table) throw new Error("no table");
  design.apply(renameRelation(schema, table, { name: "labels" }, dialects.postgres), "Rename");
  const followed = await service.step({ edits: [], updates: updates.splice(0), middle: null });
  expect(followed.changes).toEqual([]);
  expect(followed.batches.flat().map((edit) => edit.insert)).toContain("labels");
});

it("gives the design as SQL of any database, says where its tables stand in it, and the text follows all the same", async () => {
  const { design, updates } = opened();
  const service = new TextService();
  await service.open(Y.encodeStateAsUpdate(design.doc));
  for (const dialect of Object.keys(dialects)) {
    const { text, places } = await service.sql({ dialect, updates: [] });
    const { tables } = design.snapshot.schema;
    expect(places.map(([id]) => id).sort()).toEqual(tables.map(({ id }) => id).sort());
    for (const [id, offset] of places) {
      const name = tables.find((table) => table.id === id)?.name ?? "";
      expect(text.slice(offset).split("\n")[0]).toMatch(new RegExp(`^CREATE TABLE .*${name}`));
    }
  }
  const { schema } = design.snapshot;
  const [table] = schema.tables;
  if (!table) throw new Error("no table");
  design.apply(renameRelation(schema, table, { name: "labels" }, dialects.postgres), "Rename");
  const shown = await service.sql({ dialect: "mysql", updates });
  expect(shown.text).toContain("CREATE TABLE `labels`");
  const followed = await service.step({ edits: [], updates, middle: null });
  expect(followed.batches.flat().map((edit) => edit.insert)).toContain("labels");
});
