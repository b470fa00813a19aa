/** Views: making them, and keeping what follows from their query in step with it. */
import type { Dialect } from "../dialects/dialect.ts";
import { type Change, lookup, type Mint, type Schema, type Table, type View, type ViewColumn } from "../model/index.ts";
import { freeName, relationNames } from "./names.ts";
import { relationsOf } from "./texts.ts";
import { usualNamespace } from "./types.ts";

type Followed = Pick<View, "columns" | "dependsOn">;

/**
 * What a query gives and needs, as far as its text tells: columns that are one of a table's have its type, others keep that of the
 * view's column of the same name; where neither is known it is empty.
 */
export function followed(schema: Schema, definition: string, before: readonly ViewColumn[], dialect: Dialect): Followed {
  const relations = relationsOf(schema, dialect);
  const find = lookup(schema);
  const { texts } = dialect;
  const typed = (relation: string | null, key: string | null): string | null => {
    const of = relation === null ? null : (find.table(relation as Table["id"]) ?? find.view(relation as View["id"]));
    return of?.columns.find(({ name }) => texts.key(name) === key)?.type ?? null;
  };
  const columns = texts.result(definition, relations).map(({ name, relation, column }): ViewColumn => {
    const known = before.find((one) => one.name === name);
    return { comment: null, default: null, ...known, name, type: typed(relation, column) ?? known?.type ?? "" };
  });
  const said = texts.mentions(definition, relations, null).map(({ relation }) => relation);
  return { columns, dependsOn: [...new Set(said)] };
}

/** A new view under a free name: of a table's columns, or of nothing. Null where the dialect or the design cannot have it. */
export function createView(
  schema: Schema,
  from: Table | null,
  { materialized }: Pick<View, "materialized">,
  dialect: Dialect,
  mint: Mint,
): { readonly changes: Change[]; readonly id: View["id"] } | null {
  const namespaceId = from?.namespaceId ?? usualNamespace(schema, dialect);
  if (namespaceId === null || (materialized && !dialect.features.materializedViews)) return null;
  const { identifier } = dialect.quote;
  const space = dialect.features.namespaces ? `${identifier(lookup(schema).namespace(namespaceId)?.name ?? "")}.` : "";
  const columns = from?.columns.map(({ name }) => identifier(name)).join(",\n    ") ?? "";
  const definition = from && columns !== "" ? ` SELECT ${columns}\n   FROM ${space}${identifier(from.name)}` : " SELECT 1 AS one";
  const id = mint() as View["id"];
  const after: View = {
    id,
    namespaceId,
    name: freeName(from ? `${from.name}_view` : "view_1", relationNames(schema)),
    comment: null,
    materialized,
    definition,
    indexes: [],
    options: {},
    ...followed(schema, definition, [], dialect),
  };
  return { changes: [{ kind: "create", entity: "view", ownerId: null, after, at: null }], id };
}

/** Another query, and the columns and needs that follow from it. */
export function setQuery(schema: Schema, before: View, definition: string, dialect: Dialect): Change[] {
  const known = followed(schema, definition, before.columns, dialect);
  // What the text does not tell is left as the engine said it.
  const columns = known.columns.length === 0 ? before.columns : known.columns;
  return patchView(before, { definition, columns, dependsOn: known.dependsOn });
}

/** Attributes of a view that nothing else speaks of. */
export function patchView(before: View, patch: Partial<Omit<View, "id" | "name">>): Change[] {
  return [{ kind: "alter", entity: "view", ownerId: null, before, after: { ...before, ...patch } }];
}
