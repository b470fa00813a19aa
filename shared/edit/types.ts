/** Enums and other named types, sequences: making and changing them. */
import type { Dialect } from "../dialects/dialect.ts";
import { type Change, type Mint, type NamespaceId, type Schema, type Sequence, type UserType } from "../model/index.ts";
import { freeName, relationNames } from "./names.ts";

/** Where something new goes: the usual namespace, else the first. Null where a design has none. */
export function usualNamespace({ namespaces }: Schema, { features }: Dialect): NamespaceId | null {
  return (namespaces.find(({ name }) => name === features.defaultNamespace) ?? namespaces[0])?.id ?? null;
}

type Kind = UserType["kind"];

/** The kinds of types that a dialect has. */
export function typeKinds({ features }: Dialect): readonly Kind[] {
  const has = { enum: features.enums, domain: features.domains, composite: features.compositeTypes, range: features.rangeTypes };
  return (Object.keys(has) as Kind[]).filter((kind) => has[kind]);
}

const NAMES: Readonly<Record<Kind, string>> = { enum: "status", domain: "domain_1", composite: "composite_1", range: "range_1" };

type Made<T> = { readonly changes: Change[]; readonly id: T } | null;

/** A new type under a free name, with as little in it as an engine accepts. Null where the dialect has no such types. */
export function createType(schema: Schema, kind: Kind, dialect: Dialect, mint: Mint): Made<UserType["id"]> {
  const namespaceId = usualNamespace(schema, dialect);
  if (namespaceId === null || !typeKinds(dialect).includes(kind)) return null;
  // A type shares its names with tables: each of them is a type as well.
  const taken = [...schema.types.map(({ name }) => name), ...relationNames(schema)];
  const base = { namespaceId, name: freeName(NAMES[kind], taken), comment: null, dependsOn: [], id: mint() as UserType["id"] };
  const text = dialect.types.canonical("text");
  const made: Readonly<Record<Kind, UserType>> = {
    enum: { ...base, kind: "enum", values: ["first", "second"] },
    domain: { ...base, kind: "domain", base: text, notNull: false, default: null, collation: null, checks: [] },
    composite: { ...base, kind: "composite", fields: [{ name: "field_1", type: text, collation: null, comment: null }] },
    range: { ...base, kind: "range", subtype: dialect.types.canonical("integer"), options: {} },
  };
  return { changes: [{ kind: "create", entity: "type", ownerId: null, after: made[kind], at: null }], id: base.id };
}

/** A sequence of its own. Null where the dialect has none. */
export function createSequence(schema: Schema, dialect: Dialect, mint: Mint): Made<Sequence["id"]> {
  const namespaceId = usualNamespace(schema, dialect);
  if (namespaceId === null || !dialect.features.sequences) return null;
  const id = mint() as Sequence["id"];
  const name = freeName("sequence_1", relationNames(schema));
  const about = { comment: null, type: "bigint", definition: "", unlogged: false, ownedBy: null };
  return {
    changes: [{ kind: "create", entity: "sequence", ownerId: null, after: { id, namespaceId, name, ...about }, at: null }],
    id,
  };
}

export function patchType(before: UserType, after: UserType): Change[] {
  return [{ kind: "alter", entity: "type", ownerId: null, before, after }];
}

export function patchSequence(before: Sequence, patch: Partial<Omit<Sequence, "id" | "name" | "namespaceId">>): Change[] {
  return [{ kind: "alter", entity: "sequence", ownerId: null, before, after: { ...before, ...patch } }];
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
