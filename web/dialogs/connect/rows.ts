/** The list of what a database holds: namespaces with their tables and views, those that a search finds. */
import type { Schema } from "#shared/model/index.ts";

export interface RelationRow {
  readonly key: string;
  readonly kind: "relation";
  readonly id: string;
  readonly name: string;
  /** `table`, `view`, ... and how many columns. */
  readonly what: string;
}

export interface NamespaceRow {
  readonly key: string;
  readonly kind: "namespace";
  readonly name: string;
  /** Ids of the tables and views in it that the search finds. */
  readonly ids: readonly string[];
}

export type Row = NamespaceRow | RelationRow;

const counted = (count: number, one: string): string => (count === 1 ? `1 ${one}` : `${String(count)} ${one}s`);

/** Rows for a search; several words must all be in `namespace.name`. Namespaces without a hit are left out. */
export function rowsOf(schema: Schema, search: string): readonly Row[] {
  const words = search.trim().toLowerCase().split(/\s+/);
  const groups = new Map<string, { readonly name: string; readonly rows: RelationRow[] }>(
    schema.namespaces.map(({ id, name }) => [id, { name, rows: [] }]),
  );
  const add = (item: Schema["tables"][number] | Schema["views"][number], kind: string): void => {
    const group = groups.get(item.namespaceId);
    const full = `${group?.name ?? ""}.${item.name}`.toLowerCase();
    if (!group || !words.every((word) => full.includes(word))) return;
    const what = `${kind}, ${counted(item.columns.length, "column")}`;
    group.rows.push({ key: item.id, kind: "relation", id: item.id, name: item.name, what });
  };
  for (const table of schema.tables)
    add(table, table.partitionOf ? "partition" : table.kind === "foreign" ? "foreign table" : "table");
  for (const view of schema.views) add(view, view.materialized ? "materialized view" : "view");
  return [...groups.values()]
    .filter(({ rows }) => rows.length > 0)
    .flatMap(({ name, rows }): Row[] => {
      const sorted = rows.sort((a, b) => a.name.localeCompare(b.name));
      return [{ key: `namespace ${name}`, kind: "namespace", name, ids: sorted.map(({ id }) => id) }, ...sorted];
    });
}

/** `public.film`: how what was left out is remembered. */
export function qualifiedNames(schema: Schema, without: ReadonlySet<string>): readonly string[] {
  const names = new Map<string, string>(schema.namespaces.map(({ id, name }) => [id, name]));
  return [...schema.tables, ...schema.views]
    .filter(({ id }) => !without.has(id))
    .map(({ namespaceId, name }) => `${names.get(namespaceId) ?? ""}.${name}`);
}

/** The ids of all tables and views but those of the given names. */
export function allBut(schema: Schema, left: readonly string[]): ReadonlySet<string> {
  const names = new Map<string, string>(schema.namespaces.map(({ id, name }) => [id, name]));
  const out = new Set(left);
  return new Set(
    [...schema.tables, ...schema.views]
      .filter(({ namespaceId, name }) => !out.has(`${names.get(namespaceId) ?? ""}.${name}`))
      .map(({ id }) => id),
  );
}
