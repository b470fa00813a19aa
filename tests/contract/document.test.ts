import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { DesignDoc } from "#shared/doc/index.ts";
import { apply, invariants, type Schema, type TableId } from "#shared/model/index.ts";
import { generate, seeded } from "../support/generator.ts";
import { randomChange, settled } from "../support/random-changes.ts";

const SEEDS = Array.from({ length: 12 }, (_, at) => at + 1);

function counter(prefix: string): () => string {
  let next = 0;
  return () => `${prefix}${String((next += 1))}`;
}

function open(schema: Schema): DesignDoc {
  const design = new DesignDoc(new Y.Doc());
  design.start("Test", schema, new Map());
  return design;
}

describe("the document", () => {
  it("gives back the schema it was started with", () => {
    const schema = generate({ tables: 30 });
    expect(settled(open(schema).snapshot.schema)).toEqual(settled(schema));
  });

  it.each(SEEDS)(
    "agrees with the plain model over random edits, keeps untouched objects, undoes and redoes all, seed %i",
    (seed) => {
      const random = seeded(seed);
      const mint = counter("m");
      const start = generate({ tables: 8, columns: 5, seed });
      const design = open(start);
      let plain = start;
      for (let step = 0; step < 40; step += 1) {
        const before = design.snapshot.schema;
        const change = randomChange(before, random, mint);
        design.apply([change], `step ${String(step)}`);
        plain = apply(plain, [change]);
        const after = design.snapshot.schema;
        const changed = after.tables.filter((table) => !before.tables.includes(table));
        expect(changed.length).toBeLessThanOrEqual(1);
      }
      const { schema } = design.snapshot;
      expect(settled(schema)).toEqual(settled(plain));
      expect(invariants(schema).filter(({ code }) => code === "model.dangling")).toEqual([]);
      expect(design.undoLabel).toMatch(/^step \d+$/);
      while (design.undoLabel !== null) design.undo();
      expect(settled(design.snapshot.schema)).toEqual(settled(start));
      while (design.redoLabel !== null) design.redo();
      expect(settled(design.snapshot.schema)).toEqual(settled(schema));
      expect(new DesignDoc(copy(design.doc)).snapshot.schema).toEqual(design.snapshot.schema);
    },
  );

  it.each(SEEDS)("converges for three people whatever the order of delivery, seed %i", (seed) => {
    const random = seeded(seed);
    const mint = counter("m");
    const first = open(generate({ tables: 6, columns: 5, seed }));
    const people = [first, new DesignDoc(copy(first.doc)), new DesignDoc(copy(first.doc))];
    const sent: { from: number; update: Uint8Array }[] = [];
    people.forEach((person, from) =>
      person.doc.on("update", (update, origin) => origin === "net" || sent.push({ from, update })),
    );
    for (let step = 0; step < 40; step += 1) {
      const person = people[Math.floor(random() * 3)] as DesignDoc;
      person.apply([randomChange(person.snapshot.schema, random, mint)], "edit");
    }
    people.forEach((person, at) => {
      const mine = sent.filter(({ from }) => from !== at).sort(() => random() - 0.5);
      for (const { update } of mine) Y.applyUpdate(person.doc, update, "net");
    });
    const [a, b, c] = people.map((person) => person.snapshot.schema);
    expect(b).toEqual(a);
    expect(c).toEqual(a);
    expect(invariants(a as Schema).filter(({ code }) => code === "model.dangling")).toEqual([]);
  });

  it("lets two people change different attributes of one column", () => {
    const one = open(generate({ tables: 2 }));
    const two = new DesignDoc(copy(one.doc));
    const table = one.snapshot.schema.tables[0];
    const column = table?.columns[1];
    if (!table || !column) throw new Error("no column");
    one.apply(
      [{ kind: "alter", entity: "column", ownerId: table.id, before: column, after: { ...column, name: "renamed" } }],
      "rename",
    );
    two.apply(
      [{ kind: "alter", entity: "column", ownerId: table.id, before: column, after: { ...column, type: "xml" } }],
      "retype",
    );
    Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(two.doc));
    const merged = one.snapshot.schema.tables[0]?.columns[1];
    expect([merged?.name, merged?.type]).toEqual(["renamed", "xml"]);
  });

  it("takes several edits back in one step", () => {
    const design = open(generate({ tables: 2 }));
    const { schema } = design.snapshot;
    const [table] = schema.tables;
    if (!table) throw new Error("no table");
    design.place(new Map([[table.id, [1, 2]]]), "Move");
    design.together("Both", () => {
      design.apply([{ kind: "alter", entity: "table", ownerId: null, before: table, after: { ...table, name: "x" } }], "Rename");
      design.place(new Map([[table.id, [3, 4]]]), "Move");
    });
    expect(design.undoLabel).toBe("Both");
    design.undo();
    expect(design.snapshot.schema).toEqual(schema);
    expect(design.snapshot.diagram.positions.get(table.id)).toEqual([1, 2]);
    design.redo();
    expect(design.snapshot.schema.tables.find(({ id }) => id === table.id)?.name).toBe("x");
  });

  it("opens a newer format to look at only", () => {
    const design = open(generate({ tables: 2 }));
    design.doc.getMap("meta").set("format", 99);
    expect(design.snapshot.readOnly).toBe(true);
    design.place(new Map([["t0" as TableId, [1, 2]]]), "Move");
    expect(design.snapshot.diagram.positions.size).toBe(0);
  });

  it("keeps a drag of a thousand moves small", () => {
    const design = open(generate({ tables: 2 }));
    const before = Y.encodeStateAsUpdate(design.doc).length;
    for (let x = 0; x < 1000; x += 1) design.place(new Map([["t0" as TableId, [x, x]]]), "Move");
    const perMove = (Y.encodeStateAsUpdate(copy(design.doc)).length - before) / 1000;
    expect(perMove).toBeLessThan(2);
  });
});

function copy(doc: Y.Doc): Y.Doc {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  return other;
}
