/**
 * What was taken out of a text, whole: a table that is cut in one place and pasted in another has its triggers, its options and its
 * place again.
 */
import {
  type EntityKind,
  type Identified,
  PART_KINDS,
  PARTS,
  type Schema,
  type Table,
  TOP,
  TOP_KINDS,
  type TopKind,
  type Verbatim,
} from "../model/index.ts";
import { merged } from "./merged.ts";

interface Entity {
  readonly kind: EntityKind;
  readonly ownerId: string | null;
  readonly item: Identified;
}

interface Kept extends Entity {
  /** As a text says it; `item` is all of it. */
  readonly said: Identified;
  readonly beside: readonly Verbatim[];
}

/** What a text can say of a design, as far as these things go. */
type Held = (schema: Schema, ids: ReadonlySet<string>) => Schema;

/** A text from which more was taken forgets the first of it. */
const MOST = 5_000;

export class Memory {
  readonly #kept = new Map<string, Kept>();
  readonly #held: Held;

  constructor(held: Held) {
    this.#held = held;
  }

  /** A design with all that a person may put back into the text, to be found again by name. */
  with(schema: Schema): Schema {
    if (this.#kept.size === 0) return schema;
    const there = new Set(entities(schema).map(({ item }) => item.id));
    const absent = [...this.#kept.values()].filter(({ said }) => !there.has(said.id));
    if (absent.length === 0) return schema;
    const of = (kind: EntityKind, ownerId: string | null): never[] =>
      absent.flatMap((kept) => (kept.kind === kind && kept.ownerId === ownerId ? [kept.said as never] : []));
    const owners = new Set(absent.map(({ ownerId }) => ownerId));
    const tables = schema.tables.map((table): Table => {
      if (!owners.has(table.id)) return table;
      const lists = PART_KINDS.map((kind) => [PARTS[kind], [...table[PARTS[kind]], ...of(kind, table.id)]]);
      return { ...table, ...Object.fromEntries(lists) } as Table;
    });
    const tops = TOP_KINDS.map((kind) => [TOP[kind], [...(kind === "table" ? tables : schema[TOP[kind]]), ...of(kind, null)]]);
    return { ...schema, ...Object.fromEntries(tops) } as Schema;
  }

  /** Keeps what is in the first and not in the second. */
  keep(before: Schema, after: Schema): void {
    const now = new Set(entities(after).map(({ item }) => item.id));
    const gone = entities(before).filter(({ item }) => !now.has(item.id));
    const ids = new Set(gone.map(({ item, ownerId }) => ownerId ?? item.id));
    const held = new Map(entities(this.#held(before, ids)).map(({ item }) => [item.id, item]));
    for (const entity of gone) {
      const { id } = entity.item;
      const said = held.get(id);
      if (!said || entity.kind === "verbatim") continue;
      const beside =
        entity.kind === "table"
          ? gone.flatMap(({ item, kind }) => (kind === "verbatim" ? [item as unknown as Verbatim] : []))
          : [];
      this.#kept.delete(id);
      this.#kept.set(id, {
        ...entity,
        said,
        beside: beside.filter(({ ownerId, dependsOn }) => ownerId === id || dependsOn.includes(id)),
      });
    }
    for (const id of this.#kept.keys()) {
      if (this.#kept.size <= MOST) break;
      this.#kept.delete(id);
    }
  }

  /** Something that comes into the text: all that it was, changed as the text says it now, and what hung on it. */
  again(kind: EntityKind, item: Identified): { readonly item: Identified; readonly beside: readonly Verbatim[] } {
    const kept = this.#kept.get(item.id);
    const whole = kept ? merged(kept.item, kept.said, item) : item;
    if (kind !== "table") return { item: whole, beside: [] };
    const full = (kept?.item ?? null) as Table | null;
    const said = item as unknown as Table;
    const lists = PART_KINDS.map((part) => {
      const list = PARTS[part];
      const parts = (said[list] as readonly Identified[]).map((one) => this.again(part, one).item);
      const unsaid = (full?.[list] as readonly Identified[] | undefined)?.filter(({ id }) => !this.#kept.has(id)) ?? [];
      return [list, [...parts, ...unsaid]];
    });
    return { item: { ...whole, ...Object.fromEntries(lists) } as Identified, beside: kept?.beside ?? [] };
  }
}

/** Every entity but the indexes of views. */
function entities(schema: Schema): Entity[] {
  const found: Entity[] = [];
  for (const kind of TOP_KINDS) for (const item of schema[TOP[kind as TopKind]]) found.push({ kind, ownerId: null, item });
  for (const table of schema.tables)
    for (const kind of PART_KINDS) for (const item of table[PARTS[kind]]) found.push({ kind, ownerId: table.id, item });
  return found;
}
