/**
 * What a text says, under the ids of the design that it is the text of. Each reading finds again what was there before: by name, by where
 * it stands, by what it looks like. A text with a fault says what it said before.
 */
import type { Dialect } from "../../../dialects/dialect.ts";
import { adopt, allIds, emptySchema, match, type Mint, type Schema } from "../../../model/index.ts";
import type { Problem } from "../../../result/index.ts";
import type { Design } from "../../json/index.ts";
import { createReader, type DbmlReader } from "../read/reader.ts";
import { type Drawn, drawnBy, NOTHING_DRAWN } from "./drawn.ts";
import { carried } from "./carried.ts";
import { composed, edited, mapped, ordered, type TextEdit } from "./edits.ts";
import { Outline, piecesOf } from "./outline.ts";
import { Source } from "../text/source.ts";
import { moved } from "./moved.ts";

const LISTS = ["tables", "foreignKeys", "types", "sequences"] as const;

/** Faults of a text that speaks of what is not there; when there are many, some are only counted. */
const NAMELESS: ReadonlySet<string> = new Set(["text.missing", "text.more"]);

export class Speaker {
  readonly dialect: Dialect;
  readonly #mint: Mint;
  readonly #reader: DbmlReader;
  /** The text as it was heard last, with faults or without. */
  text = "";
  /** Of the last that had no fault; its offsets are those of its pieces. */
  #heard: Outline;
  #outline: Outline | null = null;
  readonly #source = new Source("");
  /** Of texts with a fault: their pieces are others, so that those that were heard stay where they were. */
  readonly #faulty = new Source("");
  #ahead: Outline | null = null;
  /** What that says, without places: `drawn` has what it says of the drawing. */
  schema: Schema;
  name = "";
  drawn: Drawn = NOTHING_DRAWN;
  /** The text has a fault. */
  broken = false;
  #fresh: Schema;
  /** The reader's ids, and those of the design. */
  readonly #ids = new Map<string, string>();
  /** What was edited since the last text without a fault. */
  #since: readonly TextEdit[] = [];
  /** Edits that were made beyond those that were heard last: new names wherever the text speaks of what has them. */
  beyond: readonly TextEdit[] = [];

  constructor(dialect: Dialect, mint: Mint) {
    this.dialect = dialect;
    this.#mint = mint;
    this.#reader = createReader({ dialects: [dialect] });
    this.#fresh = this.schema = emptySchema(dialect.id);
    this.#heard = new Outline("", [], dialect);
  }

