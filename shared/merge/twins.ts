/** What is there twice where there should be one: names, and primary keys. And a namespace that one deleted and the other used. */
import type { KeyConstraint, Schema, Table } from "../model/index.ts";
import { type Kept, type Placed, type Sides, type Twins, type TwoKeys, otherOf, type Who } from "./collision.ts";
import { type Place, placesIn, tableOf } from "./placed.ts";

interface Shelf {
  readonly what: Twins["what"];
  /** Those of one name collide within it. */
  readonly within: string;
  readonly of: string | null;
  readonly placed: Placed;
}

function shelves(schema: Schema): readonly Shelf[] {
  return [
    ...schema.tables.map((item) => ({
      what: "table" as const,
      within: item.namespaceId,
      of: null,
      placed: { kind: "table" as const, owner: null, item },
    })),
    ...schema.views.map((item) => ({
      what: "view" as const,
      within: item.namespaceId,
      of: null,
      placed: { kind: "view" as const, owner: null, item },
    })),
    ...schema.types.map((item) => ({
      what: "type" as const,
      within: `types of ${item.namespaceId}`,
      of: null,
      placed: { kind: "type" as const, owner: null, item },
    })),
    ...schema.tables.flatMap((table) => [
      ...table.columns.map((item) => ({
        what: "column" as const,
        within: table.id,
        of: table.name,
        placed: { kind: "column" as const, owner: table.id, item },
      })),
      ...table.constraints.map((item) => ({
        what: "constraint" as const,
        within: `constraints of ${table.id}`,
        of: table.name,
        placed: { kind: "constraint" as const, owner: table.id, item },
      })),
    ]),
  ];
}

const nameOf = ({ item }: Placed): string => ("name" in item ? String(item.name) : "");

/** Two things of one name, one named so by each side. */
export function twins({ mine, theirs, merged }: Sides): readonly Twins[] {
  const [one, other] = [placesIn(mine), placesIn(theirs)];
  const named = (places: Place, placed: Placed): boolean => {
    const found = places.get(placed.item.id);
    return found !== undefined && nameOf(found) === nameOf(placed);
  };
  const groups = new Map<string, Shelf[]>();
  for (const shelf of shelves(merged)) {
    const key = `${shelf.within}\0${nameOf(shelf.placed)}`;
    const group = groups.get(key);
    if (group) group.push(shelf);
    else groups.set(key, [shelf]);
  }
  return [...groups.values()].flatMap((group): Twins[] => {
    const own = group.find(({ placed }) => named(one, placed) && !named(other, placed));
    const their = group.find(({ placed }) => named(other, placed) && !named(one, placed));
    if (!own || !their) return [];
    const { what, of, placed } = own;
    const ids = [placed.item.id, their.placed.item.id];
    return [
      {
        kind: "twins",
        key: `twins ${ids.sort().join(" ")}`,
        relation: placed.owner ?? placed.item.id,
        what,
        name: nameOf(placed),
        of,
        items: { mine: placed, theirs: their.placed },
      },
    ];
  });
}

const primaryOf = (table: Table | undefined): KeyConstraint | undefined =>
  table?.constraints.find((item): item is KeyConstraint => item.kind === "primary");

/** Tables to which each side gave a primary key. */
export function twoKeys({ base, mine, theirs, merged }: Sides): readonly TwoKeys[] {
  return merged.tables.flatMap((table): TwoKeys[] => {
    const [own, their] = [primaryOf(tableOf(mine, table.id)), primaryOf(tableOf(theirs, table.id))];
    const has = (key: KeyConstraint): boolean => table.constraints.some(({ id }) => id === key.id);
    if (!own || !their || own.id === their.id || !has(own) || !has(their)) return [];
    // One that was there before is not given.
    const before = primaryOf(tableOf(base, table.id));
    if (before && before.id === own.id && before.id === their.id) return [];
    const said = ({ columns }: KeyConstraint): string =>
      columns.map((id) => table.columns.find((column) => column.id === id)?.name ?? "?").join(", ");
    return [
      {
        kind: "two-keys",
        key: `two-keys ${table.id}`,
        relation: table.id,
        table: table.name,
        keys: { mine: own, theirs: their },
        said: { mine: said(own), theirs: said(their) },
        primary: primaryOf(table)?.id === own.id ? "mine" : "theirs",
      },
    ];
  });
}

/** Namespaces that one side deleted and that hold something of the other's. */
export function kept({ base, mine, theirs, merged }: Sides): readonly Kept[] {
  const has = ({ namespaces }: Schema, id: string): boolean => namespaces.some((namespace) => namespace.id === id);
  const sides: Readonly<Record<Who, Schema>> = { mine, theirs };
  return merged.namespaces.flatMap((namespace): Kept[] => {
    if (!has(base, namespace.id)) return [];
    const by = (["mine", "theirs"] as const).find((who) => !has(sides[who], namespace.id));
    if (!by || !has(sides[otherOf(by)], namespace.id)) return [];
    return [{ kind: "kept", key: `kept ${namespace.id}`, relation: null, namespace, deletedBy: by }];
  });
}
