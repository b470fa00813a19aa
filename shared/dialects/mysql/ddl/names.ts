/** Names of a schema's things as statements write them: always quoted, and qualified where their database is named. */
import {
  type ColumnId,
  type Lookup,
  lookup,
  type NamespaceId,
  type Schema,
  type Table,
  type TableId,
} from "../../../model/index.ts";
import type { Flavour } from "../flavour.ts";
import { quoted } from "../quote.ts";

interface Named {
  readonly namespaceId: NamespaceId | null;
  readonly name: string;
}

export interface Names {
  readonly schema: Schema;
  readonly flavour: Flavour;
  readonly lookup: Lookup;
  /** The name of a database; null for the one that has none. */
  readonly database: (id: NamespaceId | null) => string | null;
  readonly qualified: (thing: Named) => string;
  readonly table: (id: TableId) => string;
  readonly columns: (table: Table, ids: readonly ColumnId[]) => string;
}

export function namesOf(schema: Schema, flavour: Flavour): Names {
  const find = lookup(schema);
  const database = (id: NamespaceId | null): string | null => {
    const name = id === null ? null : (find.namespace(id)?.name ?? null);
    return name === flavour.features.defaultNamespace ? null : name;
  };
  const qualified = ({ namespaceId, name }: Named): string => {
    const within = database(namespaceId);
    return within === null ? quoted(name) : `${quoted(within)}.${quoted(name)}`;
  };
  return {
    schema,
    flavour,
    lookup: find,
    database,
    qualified,
    table: (id) => {
      const table = find.table(id);
      return table ? qualified(table) : "``";
    },
    columns: (table, ids) => ids.map((id) => quoted(find.column(table.id, id)?.name ?? "")).join(","),
  };
}
