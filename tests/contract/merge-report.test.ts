/** What two people's work done apart collided in: case by case, what is said of it, and that each way to settle it does so. */
import { describe as group, expect, it } from "vitest";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { DesignDoc } from "#shared/doc/index.ts";
import { renameColumn, renameRelation } from "#shared/edit/index.ts";
import { type Choice, collide, type Collision, describe, settle, touched } from "#shared/merge/index.ts";
import {
  apply,
  type Change,
  type Column,
  created,
  dropped,
  invariants,
  makeColumn,
  makeTable,
  type Schema,
} from "#shared/model/index.ts";
import { sentence } from "#shared/result/index.ts";
import {
  addTo,
  BASE,
  column,
  columnOf,
  does,
  dropOne,
  dropTable,
  type Edit,
  id,
  indexOn,
  inherit,
  key,
  meet,
  patch,
  relate,
  retitle,
  table,
  together,
  values,
} from "../support/apart.ts";
import fc from "../support/fast-check.ts";
import { commanded, copy, KINDS, rich } from "../support/crowd.ts";
import { COMMANDS } from "../support/commands.ts";
import { EDITS } from "../support/edits.ts";

const names = ({ tables }: Schema): readonly string[] => tables.map(({ name }) => name);
const columns = (schema: Schema, owner: string): readonly string[] => table(schema, owner).columns.map(({ name }) => name);
const relations = ({ foreignKeys }: Schema): readonly string[] => foreignKeys.map(({ name }) => name);

interface Case {
  readonly what: string;
  readonly mine: Edit;
  readonly theirs: Edit;
  readonly title: RegExp;
  readonly detail?: RegExp;
  /** What each choice leaves, as `shows` shows it. */
  readonly shows: (schema: Schema) => unknown;
  readonly settled: Readonly<Partial<Record<Choice, unknown>>>;
}

