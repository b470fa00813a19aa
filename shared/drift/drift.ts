/**
 * The drift between a design and a live database, in words: what each has, grouped by table. Every difference carries the change
 * that would bring the design to the database.
 */
import type { Dialect } from "../dialects/dialect.ts";
import type { Change, EntityKind, Identified, Schema } from "../model/index.ts";
import { diff, keysNotNull } from "../diff/index.ts";
import { attributeWord, entityWord, namesIn, say, summary } from "./words.ts";

/** Who has it: only the database, only the design, or both, each in its own way. */
export type Side = "database" | "design" | "both";

export interface Difference {
  /** The same for the same difference, however often it is looked for. */
  readonly key: string;
  readonly side: Side;
  /** `column email`. */
  readonly what: string;
  /** What the one side has, or attribute by attribute how the two differ. */
  readonly details: readonly string[];
  readonly change: Change;
}

export interface DriftGroup {
  readonly key: string;
  /** `public.customer`; for what hangs on no table, its kind. */
  readonly name: string;
  readonly differences: readonly Difference[];
}

/** Attributes that say how something came about, not what it is. */
const NOT_COMPARED: ReadonlySet<string> = new Set(["dependsOn", "columns", "constraints", "indexes"]);
const OF_VIEWS: ReadonlySet<string> = new Set(["dependsOn"]);

/** Types as the engine prints them, and keys as it makes them: two ways to write one thing are no difference. */
function comparable(schema: Schema, { types }: Dialect): Schema {
  const tables = keysNotNull(schema).tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => {
      const type = types.canonical(column.type);
      return type === column.type ? column : { ...column, type };
    }),
  }));
  return { ...schema, tables };
}

type Names = ReturnType<typeof namesIn>;

function attributes(change: Extract<Change, { kind: "alter" }>, names: Names): string[] {
  const [was, is] = [change.before, change.after] as unknown as readonly [Record<string, unknown>, Record<string, unknown>];
  const skipped = change.entity === "table" ? NOT_COMPARED : OF_VIEWS;
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((key) => !skipped.has(key) && JSON.stringify(was[key]) !== JSON.stringify(is[key]))
    .map((key) => `${attributeWord(key)}: ${say(was[key], names)} in the design, ${say(is[key], names)} in the database`);
}

const nameOf = (item: Identified): string => ("name" in item ? String(item.name) : item.id);

function told(change: Change, names: Names): Difference | null {
  const make = (side: Side, item: Identified, what: string, details: readonly string[]): Difference => ({
    key: `${change.kind} ${change.entity} ${item.id}`,
    side,
    what,
    details,
    change,
  });
  switch (change.kind) {
    case "create":
      return make(
        "database",
        change.after,
        `${entityWord(change.entity, change.after)} ${nameOf(change.after)}`,
        summary(change.after, names),
      );
    case "drop":
      return make(
        "design",
        change.before,
        `${entityWord(change.entity, change.before)} ${nameOf(change.before)}`,
        summary(change.before, names),
      );
    case "alter": {
      const details = attributes(change, names);
      if (details.length === 0) return null;
      return make("both", change.after, `${entityWord(change.entity, change.before)} ${nameOf(change.before)}`, details);
    }
    case "reorder": {
      const order = (ids: readonly string[]): string => ids.map((id) => names.get(id) ?? id).join(", ");
      return make("both", { id: change.ownerId }, "order of the columns", [
        `${order(change.before)} in the design`,
        `${order(change.after)} in the database`,
      ]);
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

/** `public.customer`, as the design calls it, else as the database does. */
function relationNames(design: Schema, live: Schema): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { namespaces, tables, views } of [live, design]) {
    const spaces = new Map<string, string>(namespaces.map(({ id, name }) => [id, name]));
    for (const { id, namespaceId, name } of [...tables, ...views]) found.set(id, `${spaces.get(namespaceId) ?? ""}.${name}`);
  }
  return found;
}

/**
 * What a design and a live database do not share. `live` has the design's ids where the two are the same (`adopt`); the design
 * is best as its engine prints it. Tables and views of the names in `left` are not looked at.
 */
export function drift(design: Schema, live: Schema, dialect: Dialect, left: readonly string[] = []): readonly DriftGroup[] {
  const names = namesIn(design, live);
  const relations = relationNames(design, live);
  const unseen = new Set(left);
  const groups = new Map<string, { readonly name: string; readonly loose: boolean; readonly differences: Difference[] }>();
  for (const change of diff(comparable(design, dialect), comparable(live, dialect))) {
    const difference = told(change, names);
    if (!difference) continue;
    const owner = ownerOf(change);
    const name = owner === null ? (LOOSE[change.entity] ?? "Other objects") : (relations.get(owner) ?? owner);
    if (unseen.has(name)) continue;
    const key = owner ?? name;
    const group = groups.get(key) ?? { name, loose: owner === null, differences: [] };
    groups.set(key, group);
    group.differences.push(difference);
  }
  return [...groups]
    .map(([key, group]) => ({ key, ...group }))
    .sort((a, b) => Number(a.loose) - Number(b.loose) || (a.name < b.name ? -1 : 1))
    .map(({ key, name, differences }) => ({ key, name, differences }));
}
