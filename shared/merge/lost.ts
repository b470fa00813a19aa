/** What one made or changed and is not there, or not whole, because the other deleted it or what it needs. */
import { diff } from "../diff/index.ts";
import {
  altered,
  type Change,
  type ForeignKey,
  type Identified,
  type Index,
  type KeyConstraint,
  type Schema,
  type Sequence,
  type Table,
  type TableId,
} from "../model/index.ts";
import { type Cut, type Lost, otherOf, type Placed, type Sides, type Who } from "./collision.ts";
import { called, made, parentsOf, type Place, placesIn, relationOf, tableOf } from "./placed.ts";

/** The columns that a key, index or relation is made of, of its own table and of the one referred to. */
function columnsOf(item: Identified): readonly string[] {
  if ("refColumns" in item) {
    const key = item as unknown as ForeignKey;
    return [...key.columns, ...key.refColumns];
  }
  if ("parts" in item) {
    const { parts, include } = item as unknown as Index;
    return [...parts.flatMap(({ columnId }) => columnId ?? []), ...include];
  }
  if ("include" in item && "columns" in item) {
    const key = item as unknown as KeyConstraint;
    return [...key.columns, ...key.include];
  }
  return [];
}

/** What a thing cannot be without, by id; tables before their columns. */
function needs(placed: Placed): readonly string[] {
  const { item, owner } = placed;
  const of = "refTableId" in item ? [String(relationOf(placed)), String(item.refTableId)] : [owner ?? relationOf(placed)];
  const namespace = "namespaceId" in item && typeof item.namespaceId === "string" ? [item.namespaceId] : [];
  return [...namespace, ...of.filter((id): id is string => id !== null && id !== item.id), ...columnsOf(item)];
}

/** What goes when this goes, and comes back with it: keys, indexes and relations of it, what hangs on it. */
function hanging({ item }: Placed, side: Schema, places: Place): readonly Placed[] {
  const table = tableOf(side, item.id);
  const uses = (placed: Placed): boolean =>
    table
      ? placed.owner === null &&
        (relationOf(placed) === item.id || ("refTableId" in placed.item && placed.item.refTableId === item.id))
      : columnsOf(placed.item).includes(item.id);
  const owns = ({ item: one }: Placed): boolean =>
    "ownedBy" in one && one.ownedBy !== null && Object.values(one.ownedBy as object).includes(item.id);
  return [...places.values()].filter((placed) => placed.item.id !== item.id && (uses(placed) || owns(placed)));
}

/** One side, as `lost` looks at it. */
interface Look {
  readonly who: Who;
  readonly side: Schema;
  readonly own: Place;
  readonly before: Place;
  readonly now: Place;
}

/** The changes that bring a thing back as the side had it, with all it needs, and with what hung on it where that can stand. */
function bringing(placed: Placed, { side, own, now }: Look): readonly Change[] {
  const changes: Change[] = [];
  const there = new Set(now.keys());
  const bring = (one: Placed): void => {
    if (there.has(one.item.id)) return;
    there.add(one.item.id);
    for (const id of needs(one)) {
      const need = own.get(id);
      if (need) bring(need);
    }
    // A table brings its parts with it.
    const whole = one.owner !== null && changes.some((change) => change.kind === "create" && change.after.id === one.owner);
    if (!whole) changes.push(made(one, side));
    for (const part of own.values()) if (part.owner === one.item.id) there.add(part.item.id);
    for (const other of hanging(one, side, own)) if (needs(other).every((id) => there.has(id))) bring(other);
  };
  bring(placed);
  return changes;
}

/** What a side did, by what it is about: of a table that is gone, everything that was done in it is one thing. */
function doings({ side, own, before, now }: Look, base: Schema): ReadonlyMap<string, Placed> {
  const found = new Map<string, Placed>();
  for (const change of diff(base, side)) {
    if (change.kind === "drop") continue;
    const id = change.kind === "reorder" ? change.ownerId : change.after.id;
    const owner = change.kind === "reorder" ? change.ownerId : (own.get(id)?.owner ?? null);
    // What was made in a table that the other deleted is a change of that table.
    const about = owner !== null && !now.has(owner) && before.has(owner) ? owner : id;
    const placed = own.get(about);
    if (placed) found.set(about, placed);
  }
  return found;
}

