import { beforeEach, expect, it } from "vitest";
import * as Y from "yjs";
import { DesignDoc } from "#shared/doc/index.ts";
import { addColumn, dropTables, patchColumn, renameRelation } from "#shared/edit/index.ts";
import { dialects } from "#shared/dialects/index.ts";
import type { Change, Table } from "#shared/model/index.ts";
import { generate } from "../../tests/support/generator.ts";
import { TextSteps } from "./text-steps.ts";

const LABEL = "Edit the text";
let design: DesignDoc;
let steps: TextSteps;
let number = 0;

beforeEach(() => {
  design = new DesignDoc(new Y.Doc());
  const schema = generate({ tables: 3, columns: 4 });
  design.start("shop", schema, new Map(schema.tables.map(({ id }, at) => [id, [at * 400, 0] as const])));
  steps = new TextSteps(
    {
      get name() {
        return design.snapshot.name;
      },
      get schema() {
        return design.snapshot.schema;
      },
      get diagram() {
        return design.snapshot.diagram;
      },
      get undoLabel() {
        return design.undoLabel;
      },
      get redoLabel() {
        return design.redoLabel;
      },
      undo: () => design.undo(),
      redo: () => design.redo(),
    },
    LABEL,
  );
});

const table = (at = 0): Table => design.snapshot.schema.tables[at] as Table;
const named = (name: string): readonly Change[] => renameRelation(design.snapshot.schema, table(), { name }, dialects.postgres);
const column = (): readonly Change[] =>
  addColumn(table(), () => `m${String((number += 1))}`, null, `c${String(number)}`, "text").changes;

function type(changes: readonly Change[], joins = false): void {
  if (!joins) design.pause();
  steps.write(joins, () => design.together(LABEL, () => design.apply(changes, LABEL), true));
}

it("takes back and gives again the design's own steps", () => {
  const before = design.snapshot;
  const { name } = table();
  type(named("a"));
  type(named("ab"), true);
  type(column());
  const after = design.snapshot;
  const [added] = table().columns.slice(-1);
  const drop: Change = { kind: "drop", entity: "column", ownerId: table().id, before: added as Table["columns"][number] };
  expect(steps.take("undo", [drop])).toBe(true);
  expect(steps.take("undo", named(name))).toBe(true);
  expect([design.snapshot.schema, design.snapshot.diagram]).toEqual([before.schema, before.diagram]);
  expect(design.undoLabel).toBeNull();
  expect(steps.take("redo", named("ab"))).toBe(true);
  expect(steps.take("redo", [{ ...drop, kind: "create", after: drop.before, at: null } as unknown as Change])).toBe(true);
  expect([design.snapshot.schema, design.redoLabel]).toEqual([after.schema, null]);
});

it("takes several steps back at once", () => {
  const { name } = table();
  type(named("a"));
  type(named("b"));
  type(named("c"));
  expect(steps.take("undo", named(name))).toBe(true);
  expect([table().name, design.undoLabel, design.redoLabel]).toEqual([name, null, LABEL]);
});

it("gives a table that was cut out its place again", () => {
  const { schema, diagram } = design.snapshot;
  const { id } = table(2);
  const cut = schema.tables.find((one) => one.id === id);
  type(dropTables(schema, new Set([id])));
  const keys = schema.foreignKeys.filter((key) => key.tableId === id || key.refTableId === id);
  const made: Change[] = [{ kind: "create", entity: "table", ownerId: null, after: cut as Table, at: null }];
  for (const key of keys) made.push({ kind: "create", entity: "foreignKey", ownerId: null, after: key, at: null });
  expect(steps.take("undo", made)).toBe(true);
  expect(design.snapshot.diagram.positions.get(id)).toEqual(diagram.positions.get(id));
});

it("leaves what would give another design, or would take back something else", () => {
  const { name } = table();
  type(named("a"));
  expect(steps.take("undo", named("x"))).toBe(false);
  design.place(new Map([[table().id, [7, 7]]]), "Move");
  expect(steps.take("undo", named(name))).toBe(false);
  design.undo();
  type(named("ab"));
  design.rename("store");
  type(named("abc"));
  expect(steps.take("undo", named(name))).toBe(false);
  expect([table().name, design.snapshot.name]).toEqual(["abc", "store"]);
  // What another person wrote meanwhile stays.
  type(named("b"));
  const other = new DesignDoc(new Y.Doc());
  Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(design.doc));
  const theirs = other.snapshot.schema.tables[1] as Table;
  other.apply(patchColumn(theirs, theirs.columns[0] as Table["columns"][number], { comment: "mine" }), "Comment");
  Y.applyUpdate(design.doc, Y.encodeStateAsUpdate(other.doc));
  expect(steps.take("undo", named("a"))).toBe(false);
  expect(table(1).columns[0]?.comment).toBe("mine");
});
