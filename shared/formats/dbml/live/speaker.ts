/**
 * What a text says, under the ids of the design that it is the text of. Each reading finds again what was there before: by name, by where
 * it stands, by what it looks like. A text with a fault says what it said before.
 */
import type { Dialect } from "../../../dialects/dialect.ts";
import { adopt, allIds, emptySchema, match, type Mint, same, type Schema } from "../../../model/index.ts";
import type { Problem } from "../../../result/index.ts";
import type { Design } from "../../json/index.ts";
import { createReader, type DbmlReader } from "../read/reader.ts";
import { type Drawn, drawnBy, NOTHING_DRAWN } from "./drawn.ts";
import { mapped, type TextEdit } from "./edits.ts";
import { Outline } from "./outline.ts";
import { moved } from "./moved.ts";

const LISTS = ["tables", "foreignKeys", "types", "sequences"] as const;

export class Speaker {
  readonly dialect: Dialect;
  readonly #mint: Mint;
  readonly #reader: DbmlReader;
  /** The text as it was heard last, with faults or without. */
  text = "";
  /** The last that had no fault. */
  outline: Outline;
  /** What that says, without places: `drawn` has what it says of the drawing. */
  schema: Schema;
  name = "";
  drawn: Drawn = NOTHING_DRAWN;
  /** The text has a fault. */
  broken = false;
  #fresh: Schema;
  /** The reader's ids, and those of the design. */
  readonly #ids = new Map<string, string>();
  /** Edits since the last text without a fault. */
  #since: (readonly TextEdit[])[] = [];

  constructor(dialect: Dialect, mint: Mint) {
    this.dialect = dialect;
    this.#mint = mint;
    this.#reader = createReader({ dialects: [dialect] });
    this.#fresh = this.schema = emptySchema(dialect.id);
    this.outline = new Outline("", dialect);
  }

  /**
   * Takes in the text after edits; tells what is wrong with it and what a design does not hold of it. `others`: what else there is that
   * something in the text may be, by its name.
   */
  hear(text: string, edits: readonly TextEdit[], others: Schema, drawing: Drawn): readonly Problem[] {
    const before = this.outline;
    this.text = text;
    this.#since.push(edits);
    const { value, problems } = this.#reader.read(text);
    this.broken = value === null || problems.some(({ severity }) => severity === "error");
    if (this.broken || !value) return problems;
    const outline = new Outline(text, this.dialect);
    const steps = this.#since;
    const at = (place: number): number | null =>
      steps.reduce<number | null>((now, one) => (now === null ? null : mapped(now, one)), place);
    this.#since = [];
    const moves = before.text === "" ? new Map<string, string>() : moved(before, outline, at);
    this.#take(value, moves, others);
    this.outline = outline;
    this.drawn = drawnBy(outline, value, this.drawn, drawing, {
      at,
      before,
      idOf: (id) => this.#ids.get(id) ?? id,
      mint: this.#mint,
    });
    return problems;
  }

  /** The last edits did the text no good: it is again what it was, without a fault. */
  forget(text: string): void {
    this.text = text;
    this.broken = false;
    this.#since = [];
  }

  #take(value: Design, moves: ReadonlyMap<string, string>, others: Schema): void {
    const { schema: read } = value;
    const was = this.#fresh;
    const kept = new Map<object, object>();
    const left = Object.fromEntries(LISTS.map((list) => [list, new Set<object>(this.schema[list])])) as Record<
      string,
      Set<object>
    >;
    const fresh = { ...read };
    const next = { ...read };
    for (const list of LISTS) {
      const [olds, mine] = [was[list], this.schema[list]];
      const byId = new Map<string, number>(olds.map(({ id }, at) => [id, at]));
      const items = read[list].map((item): object => {
        const at = byId.get(item.id);
        const old = at === undefined ? undefined : olds[at];
        const own = at === undefined ? undefined : mine[at];
        if (!old || !own || !same(old, item)) return item;
        kept.set(old, own);
        left[list]?.delete(own);
        return old;
      });
      Object.assign(next, { [list]: items });
      Object.assign(fresh, { [list]: items.filter((item) => !kept.has(item)) });
    }
    const old = { ...others, views: [], verbatim: [] } as Schema;
    for (const list of LISTS) Object.assign(old, { [list]: [...(left[list] ?? [])] });
    const gone = this.#forget(next, fresh);
    const settled = (id: string): string | undefined => this.#ids.get(id) ?? gone.get(moves.get(id) ?? "");
    const named = [...allIds(fresh)].some((id) => settled(id) === undefined) ? this.#named(fresh, old, others, settled) : null;
    const adopted = adopt(fresh, old, this.#mint, { get: (id) => settled(id) ?? named?.get(id) });
    const [froms, tos] = [[...allIds(fresh)], [...allIds(adopted)]];
    froms.forEach((from, at) => this.#ids.set(from, tos[at] ?? from));
    const schema = { ...adopted };
    for (const list of LISTS) {
      const made = (adopted[list] as readonly object[])[Symbol.iterator]();
      Object.assign(schema, { [list]: (next[list] as readonly object[]).map((item) => kept.get(item) ?? made.next().value) });
    }
    this.#fresh = next;
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
    const stay = new Set<unknown>([...next.tables, ...next.foreignKeys, ...next.types, ...next.sequences]);
    const lost = {
      ...emptySchema(next.dialect),
      tables: this.#fresh.tables.filter((item) => !stay.has(item)),
      foreignKeys: this.#fresh.foreignKeys.filter((item) => !stay.has(item)),
      types: this.#fresh.types.filter((item) => !stay.has(item)),
      sequences: this.#fresh.sequences.filter((item) => !stay.has(item)),
    };
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
