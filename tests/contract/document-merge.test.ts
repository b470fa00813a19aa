/** Several people at once: whatever the network does, all end with one design in which every reference leads somewhere. */
import fc from "../support/fast-check.ts";
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
import { generate } from "../support/generator.ts";
import { edit, type EditKind, EDITS } from "../support/edits.ts";

const PEOPLE = [0, 1, 2] as const;
type Person = (typeof PEOPLE)[number];

type Action =
  | { readonly does: "edit"; readonly who: Person; readonly kind: EditKind; readonly at: readonly number[] }
  | { readonly does: "undo" | "redo" | "reconnect"; readonly who: Person }
  | { readonly does: "deliver" | "lose"; readonly who: Person; readonly which: number };

const who = fc.constantFrom(...PEOPLE);
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant("edit" as const),
      who,
      kind: fc.constantFrom(...EDITS),
      at: fc.array(fc.nat(20), { minLength: 4, maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom("undo" as const, "redo" as const, "reconnect" as const), who }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom("deliver" as const, "deliver" as const, "lose" as const),
      who,
      which: fc.nat(20),
    }),
  },
);

function copy(doc: Y.Doc): Y.Doc {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  return other;
}

function open(schema: Schema): DesignDoc {
  const design = new DesignDoc(new Y.Doc());
  design.start("Test", schema, new Map());
  return design;
}

/** Three people with one design, and what is under way to each of them. */
class Room {
  readonly people: readonly DesignDoc[];
  readonly #underWay: readonly Uint8Array[][] = PEOPLE.map(() => []);
  #minted = 0;

  constructor(schema: Schema) {
    const first = open(schema);
    this.people = [first, new DesignDoc(copy(first.doc)), new DesignDoc(copy(first.doc))];
    this.people.forEach((person, from) =>
      person.doc.on("update", (update: Uint8Array, origin: unknown) => {
        if (origin === this) return;
        this.#underWay.forEach((queue, to) => to !== from && queue.push(update));
      }),
    );
  }

  person(at: number): DesignDoc {
    const person = this.people[at];
    if (!person) throw new Error(`nobody at ${String(at)}`);
    return person;
  }

  do(what: Action): void {
    const person = this.person(what.who);
    switch (what.does) {
      case "edit":
        return person.apply(
          edit(what.kind, person.snapshot.schema, what.at, () => `m${String((this.#minted += 1))}`),
          what.kind,
        );
      case "undo":
        return person.undo();
      case "redo":
        return person.redo();
      case "reconnect":
        return this.#exchange(person);
      case "deliver":
      case "lose": {
        const queue = this.#underWay[what.who] ?? [];
        const [update] = queue.splice(what.which % Math.max(1, queue.length), 1);
        if (update && what.does === "deliver") Y.applyUpdate(person.doc, update, this);
      }
    }
  }

  /** What two sides do when they meet again: each sends what the other has not. */
  #exchange(person: DesignDoc): void {
    for (const other of this.people) {
      if (other === person) continue;
      Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(person.doc, Y.encodeStateVector(other.doc)), this);
      Y.applyUpdate(person.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(person.doc)), this);
    }
  }

  settle(): void {
    for (let round = 0; round < 2; round += 1) for (const person of this.people) this.#exchange(person);
  }
}

const broken = (schema: Schema): readonly string[] =>
  invariants(schema)
    .filter(({ code }) => code !== "model.duplicate-name")
    .map(sentence);

describe("three people", () => {
  it("end with one design and no dangling reference, whatever they do and whatever the network does", () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 80, size: "large" }), fc.integer({ min: 1, max: 50 }), (actions, seed) => {
        const room = new Room(generate({ tables: 4, columns: 3, seed }));
        for (const what of actions) {
          room.do(what);
          expect(broken(room.person(what.who).snapshot.schema)).toEqual([]);
        }
        room.settle();
        const [first, ...others] = room.people.map(({ snapshot }) => snapshot);
        for (const other of others) expect(other).toEqual(first);
        // What was read bit by bit is what is read at once.
        expect(new DesignDoc(copy(room.person(0).doc)).snapshot).toEqual(first);
        const names = invariants(room.person(0).snapshot.schema).filter(({ code }) => code === "model.duplicate-name");
        const told = new Set(first?.problems.map(sentence));
        expect(names.map(sentence).filter((words) => !told.has(words))).toEqual([]);
      }),
      { numRuns: 100, interruptAfterTimeLimit: 60_000 },
    );
  });
});

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
