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

export function patchType(before: UserType, after: UserType): Change[] {
  return [{ kind: "alter", entity: "type", ownerId: null, before, after }];
}

/** How a type may be written in a column, without array brackets. */
export function spellings({ namespaces }: Schema, type: UserType, { quote }: Dialect): ReadonlySet<string> {
  const namespace = namespaces.find(({ id }) => id === type.namespaceId)?.name ?? "";
  return new Set([type.name, quote.identifier(type.name), `${quote.identifier(namespace)}.${quote.identifier(type.name)}`]);
}

/** A type without its array brackets. */
export const bare = (type: string): string => type.replace(/(\[\])+$/, "");

/** The types of a design that these column types name, and those that they are made of. */
export function typesIn(schema: Schema, texts: readonly string[], dialect: Dialect): UserType[] {
  const wanted = new Set(texts.map(bare));
  const found = new Set<UserType>();
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const type of schema.types) {
      if (found.has(type) || ![...spellings(schema, type, dialect)].some((text) => wanted.has(text))) continue;
      found.add(type);
      for (const text of partsOf(type)) wanted.add(bare(text));
    }
  }
  return schema.types.filter((type) => found.has(type));
}

/** The types that a type is made of. */
function partsOf(type: UserType): readonly string[] {
  switch (type.kind) {
    case "domain":
      return [type.base];
    case "composite":
      return type.fields.map((field) => field.type);
    case "range":
      return [type.subtype];
    case "enum":
      return [];
  }
}
