import type { Schema } from "#shared/model/index.ts";

/** Order of what is not a column means nothing. */
export function sorted(schema: Schema): unknown {
  const byId = <T extends { readonly id: string }>(list: readonly T[]): T[] => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    ...schema,
    namespaces: byId(schema.namespaces),
    tables: byId(schema.tables).map((t) => ({ ...t, constraints: byId(t.constraints), indexes: byId(t.indexes) })),
    foreignKeys: byId(schema.foreignKeys),
    views: byId(schema.views),
    verbatim: byId(schema.verbatim),
  };
}
