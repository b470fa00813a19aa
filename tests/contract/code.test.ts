/** A design and its text, edited at random from both sides: they agree after every step, and nothing is lost that a text cannot say. */
import { describe, expect, it } from "vitest";
import { type CodeDesign, CodeSession, type TextEdit } from "#shared/code/index.ts";
import { drawnOn, NOTHING } from "#shared/code/drawing.ts";
import { dialects } from "#shared/dialects/index.ts";
import { diff } from "#shared/diff/index.ts";
import { hold, readDbml } from "#shared/formats/dbml/index.ts";
import { adopt, apply, type Change, type Diagram, invariants, type Schema } from "#shared/model/index.ts";
import { sentence } from "#shared/result/index.ts";
import { arbitraryDiagram, arbitrarySchema } from "../support/arbitrary-schema.ts";
import fc from "../support/fast-check.ts";
import { randomChange } from "../support/random-changes.ts";

const { postgres } = dialects;

/** Engines do not have two things of one name, nor a value twice in an enum. */
const sound = (schema: Schema): boolean =>
  schema.tables.length > 0 &&
  invariants(schema).length === 0 &&
  schema.types.every((type) => type.kind !== "enum" || new Set(type.values).size === type.values.length) &&
  schema.tables.every((table) => {
    const names = [...table.constraints, ...table.indexes].map(({ name }) => name);
    return new Set(names).size === names.length;
  });

const arbitraryDesign: fc.Arbitrary<CodeDesign> = arbitrarySchema
  .filter(sound)
  .chain((schema) => fc.record({ name: fc.constant("shop"), schema: fc.constant(schema), diagram: arbitraryDiagram(schema) }));

/** What a person does to a text, line by line. */
const LINES: readonly ((lines: string[], at: number, number: number) => void)[] = [
  (lines, at) => lines.splice(at, 1),
  (lines, at) => lines.splice(at, 2),
  (lines, at) => lines.splice(at, 0, ...lines.splice(at + 1, 1)),
  (lines, at, number) => lines.splice(at, 0, `  c${String(number)} integer [not null]`),
  (lines, at, number) => lines.splice(at, 0, "", `Table t${String(number)} {`, "  id int [pk]", "  other text", "}", ""),
  (lines, at) => lines.splice(at, 0, "  // as agreed"),
  (lines, at) => (lines[at] = (lines[at] ?? "").replace(/integer|text/, "bigint")),
  (lines, at, number) => (lines[at] = (lines[at] ?? "").replace(/\w+/, `w${String(number)}`)),
  (lines, at) => (lines[at] = (lines[at] ?? "").replace("[", "[note: 'x', ")),
  (lines, at) => (lines[at] = (lines[at] ?? "").replace(/\[[^\]]*\]/, "")),
  (lines, at) => (lines[at] = `${lines[at] ?? ""} {`),
];

interface Act {
  readonly side: "text" | "design" | "both";
  readonly what: number;
  readonly where: number;
}

const act: fc.Arbitrary<Act> = fc.record({
  side: fc.constantFrom("text" as const, "text" as const, "design" as const, "both" as const),
  what: fc.nat(1_000_000),
  where: fc.nat(1_000_000),
});

function typed(text: string, { what, where }: Act, number: number): TextEdit {
  const lines = text.split("\n");
  LINES[what % LINES.length]?.(lines, where % lines.length, number);
  return { from: 0, to: text.length, insert: lines.join("\n") };
}

/** Only what differs: that is what an editor tells. */
function smallest(text: string, { insert }: TextEdit): TextEdit[] {
  if (text === insert) return [];
  const most = Math.min(text.length, insert.length);
  let [head, tail] = [0, 0];
  while (head < most && text[head] === insert[head]) head += 1;
  while (tail < most - head && text.at(-1 - tail) === insert.at(-1 - tail)) tail += 1;
  return [{ from: head, to: text.length - tail, insert: insert.slice(head, insert.length - tail) }];
}

/** Edits of a design that leave it sound. */
function drawnChange(schema: Schema, { what }: Act, mint: () => string): readonly Change[] {
  if (schema.tables.length === 0) return [];
  let state = what;
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
  if (schema.tables.some(({ columns }) => columns.length === 0)) return [];
  const change = randomChange(schema, random, mint);
  return sound(apply(schema, [change])) ? [change] : [];
}

