/** What counts on a table, view or column: the relations that refer to it, and the definitions that speak of it. */
import type { Dialect } from "../dialects/dialect.ts";
import { type Column, type ForeignKey, lookup, same, type Schema, type Table, type Verbatim, type View } from "../model/index.ts";
import { inConstraint, inGenerated, inIndex } from "./everywhere.ts";
import { mentionsOf } from "./texts.ts";

export type User =
  | { readonly kind: "foreignKey"; readonly item: ForeignKey }
  | { readonly kind: "view"; readonly item: View }
  | { readonly kind: "verbatim"; readonly item: Verbatim }
  /** An index, constraint or generated column of the column's own table. */
  | { readonly kind: "own"; readonly what: OwnKind; readonly name: string; readonly id: string };

type OwnKind = "index" | "key" | "check" | "exclusion" | "column";

/** What of the column's own table is made of it. */
function ownUsers(table: Table, column: Column, dialect: Dialect): User[] {
  const other = `${column.name} `;
  const changed = <T>(item: T, rewrite: (item: T, to: (text: string) => string) => T): boolean =>
    !same(
      item,
      rewrite(item, (text) => dialect.renameInExpression(text, column.name, other)),
    );
  const own = (what: OwnKind, { name, id }: { readonly name: string; readonly id: string }): User => ({
    kind: "own",
    what,
    name,
    id,
  });
  return [
    ...table.indexes.flatMap((index) => {
      const said = index.include.includes(column.id) || index.parts.some(({ columnId }) => columnId === column.id);
      return said || changed(index, inIndex) ? [own("index", index)] : [];
    }),
    ...table.constraints.flatMap((item) => {
      const said = "columns" in item ? [...item.columns, ...item.include].includes(column.id) : changed(item, inConstraint);
      return said ? [own(item.kind === "check" ? "check" : item.kind === "exclude" ? "exclusion" : "key", item)] : [];
    }),
    ...table.columns.flatMap((one) => (one.id !== column.id && changed(one, inGenerated) ? [own("column", one)] : [])),
  ];
}

/** Who uses a table or view, or one column of a table. What the catalogue knows and a text does not say counts as well. */
export function usedBy(schema: Schema, relation: Table | View, column: Column | null, dialect: Dialect): User[] {
  const key = column && dialect.texts.key(column.name);
  const said = new Set<string>(
    mentionsOf(schema, column?.name ?? relation.name, dialect).flatMap(({ written, mentions }) =>
      mentions.some((mention) => mention.relation === relation.id && (key === null || mention.column === key)) &&
      written.item.id !== relation.id
        ? [written.item.id]
        : [],
    ),
  );
  const wanted = column?.id ?? relation.id;
  const uses = (item: View | Verbatim): boolean => said.has(item.id) || item.dependsOn.includes(wanted);
  const keys = "constraints" in relation ? lookup(schema).incoming(relation.id) : [];
  return [
    ...keys
      .filter((item) => (column ? item.refColumns.includes(column.id) : item.tableId !== relation.id))
      .map((item): User => ({ kind: "foreignKey", item })),
    ...schema.views.filter(uses).map((item): User => ({ kind: "view", item })),
    // What hangs on a table is shown with it; grants are no use of it.
    ...schema.verbatim
      .filter((item) => item.kind !== "grant" && (column !== null || item.ownerId !== relation.id) && uses(item))
      .map((item): User => ({ kind: "verbatim", item })),
    ...(column && "constraints" in relation ? ownUsers(relation, column, dialect) : []),
  ];
}