const CASES: readonly Case[] = [
  {
    what: "both retype a column",
    mine: patch("film", "year", { type: "smallint" }),
    theirs: patch("film", "year", { type: "date" }),
    title: /^You and Ana both changed the type of column film\.year$/,
    detail: /^It is (smallint, yours\. Ana’s was date|date, Ana’s\. Yours was smallint)\.$/,
    shows: (schema) => columnOf(schema, "film", "year").type,
    settled: { mine: "smallint", theirs: "date" },
  },
  {
    what: "both rename a table",
    mine: retitle("film", "movie"),
    theirs: retitle("film", "picture"),
    title: /^You and Ana both changed the name of table film$/,
    shows: names,
    settled: { mine: ["copy", "movie"], theirs: ["copy", "picture"] },
  },
  {
    what: "both rename a column",
    mine: (schema) => renameColumn(schema, table(schema, "film"), columnOf(schema, "film", "title"), "name", postgres),
    theirs: (schema) => renameColumn(schema, table(schema, "film"), columnOf(schema, "film", "title"), "label", postgres),
    title: /^You and Ana both changed the name of column film\.title$/,
    shows: (schema) => columns(schema, "film")[1],
    settled: { mine: "name", theirs: "label" },
  },
  {
    what: "both give an enum another value",
    mine: values("sad", "ok", "glad"),
    theirs: values("sad", "ok", "calm"),
    title: /^You and Ana both changed the values of enum mood$/,
    shows: ({ types }) => [...(types[0] as unknown as { values: string[] }).values].sort(),
    settled: { mine: ["glad", "ok", "sad"], theirs: ["calm", "ok", "sad"], both: ["calm", "glad", "ok", "sad"] },
  },
  {
    what: "they delete a table that I edited and related",
    mine: together(patch("film", "year", { type: "date" }), addTo("film", column("length"))),
    theirs: dropTable("film"),
    title: /^Ana deleted table film, which you changed$/,
    shows: (schema) => [names(schema), relations(schema), names(schema).includes("film") ? columns(schema, "film") : []],
    settled: { back: [["copy", "film"], ["copy_film"], ["film_id", "title", "year", "length"]], leave: [["copy"], [], []] },
  },
  {
    what: "I delete a table that they edited",
    mine: dropTable("copy"),
    theirs: patch("copy", "shelf", { type: "integer" }),
    title: /^You deleted table copy, which Ana changed$/,
    shows: (schema) => [names(schema), relations(schema)],
    settled: { back: [["copy", "film"], ["copy_film"]], leave: [["film"], []] },
  },
  {
    what: "they delete a column that I retyped",
    mine: patch("copy", "of_film", { type: "integer" }),
    theirs: dropOne("copy", "of_film"),
    title: /^Ana deleted column copy\.of_film, which you changed$/,
    shows: (schema) => [columns(schema, "copy"), relations(schema)],
    settled: { back: [["copy_id", "of_film", "shelf", "state"], ["copy_film"]], leave: [["copy_id", "shelf", "state"], []] },
  },
  {
    what: "I relate to a table that they deleted",
    mine: relate("new_fk", ["film", "year"], ["copy", "copy_id"]),
    theirs: dropTable("copy"),
    title: /^You made relation new_fk, but Ana deleted table copy$/,
    shows: (schema) => [names(schema), relations(schema)],
    settled: {
      back: [
        ["copy", "film"],
        ["copy_film", "new_fk"],
      ],
      leave: [["film"], []],
    },
  },
  {
    what: "they relate to a column that I deleted",
    mine: dropOne("film", "year"),
    theirs: relate("new_fk", ["copy", "copy_id"], ["film", "year"]),
    title: /^Ana made relation new_fk, but you deleted column film\.year$/,
    shows: (schema) => [columns(schema, "film"), relations(schema)],
    settled: {
      back: [
        ["film_id", "title", "year"],
        ["copy_film", "new_fk"],
      ],
      leave: [["film_id", "title"], ["copy_film"]],
    },
  },
  {
    what: "I index a column, with another, that they deleted",
    mine: indexOn("both_idx", "shelf", "state"),
    theirs: dropOne("copy", "state"),
    title: /^Ana deleted column copy\.state, which index both_idx of copy refers to$/,
    shows: (schema) => [columns(schema, "copy").length, table(schema, "copy").indexes.map(({ parts }) => parts.length)],
    settled: { back: [4, [2]], leave: [3, [1]] },
  },
  {
    what: "I index a column that they deleted",
    mine: indexOn("one_idx", "state"),
    theirs: dropOne("copy", "state"),
    title: /^You made index one_idx of copy, but Ana deleted column copy\.state$/,
    shows: (schema) => [columns(schema, "copy").length, table(schema, "copy").indexes.map(({ parts }) => parts.length)],
    settled: { back: [4, [1]], leave: [3, []] },
  },
  {
    what: "both make a table of one name",
    mine: () => [
      created("table", null, makeTable({ id: id("t-a"), namespaceId: id("public"), name: "shop", columns: [] }), null),
    ],
    theirs: () => [
      created("table", null, makeTable({ id: id("t-b"), namespaceId: id("public"), name: "shop", columns: [] }), null),
    ],
    title: /^You and Ana each have a table named shop$/,
    shows: (schema) => schema.tables.flatMap((one) => (one.id.startsWith("t-") ? [`${one.id} ${one.name}`] : [])).sort(),
    settled: {
      "rename-mine": ["t-a shop_2", "t-b shop"],
      "rename-theirs": ["t-a shop", "t-b shop_2"],
      "drop-mine": ["t-b shop"],
      "drop-theirs": ["t-a shop"],
    },
  },
  {
    what: "both make a column of one name",
    mine: addTo("film", makeColumn({ id: id("c-a"), name: "email", type: "text" })),
    theirs: addTo("film", makeColumn({ id: id("c-b"), name: "email", type: "citext" })),
    title: /^You and Ana each have a column named email in film$/,
    shows: (schema) =>
      table(schema, "film")
        .columns.flatMap((one) => (one.name.startsWith("email") ? [`${one.id} ${one.name}`] : []))
        .sort(),
    settled: {
      "rename-mine": ["c-a email_2", "c-b email"],
      "rename-theirs": ["c-a email", "c-b email_2"],
      "drop-mine": ["c-b email"],
      "drop-theirs": ["c-a email"],
    },
  },
  {
    what: "both give a table a primary key",
    mine: key("copy_a", "copy_id"),
    theirs: key("copy_b", "of_film", "shelf"),
    title: /^You and Ana each gave copy a primary key$/,
    detail: /^Yours \(copy_id\) is the primary key; Ana’s \(of_film, shelf\) is read as a unique key\.$/,
    shows: (schema) =>
      table(schema, "copy").constraints.map(
        (one) => `${one.name} ${one.kind} ${"columns" in one ? String(one.columns.length) : ""}`,
      ),
    settled: {
      mine: ["copy_a primary 1", "copy_b unique 2"],
      theirs: ["copy_a unique 1", "copy_b primary 2"],
      both: ["copy_a primary 3"],
    },
  },
  {
    what: "I delete a namespace that they put a table into",
    mine: ({ namespaces }) => namespaces.filter((one) => one.name === "extra").map((one) => dropped("namespace", null, one)),
    theirs: (schema) => renameRelation(schema, table(schema, "film"), { namespaceId: id("extra") }, postgres),
    title: /^You deleted the namespace extra, and Ana put something into it$/,
    shows: (schema) => [schema.namespaces.map(({ name }) => name), table(schema, "film").namespaceId],
    settled: { leave: [["extra", "public"], "extra"], move: [["public"], "public"] },
  },
  {
    what: "each makes one table the parent of the other",
    mine: inherit("film", "copy"),
    theirs: inherit("copy", "film"),
    title: /^You made film a child of copy, and Ana the other way round$/,
    shows: (schema) => [table(schema, "film").inherits, table(schema, "copy").inherits],
    settled: { mine: [["copy"], []], theirs: [[], ["film"]], leave: [[], []] },
  },
  {
    what: "both order the columns of a table",
    mine: (schema) => order(schema, 3, 2, 1, 0),
    theirs: (schema) => order(schema, 1, 0, 3, 2),
    title: /^You and Ana both put the columns of copy in order$/,
    shows: (schema) => columns(schema, "copy"),
    settled: { mine: ["state", "shelf", "of_film", "copy_id"], theirs: ["of_film", "copy_id", "state", "shelf"] },
  },
];
function order(schema: Schema, ...at: readonly number[]): readonly Change[] {
  const before = table(schema, "copy").columns.map((one) => one.id);
  return [
    { kind: "reorder", entity: "column", ownerId: id("copy"), before, after: at.map((place) => before[place] as Column["id"]) },
  ];
}