/** What no text says of the things that are there before and after. */
function unsaid({ schema }: CodeDesign): ReadonlyMap<string, unknown> {
  const { views, verbatim, types, tables } = schema;
  const found = new Map<string, unknown>();
  for (const item of [...views, ...verbatim]) found.set(item.id, item);
  for (const type of types) if (type.kind !== "enum") found.set(type.id, type);
  for (const { id, rowSecurity, options, unlogged, columns, constraints, indexes, ...rest } of tables) {
    found.set(id, [rowSecurity, options, unlogged, rest.partitionBy, rest.using]);
    for (const { id: column, collation, options: own, identity, inherited, generated } of columns) {
      found.set(column, [collation, own, inherited, generated !== null]);
      // That it is one is said.
      if (identity) found.set(`${column} identity`, identity);
    }
    for (const one of constraints)
      found.set(one.id, "options" in one ? [one.deferrable, one.options, one.nullsNotDistinct] : one.kind);
    for (const { id: index, options: own, parts, where } of indexes) {
      found.set(index, [own, where !== null]);
      for (const { columnId, expression, ...rest } of parts) found.set(`${index} ${columnId ?? expression ?? ""}`, rest);
    }
  }
  return found;
}

/** The text read anew says what the design holds. */
function expectAgreed(text: string, { name, schema }: CodeDesign): void {
  const { design: held } = hold({ name, schema, diagrams: [] }, postgres, "10");
  const { value, problems } = readDbml(text, { dialects: [postgres] });
  expect(problems.filter(({ severity }) => severity === "error").map(sentence), text).toEqual([]);
  if (!value) throw new Error("nothing was read");
  const told = diff(held.schema, adopt(value.schema, held.schema, null)).filter(({ entity }) => entity !== "namespace");
  expect(told, text).toEqual([]);
}

const open = (start: CodeDesign, mint: () => string): CodeSession =>
  new CodeSession(start, postgres, {
    mint,
    sizeOf: () => () => [200, 100],
    place: ({ tables }, standing) => new Map(tables.flatMap(({ id }) => (standing.has(id) ? [] : [[id, [0, 0] as const]]))),
  });

function run(start: CodeDesign, acts: readonly Act[]): void {
  let number = 0;
  const mint = (): string => `m${String((number += 1))}`;
  const session = open(start, mint);
  let design = start;
  let good = session.text;
  let { text } = session;
  for (const one of acts) {
    const before = unsaid(design);
    const ids = new Set(before.keys());
    if (one.side !== "text") design = { ...design, schema: apply(design.schema, drawnChange(design.schema, one, mint)) };
    const drawn = unsaid(design);
    const edits = one.side === "design" ? [] : smallest(text, typed(text, one, (number += 1)));
    const step = session.step(edits, design);
    if (step.broken) {
      // What a person does then: takes it back.
      const back = session.step(smallest(session.text, { from: 0, to: 0, insert: good }), design);
      expect(back.broken).toBe(false);
      expect(back.changes, "taken back").toEqual([]);
      design = take(design, back);
    } else design = take(design, step);
    ({ text } = session);
    good = text;
    expectAgreed(text, design);
    const after = unsaid(design);
    for (const id of ids) if (drawn.has(id) && after.has(id)) expect([id, after.get(id)]).toEqual([id, drawn.get(id)]);
    for (const { id } of [...start.schema.views]) expect(after.has(id)).toBe(true);
    const again = session.step([], design);
    expect([again.changes, again.batches], text).toEqual([[], []]);
  }
}

/** Types a name over, and the one before again: each is a rename, and in the end nothing happened. */
function retype(start: CodeDesign, which: number): void {
  const session = open(start, () => "new");
  const names = [...session.speaker.outline.tables.values()].flatMap(({ name, fields }) => [
    name,
    ...fields.flatMap((field) => (field.kind === "column" ? [{ start: field.start, end: field.nameEnd }] : [])),
  ]);
  const name = names[which % names.length];
  if (!name) return;
  const before = session.text.slice(name.start, name.end);
  const ids = ({ schema }: CodeDesign): string =>
    schema.tables.map(({ id, columns }) => [id, ...columns.map((column) => column.id)].join()).join("; ");
  let design = start;
  for (const [from, to] of [
    [before, "typed_over"],
    ["typed_over", before],
  ] as const) {
    const step = session.step([{ from: name.start, to: name.start + from.length, insert: to }], design);
    expect(step.problems.filter(({ severity }) => severity === "error").map(sentence), session.text).toEqual([]);
    design = take(design, step);
    expect(ids(design)).toBe(ids(start));
    expectAgreed(session.text, design);
  }
  expect(diff(start.schema, design.schema).filter(({ entity }) => entity !== "namespace")).toEqual([]);
}

function take(design: CodeDesign, step: ReturnType<CodeSession["step"]>): CodeDesign {
  const diagram: Diagram = drawnOn(design.diagram, step.drawing ?? NOTHING, step.placed);
  return { name: step.name ?? design.name, schema: apply(design.schema, step.changes), diagram };
}

describe("a design and its text", () => {
  it("agree after every edit of either, and lose nothing", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(arbitraryDesign, fc.array(act, { minLength: 1, maxLength: 8 }), (design, acts) => run(design, acts)),
      { numRuns: 100 },
    );
  });

  it("see a rename in a name that is typed over, whatever mentions it", () => {
    fc.assert(
      fc.property(arbitraryDesign, fc.nat(1000), (design, which) => retype(design, which)),
      { numRuns: 60 },
    );
  });
});
