/** Two people at once, case by case: what each did, what is said of it, and what is left. Five at random: `document-crowd.test.ts`. */
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { DesignDoc } from "#shared/doc/index.ts";
import {
  type Change,
  type Column,
  type ForeignKey,
  type Index,
  invariants,
  makeForeignKey,
  makeIndex,
  makeKey,
  type Schema,
  type Table,
} from "#shared/model/index.ts";
import { sentence } from "#shared/result/index.ts";
import { copy } from "../support/crowd.ts";
import { generate } from "../support/generator.ts";

function open(schema: Schema): DesignDoc {
  const design = new DesignDoc(new Y.Doc());
  design.start("Test", schema, new Map());
  return design;
}

const broken = (schema: Schema): readonly string[] =>
  invariants(schema)
    .filter(({ code }) => code !== "model.duplicate-name")
    .map(sentence);

const table = (schema: Schema, id: string): Table => {
  const found = schema.tables.find((item) => item.id === id);
  if (!found) throw new Error(`no table ${id}`);
  return found;
};
const drop = (entity: "table" | "namespace", before: object): Change =>
  ({ kind: "drop", entity, ownerId: null, before }) as Change;
const dropColumn = (owner: Table, at: number): Change => ({
  kind: "drop",
  entity: "column",
  ownerId: owner.id,
  before: owner.columns[at] as Column,
});
const make = (entity: string, ownerId: string | null, after: object): Change =>
  ({ kind: "create", entity, ownerId, after, at: null }) as unknown as Change;
const primary = (id: string, at: number): Change =>
  make("constraint", "t0", makeKey({ id: id as never, name: id, kind: "primary", columns: [`t0c${String(at)}` as never] }));
const rename = (owner: Table, name: string): Change => ({
  kind: "alter",
  entity: "table",
  ownerId: null,
  before: owner,
  after: { ...owner, name },
});
const move = (owner: Table, namespaceId: string): Change =>
  ({ kind: "alter", entity: "table", ownerId: null, before: owner, after: { ...owner, namespaceId } }) as Change;
const inherit = (owner: Table, from: string): Change =>
  ({ kind: "alter", entity: "table", ownerId: null, before: owner, after: { ...owner, inherits: [from] } }) as unknown as Change;
const order = (owner: Table, ...at: readonly number[]): Change => ({
  kind: "reorder",
  entity: "column",
  ownerId: owner.id,
  before: owner.columns.map(({ id }) => id),
  after: at.map((place) => (owner.columns[place] as Column).id),
});

interface Case {
  readonly what: string;
  readonly before?: (schema: Schema) => readonly Change[];
  readonly one: (schema: Schema) => readonly Change[];
  readonly two: (schema: Schema) => readonly Change[];
  readonly says: readonly RegExp[];
  readonly leaves: (schema: Schema) => unknown;
  readonly as: unknown;
}

const noKey = (schema: Schema): readonly Change[] =>
  table(schema, "t0").constraints.map((before) => ({ kind: "drop", entity: "constraint", ownerId: "t0" as Table["id"], before }));
const mv = {
  id: "v",
  namespaceId: "n1",
  name: "shown",
  comment: null,
  materialized: true,
  definition: "select 1 as a, 2 as b",
  columns: [],
  indexes: [],
  options: {},
  dependsOn: [],
};
const oneIndex = (name: string, expression: string): Index =>
  makeIndex({
    id: name as Index["id"],
    name,
    parts: [{ columnId: null, expression, descending: false, nulls: null, opclass: null, collation: null }],
  });
const viewIndex = (name: string, expression: string): Change => make("index", "v", oneIndex(name, expression));
const alterViewIndex = (schema: Schema, patch: Partial<Index>): readonly Change[] =>
  (schema.views[0]?.indexes ?? []).map((before) => ({
    kind: "alter",
    entity: "index",
    ownerId: "v" as never,
    before,
    after: { ...before, ...patch },
  }));
const extra = make("namespace", null, { id: "n2", name: "extra", comment: null });

