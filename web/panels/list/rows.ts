/** The rows of the list: everything by kind and namespace, or what was searched for, best first. */
import type { ColumnId, Schema, TableId, ViewId } from "#shared/model/index.ts";

export type ListRow =
  | { readonly key: string; readonly kind: "group"; readonly label: string; readonly count: number }
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
  | { readonly key: string; readonly kind: "object"; readonly label: string; readonly what: string };

const group = (label: string, count: number, key = label): ListRow => ({ key: `group:${key}`, kind: "group", label, count });

export function listRows(schema: Schema): ListRow[] {
  const rows: ListRow[] = [];
  const many = schema.namespaces.filter(({ id }) => schema.tables.some((table) => table.namespaceId === id));
  for (const { id, name } of many) {
    const tables = schema.tables.filter(({ namespaceId }) => namespaceId === id);
    rows.push(group(many.length === 1 ? "Tables" : name, tables.length, `ns-${id}`));
    for (const table of tables)
      rows.push({ key: table.id, kind: "table", id: table.id, label: table.name, count: table.columns.length });
  }
  if (schema.views.length > 0) rows.push(group("Views", schema.views.length));
  for (const view of schema.views)
    rows.push({ key: view.id, kind: "view", id: view.id, label: view.name, count: view.columns.length });
  const objects = (
    label: string,
    list: readonly { readonly id: string; readonly name: string }[],
    what: (item: { readonly id: string; readonly name: string }) => string,
  ): void => {
    if (list.length === 0) return;
    rows.push(group(label, list.length));
    for (const item of list) rows.push({ key: item.id, kind: "object", label: item.name, what: what(item) });
  };
  objects("Types", schema.types, (item) => schema.types.find(({ id }) => id === item.id)?.kind ?? "type");
  objects(
    "Sequences",
    schema.sequences.filter(({ ownedBy }) => ownedBy === null),
    () => "sequence",
  );
  const kinds = [...new Set(schema.verbatim.map(({ kind }) => kind))].sort();
  for (const kind of kinds)
    objects(
      `${kind[0]?.toUpperCase() ?? ""}${kind.slice(1)}${kind.endsWith("s") ? "" : "s"}`.replace(/ys$/, "ies"),
      schema.verbatim.filter((item) => item.kind === kind),
      () => kind,
    );
  return rows;
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

/** Tables, views and columns that answer a search, best first. */
export function found(schema: Schema, search: string): ListRow[] {
  const wanted = search.trim().toLowerCase();
  const hits: { readonly row: ListRow; readonly score: number }[] = [];
  const add = (row: ListRow, name: string, handicap: number): void => {
    const value = score(name, wanted);
    if (value !== null && (handicap === 0 || value < 5)) hits.push({ row, score: value + handicap });
  };
  for (const table of schema.tables) {
    add({ key: table.id, kind: "table", id: table.id, label: table.name, count: table.columns.length }, table.name, 0);
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
  return hits
    .sort((a, b) => a.score - b.score)
    .slice(0, MOST_FOUND)
    .map(({ row }) => row);
}