const broken = (schema: Schema): readonly string[] =>
  invariants(schema)
    .filter(({ code }) => code !== "model.duplicate-name")
    .map(sentence);

group("what collided", () => {
  it.each(CASES)("$what", ({ mine, theirs, title, detail, shows, settled }) => {
    const met = meet(BASE, does(mine), does(theirs));
    const found = collide(met.sides);
    expect(found.map((one) => describe(one, "Ana").title)).toEqual([expect.stringMatching(title)]);
    const [collision] = found as readonly [Collision];
    const words = describe(collision, "Ana");
    if (detail) expect(words.detail).toMatch(detail);
    // It is kept as JSON.
    expect(JSON.parse(JSON.stringify(collision))).toEqual(collision);
    expect(words.choices.map((one) => one.choice)).toEqual(expect.arrayContaining(Object.keys(settled)));
    for (const { choice } of words.choices) {
      const design = new DesignDoc(copy(met.design.doc));
      const before = design.snapshot.schema;
      design.apply(settle(collision, choice, before, postgres), "Settle");
      expect(broken(design.snapshot.schema)).toEqual([]);
      if (choice in settled) expect({ choice, left: shows(design.snapshot.schema) }).toEqual({ choice, left: settled[choice] });
      while (design.undoLabel !== null) design.undo();
      expect(design.snapshot.schema).toEqual(before);
    }
  });

  it("is nothing where each changed something else, and different attributes of one column", () => {
    const { sides } = meet(
      BASE,
      does(together(patch("film", "title", { type: "varchar" }), patch("copy", "shelf", { notNull: true }))),
      does(together(patch("film", "title", { name: "label" }), indexOn("one_idx", "shelf"))),
    );
    expect(collide(sides)).toEqual([]);
    expect(touched(sides.base, sides.mine).map(({ name }) => name)).toEqual(["copy", "film"]);
    expect(touched(sides.base, sides.theirs).map(({ name }) => name)).toEqual(["copy", "film"]);
  });

  it("is one thing where both rename a table that a view speaks of: the view follows the name that is kept", () => {
    const view = {
      id: id("shown"),
      namespaceId: id("public"),
      name: "shown",
      comment: null,
      materialized: false,
      definition: " SELECT title FROM film",
      columns: [],
      indexes: [],
      options: {},
      dependsOn: [],
    };
    const met = meet({ ...BASE, views: [view as never] }, does(retitle("film", "movie")), does(retitle("film", "picture")));
    const [collision, ...more] = collide(met.sides) as readonly [Collision];
    expect(more).toEqual([]);
    for (const [who, name] of [
      ["theirs", "picture"],
      ["mine", "movie"],
    ] as const) {
      met.design.apply(settle(collision, who, met.design.snapshot.schema, postgres), "Settle");
      expect(met.design.snapshot.schema.views[0]?.definition).toBe(` SELECT title FROM ${name}`);
    }
  });

  it("is nothing where both did the same", () => {
    const same = together(patch("film", "year", { type: "date" }), dropTable("copy"));
    expect(collide(meet(BASE, does(same), does(same)).sides)).toEqual([]);
  });
});