const CASES: readonly Case[] = [
  {
    what: "each gives a table its primary key",
    before: noKey,
    one: () => [primary("pk_b", 1)],
    two: () => [primary("pk_a", 2)],
    says: [/two primary keys at once; pk_b is read as a unique key/],
    leaves: (schema) => table(schema, "t0").constraints.map(({ name, kind }) => `${name} ${kind}`),
    as: ["pk_a primary", "pk_b unique"],
  },
  {
    what: "one deletes a namespace, the other moves a table into it",
    before: () => [extra],
    one: (schema) => schema.namespaces.filter(({ id }) => id === "n2").map((before) => drop("namespace", before)),
    two: (schema) => [move(table(schema, "t0"), "n2")],
    says: [/namespace extra was deleted while something was put into it/],
    leaves: (schema) => schema.namespaces.map(({ name }) => name),
    as: ["extra", "public"],
  },
  {
    what: "both delete a namespace, one takes it back and uses it",
    before: () => [extra],
    one: (schema) => schema.namespaces.filter(({ id }) => id === "n2").map((before) => drop("namespace", before)),
    two: (schema) => [
      ...schema.namespaces.filter(({ id }) => id === "n2").map((before) => drop("namespace", before)),
      move(table(schema, "t0"), "n2"),
    ],
    says: [/namespace extra was deleted while something was put into it/],
    leaves: (schema) => schema.namespaces.map(({ name }) => name),
    as: ["extra", "public"],
  },
  {
    what: "one deletes a table, the other relates to it and hangs a trigger on it",
    one: (schema) =>
      schema.foreignKeys
        .map((before): Change => ({ kind: "drop", entity: "foreignKey", ownerId: before.tableId, before }))
        .concat(drop("table", table(schema, "t0"))),
    two: () => [
      make(
        "foreignKey",
        "t1",
        makeForeignKey({
          id: "new" as ForeignKey["id"],
          name: "new_fk",
          tableId: "t1" as never,
          columns: ["t1c1" as never],
          refTableId: "t0" as never,
          refColumns: ["t0c0" as never],
        }),
      ),
      make("verbatim", null, {
        id: "x",
        kind: "trigger",
        namespaceId: "n1",
        ownerId: "t0",
        name: "stamp",
        definition: ";",
        comment: null,
        dependsOn: [],
      }),
    ],
    says: [/relation new_fk refers to something that is gone/, /trigger stamp refers to something that is gone/],
    leaves: (schema) => [schema.tables.map(({ id }) => id).sort(), schema.foreignKeys.length, schema.verbatim.length],
    as: [["t1", "t2"], 0, 0],
  },
  {
    what: "one deletes a column, the other edits it and puts it into an index with another",
    one: (schema) => [dropColumn(table(schema, "t0"), 1)],
    two: (schema) => {
      const owner = table(schema, "t0");
      const [, , third] = owner.columns;
      const before = owner.columns[1] as Column;
      const part = { expression: null, descending: false, nulls: null, opclass: null, collation: null };
      return [
        { kind: "alter", entity: "column", ownerId: owner.id, before, after: { ...before, name: "kept" } },
        make(
          "index",
          "t0",
          makeIndex({
            id: "ix" as Index["id"],
            name: "both_idx",
            parts: [
              { ...part, columnId: before.id },
              { ...part, columnId: third?.id ?? null },
            ],
          }),
        ),
      ];
    },
    says: [/index both_idx referred to something that was deleted meanwhile/],
    leaves: (schema) => [
      table(schema, "t0").columns.map(({ id }) => id),
      table(schema, "t0").indexes.map(({ name, parts }) => `${name} ${String(parts.length)}`),
    ],
    as: [
      ["t0c0", "t0c2", "t0c3"],
      ["both_idx 1", "event_0_idx 1"],
    ],
  },
  {
    what: "each gives another table the same name",
    one: (schema) => [rename(table(schema, "t0"), "same")],
    two: (schema) => [rename(table(schema, "t1"), "same")],
    says: [/Two tables or views are named same/],
    leaves: (schema) => schema.tables.map(({ name }) => name).filter((name) => name === "same").length,
    as: 2,
  },
  {
    what: "each orders the columns of a table in another way",
    one: (schema) => [order(table(schema, "t0"), 3, 2, 1, 0)],
    two: (schema) => [order(table(schema, "t0"), 1, 0, 3, 2)],
    says: [],
    leaves: (schema) =>
      table(schema, "t0")
        .columns.map(({ id }) => id)
        .sort(),
    as: ["t0c0", "t0c1", "t0c2", "t0c3"],
  },
  {
    what: "each gives a materialized view an index, one of them takes away the one it had",
    before: () => [make("view", null, mv), viewIndex("old_idx", "a")],
    one: () => [viewIndex("one_idx", "a")],
    two: (schema) => [
      viewIndex("two_idx", "b"),
      ...(schema.views[0]?.indexes ?? []).map((before): Change => ({
        kind: "drop",
        entity: "index",
        ownerId: "v" as never,
        before,
      })),
    ],
    says: [],
    leaves: (schema) => schema.views[0]?.indexes.map(({ name }) => name),
    as: ["one_idx", "two_idx"],
  },
  {
    what: "one renames an index of a materialized view, the other makes it unique",
    before: () => [make("view", null, { ...mv, indexes: [oneIndex("old_idx", "a")] })],
    one: (schema) => alterViewIndex(schema, { name: "new_idx" }),
    two: (schema) => alterViewIndex(schema, { unique: true }),
    says: [],
    leaves: (schema) => schema.views[0]?.indexes.map(({ name, unique }) => `${name} ${String(unique)}`),
    as: ["new_idx true"],
  },
  {
    what: "each makes one of two tables a child of the other",
    one: (schema) => [inherit(table(schema, "t0"), "t1")],
    two: (schema) => [inherit(table(schema, "t1"), "t0")],
    says: [/table \w+ referred to something/, /table \w+ referred to something/],
    leaves: (schema) => schema.tables.flatMap(({ inherits }) => inherits),
    as: [],
  },
];

describe("two people at once", () => {
  it.each(CASES)("$what", ({ before, one, two, says, leaves, as }) => {
    const first = open(generate({ tables: 3, columns: 4 }));
    first.apply(before?.(first.snapshot.schema) ?? [], "before");
    const second = new DesignDoc(copy(first.doc));
    const { schema } = first.snapshot;
    first.apply(one(schema), "one");
    second.apply(two(schema), "two");
    Y.applyUpdate(first.doc, Y.encodeStateAsUpdate(second.doc));
    Y.applyUpdate(second.doc, Y.encodeStateAsUpdate(first.doc));
    expect(second.snapshot).toEqual(first.snapshot);
    expect(broken(first.snapshot.schema)).toEqual([]);
    const said = first.snapshot.problems.map(sentence);
    expect(said).toEqual(says.map((words) => expect.stringMatching(words) as string));
    expect(leaves(first.snapshot.schema)).toEqual(as);
    // Taking one's own part back ends the matter.
    first.undo();
    expect(broken(first.snapshot.schema)).toEqual([]);
  });
});
