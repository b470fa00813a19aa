/** Many with many: a table that has a key to each side. */
import type { SchemaDraft } from "./draft.ts";
import { freeName, takeName } from "./names.ts";
import type { TableDraft } from "./table-draft.ts";

interface End {
  readonly table: TableDraft;
  readonly columns: readonly string[];
}

/** It stands in the namespace of the first side, is called after all of them, and its columns are its primary key. */
export function joinTable(draft: SchemaDraft, ends: readonly End[], name: string | null = null): void {
  const namespace = ends[0]?.table.namespace.name ?? null;
  const wanted = ends.map(({ table }) => table.name).join("_");
  const called = freeName(wanted, (other) => draft.find(namespace, other) !== null);
  const table = draft.table(namespace, called);
  if (!table) return;
  const taken = new Set<string>();
  const sides = ends.map((end) =>
    end.columns.map((column) => {
      const own = takeName(`${end.table.name}_${column}`, taken);
      table.add({ name: own, type: end.table.column(column)?.type ?? "", notNull: true });
      return own;
    }),
  );
  table.key("primary", sides.flat(), null);
  for (const [at, end] of ends.entries())
    draft.relate({
      ...{ table, columns: sides[at] ?? [], to: end.table, refColumns: end.columns, name: at === 0 ? name : null },
      ...{ onDelete: "no action", onUpdate: "no action", comment: null },
    });
}
