/** Stored documents of every format there was, and ones that hold what they should not. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { DesignDoc } from "#shared/doc/index.ts";
import { invariants, type Table, type TableId } from "#shared/model/index.ts";
import { sentence } from "#shared/result/index.ts";
import { generate } from "../support/generator.ts";

const FOLDER = new URL("../fixtures/document/", import.meta.url);
const FORMATS = readdirSync(FOLDER).filter((name) => name.startsWith("format-"));

function stored(format: string): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, readFileSync(new URL(`${format}/document.yjs`, FOLDER)));
  return doc;
}

function plain({ snapshot }: DesignDoc): unknown {
  const { name, schema, diagram, problems } = snapshot;
  return { name, schema, diagram: { ...diagram, positions: [...diagram.positions], tints: [...diagram.tints] }, problems };
}

const copy = (doc: Y.Doc): Y.Doc => {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  return other;
};

function open(): DesignDoc {
  const design = new DesignDoc(new Y.Doc());
  design.start("Test", generate({ tables: 3, columns: 4 }), new Map([["t0" as TableId, [1, 2]]]));
  return design;
}

describe.each(FORMATS)("a stored document of %s", (format) => {
  const expected: unknown = JSON.parse(readFileSync(new URL(`${format}/snapshot.json`, FOLDER), "utf8"));

  it("reads as it did, before and after it is brought up to date", () => {
    const design = new DesignDoc(stored(format));
    expect(plain(design)).toEqual(expected);
    design.upgrade();
    expect(design.doc.getMap("meta").get("format")).toBe(3);
    expect(plain(design)).toEqual(expected);
    expect(design.undoLabel).toBeNull();
  });

  it("takes edits, also while another device edits it in the old format", () => {
    const design = new DesignDoc(stored(format));
    const old = stored(format);
    design.upgrade();
    const table = design.snapshot.schema.tables[0] as Table;
    const [first, second] = table.columns;
    if (!first || !second) throw new Error("no columns");
    const order = [...table.columns].reverse().map(({ id }) => id);
    design.apply(
      [
        { kind: "alter", entity: "column", ownerId: table.id, before: first, after: { ...first, comment: "new" } },
        { kind: "reorder", entity: "column", ownerId: table.id, before: table.columns.map(({ id }) => id), after: order },
        { kind: "drop", entity: "column", ownerId: table.id, before: second },
      ],
      "Edit",
    );
    (old.getMap("tables").get(table.id) as Y.Map<unknown>).set(`c:${first.id}.type`, "smallint");
    Y.applyUpdate(design.doc, Y.encodeStateAsUpdate(old));
    const { columns } = design.snapshot.schema.tables[0] as Table;
    expect(columns.map(({ id }) => id)).toEqual(order.filter((id) => id !== second.id));
    expect(columns.find(({ id }) => id === first.id)).toMatchObject({ comment: "new", type: "smallint" });
    expect(plain(new DesignDoc(copy(design.doc)))).toEqual(plain(design));
    design.undo();
    expect((design.snapshot.schema.tables[0] as Table).columns.map(({ id }) => id)).toEqual(table.columns.map(({ id }) => id));
  });
});

describe("a format that is not ours", () => {
  it.each<[string, unknown, RegExp]>([
    ["newer", 99, /written by a newer version .*format 99, this one reads 3.* read-only/],
    ["no number", "two", /written as "two", which makes no sense/],
    ["a number that cannot be", -1, /written as -1/],
  ])("%s: is shown, not changed, and says so", (_case, format, words) => {
    const design = open();
    design.place(new Map([["t1" as TableId, [3, 4]]]), "Move");
    design.doc.getMap("meta").set("format", format);
    const before = Y.encodeStateAsUpdate(design.doc);
    const { snapshot } = design;
    expect(snapshot.readOnly).toBe(true);
    expect(snapshot.problems.map(sentence)).toEqual([expect.stringMatching(words)]);
    expect(snapshot.schema.tables).toHaveLength(3);
    design.upgrade();
    design.rename("Other");
    design.undo();
    design.place(new Map([["t0" as TableId, [5, 6]]]), "Move");
    expect(Y.encodeStateAsUpdate(design.doc)).toEqual(before);
  });
});

describe("a damaged document", () => {
  const table = (doc: Y.Doc): Y.Map<unknown> => doc.getMap("tables").get("t0") as Y.Map<unknown>;

  it.each<[string, (doc: Y.Doc) => void, readonly string[]]>([
    ["a table that is a text", (doc) => doc.getMap("tables").set("t0", "hello"), ["table t0"]],
    ["a record cut in two", (doc) => table(doc).set("made", '{"name":"or'), ["record of t0"]],
    ["a record that is a list", (doc) => doc.getMap("foreignKey").set("t1f1", [1]), ["record of t1f1"]],
    ["a name that is a number", (doc) => table(doc).set("c:t0c1.name", 5), [expect.stringContaining("name of ") as string]],
    [
      "a key's columns that are numbers",
      (doc) => table(doc).set("k:t0pk.columns", [1]),
      [expect.stringContaining("columns of ") as string],
    ],
    ["an unknown kind of key", (doc) => table(doc).set("k:t0pk.kind", "best"), ["kind of t0pk"]],
    [
      "index parts that are nothing",
      (doc) => table(doc).set("i:t0ix.parts", [null]),
      [expect.stringContaining("parts of ") as string],
    ],
    ["a place that is none", (doc) => table(doc).set("c:t0c1.order", "!"), []],
    [
      "an attribute nobody knows",
      (doc) => table(doc).set("c:t0c1.colour", "red"),
      [expect.stringContaining("colour of ") as string],
    ],
    ["a position without numbers", (doc) => doc.getMap("main/positions").set("t0", ["a", Number.NaN]), ["positions of t0"]],
    ["a note without a place", (doc) => doc.getMap("main/notes").set("n", { text: "x" }), ["notes of n"]],
    [
      "an attribute that is a shared type",
      (doc) => table(doc).set("comment", new Y.Map([["a", 1]])),
      [expect.stringContaining("comment of ") as string],
    ],
  ])("%s: the rest is read, what is wrong is said, nothing is lost", (_case, damage, what) => {
    const design = open();
    damage(design.doc);
    const { schema, problems } = design.snapshot;
    const unreadable = problems.filter(({ code }) => code === "doc.unreadable");
    expect(unreadable.map(({ params }) => params["what"])).toEqual(what);
    expect(schema.tables.length).toBeGreaterThanOrEqual(2);
    expect(invariants(schema).filter(({ code }) => code === "model.dangling")).toEqual([]);
    expect(new DesignDoc(copy(design.doc)).snapshot).toEqual(design.snapshot);
    const [one] = schema.tables;
    if (!one) throw new Error("no table");
    const before = one.columns.map(({ id }) => id);
    design.apply([{ kind: "reorder", entity: "column", ownerId: one.id, before, after: [...before].reverse() }], "Reorder");
    expect(design.snapshot.schema.tables[0]?.columns.map(({ id }) => id)).toEqual([...before].reverse());
    while (design.undoLabel !== null) design.undo();
    expect(design.snapshot.schema).toEqual(schema);
  });
});
