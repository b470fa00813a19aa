/** Changes in words, grouped by the table or view that they are about. How two sides are told apart is for the caller to say. */
import type { Change, EntityKind, Identified, Schema } from "../model/index.ts";
import { attributeWord, entityWord, namesIn, say, summary } from "./words.ts";

/** How the two values of one attribute are put into a sentence. */
export interface Voice {
  readonly altered: (attribute: string, was: string, is: string) => string;
  readonly reordered: (was: string, is: string) => readonly string[];
}

/** One change in words. */
export interface Told {
  /** The same for the same change, however often it is looked for. */
  readonly key: string;
  /** `column email`. */
  readonly what: string;
  /** What there is to say of it, or attribute by attribute how its two sides differ. */
  readonly details: readonly string[];
  readonly change: Change;
}

export interface ToldGroup {
  readonly key: string;
  /** `public.customer`; for what hangs on no table, its kind. */
  readonly name: string;
  readonly told: readonly Told[];
}

/** Attributes that say how something came about, not what it is. */
const NOT_COMPARED: ReadonlySet<string> = new Set(["dependsOn", "columns", "constraints", "indexes"]);
const OF_VIEWS: ReadonlySet<string> = new Set(["dependsOn"]);

type Names = ReturnType<typeof namesIn>;

function attributes(change: Extract<Change, { kind: "alter" }>, names: Names, voice: Voice): string[] {
  const [was, is] = [change.before, change.after] as unknown as readonly [Record<string, unknown>, Record<string, unknown>];
  const skipped = change.entity === "table" ? NOT_COMPARED : OF_VIEWS;
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((key) => !skipped.has(key) && JSON.stringify(was[key]) !== JSON.stringify(is[key]))
    .map((key) => voice.altered(attributeWord(key), say(was[key], names), say(is[key], names)));
}

const nameOf = (item: Identified): string => ("name" in item ? String(item.name) : item.id);

function told(change: Change, names: Names, voice: Voice): Told | null {
  const make = (item: Identified, what: string, details: readonly string[]): Told => ({
    key: `${change.kind} ${change.entity} ${item.id}`,
    what,
    details,
    change,
  });
  const called = (item: Identified): string => `${entityWord(change.entity, item)} ${nameOf(item)}`;
  switch (change.kind) {
    case "create":
      return make(change.after, called(change.after), summary(change.after, names));
    case "drop":
      return make(change.before, called(change.before), summary(change.before, names));
    case "alter": {
      const details = attributes(change, names, voice);
      return details.length === 0 ? null : make(change.after, called(change.before), details);
    }
    case "reorder": {
      const order = (ids: readonly string[]): string => ids.map((id) => names.get(id) ?? id).join(", ");
      return make({ id: change.ownerId }, "order of the columns", voice.reordered(order(change.before), order(change.after)));
    }
  }
}

const LOOSE: Readonly<Partial<Record<EntityKind, string>>> = {
  namespace: "Namespaces",
  type: "Types",
  sequence: "Sequences",
  verbatim: "Other objects",
};

/** The table or view that a change is about; null for what hangs on none. */
function ownerOf(change: Change): string | null {
  if (change.kind === "reorder") return change.ownerId;
  const item = change.kind === "create" ? change.after : change.before;
  if (change.entity === "table" || change.entity === "view") return item.id;
  if (change.entity === "verbatim" && "ownerId" in item) return item.ownerId;
  if (change.entity === "sequence" && "ownedBy" in item) return item.ownedBy?.tableId ?? null;
  return change.ownerId;
}

/** `public.customer`, as the first schema calls it, else as the second does. */
function relationNames(first: Schema, second: Schema): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { namespaces, tables, views } of [second, first]) {
    const spaces = new Map<string, string>(namespaces.map(({ id, name }) => [id, name]));
    for (const { id, namespaceId, name } of [...tables, ...views]) found.set(id, `${spaces.get(namespaceId) ?? ""}.${name}`);
  }
  return found;
}

/** What `changes` make of the first schema, on the way to the second. A change of nothing that is worth telling is left out. */
export function tell(changes: readonly Change[], first: Schema, second: Schema, voice: Voice): readonly ToldGroup[] {
  const names = namesIn(first, second);
  const relations = relationNames(first, second);
  const groups = new Map<string, { readonly name: string; readonly loose: boolean; readonly told: Told[] }>();
  for (const change of changes) {
    const one = told(change, names, voice);
    if (!one) continue;
    const owner = ownerOf(change);
    const name = owner === null ? (LOOSE[change.entity] ?? "Other objects") : (relations.get(owner) ?? owner);
    const key = owner ?? name;
    const group = groups.get(key) ?? { name, loose: owner === null, told: [] };
    groups.set(key, group);
    group.told.push(one);
  }
  return [...groups]
    .map(([key, group]) => ({ key, ...group }))
    .sort((a, b) => Number(a.loose) - Number(b.loose) || (a.name < b.name ? -1 : 1))
    .map(({ key, name, told: all }) => ({ key, name, told: all }));
}
