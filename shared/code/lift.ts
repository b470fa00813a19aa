/**
 * What a person changed in a text, as changes of the whole design. The text knows only part of each thing: what it cannot say stays as
 * it is, a new name reaches everything that speaks of the thing, and what is put back into the text is again all that it was.
 */
import type { Dialect } from "../dialects/dialect.ts";
import { dropColumn, dropTables, renameColumn, renameRelation, renameType } from "../edit/index.ts";
import {
  altered,
  apply,
  type Change,
  created,
  type EntityKind,
  type Identified,
  isPart,
  PARTS,
  type PartKind,
  same,
  type Schema,
  type Table,
  TOP,
  type TopKind,
} from "../model/index.ts";
import type { Memory } from "./memory.ts";
import { merged } from "./merged.ts";

type One = Exclude<Change, { readonly kind: "reorder" }>;

/** In which order changes are made: what others need comes first, what goes takes nothing with it that was changed. */
const RANKS: readonly ((change: Change) => boolean)[] = [
  ({ entity }) => entity === "namespace",
  ({ entity, kind }) => entity === "type" && kind !== "drop",
  ({ entity, kind }) => entity === "table" && kind !== "drop",
  ({ entity, kind }) => entity === "column" && kind !== "drop",
  ({ entity }) => entity === "constraint" || entity === "index",
  ({ entity }) => entity === "foreignKey",
  ({ entity }) => entity === "sequence",
  ({ entity }) => entity === "column",
  ({ entity }) => entity === "table",
  () => true,
];

const rank = (change: Change): number => RANKS.findIndex((fits) => fits(change));

export interface Lifted {
  readonly schema: Schema;
  readonly changes: readonly Change[];
  /** Changes that the text does not say itself: new names where others speak of a thing. */
  readonly beyond: readonly Change[];
}

class Lifter {
  schema: Schema;
  readonly changes: Change[] = [];
  readonly beyond: Change[] = [];
  readonly #dialect: Dialect;
  readonly #memory: Memory;

  constructor(schema: Schema, dialect: Dialect, memory: Memory) {
    this.schema = schema;
    this.#dialect = dialect;
    this.#memory = memory;
  }

  #make(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    this.schema = apply(this.schema, changes);
    this.changes.push(...changes);
  }

  #makeBeyond(changes: readonly Change[], id: string): void {
    this.beyond.push(...changes.filter((change) => change.kind !== "alter" || change.after.id !== id));
    this.#make(changes);
  }

  #table(id: string | null): Table | undefined {
    return this.schema.tables.find((table) => table.id === id);
  }

  #find({ entity, ownerId }: Change, id: string): Identified | undefined {
    const table = isPart(entity) ? this.#table(ownerId) : undefined;
    const list: readonly Identified[] = isPart(entity)
      ? (table?.[PARTS[entity as PartKind]] ?? [])
      : this.schema[TOP[entity as TopKind]];
    return list.find((item) => item.id === id);
  }

  take(change: Change): void {
    if (change.kind === "reorder") {
      const before = this.#table(change.ownerId)?.columns.map(({ id }) => id) ?? [];
      const known = new Set(change.after);
      const after = [...change.after, ...before.filter((id) => !known.has(id))];
      this.#make([{ ...change, before, after }]);
    } else if (change.kind === "create") this.#create(change);
    else {
      const full = this.#find(change, change.before.id);
      if (!full) return;
      if (change.kind === "drop") this.#drop(change, full);
      else this.#alter(change, full, change.before, change.after);
    }
  }

  /** What is there already is changed; what was there is again what it was. */
  #create(change: One & { readonly kind: "create" }): void {
    const { after, entity, ownerId, at } = change;
    const full = this.#find(change, after.id);
    if (full) {
      if (entity !== "namespace") this.#alter(change, full, full, after);
      return;
    }
    const again = this.#memory.again(entity, after);
    this.#make([created(entity, ownerId, again.item, at)]);
    for (const item of again.beside)
      if (!this.schema.verbatim.some(({ id }) => id === item.id)) this.#make([created("verbatim", null, item, null)]);
  }

  #drop({ entity, ownerId }: One, full: Identified): void {
    // A namespace in which nothing is left may stay: the text does not say which there are.
    if (entity === "namespace") return;
    const before = this.schema;
    const item = full as never;
    const table = this.#table(ownerId);
    if (entity === "table") this.#make(dropTables(this.schema, new Set([full.id as never])));
    else if (entity === "column" && table) this.#make(dropColumn(this.schema, table, item));
    else this.#make([{ kind: "drop", entity, ownerId, before: item } as Change]);
    this.#memory.keep(before, this.schema);
  }

  #alter({ entity, ownerId }: One, full: Identified, before: Identified, after: Identified): void {
    const renames = this.#renames(entity, ownerId, full, before, after);
    this.#makeBeyond(renames, full.id);
    const now = this.#find({ entity, ownerId } as Change, full.id) ?? full;
    const next = merged(now, before, after);
    if (!same(now, next)) this.#make([altered(entity, ownerId, now, next)]);
  }

  #renames(entity: EntityKind, ownerId: One["ownerId"], full: Identified, before: Identified, after: Identified): Change[] {
    const [was, next] = [before as unknown as Table, after as unknown as Table];
    const name = was.name === next.name ? undefined : next.name;
    if (entity === "table") {
      const moved = was.namespaceId === next.namespaceId ? undefined : next.namespaceId;
      if (name === undefined && moved === undefined) return [];
      const to = { ...(name === undefined ? {} : { name }), ...(moved === undefined ? {} : { namespaceId: moved }) };
      return renameRelation(this.schema, full as unknown as Table, to, this.#dialect);
    }
    if (name === undefined) return [];
    const table = this.#table(ownerId);
    if (entity === "column" && table) return renameColumn(this.schema, table, full as never, name, this.#dialect);
    return entity === "type" ? renameType(this.schema, full as never, name, this.#dialect) : [];
  }
}

/** Changes of what the text says, made on the design as it is. */
export function lift(mine: readonly Change[], schema: Schema, dialect: Dialect, memory: Memory): Lifted {
  const lifter = new Lifter(schema, dialect, memory);
  const order = mine.map((change, at) => ({ change, at, rank: rank(change) })).sort((a, b) => a.rank - b.rank || a.at - b.at);
  for (const { change } of order) lifter.take(change);
  return { schema: lifter.schema, changes: lifter.changes, beyond: lifter.beyond };
}
