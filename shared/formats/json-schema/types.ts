/** Types of columns as JSON Schema: by their neutral kinds, by the values of enums, by the types of the design. */
import type { Dialect, ParsedType, TypeKind } from "../../dialects/dialect.ts";
import type { Schema, UserType } from "../../model/index.ts";

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** A schema, or a part of one, in the order in which it is said. */
export type JsonObject = Readonly<Record<string, Json>>;

/** As drivers give values and JSON can hold them; what can be anything is an empty schema. */
const KINDS: Readonly<Record<TypeKind, JsonObject>> = {
  integer: { type: "integer" },
  decimal: { type: "number" },
  float: { type: "number" },
  money: { type: "string" },
  boolean: { type: "boolean" },
  text: { type: "string" },
  binary: { type: "string", contentEncoding: "base64" },
  date: { type: "string", format: "date" },
  time: { type: "string", format: "time" },
  timestamp: { type: "string", format: "date-time" },
  interval: { type: "string" },
  uuid: { type: "string", format: "uuid" },
  json: {},
  xml: { type: "string", contentMediaType: "application/xml" },
  network: { type: "string" },
  geometry: {},
  range: { type: "string" },
  search: { type: "string" },
  bits: { type: "string" },
  other: {},
};
/** An array of more dimensions than any engine has is written as one of so many. */
const MOST_DIMENSIONS = 10;

const LITERAL = /^'(.*)'$/s;
const unquoted = (text: string): string => (LITERAL.exec(text)?.[1] ?? text).replaceAll("''", "'");

/** `#/$defs/name`, whatever the name. */
const reference = (name: string): JsonObject => ({
  $ref: `#/$defs/${encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))}`,
});

function simple({ name, args, kind }: ParsedType): JsonObject {
  if (name.toLowerCase() === "year") return KINDS.integer;
  if (name.toLowerCase() === "enum" && args.length > 0) return { type: "string", enum: [...new Set(args.map(unquoted))] };
  const [length = ""] = args;
  return kind === "text" && /^\d{1,9}$/.test(length) ? { ...KINDS.text, maxLength: Number(length) } : KINDS[kind];
}

/** The same, or null. */
export function nullable(schema: JsonObject): JsonObject {
  const { type, enum: values } = schema;
  if (typeof type !== "string") return Object.keys(schema).length === 0 ? schema : { anyOf: [schema, { type: "null" }] };
  return {
    ...schema,
    type: [type, "null"],
    ...(Array.isArray(values) ? { enum: [...(values as readonly Json[]), null] } : {}),
  };
}

/** The types of a design; `names` are what they are called in `$defs`, by their ids. */
export class Types {
  readonly #dialect: Dialect;
  readonly #known = new Map<string, string>();

  constructor({ types, namespaces }: Schema, dialect: Dialect, names: ReadonlyMap<string, string>) {
    this.#dialect = dialect;
    const { identifier } = dialect.quote;
    const spaces = new Map<string, string>(namespaces.map(({ id, name }) => [id, name]));
    for (const { id, namespaceId, name } of types) {
      const called = names.get(id) ?? name;
      const space = spaces.get(namespaceId) ?? "";
      this.#known.set(`${identifier(space)}.${identifier(name)}`, called);
      if (space === dialect.features.defaultNamespace && !this.#known.has(identifier(name)))
        this.#known.set(identifier(name), called);
    }
  }

  schema(type: string): JsonObject {
    const parsed = this.#dialect.types.parse(type);
    const known = this.#known.get(parsed.name);
    let schema = known === undefined ? simple(parsed) : reference(known);
    for (let depth = 0; depth < Math.min(parsed.array, MOST_DIMENSIONS); depth += 1) schema = { type: "array", items: schema };
    return schema;
  }

  definition(type: UserType): JsonObject {
    const about: JsonObject = type.comment === null ? {} : { description: type.comment };
    switch (type.kind) {
      // `enum` may not be empty: nothing is a value of an enum without values.
      case "enum":
        return { ...about, ...(type.values.length > 0 ? { type: "string", enum: [...new Set(type.values)] } : { not: {} }) };
      case "domain":
        return { ...about, allOf: [type.notNull ? this.schema(type.base) : nullable(this.schema(type.base))] };
      case "composite":
        return {
          ...about,
          type: "object",
          properties: Object.fromEntries(type.fields.map((field) => [field.name, nullable(this.schema(field.type))])),
        };
      case "range":
        return { ...about, type: "string" };
    }
  }
}