const key = (kind: string, who: Who, { item }: Placed): string => `${kind} ${who} ${item.id}`;

function lostOf(placed: Placed, look: Look): Lost | null {
  const { who, own, before, now } = look;
  const { item } = placed;
  const missing = needs(placed).filter((id) => !now.has(id) && before.has(id));
  const itself = missing.length === 0;
  // Made by this side and gone for no reason that is seen here: it cannot be, and is not told.
  if (itself && !before.has(item.id)) return null;
  const tables = missing.filter((id) => before.get(id)?.kind === "table");
  const gone = itself ? [item.id] : missing.filter((id) => !tables.includes(before.get(id)?.owner ?? ""));
  return {
    kind: "lost",
    key: key("lost", who, placed),
    relation: relationOf(placed),
    by: who,
    how: before.has(item.id) ? "changed" : "made",
    placed,
    name: called(placed, own),
    gone: gone.map((id) => called(before.get(id) as Placed, before)),
    itself,
    back: bringing(placed, look),
  };
}

/** What a thing refers to and can do without: it is cut where that is gone. Tables before their columns. */
function references({ item }: Placed): readonly string[] {
  if ("ownedBy" in item) {
    const { ownedBy } = item as unknown as Sequence;
    return ownedBy ? [ownedBy.tableId, ownedBy.columnId] : [];
  }
  if ("inherits" in item) return parentsOf(item as unknown as Table);
  return "refColumns" in item ? [] : columnsOf(item);
}

function cutOf(placed: Placed, look: Look): Cut | null {
  const { who, own, before, now } = look;
  const { kind, owner, item } = placed;
  const is = now.get(item.id);
  const missing = references(placed).filter((id) => !now.has(id) && before.has(id));
  if (!is || missing.length === 0) return null;
  const gone = missing.filter((id) => !missing.includes(before.get(id)?.owner ?? ""));
  const back = new Map<string, Change>();
  for (const id of missing) {
    const one = own.get(id) ?? before.get(id);
    for (const change of one ? bringing(one, look) : []) if (change.kind === "create") back.set(change.after.id, change);
  }
  return {
    kind: "cut",
    key: key("cut", who, placed),
    relation: relationOf(placed),
    by: who,
    placed,
    name: called(placed, own),
    gone: gone.map((id) => called(before.get(id) as Placed, before)),
    back: [...back.values()],
    leave: [altered(kind, owner as TableId, item, is.item)],
  };
}

/** Both kinds, of both sides. What comes back with something that is told is not told again. */
export function losses({ base, mine, theirs, merged }: Sides): readonly (Lost | Cut)[] {
  const before = placesIn(base);
  const now = placesIn(merged);
  const found: (Lost | Cut)[] = [];
  for (const who of ["mine", "theirs"] as const) {
    const side = who === "mine" ? mine : theirs;
    const look: Look = { who, side, own: placesIn(side), before, now };
    const other = placesIn(otherOf(who) === "mine" ? mine : theirs);
    for (const placed of doings(look, base).values()) {
      // What both deleted or the other has as well was no loss.
      const one = now.has(placed.item.id) ? cutOf(placed, look) : other.has(placed.item.id) ? null : lostOf(placed, look);
      if (one) found.push(one);
    }
  }
  const returned = (lost: Lost): ReadonlySet<string> =>
    new Set(lost.back.flatMap((change) => (change.kind === "create" ? [change.after.id as string] : [])));
  const covers = (lost: Lost | Cut, { key: known, kind, placed }: Lost | Cut): boolean =>
    kind === "lost" && lost.kind === "lost" && lost.itself && lost.key !== known && returned(lost).has(placed.item.id);
  return found.filter(
    (one) => !found.some((lost) => covers(lost, one) && !(one.kind === "lost" && covers(one, lost) && one.key < lost.key)),
  );
}
