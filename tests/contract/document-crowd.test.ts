/**
 * Five people, every command, random partitions, updates that come late, twice, out of order or never: all end with one design, no
 * reference leads nowhere, and nothing is lost that was not deleted, by an account of what each wrote.
 *
 * `CROWDS` says how many. The seed is printed and `SEED` runs it again (with `SEED_PATH`, the shrunk case alone).
 */
import { describe, expect, it } from "vitest";
import { DesignDoc } from "#shared/doc/index.ts";
import * as commands from "#shared/edit/index.ts";
import { invariants, type Schema } from "#shared/model/index.ts";
import { sentence } from "#shared/result/index.ts";
import fc from "../support/fast-check.ts";
import { COMMANDS, DRAWS, QUESTIONS } from "../support/commands.ts";
import { type Action, copy, Crowd, drawnIn, KINDS, PEOPLE, rich } from "../support/crowd.ts";

const { CROWDS, SEED_PATH } = process.env;
const numRuns = CROWDS === undefined ? 40 : Number(CROWDS);

const who = fc.constantFrom(...PEOPLE);
const edits = fc.record({
  does: fc.constant("edit" as const),
  who,
  kind: fc.constantFrom(...KINDS),
  at: fc.array(fc.nat(20), { minLength: 5, maxLength: 5 }),
});
const network: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    does: fc.constantFrom("deliver" as const, "deliver" as const, "repeat" as const, "lose" as const),
    who,
    which: fc.nat(40),
  }),
  fc.record({ does: fc.constant("meet" as const), who }),
  fc.record({
    does: fc.constant("part" as const),
    groups: fc.array(fc.nat(2), { minLength: PEOPLE.length, maxLength: PEOPLE.length }),
  }),
);
const turns = fc.record({ does: fc.constantFrom("undo" as const, "undo" as const, "redo" as const, "restore" as const), who });

/** In half of the runs nothing is taken back: there the account knows every value. */
const run = fc.boolean().chain((back) =>
  fc.record({
    seed: fc.integer({ min: 1, max: 50 }),
    actions: fc.array(
      fc.oneof(
        { weight: 8, arbitrary: edits },
        { weight: 5, arbitrary: network },
        ...(back ? [{ weight: 1, arbitrary: turns }] : []),
      ),
      { maxLength: 110, size: "max" },
    ),
  }),
);

const broken = (schema: Schema): readonly string[] =>
  invariants(schema)
    .filter(({ code }) => code !== "model.duplicate-name")
    .map(sentence);

function check(crowd: Crowd): void {
  const [first, ...others] = crowd.people;
  if (!first) throw new Error("nobody");
  for (const { snapshot } of others) expect(snapshot).toEqual(first.snapshot);
  // What was read bit by bit is what is read at once.
  expect(new DesignDoc(copy(first.doc)).snapshot).toEqual(first.snapshot);
  const { schema, problems } = first.snapshot;
  expect(broken(schema)).toEqual([]);
  // Two of one name are both kept, and said.
  const told = new Set(problems.map(sentence));
  const names = invariants(schema).filter(({ code }) => code === "model.duplicate-name");
  expect(names.map(sentence).filter((words) => !told.has(words))).toEqual([]);
  expect(crowd.account.complaints(schema, problems)).toEqual([]);
  expect(crowd.account.drawnComplaints(drawnIn(first.snapshot))).toEqual([]);
}

describe("five people", () => {
  it("end with one design, in which nothing dangles and nothing is lost that was not deleted", () => {
    console.log(`five people: SEED=${String(fc.readConfigureGlobal()?.seed)} CROWDS=${String(numRuns)}`);
    const done = new Map<string, number>();
    fc.assert(
      fc.property(run, ({ seed: start, actions }) => {
        const crowd = new Crowd(rich(start));
        for (const what of actions) {
          crowd.do(what);
          if ("who" in what) expect(broken(crowd.person(what.who).snapshot.schema)).toEqual([]);
        }
        crowd.settle();
        check(crowd);
        for (const [kind, count] of crowd.done) done.set(kind, (done.get(kind) ?? 0) + count);
      }),
      { numRuns, ...(SEED_PATH === undefined ? {} : { path: SEED_PATH }) },
    );
    // A run of one path, or of a few, cannot have used everything.
    if (SEED_PATH === undefined && numRuns >= 40)
      expect([...KINDS, "undo", "redo", "restore"].filter((kind) => !done.has(kind))).toEqual([]);
  });

  it("know every command of a design", () => {
    expect([...Object.keys(COMMANDS), ...QUESTIONS].sort()).toEqual(Object.keys(commands).sort());
    // What the document takes itself: all but opening, watching, asking, ending an undo step and closing. `apply`, `together` and, for a restored version,
    // `redraw` take part in every run.
    const own = Object.entries(Object.getOwnPropertyDescriptors(DesignDoc.prototype))
      .filter(
        ([name, { value }]) =>
          typeof value === "function" &&
          !["constructor", "watch", "upgrade", "start", "close", "standing", "pause"].includes(name),
      )
      .map(([name]) => name);
    expect([...Object.keys(DRAWS), "apply", "together", "undo", "redo", "redraw"].sort()).toEqual(own.sort());
  });
});
