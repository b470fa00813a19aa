/** The namespaces and types of every design, some under names that need quotes. */
import { identifier as q } from "#shared/dialects/postgres/quote.ts";
import type { Table, UserType } from "#shared/model/index.ts";

export const PUBLIC = "namespace:public" as Table["namespaceId"];
export const APP = 'namespace:App "x"' as Table["namespaceId"];
export const NAMESPACES = [
  { id: PUBLIC, name: "public", comment: null },
  { id: APP, name: 'App "x"', comment: "of the\napp" },
];

/** The types of every design; columns take them by their place after the plain ones. */
export const TYPES: readonly UserType[] = [
  { kind: "enum", name: "Mood", values: ["sad", "it's", ""], comment: "felt" },
  {
    kind: "domain",
    name: "positive",
    base: "integer",
    notNull: true,
    default: "1",
    collation: null,
    checks: [{ name: "positive_check", expression: "(VALUE > 0)", notValid: false }],
    comment: null,
  },
  {
    kind: "composite",
    name: "place",
    fields: [
      { name: "street", type: "text", collation: 'pg_catalog."C"', comment: "where" },
      { name: "No", type: "integer", collation: null, comment: null },
    ],
    comment: null,
  },
  {
    kind: "range",
    name: "span",
    subtype: "double precision",
    options: { subtype_diff: "float8mi", multirange_type_name: '"App ""x"""."Spans"' },
    comment: null,
  },
].map((type) => ({ ...type, id: `type:${type.name}` as UserType["id"], namespaceId: APP, dependsOn: [] }) as UserType);

/** The type at a place of `TYPES`, as SQL names it. */
export const typeName = (at: number): string => `"App ""x""".${q(TYPES[at]?.name ?? "Mood")}`;
