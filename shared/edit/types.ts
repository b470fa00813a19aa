/** Enums and other named types. */
import type { Dialect } from "../dialects/dialect.ts";
import { type Change, type EnumType, type Mint, type Schema, type UserType } from "../model/index.ts";
import { freeName } from "./names.ts";

export function createEnum(
  schema: Schema,
  dialect: Dialect,
  mint: Mint,
): { readonly changes: Change[]; readonly id: EnumType["id"] } | null {
  const namespace = schema.namespaces.find(({ name }) => name === dialect.features.defaultNamespace) ?? schema.namespaces[0];
  if (!namespace || !dialect.features.enums) return null;
  const after: EnumType = {
    id: mint() as EnumType["id"],
    kind: "enum",
    namespaceId: namespace.id,
    name: freeName(
      "status",
      schema.types.map(({ name }) => name),
    ),
    values: ["first", "second"],
    comment: null,
    dependsOn: [],
  };
  return { changes: [{ kind: "create", entity: "type", ownerId: null, after, at: null }], id: after.id };
}

/** A type's new name, in the columns that have it as well: their types and the casts in their defaults. */
export function renameType(schema: Schema, before: UserType, name: string, dialect: Dialect): Change[] {
  const { identifier } = dialect.quote;
  const namespace = schema.namespaces.find(({ id }) => id === before.namespaceId)?.name ?? "";
  const written = new Set([before.name, identifier(before.name), `${identifier(namespace)}.${identifier(before.name)}`]);
  const changes: Change[] = [{ kind: "alter", entity: "type", ownerId: null, before, after: { ...before, name } }];
  for (const table of schema.tables) {
    for (const column of table.columns) {
      const [, bare = column.type, brackets = ""] = /^(.*?)((?:\[\])*)$/.exec(column.type) ?? [];
      if (!written.has(bare)) continue;
      const type = `${bare.includes(".") ? `${identifier(namespace)}.` : ""}${identifier(name)}${brackets}`;
      // Names inside strings stay: 'status'::status is a value of the type, not the type.
      const fallback = column.default === null ? null : dialect.renameInExpression(column.default, before.name, name);
      changes.push({
        kind: "alter",
        entity: "column",
        ownerId: table.id,
        before: column,
        after: { ...column, type, default: fallback },
      });
    }
  }
  return changes;
}

export function patchType(before: UserType, after: UserType): Change[] {
  return [{ kind: "alter", entity: "type", ownerId: null, before, after }];
}
