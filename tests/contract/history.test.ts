/** A design made again what it was: by one person, and while others write. */
import fc from "../support/fast-check.ts";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { DesignDoc } from "#shared/doc/index.ts";
import { compareVersions } from "#shared/history/index.ts";
import { invariants, type Schema, type TableId } from "#shared/model/index.ts";
import { sentence } from "#shared/result/index.ts";
import { areaAt, noteAt } from "../support/diagrams.ts";
import { edit, type EditKind, EDITS } from "../support/edits.ts";
import { generate } from "../support/generator.ts";
import { contentOf, designOf, restore, stateOf } from "../support/versions.ts";

type Who = 0 | 1;
const DRAWN = ["place", "tint", "area", "note", "remove area", "remove note", "rename"] as const;
type Action =
  | { readonly does: "edit"; readonly who: Who; readonly kind: EditKind; readonly at: readonly number[] }
  | { readonly does: "draw"; readonly who: Who; readonly what: (typeof DRAWN)[number]; readonly at: number }
  | { readonly does: "undo" | "take" | "restore"; readonly who: Who; readonly at: number }
  | { readonly does: "meet" };

const who = fc.constantFrom<Who>(0, 1);
const at = fc.nat(40);
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
  { weight: 4, arbitrary: fc.record({ does: fc.constant("draw" as const), who, what: fc.constantFrom(...DRAWN), at }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom("undo" as const, "take" as const, "restore" as const), who, at }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("meet" as const) }) },
);

function draw(design: DesignDoc, what: (typeof DRAWN)[number], at: number): void {
  const { schema, diagram } = design.snapshot;
  const id = schema.tables[at % Math.max(1, schema.tables.length)]?.id;
  switch (what) {
    case "place":
      return void (id && design.place(new Map([[id, [at, 10]]]), what));
    case "tint":
      return void (id && design.tint([id], at % 2 === 0 ? "rose" : "teal"));
    case "area":
      return design.put("areas", areaAt(`area${String(at % 3)}`, [at, 0], [100, 100], `A${String(at)}`));
    case "note":
      return design.put("notes", noteAt(`note${String(at % 3)}`, [at, 0], [100, 100], `N${String(at)}`));
    case "remove area":
      return void (diagram.areas[0] && design.remove("areas", diagram.areas[0].id));
    case "remove note":
      return void (diagram.notes[0] && design.remove("notes", diagram.notes[0].id));
    case "rename":
      return design.rename(`Design ${String(at)}`);
  }
}

/** Two people with one design, and the versions that they took. */
class Pair {
  readonly people: readonly [DesignDoc, DesignDoc];
  readonly versions: Uint8Array[] = [];
  #minted = 0;

  constructor(schema: Schema) {
    const first = new DesignDoc(new Y.Doc());
    first.start("Test", schema, new Map(schema.tables.map(({ id }, place) => [id, [place * 300, 0]])));
    this.versions.push(stateOf(first));
    this.people = [first, designOf(stateOf(first))];
  }

  meet(): void {
    const [one, other] = this.people;
    Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(one.doc, Y.encodeStateVector(other.doc)));
    Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(one.doc)));
  }

  version(at: number): Uint8Array {
    return this.versions[at % this.versions.length] as Uint8Array;
  }

  do(what: Action): void {
    if (what.does === "meet") return this.meet();
    const person = this.people[what.who];
    switch (what.does) {
      case "edit":
        return person.apply(
          edit(what.kind, person.snapshot.schema, what.at, () => `m${String((this.#minted += 1))}`),
          what.kind,
        );
      case "draw":
        return draw(person, what.what, what.at);
      case "undo":
        return person.undo();
      case "take":
        return void this.versions.push(stateOf(person));
      case "restore":
        return restore(person, contentOf(this.version(what.at)));
    }
  }
}

const broken = (schema: Schema): readonly string[] =>
  invariants(schema)
    .filter(({ code }) => code !== "model.duplicate-name")
    .map(sentence);

const whole = ({ snapshot: { name, schema, diagram } }: DesignDoc) => ({ name, schema, diagram });
const start = (seed: number) => new Pair(generate({ tables: 4, columns: 3, seed }));
const actions = fc.array(action, { maxLength: 60, size: "large" });
const seed = fc.integer({ min: 1, max: 50 });