const numbers = fc.array(fc.nat(20), { minLength: 5, maxLength: 5 });
const kinds = KINDS.filter((kind) => kind in COMMANDS || (EDITS as readonly string[]).includes(kind));
const edits = fc.array(fc.tuple(fc.constantFrom(...kinds), numbers), { maxLength: 12, size: "max" });

group("whatever two people do apart", () => {
  it("every collision can be settled every way: nothing dangles, and undo takes it back", () => {
    const told = new Set<string>();
    fc.assert(
      fc.property(edits, edits, fc.integer({ min: 1, max: 50 }), (mine, theirs, seed) => {
        const apart = (list: typeof mine, who: string) => (design: DesignDoc) => {
          let minted = 0;
          for (const [kind, at] of list)
            design.apply(
              commanded(kind as never, design.snapshot.schema, at, () => `${who}${String((minted += 1))}`),
              kind,
            );
        };
        const { sides, problems, design } = meet(rich(seed), apart(mine, "a"), apart(theirs, "b"));
        const found = collide(sides);
        expect(new Set(found.map((one) => one.key)).size).toBe(found.length);
        // What had to be mended is told by one of them.
        const all = JSON.stringify(found);
        expect(problems.filter(({ about }) => about !== null && !all.includes(`"${about.id}"`)).map(sentence)).toEqual([]);
        for (const collision of found) {
          told.add(collision.kind);
          for (const { choice } of describe(collision, "Ana").choices) {
            const one = new DesignDoc(copy(design.doc));
            const before = one.snapshot;
            one.apply(settle(collision, choice, before.schema, postgres), "Settle");
            expect(broken(one.snapshot.schema)).toEqual([]);
            if (one.undoLabel !== null) one.undo();
            expect(one.snapshot.schema).toEqual(before.schema);
          }
        }
      }),
      { numRuns: 60 },
    );
    expect(told.size).toBeGreaterThan(2);
  });

  it("settles on a design that went on meanwhile, or gives no changes", () => {
    const { sides } = meet(BASE, does(patch("film", "year", { type: "date" })), does(patch("film", "year", { type: "xml" })));
    const [collision] = collide(sides) as readonly [Collision];
    const later = apply(sides.merged, dropTable("film")(sides.merged));
    expect(settle(collision, "mine", later, postgres)).toEqual([]);
  });
});