  /** Of the last text that had no fault, at its offsets. */
  get outline(): Outline {
    const { text } = this.#heard;
    return (this.#outline ??= new Outline(text, piecesOf(text), this.dialect));
  }

  /**
   * Takes in the text after edits, and more of them (`beyond`) where only the names of what was given another stand in the way; tells what
   * is wrong with it and what a design does not hold of it. `others`: what else there is that something in the text may be, by its name.
   */
  hear(text: string, edits: readonly TextEdit[], others: () => Schema, drawing: () => Drawn): readonly Problem[] {
    const before = this.#heard;
    this.#since = composed(this.#since, edits);
    const { value, problems } = this.#read(text);
    if (this.broken || !value) return problems;
    const outline = new Outline(this.text, this.#source.read(this.text), this.dialect, before);
    const since = this.#since;
    const at = (place: number): number | null => mapped(place, since);
    this.#since = [];
    const moves = before.text === "" ? new Map<string, string>() : moved(before, outline, at);
    this.#take(value, moves, others);
    this.#heard = outline;
    this.#outline = null;
    this.drawn = drawnBy(outline, value, this.drawn, drawing, {
      at,
      before,
      idOf: (id) => this.#ids.get(id) ?? id,
      mint: this.#mint,
    });
    return problems;
  }

  /** The text as it is, or with the names that follow others where only those are missing. */
  #read(text: string): ReturnType<DbmlReader["read"]> {
    const read = this.#heardAs(text);
    this.beyond = [];
    if (!this.broken || !read.problems.every(({ code, severity }) => severity !== "error" || NAMELESS.has(code))) return read;
    const since = this.#since;
    const now = (this.#ahead = new Outline(text, this.#faulty.read(text), this.dialect, this.#ahead));
    const edits = ordered(carried(this.#heard, now, (place) => mapped(place, since)));
    if (edits.length === 0) return read;
    const next = this.#heardAs(edited(text, edits));
    if (this.broken) {
      this.text = text;
      return read;
    }
    this.beyond = edits;
    this.#since = composed(since, edits);
    return next;
  }

  #heardAs(text: string): ReturnType<DbmlReader["read"]> {
    const read = this.#reader.read(text);
    this.text = text;
    this.broken = read.value === null || read.problems.some(({ severity }) => severity === "error");
    return read;
  }

  /** The last edits did the text no good: it is again what it was, without a fault. */
  forget(text: string): void {
    this.text = text;
    this.broken = false;
    this.#since = [];
  }

  #take(value: Design, moves: ReadonlyMap<string, string>, others: () => Schema): void {
    const { schema: read } = value;
    const was = this.#fresh;
    const kept = new Map<object, object>();
    const left = new Set<object>();
    const fresh = { ...read };
    for (const list of LISTS) {
      const [olds, mine, items] = [was[list], this.schema[list], read[list] as readonly { readonly id: string }[]];
      if (items === olds) {
        Object.assign(fresh, { [list]: [] });
        continue;
      }
      const now = new Set<object>(items);
      olds.forEach((old, at) => {
        const own = mine[at];
        if (own && now.has(old)) kept.set(old, own);
        else if (own) left.add(own);
      });
      Object.assign(fresh, { [list]: items.filter((item) => !kept.has(item)) });
    }
    const old: Schema = { ...this.schema };
    for (const list of LISTS)
      Object.assign(old, {
        [list]: left.size === 0 ? [] : (this.schema[list] as readonly object[]).filter((item) => left.has(item)),
      });
    const gone = this.#forget(read, fresh);
    const settled = (id: string): string | undefined => this.#ids.get(id) ?? gone.get(moves.get(id) ?? "");
    const named = [...allIds(fresh)].some((id) => settled(id) === undefined) ? this.#named(fresh, old, others(), settled) : null;
    const adopted = adopt(fresh, old, this.#mint, { get: (id) => settled(id) ?? named?.get(id) });
    const [froms, tos] = [[...allIds(fresh)], [...allIds(adopted)]];
    froms.forEach((from, at) => this.#ids.set(from, tos[at] ?? from));
    const schema = { ...adopted };
    for (const list of LISTS) {
      const made = (adopted[list] as readonly object[])[Symbol.iterator]();
      const whole = (): readonly object[] =>
        (read[list] as readonly object[]).map((item) => kept.get(item) ?? made.next().value ?? item);
      Object.assign(schema, { [list]: read[list] === was[list] ? this.schema[list] : whole() });
    }
    this.#fresh = read;
    this.schema = schema;
    this.name = value.name;
  }

  /** What came into the text and has the name of something that is not in it yet. */
  #named(fresh: Schema, old: Schema, others: Schema, settled: (id: string) => string | undefined): ReadonlyMap<string, string> {
    const said = new Set<string>([...LISTS.flatMap((list) => this.schema[list].map(({ id }) => id as string)), ...allIds(old)]);
    const types = others.types.filter(({ kind }) => kind === "enum");
    const found = match(fresh, { ...others, types, views: [], verbatim: [] }, false, { get: settled });
    return new Map([...found].filter(([, id]) => !said.has(id)));
  }

  /** Ids of what is in the text no more; they are given, in case it stands there under another name. */
  #forget(next: Schema, fresh: Schema): ReadonlyMap<string, string> {
    const lost = { ...emptySchema(next.dialect) };
    for (const list of LISTS) {
      if (next[list] === this.#fresh[list]) continue;
      const stay = new Set<object>(next[list]);
      Object.assign(lost, { [list]: (this.#fresh[list] as readonly object[]).filter((item) => !stay.has(item)) });
    }
    const now = new Set(allIds(fresh));
    const gone = new Map<string, string>();
    for (const id of allIds(lost)) {
      const own = this.#ids.get(id);
      if (own !== undefined) gone.set(id, own);
      if (!now.has(id)) this.#ids.delete(id);
    }
    return gone;
  }
}
