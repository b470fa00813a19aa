/** Qualified names and column lists of one schema, quoted. */
import {
  type ColumnId,
  type EntityRef,
  type Index,
  type KeyConstraint,
  type Lookup,
  lookup,
  type NamespaceId,
  type Schema,
  type Table,
  type TableId,
  type ViewId,
} from "../../../model/index.ts";
import { identifier } from "../quote.ts";

export interface Names {
  readonly schema: Schema;
  readonly lookup: Lookup;
  readonly qualified: (thing: { readonly namespaceId: NamespaceId; readonly name: string }) => string;
  readonly relation: (id: TableId | ViewId) => string;
  readonly columns: (tableId: TableId, ids: readonly ColumnId[]) => string;
}

export function namesOf(schema: Schema): Names {
  const find = lookup(schema);
  const qualified: Names["qualified"] = ({ namespaceId, name }) => {
    const namespace = find.namespace(namespaceId);
    return namespace ? `${identifier(namespace.name)}.${identifier(name)}` : identifier(name);
  };
  return {
    schema,
    lookup: find,
    qualified,
    relation: (id) => {
      const relation = find.table(id) ?? find.view(id);
      return relation ? qualified(relation) : '""';
    },
    columns: (tableId, ids) => ids.map((id) => identifier(find.column(tableId, id)?.name ?? "")).join(", "),
  };
}

export const columnRef = (table: Table, id: ColumnId): EntityRef => ({ entity: "column", id, ownerId: table.id });

/** `{fillfactor: "70"}` -> ` WITH (fillfactor='70')`; the names in `own` are ours and not storage parameters. */
export function withOptions(options: Readonly<Record<string, string>>, own: readonly string[] = []): string {
  const pairs = Object.entries(options).filter(([name]) => !own.includes(name) && !name.startsWith("statistics."));
  return pairs.length === 0
    ? ""
    : ` WITH (${pairs.map(([name, value]) => `${name}='${value.replaceAll("'", "''")}'`).join(", ")})`;
}

/** What has an index of its own: indexes, and the keys that keep theirs. */
export function indexed(table: Table): readonly (Index | KeyConstraint)[] {
  return [...table.indexes, ...table.constraints.filter((constraint): constraint is KeyConstraint => "include" in constraint)];
}
