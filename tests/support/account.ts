/**
 * An account of what each person wrote, kept beside the document and without it: who wrote which attribute, and what they had seen
 * when they did. From it follows what a design may hold in the end: of each attribute one of the values that nobody wrote over
 * knowingly, and of everything that nobody deleted, all.
 */
import {
  type Change,
  type EntityKind,
  type Identified,
  PART_KINDS,
  partList,
  same,
  type Schema,
  type Table,
  TOP_KINDS,
  topList,
} from "#shared/model/index.ts";
import { type Problem, sentence } from "#shared/result/index.ts";
import type { Drawn } from "./commands.ts";

/** One action: its own mark, and the marks that its person had seen. */
export interface Act {
  readonly by: number;
  readonly mark: string;
  readonly seen: ReadonlySet<string>;
}
interface Write extends Act {
  readonly value: unknown;
}
interface Known {
  readonly kind: EntityKind;
  readonly owner: string | null;
  dropped: boolean;
}
type Values = Readonly<Record<string, unknown>>;

/** What was there before anybody did anything. */
export const START: Act = { by: -1, mark: "start", seen: new Set() };
/** They say where something came from, and go without a word when that is gone. */
const SILENT: ReadonlySet<string> = new Set(["partOf", "inherited"]);
/** They lead to other things: where reading had to mend an entity, and says so, they may be less than was written. */
const REFERENCES: ReadonlySet<string> = new Set([
  "columns",
  "include",
  "parts",
  "inherits",
  "partitionOf",
  "ownedBy",
  "onDeleteColumns",
  "kind",
]);
const PARTS: ReadonlySet<string> = new Set(["columns", "constraints", "indexes"]);

/** Attributes of an entity; the parts of a table or view are entities of their own. */
const attributes = (kind: EntityKind, item: Identified): [string, unknown][] =>
  Object.entries(item).filter(
    ([name]) =>
      name !== "id" && !SILENT.has(name) && !(kind === "table" && PARTS.has(name)) && !(kind === "view" && name === "indexes"),
  );

interface Placed {
  readonly kind: EntityKind;
  readonly owner: string | null;
  readonly item: Identified;
}

function partsOf(kind: EntityKind, item: Identified): Placed[] {
  if (kind === "view")
    return (item as Schema["views"][number]).indexes.map((index) => ({ kind: "index", owner: item.id, item: index }));
  if (kind !== "table") return [];
  return PART_KINDS.flatMap((part) =>
    partList(item as unknown as Table, part).map((one) => ({ kind: part, owner: item.id, item: one })),
  );
}

const all = (schema: Schema): Placed[] =>
  TOP_KINDS.flatMap((kind) =>
    topList(schema, kind).flatMap((item) => [{ kind, owner: ownerOf(item), item }, ...partsOf(kind, item)]),
  );
/** What a thing goes with. */
const ownerOf = (item: Identified): string | null => ("ownerId" in item ? (item.ownerId as string | null) : null);

export class Account {
  readonly #entities = new Map<string, Known>();
  readonly #writes = new Map<string, Write[]>();
  /** What each did: ids, and `id.attribute`. */
  readonly #touched = new Map<number, Set<string>>();
  /** What somebody took back or did again: a value from before may stand there. */
  readonly #loose = new Set<string>();

  constructor(schema: Schema) {
    for (const placed of all(schema)) this.#create(START, placed);
  }

