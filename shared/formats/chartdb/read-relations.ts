/** Relationships of a file as foreign keys, dependencies as what views depend on. */
import type { View } from "../../model/index.ts";
import { joinTable } from "../kit/join.ts";
import type { Item } from "../kit/loose.ts";
import type { TableDraft } from "../kit/table-draft.ts";
import type { ReadTable, Reading } from "./read-tables.ts";

export type Tables = ReadonlyMap<string, ReadTable>;

interface End {
  readonly table: TableDraft;
  readonly column: string;
  readonly many: boolean;
}

/** Foreign keys under way: several relationships of one name between two tables are one key. */
interface Key {
  readonly table: TableDraft;
  readonly to: TableDraft;
  readonly name: string | null;
  readonly columns: string[];
  readonly refColumns: string[];
}

function endOf(item: Item, side: "source" | "target", tables: Tables): End | null {
  const fault = (key: string, why: string): null => {
    item.fault(key, `${why}; the relationship is left out`, "error");
    return null;
  };
  const found = tables.get(item.text(`${side}TableId`) ?? "");
  if (!found) return fault(`${side}TableId`, "there is no such table");
  if (!found.draft) return fault(`${side}TableId`, `${found.name} is a view, which has no foreign keys`);
  const column = found.fields.get(item.text(`${side}FieldId`) ?? "");
  if (column === undefined) return fault(`${side}FieldId`, "there is no such field");
  return { table: found.draft, column, many: manyAt(item, side) };
}

function manyAt(item: Item, side: "source" | "target"): boolean {
  const word = (item.text(`${side}Cardinality`) ?? "").toLowerCase();
  if (word === "one" || word === "many") return word === "many";
  const type = (item.text("type") ?? "").toLowerCase();
  if (/^(?:one|many)_to_(?:one|many)$/.test(type)) return side === "source" ? type.startsWith("many") : type.endsWith("many");
  if (word !== "") item.fault(`${side}Cardinality`, `${word} is neither one nor many; one is read`);
  return side === "source" && word === "";
}

const inKey = ({ table, column }: End): boolean => table.inKey(column);
const isKey = ({ table, column }: End): boolean => table.isKey([column]);

/** The side that holds the key: the many; of one with one, the source; of many with many, the side that refers to a key. */
function sides(source: End, target: End): readonly [from: End, to: End] | null {
  if (source.many !== target.many) return source.many ? [source, target] : [target, source];
  if (!source.many) return [source, target];
  // Files of live databases say so of keys of several columns.
  if (isKey(source) && isKey(target)) return null;
  return inKey(source) && !inKey(target) ? [target, source] : [source, target];
}

export function relateAll(items: readonly Item[], tables: Tables, reading: Reading): void {
  const keys = new Map<string, Key>();
  for (const [number, item] of items.entries()) {
    const source = endOf(item, "source", tables);
    const target = source && endOf(item, "target", tables);
    if (!source || !target) continue;
    const name = item.text("name") || null;
    const found = sides(source, target);
    if (!found) {
      const ends = [source, target].map(({ table, column }) => ({ table, columns: [column] }));
      joinTable(reading.draft, ends, name);
      reading.findings.leave("Relationships of many with many", "each became a table that joins both sides");
      continue;
    }
    const [from, to] = found;
    const group = JSON.stringify([from.table.id, to.table.id, name ?? number]);
    const known = keys.get(group);
    if (known && !known.columns.includes(from.column)) {
      known.columns.push(from.column);
      known.refColumns.push(to.column);
    } else
      keys.set(known ? `${group}${String(number)}` : group, {
        ...{ table: from.table, to: to.table, name },
        ...{ columns: [from.column], refColumns: [to.column] },
      });
  }
  for (const key of keys.values()) reading.draft.relate({ ...key, onDelete: "no action", onUpdate: "no action", comment: null });
}

/** The views with what they depend on. */
export function withDependencies(views: readonly View[], items: readonly Item[], tables: Tables, { findings }: Reading): View[] {
  const found = new Map<string, string[]>();
  for (const item of items) {
    const [one, other] = [tables.get(item.text("tableId") ?? ""), tables.get(item.text("dependentTableId") ?? "")];
    if (!one || !other)
      item.findings.fault(item.path, "a dependency refers to a table that is not there; it is left out", "error");
    else if (!one.view && !other.view) findings.leave("Dependencies between tables", "a design has none");
    else {
      const [view, on] = one.view ? [one, other] : [other, one];
      const known = found.get(view.id);
      if (known) known.push(on.id);
      else found.set(view.id, [on.id]);
    }
  }
  return views.map((view) => ({ ...view, dependsOn: [...new Set(found.get(view.id) ?? [])] }));
}
