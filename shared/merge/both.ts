/** What both sides gave another value: attributes, orders of columns, parents of tables. */
import { attributeWord, namesIn, say } from "../drift/index.ts";
import { type EntityKind, type Identified, same, type Table } from "../model/index.ts";
import type { BothChanged, Circle, Order, Sides, Who } from "./collision.ts";
import { called, parentsOf, placesIn, relationOf, tableOf } from "./placed.ts";

/** They follow from others, have collisions of their own, or are parts. */
const SKIPPED: Readonly<Partial<Record<EntityKind, readonly string[]>>> = {
  table: ["columns", "constraints", "indexes", "dependsOn"],
  view: ["columns", "indexes", "dependsOn"],
  type: ["dependsOn"],
  verbatim: ["dependsOn"],
  column: ["inherited"],
  constraint: ["partOf", "inherited"],
  index: ["partOf"],
  foreignKey: ["partOf"],
};

type Values = Readonly<Record<string, unknown>>;
const valuesOf = (item: Identified): Values => item as unknown as Values;

/**
 * A text that differs only by what both renamed something to: it followed its name, and follows it again when that is settled. Where
 * it did not end with the name that won, it is told like any other.
 */
function followed(one: BothChanged, names: readonly BothChanged[]): boolean {
  const { mine, theirs } = one.values;
  if (one.attribute === "name" || typeof mine !== "string" || typeof theirs !== "string") return false;
  const renamed = names.filter(({ won, values }) => won === one.won && Object.values(values).every((name) => name !== ""));
  const neutral = (text: string): string =>
    renamed.reduce(
      (left, { values }, at) =>
        left
          .split(String(values.mine))
          .join(`\0${String(at)}`)
          .split(String(values.theirs))
          .join(`\0${String(at)}`),
      text,
    );
  return renamed.length > 0 && neutral(mine) === neutral(theirs);
}

/** Attributes that both changed, and not to the same. */
export function bothChanged(sides: Sides): readonly BothChanged[] {
  const all = everyAttribute(sides);
  const names = all.filter(({ attribute }) => attribute === "name");
  return all.filter((one) => !followed(one, names));
}

function everyAttribute({ base, mine, theirs, merged }: Sides): readonly BothChanged[] {
  const [before, one, other, now] = [base, mine, theirs, merged].map(placesIn);
  if (!before || !one || !other || !now) return [];
  const names = namesIn(mine, theirs);
  return [...before].flatMap(([id, was]) => {
    const [own, their, is] = [one.get(id), other.get(id), now.get(id)];
    // Untouched things are the same objects where they come from one document, and equal otherwise.
    if (!own || !their || !is || own.item === was.item || their.item === was.item) return [];
    const [from, m, t, n] = [was, own, their, is].map(({ item }) => valuesOf(item));
    if (!from || !m || !t || !n) return [];
    const skipped = SKIPPED[was.kind] ?? [];
    return Object.keys({ ...m, ...t })
      .filter(
        (name) => !skipped.includes(name) && !same(m[name], from[name]) && !same(t[name], from[name]) && !same(m[name], t[name]),
      )
      .map((attribute): BothChanged => {
        return {
          kind: "attribute",
          key: `attribute ${id}.${attribute}`,
          relation: relationOf(was),
          placed: is,
          name: called(was, before),
          attribute,
          values: { mine: m[attribute], theirs: t[attribute] },
          said: { mine: say(m[attribute], names), theirs: say(t[attribute], names) },
          won: same(n[attribute], m[attribute]) ? "mine" : "theirs",
        };
      });
  });
}

/** An attribute's word, for a sentence. */
export const wordOf = ({ attribute }: BothChanged): string => attributeWord(attribute);

/** Tables whose columns both put into an order of their own. */
export function orders({ base, mine, theirs, merged }: Sides): readonly Order[] {
  const shared = (table: Table, others: readonly Table[]): readonly string[] =>
    table.columns
      .map(({ id }) => id as string)
      .filter((id) => others.every(({ columns }) => columns.some((column) => column.id === id)));
  return base.tables.flatMap((was): Order[] => {
    const [own, their, is] = [mine, theirs, merged].map((schema) => tableOf(schema, was.id));
    if (!own || !their || !is || own.columns === was.columns || their.columns === was.columns) return [];
    const all = [was, own, their];
    const [from, m, t] = all.map((table) => shared(table, all));
    if (same(from, m) || same(from, t) || same(m, t)) return [];
    const ids = (table: Table): readonly string[] => table.columns.map(({ id }) => id);
    return [
      {
        kind: "order",
        key: `order ${was.id}`,
        relation: was.id,
        table: is.name,
        orders: { mine: ids(own), theirs: ids(their) },
      },
    ];
  });
}

/** Two tables that became each other's parents, one by each side. */
export function circles({ base, mine, theirs, merged }: Sides): readonly Circle[] {
  /** Tables that a side made children, and that are none. */
  const wanting = (who: Who): readonly Table[] =>
    (who === "mine" ? mine : theirs).tables.filter((table) => {
      const [was, is] = [tableOf(base, table.id), tableOf(merged, table.id)];
      return is !== undefined && parentsOf(table).length > parentsOf(is).length && !same(was && parentsOf(was), parentsOf(table));
    });
  const own = wanting("mine");
  const other = wanting("theirs");
  const described = (table: Table) => ({ id: table.id as string, name: table.name, parents: parentsOf(table) });
  // One of each: longer circles are told by their first two.
  return own.flatMap((table): Circle[] => {
    const against = other.find(({ id }) => id !== table.id && tableOf(merged, id) !== undefined);
    if (!against) return [];
    return [
      {
        kind: "circle",
        key: `circle ${table.id} ${against.id}`,
        relation: table.id,
        tables: { mine: described(table), theirs: described(against) },
      },
    ];
  });
}