  #write(act: Act, key: string, value: unknown): void {
    const writes = this.#writes.get(key) ?? [];
    this.#writes.set(key, [...writes.filter(({ mark }) => mark !== act.mark), { ...act, value }]);
    this.#touch(act, key);
  }

  #touch({ by }: Act, key: string): void {
    const touched = this.#touched.get(by) ?? new Set();
    this.#touched.set(by, touched.add(key));
  }

  #create(act: Act, { kind, owner, item }: Placed): void {
    this.#entities.set(item.id, { kind, owner, dropped: false });
    this.#touch(act, item.id);
    for (const [name, value] of attributes(kind, item)) this.#write(act, `${item.id}.${name}`, value);
  }

  #drop(act: Act, id: string): void {
    this.#touch(act, id);
    const known = this.#entities.get(id);
    if (known) known.dropped = true;
  }

  changed(act: Act, changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind === "reorder") continue;
      const { entity: kind, ownerId } = change;
      if (change.kind === "create") {
        const placed = { kind, owner: kind === "foreignKey" ? null : (ownerId ?? ownerOf(change.after)), item: change.after };
        for (const each of [placed, ...partsOf(kind, change.after)]) this.#create(act, each);
      } else if (change.kind === "drop") {
        this.#drop(act, change.before.id);
        for (const { item } of partsOf(kind, change.before)) this.#drop(act, item.id);
      } else {
        const was = change.before as unknown as Values;
        for (const [name, value] of attributes(kind, change.after))
          if (!same(was[name], value)) this.#write(act, `${change.after.id}.${name}`, value);
      }
    }
  }

  drawn(act: Act, values: readonly Drawn[]): void {
    for (const { key, value } of values) this.#write(act, key, value);
  }

  /**
   * Somebody took back or did again what makes these changes. It may have been something that is not to be seen, as a relation to a
   * table that another deleted: of all that they did nothing is sure any more.
   */
  turned(by: number, changes: readonly Change[]): void {
    for (const key of this.#touched.get(by) ?? []) this.#loose.add(key);
    for (const change of changes) {
      if (change.kind === "reorder") continue;
      if (change.kind === "alter") {
        const was = change.before as unknown as Values;
        for (const [name, value] of attributes(change.entity, change.after))
          if (!same(was[name], value)) this.#loose.add(`${change.after.id}.${name}`);
        if (change.entity === "view") for (const { item } of partsOf("view", change.before)) this.#loose.add(item.id);
      } else {
        const item = change.kind === "create" ? change.after : change.before;
        for (const one of [item, ...partsOf(change.entity, item).map((placed) => placed.item)]) this.#loose.add(one.id);
      }
    }
  }

  /** What may stand there: the values that nobody who had seen them wrote over. */
  #possible(key: string): readonly unknown[] {
    const writes = this.#writes.get(key) ?? [];
    return writes.filter(({ mark }) => !writes.some(({ seen }) => seen.has(mark))).map(({ value }) => value);
  }

  #isLoose(id: string): boolean {
    const owner = this.#entities.get(id)?.owner ?? null;
    return this.#loose.has(id) || (owner !== null && this.#isLoose(owner));
  }

  #isDropped(id: string): boolean {
    const known = this.#entities.get(id);
    return known !== undefined && (known.dropped || (known.owner !== null && this.#isDropped(known.owner)));
  }

  /** What the account finds wrong with a design that everybody ended with: sentences. */
  complaints(schema: Schema, problems: readonly Problem[]): readonly string[] {
    const said = new Map(problems.flatMap((problem) => (problem.about ? [[problem.about.id, sentence(problem)]] : [])));
    const there = new Map(all(schema).map((placed) => [placed.item.id, placed]));
    return [...this.#entities].flatMap(([id, { kind }]) => {
      const found = there.get(id);
      if (this.#isLoose(id)) return [];
      if (!found)
        return this.#isDropped(id) || said.has(id) ? [] : [`${kind} ${id} is gone, nobody deleted it, and nothing is said`];
      // A namespace that was deleted is there while something is in it.
      if (this.#isDropped(id) && kind !== "namespace") return [`${kind} ${id} was deleted and is there`];
      return attributes(kind, found.item).flatMap(([name, value]) => {
        const key = `${id}.${name}`;
        if (this.#loose.has(key) || (said.has(id) && REFERENCES.has(name))) return [];
        const possible = this.#possible(key);
        if (possible.some((one) => same(one, value))) return [];
        return [
          `${kind} ${key} is ${JSON.stringify(value)} and should be ${possible.map((one) => JSON.stringify(one)).join(" or ")}`,
        ];
      });
    });
  }

  /** The same of the diagram, whose values are `drawn`, by key. */
  drawnComplaints(drawn: ReadonlyMap<string, unknown>): readonly string[] {
    return [...this.#writes.keys()].flatMap((key) => {
      if (!/^(positions|tints|areas|notes) |^name$/.test(key) || this.#loose.has("diagram")) return [];
      const possible = this.#possible(key);
      const value = drawn.get(key);
      return possible.some((one) => same(one, value))
        ? []
        : [`${key} is ${JSON.stringify(value)} and should be ${JSON.stringify(possible)}`];
    });
  }

  /** Somebody took back or did again something of the diagram. */
  turnedDiagram(): void {
    this.#loose.add("diagram");
  }
}
