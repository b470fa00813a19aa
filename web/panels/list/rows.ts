/** The rows of the list: everything by area or namespace and kind, or what was searched for, best first. */
import type { Area, ColumnId, Diagram, Schema, Table, TableId, ViewId } from "#shared/model/index.ts";
import type { ObjectId } from "../../stores/api.ts";
import type { Grouping } from "../../stores/listing.svelte.ts";

export type ListRow =
  | {
      readonly key: string;
      readonly kind: "group";
      readonly label: string;
      readonly count: number;
      readonly folded: boolean;
    }
  | {
      readonly key: string;
      readonly kind: "table" | "view";
      readonly id: TableId | ViewId;
      readonly label: string;
      readonly count: number;
    }
  | {
      readonly key: string;
      readonly kind: "column";
      readonly tableId: TableId;
      readonly columnId: ColumnId;
      readonly label: string;
      readonly of: string;
    }
  | { readonly key: string; readonly kind: "object"; readonly id: ObjectId; readonly label: string; readonly what: string };

/** How the rows are laid out. */
export interface Layout {
  readonly diagram: Diagram;
  readonly grouping: Grouping;
  readonly folded: ReadonlySet<string>;
}

interface Group {
  readonly key: string;
  readonly label: string;
  readonly rows: readonly ListRow[];
}

const tableRow = ({ id, name, columns }: Table): ListRow => ({ key: id, kind: "table", id, label: name, count: columns.length });

/** The topmost area that a table's upper left corner stands in. */
function areaOf({ areas, positions }: Diagram, id: TableId): Area | null {
  const place = positions.get(id);
  if (!place) return null;
  const [x, y] = place;
  return areas.findLast(({ at, size }) => x >= at[0] && y >= at[1] && x < at[0] + size[0] && y < at[1] + size[1]) ?? null;
}

function byArea(schema: Schema, diagram: Diagram): Group[] {
  const held = new Map<Area | null, ListRow[]>();
  for (const table of schema.tables) {
    const area = areaOf(diagram, table.id);
    const rows = held.get(area);
    if (rows) rows.push(tableRow(table));
    else held.set(area, [tableRow(table)]);
  }
  const named = diagram.areas.flatMap((area): Group[] => {
    const rows = held.get(area);
    return rows ? [{ key: `group:area-${area.id}`, label: area.name, rows }] : [];
  });
  const outside = held.get(null);
  const label = named.length === 0 ? "Tables" : "In no area";
  return outside ? [...named, { key: "group:outside", label, rows: outside }] : named;
}

function byNamespace({ namespaces, tables }: Schema): Group[] {
  const groups = namespaces.flatMap(({ id, name }): Group[] => {
    const rows = tables.filter(({ namespaceId }) => namespaceId === id).map(tableRow);
    return rows.length > 0 ? [{ key: `group:ns-${id}`, label: name, rows }] : [];
  });
  const [only, ...more] = groups;
  return only && more.length === 0 ? [{ ...only, label: "Tables" }] : groups;
}

/** `policy` -> `Policies`. */
const plural = (kind: string): string =>
  `${kind[0]?.toUpperCase() ?? ""}${kind.slice(1)}${kind.endsWith("s") ? "" : "s"}`.replace(/ys$/, "ies");

/** What is not drawn, by kind. */
function objectGroups({ types, sequences, verbatim }: Schema): Group[] {
  const group = (label: string, list: readonly { id: ObjectId; name: string; kind: string }[]): Group => ({
    key: `group:${label}`,
    label,
    rows: list.map(({ id, name, kind }) => ({ key: id, kind: "object", id, label: name, what: kind })),
  });
  const kinds = [...new Set(verbatim.map(({ kind }) => kind))].sort();
  return [
    group("Types", types),
    group(
      "Sequences",
      sequences.filter(({ ownedBy }) => ownedBy === null).map(({ id, name }) => ({ id, name, kind: "sequence" })),
    ),
    ...kinds.map((kind) =>
      group(
        plural(kind),
        verbatim.filter((item) => item.kind === kind),
      ),
    ),
  ].filter(({ rows }) => rows.length > 0);
}

function viewGroup({ views }: Schema): Group[] {
  const rows = views.map((view): ListRow => ({
    key: view.id,
    kind: "view",
    id: view.id,
    label: view.name,
    count: view.columns.length,
  }));
  return rows.length > 0 ? [{ key: "group:Views", label: "Views", rows }] : [];
}

/** Is there a choice between areas and namespaces? */
export const canGroupByArea = (diagram: Diagram): boolean => diagram.areas.length > 0;

/** Everything, a header above each group; a folded group is its header. */
export function listRows(schema: Schema, { diagram, grouping, folded }: Layout): ListRow[] {
  const tables = grouping === "area" && canGroupByArea(diagram) ? byArea(schema, diagram) : byNamespace(schema);
  return [...tables, ...viewGroup(schema), ...objectGroups(schema)].flatMap(({ key, label, rows }): ListRow[] => {
    const shut = folded.has(key);
    const header: ListRow = { key, kind: "group", label, count: rows.length, folded: shut };
    return shut ? [header] : [header, ...rows];
  });
}

/** How well a name answers a search; null for not at all. Less is better. */
export function score(name: string, wanted: string): number | null {
  const text = name.toLowerCase();
  if (text === wanted) return 0;
  if (text.startsWith(wanted)) return 1 + text.length / 100;
  const inside = text.indexOf(wanted);
  if (inside >= 0) return (/[_\W]/.test(text[inside - 1] ?? "") ? 2 : 3) + text.length / 100;
  let at = -1;
  for (const c of wanted) {
    at = text.indexOf(c, at + 1);
    if (at < 0) return null;
  }
  return 5 + text.length / 100;
}

const MOST_FOUND = 400;

/** Tables, views, columns and other objects that answer a search, best first. */
export function found(schema: Schema, search: string): ListRow[] {
  const wanted = search.trim().toLowerCase();
  const hits: { readonly row: ListRow; readonly score: number }[] = [];
  const add = (row: ListRow, name: string, handicap: number): void => {
    const value = score(name, wanted);
    if (value !== null && (handicap === 0 || value < 5)) hits.push({ row, score: value + handicap });
  };
  for (const table of schema.tables) {
    add(tableRow(table), table.name, 0);
    for (const column of table.columns) {
      add(
        { key: column.id, kind: "column", tableId: table.id, columnId: column.id, label: column.name, of: table.name },
        column.name,
        0.5,
      );
    }
  }
  for (const view of schema.views)
    add({ key: view.id, kind: "view", id: view.id, label: view.name, count: view.columns.length }, view.name, 0);
  for (const row of objectGroups(schema).flatMap(({ rows }) => rows)) add(row, row.label, 0.25);
  return hits
    .sort((a, b) => a.score - b.score)
    .slice(0, MOST_FOUND)
    .map(({ row }) => row);
}
