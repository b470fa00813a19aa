/** A design and its text side by side, as the app holds them. */
import { expect } from "vitest";
import { type CodeDesign, CodeSession, type Step } from "#shared/code/index.ts";
import { drawnOn, NOTHING } from "#shared/code/drawing.ts";
import { dialects } from "#shared/dialects/index.ts";
import { readDbml } from "#shared/formats/dbml/index.ts";
import { apply, type Change, type Diagram, lookup, type Position, type Schema, type Table } from "#shared/model/index.ts";
import { sentence } from "#shared/result/index.ts";

const { postgres } = dialects;

/** A person at the canvas, a person at the text, and what carries one to the other. */
export class Desk {
  number = 0;
  readonly mint = (): string => `m${String((this.number += 1))}`;
  design: CodeDesign;
  readonly session: CodeSession;
  text: string;
  last: Step | null = null;

  constructor(dbml: string, more: (schema: Schema) => Schema = (schema) => schema) {
    const { value, problems } = readDbml(dbml, { dialects: [postgres] });
    expect(problems.map(sentence)).toEqual([]);
    if (!value) throw new Error("nothing was read");
    const schema = more(value.schema);
    const positions = new Map(schema.tables.map(({ id }, at) => [id, [at * 400, 0] as Position]));
    const drawn = value.diagrams[0];
    const diagram: Diagram = {
      id: "main" as Diagram["id"],
      name: "Main",
      positions,
      tints: drawn?.tints ?? new Map(),
      areas: drawn?.areas ?? [],
      notes: drawn?.notes ?? [],
    };
    this.design = { name: value.name, schema, diagram };
    this.session = new CodeSession(this.design, postgres, {
      mint: this.mint,
      sizeOf: () => () => [232, 100],
      place: ({ tables }, standing) =>
        new Map(tables.flatMap(({ id }, at) => (standing.has(id) ? [] : [[id, [at * 400, 900] as Position]]))),
    });
    this.text = this.session.text;
  }

  /** One text for another. */
  type(from: string, to: string): Step {
    const at = this.text.indexOf(from);
    if (at < 0 || this.text.indexOf(from, at + 1) >= 0) throw new Error(`"${from}" is not here once:\n${this.text}`);
    return this.take([{ from: at, to: at + from.length, insert: to }]);
  }

  take(edits: readonly { from: number; to: number; insert: string }[]): Step {
    for (const { from, to, insert } of [...edits].reverse()) this.text = this.text.slice(0, from) + insert + this.text.slice(to);
    const step = this.session.step(edits, this.design);
    for (const batch of step.batches)
      for (const { from, to, insert } of [...batch].reverse())
        this.text = this.text.slice(0, from) + insert + this.text.slice(to);
    expect(this.session.text).toBe(this.text);
    const { schema, diagram } = this.design;
    const drawn = drawnOn(diagram, step.drawing ?? NOTHING, step.placed);
    this.design = { name: step.name ?? this.design.name, schema: apply(schema, step.changes), diagram: drawn };
    this.last = step;
    return step;
  }

  /** Done at the canvas. */
  draw(changes: readonly Change[], diagram: Partial<Diagram> = {}): Step {
    const { name, schema, diagram: before } = this.design;
    this.design = { name, schema: apply(schema, changes), diagram: { ...before, ...diagram } };
    return this.take([]);
  }

  /** Done by somebody else, and not told to the text yet. */
  meanwhile(changes: readonly Change[]): void {
    this.design = { ...this.design, schema: apply(this.design.schema, changes) };
  }

  table(name: string): Table {
    const table = lookup(this.design.schema).tableByName("public", name);
    if (!table) throw new Error(`no table ${name} in ${this.design.schema.tables.map((one) => one.name).join()}`);
    return table;
  }

  column(table: string, name: string): Table["columns"][number] {
    const column = this.table(table).columns.find((one) => one.name === name);
    if (!column) throw new Error(`no column ${name}`);
    return column;
  }
}
