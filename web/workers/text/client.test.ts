import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import * as Y from "yjs";
import { DesignDoc } from "#shared/doc/index.ts";
import { generate } from "../../../tests/support/generator.ts";
import { bundled, workerOf } from "../../../tests/support/web-worker.ts";
import { openText } from "./client.ts";

let script = "";
beforeAll(async () => {
  script = await bundled(join(import.meta.dirname, "worker.ts"));
});

function state(): Uint8Array {
  const design = new DesignDoc(new Y.Doc());
  const schema = generate({ tables: 3, columns: 4 });
  design.start("shop", schema, new Map(schema.tables.map(({ id }, at) => [id, [at * 400, 0] as const])));
  return Y.encodeStateAsUpdate(design.doc);
}

const typed = { edits: [{ from: 0, to: 0, insert: "// by hand\n" }], updates: [], middle: null };

it("answers nothing once its worker has died, and a new one goes on from the text as it stood", async () => {
  const workers: Worker[] = [];
  const start = (source: string) => (): Worker => {
    const worker = workerOf(source);
    workers.push(worker);
    return worker;
  };
  const first = openText(start(script));
  const { text = "" } = (await first.open(state())) ?? {};
  expect(await first.step(typed)).toMatchObject({ broken: false, changes: [] });
  workers[0]?.dispatchEvent(Object.assign(new Event("error"), { message: "out of memory" }));
  expect(await first.step(typed)).toBeNull();
  expect(await first.step(typed)).toBeNull();
  const second = openText(start(script));
  const anew = (await second.open(state()))?.text ?? "";
  expect(anew).toBe(text);
  // The text as it stood says nothing new; what was typed on it does.
  const stood = `// by hand\n${text}`;
  const told = await second.step({ ...typed, edits: [{ from: 0, to: anew.length, insert: stood }] });
  expect(told).toMatchObject({ broken: false, changes: [], batches: [] });
  const at = stood.indexOf(" {", stood.indexOf("Table ")) - 1;
  const step = await second.step({ ...typed, edits: [{ from: at, to: at + 1, insert: "_x" }] });
  expect(step?.changes.map(({ kind, entity }) => [kind, entity])).toContainEqual(["alter", "table"]);
  expect(step?.changes.filter(({ kind }) => kind !== "alter")).toEqual([]);
  second.close();
});
