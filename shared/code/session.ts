/** A design and its text, edited side by side: one step takes what happened to both, and gives each what it lacks. */
import type { Dialect } from "../dialects/dialect.ts";
import { diff } from "../diff/index.ts";
import { type Drawn, drawnOf, edited, follow, hold, Speaker, type TextEdit, printDbml } from "../formats/dbml/index.ts";
import { type Change, type Diagram, type Mint, type Position, same, type Schema } from "../model/index.ts";
import type { Problem } from "../result/index.ts";
import { type DrawingEdits, drawingEdits, drawnOn, NOTHING, nothingDrawn, type SizeOf } from "./drawing.ts";
import { lift } from "./lift.ts";
import { Memory } from "./memory.ts";
import { about, touchedBy, touchedDrawing } from "./touched.ts";

export interface CodeDesign {
  readonly name: string;
  readonly schema: Schema;
  readonly diagram: Diagram;
}

export interface Step {
  /** The text has a fault: the design is not changed by it, and it does not follow the design, until it has none. */
  readonly broken: boolean;
  /** Faults of the text, and what a design does not hold of it. */
  readonly problems: readonly Problem[];
  /** For the design. */
  readonly changes: readonly Change[];
  readonly drawing: DrawingEdits | null;
  /** Where tables that came with the text stand. */
  readonly placed: ReadonlyMap<string, Position>;
  /** The design's new name; null: as it was. */
  readonly name: string | null;
  /** For the text, one batch after the other. */
  readonly batches: readonly (readonly TextEdit[])[];
}

/** What a session needs of the one who has it. */
export interface Aids {
  readonly mint: Mint;
  readonly sizeOf: (schema: Schema) => SizeOf;
  /** Places for tables that have none. */
  readonly place: (schema: Schema, standing: ReadonlyMap<string, Position>) => ReadonlyMap<string, Position>;
}

const NO_PLACES: ReadonlyMap<string, Position> = new Map();

export class CodeSession {
  readonly #dialect: Dialect;
  readonly #aids: Aids;
  readonly #speaker: Speaker;
  readonly #memory: Memory;
  /** As text and design last agreed. */
  #design: CodeDesign;
  #problems: readonly Problem[] = [];

  constructor(design: CodeDesign, dialect: Dialect, aids: Aids) {
    this.#dialect = dialect;
    this.#aids = aids;
    this.#design = design;
    this.#memory = new Memory((schema, ids) => this.#held(about(schema, ids)));
    this.#speaker = new Speaker(dialect, aids.mint);
    const text = this.#written(design);
    this.#problems = this.#speaker.hear(
      text,
      [],
      () => design.schema,
      () => this.#drawn(design),
    );
  }

  get text(): string {
    return this.#speaker.text;
  }

  get speaker(): Pick<Speaker, "outline" | "schema" | "broken"> {
    return this.#speaker;
  }

  /** All of the design as a text; where things stand is not said. */
  #written({ name, schema, diagram }: CodeDesign): string {
    return printDbml(hold({ name, schema, diagrams: [diagram] }, this.#dialect, "10").design, this.#dialect, "10", false);
  }

  #held(schema: Schema): Schema {
    return hold({ name: "", schema, diagrams: [] }, this.#dialect, "10").design.schema;
  }

  #drawn({ schema, diagram }: CodeDesign, said: Drawn = this.#speaker.drawn): Drawn {
    return drawnOf(diagram, schema, this.#dialect, said);
  }

  /** Takes a person's edits of the text, and the design as it is now. */
  step(edits: readonly TextEdit[], now: CodeDesign): Step {
    const speaker = this.#speaker;
    const { schema: said, drawn, name } = speaker;
    const carried: (readonly TextEdit[])[] = [];
    if (edits.length > 0) {
      this.#problems = speaker.hear(
        edited(speaker.text, edits),
        edits,
        () => this.#memory.with(now.schema),
        () => this.#groupsOf(now),
      );
      if (speaker.beyond.length > 0) carried.push(speaker.beyond);
    }
    if (speaker.broken) return this.#nothing();
    const lifted = lift(diff(said, speaker.schema), now.schema, this.#dialect, this.#memory);
    const placed = this.#placed(lifted.changes, lifted.schema, now.diagram);
    const drawing = this.#drawing(drawn, lifted.schema, now.diagram, placed);
    const diagram = drawing || placed.size > 0 ? drawnOn(now.diagram, drawing ?? NOTHING, placed) : now.diagram;
    const renamed = speaker.name !== name && speaker.name !== "" ? speaker.name : null;
    const next = { name: renamed ?? now.name, schema: lifted.schema, diagram };
    const batches = [...carried, ...this.#follow(now, next, lifted.beyond)];
    this.#design = next;
    return { broken: false, problems: this.#problems, changes: lifted.changes, drawing, placed, name: renamed, batches };
  }

  #nothing(): Step {
    const nothing = { changes: [], drawing: null, placed: NO_PLACES, name: null, batches: [] };
    return { broken: true, problems: this.#problems, ...nothing };
  }

  /** Only their names matter here, of which a design has few. */
  #groupsOf({ diagram }: CodeDesign): Drawn {
    return drawnOf(diagram, { ...this.#speaker.schema, tables: [] }, this.#dialect, this.#speaker.drawn);
  }

  #placed(changes: readonly Change[], schema: Schema, diagram: Diagram): ReadonlyMap<string, Position> {
    const isNew = changes.some(({ kind, entity }) => kind === "create" && entity === "table");
    return isNew ? this.#aids.place(schema, diagram.positions) : NO_PLACES;
  }

  #drawing(before: Drawn, schema: Schema, diagram: Diagram, placed: ReadonlyMap<string, Position>): DrawingEdits | null {
    const { drawn } = this.#speaker;
    if (drawn === before) return null;
    const standing = placed.size === 0 ? diagram.positions : new Map<string, Position>([...diagram.positions, ...placed]);
    let sizes: SizeOf | null = null;
    const found = drawingEdits(before, drawn, diagram, standing, (id) => (sizes ??= this.#aids.sizeOf(schema))(id));
    return nothingDrawn(found) ? null : found;
  }

  /** Brings the text to what others have done, and to what the person's own edits did beyond what they say. */
  #follow(now: CodeDesign, next: CodeDesign, beyond: readonly Change[]): Step["batches"] {
    const before = this.#design;
    const touched = new Set<string>();
    const others = before.schema === now.schema ? [] : diff(before.schema, now.schema);
    for (const change of [...others, ...beyond]) touchedBy(change, next.schema, touched);
    if (before.name !== now.name) touched.add("name");
    const redrawn = others.length > 0 || !sameDrawing(before.diagram, now.diagram);
    if (!redrawn && touched.size === 0) return [];
    const wanted = drawnOf(next.diagram, next.schema, this.#dialect, this.#speaker.drawn);
    if (redrawn) touchedDrawing(this.#speaker.drawn, wanted, touched);
    if (touched.size === 0) return [];
    const held = this.#held(about(next.schema, touched));
    return follow(this.#speaker, { name: next.name, held, schema: next.schema, drawn: wanted }, touched, () =>
      this.#written(next),
    );
  }
}

function sameDrawing(a: Diagram, b: Diagram): boolean {
  const sameMap = (one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): boolean =>
    one === other || (one.size === other.size && [...one].every(([key, value]) => same(value, other.get(key))));
  const lists = same(a.areas, b.areas) && same(a.notes, b.notes);
  return a === b || (lists && sameMap(a.positions, b.positions) && sameMap(a.tints, b.tints));
}