describe("any version restored into any present", () => {
  it("gives that version whole, as one step that undo takes back whole", () => {
    fc.assert(
      fc.property(actions, seed, fc.nat(20), (all, from, which) => {
        const pair = start(from);
        for (const what of all) pair.do(what);
        const [person] = pair.people;
        const before = whole(person);
        const version = contentOf(pair.version(which));
        restore(person, version, "Restore it");
        const { name, schema, diagram } = version;
        expect(whole(person)).toEqual({ name, schema, diagram });
        expect(compareVersions(person.snapshot, version).groups).toEqual([]);
        if (person.undoLabel === "Restore it") person.undo();
        expect(whole(person)).toEqual(before);
        if (person.redoLabel === "Restore it") person.redo();
        expect(compareVersions(person.snapshot, version).groups.length === 0 || person.redoLabel === null).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it("gives it also where what was written makes no sense and was mended by reading", () => {
    const pair = start(1);
    const [person] = pair.people;
    const alter = (at: number, change: Partial<Schema["tables"][number]>): void => {
      const before = person.snapshot.schema.tables[at]!;
      person.apply([{ kind: "alter", entity: "table", ownerId: null, before, after: { ...before, ...change } }], "Edit");
    };
    const [one, two] = person.snapshot.schema.tables.map(({ id }) => id) as [TableId, TableId];
    alter(0, { inherits: [two] });
    const version = contentOf(stateOf(person));
    alter(1, { partitionOf: { tableId: one, bound: "DEFAULT" } });
    expect(person.snapshot.schema.tables[0]?.inherits).toEqual([]);
    restore(person, version);
    expect(person.snapshot.schema).toEqual(version.schema);
    expect(person.snapshot.problems).toEqual([]);
  });

  it("while another writes leaves both with one design in which every reference leads somewhere", () => {
    fc.assert(
      fc.property(actions, actions, seed, fc.nat(20), (all, meanwhile, from, which) => {
        const pair = start(from);
        for (const what of all) pair.do(what);
        pair.meet();
        restore(pair.people[0], contentOf(pair.version(which)));
        for (const what of meanwhile) if (what.does !== "meet" && what.does !== "take") pair.do({ ...what, who: 1 });
        pair.meet();
        expect(pair.people[1].snapshot).toEqual(pair.people[0].snapshot);
        expect(broken(pair.people[0].snapshot.schema)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("what someone else writes while a version is restored", () => {
  it("stays, where it is about something that both versions have", () => {
    const pair = start(3);
    const [one, other] = pair.people;
    const [table, gone] = one.snapshot.schema.tables as [Schema["tables"][number], Schema["tables"][number]];
    const column = table.columns[1]!;
    const version = contentOf(stateOf(one));
    one.apply([{ kind: "alter", entity: "table", ownerId: null, before: table, after: { ...table, name: "later" } }], "Rename");
    one.apply([{ kind: "drop", entity: "table", ownerId: null, before: gone }], "Drop");
    pair.meet();

    restore(one, version);
    other.apply(
      [{ kind: "alter", entity: "column", ownerId: table.id, before: column, after: { ...column, comment: "Mine" } }],
      "Comment",
    );
    other.place(new Map([[table.id, [7, 7]]]), "Move");
    pair.meet();
    for (const { snapshot } of pair.people) {
      const found = snapshot.schema.tables.find(({ id }) => id === table.id);
      expect(found?.name).toBe(table.name);
      expect(found?.columns[1]?.comment).toBe("Mine");
      expect(snapshot.diagram.positions.get(table.id)).toEqual([7, 7]);
      expect(snapshot.schema.tables.some(({ id }) => id === gone.id)).toBe(true);
    }
    // The other person's undo is of their own edits only.
    other.undo();
    other.undo();
    expect(other.snapshot.schema.tables.find(({ id }) => id === table.id)?.columns[1]?.comment).toBe(column.comment);
    expect(other.undoLabel).toBeNull();
  });
});

describe("what changed from one version to another", () => {
  it("is nothing from a version to itself", () => {
    const [person] = start(5).people;
    expect(compareVersions(person.snapshot, contentOf(stateOf(person)))).toEqual({ groups: [], short: "" });
  });

  it("is said in words, by table, with what is drawn", () => {
    const pair = start(7);
    const [person] = pair.people;
    const before = contentOf(stateOf(person));
    const [table, other] = before.schema.tables as [Schema["tables"][number], Schema["tables"][number]];
    const second = table.columns[1]!;
    person.apply(
      [
        {
          kind: "alter",
          entity: "column",
          ownerId: table.id,
          before: second,
          after: { ...second, name: "mail", type: "citext", notNull: true },
        },
        { kind: "drop", entity: "table", ownerId: null, before: other },
      ],
      "Edit",
    );
    person.place(new Map([[table.id, [5, 5] as const]]), "Move");
    person.put("areas", areaAt("a", [0, 0], [10, 10], "Sales"));
    person.put("notes", noteAt("n", [0, 0], [10, 10], "Ask   Jo"));
    person.rename("Shop");
    const after = contentOf(stateOf(person));
    const { groups, short } = compareVersions(before, after);
    const lines = groups.flatMap(({ lines: all }) => all.map(({ kind, what, details }) => [kind, what, ...details].join(" | ")));
    const column = lines.find((line) => line.startsWith(`changed | column ${second.name} | `));
    expect(column?.split(" | ")).toEqual(
      expect.arrayContaining([
        "NOT NULL: no becomes yes",
        `name: ${second.name} becomes mail`,
        `type: ${second.type} becomes citext`,
      ]),
    );
    expect(lines).toContain(`removed | table ${other.name} | ${String(other.columns.length)} columns`);
    expect(lines).toContain(`changed | places of 1 table | ${table.name}`);
    expect(lines).toContain("changed | name of the design | Test becomes Shop");
    expect(lines).toContain("added | area Sales");
    expect(lines).toContain("added | note Ask Jo");
    expect(groups.at(-1)?.name).toBe("The diagram");
    expect(short).toMatch(/^1 table removed, 1 column changed, .*and more$/);
    const back = compareVersions(after, before);
    expect(back.short).toMatch(/^1 table added, 1 column changed, /);
  });
});
