/** What entities and their attributes are called, and how their values are said. */
import type { EntityKind, Identified, Schema } from "../model/index.ts";

const KINDS: Readonly<Record<EntityKind, string>> = {
  namespace: "namespace",
  table: "table",
  column: "column",
  constraint: "constraint",
  foreignKey: "foreign key",
  index: "index",
  type: "type",
  sequence: "sequence",
  view: "view",
  verbatim: "object",
};

const CONSTRAINTS: Readonly<Record<string, string>> = {
  primary: "primary key",
  unique: "unique key",
  check: "check",
  exclude: "exclusion",
};

/** `primary key`, `trigger`, `materialized view`, ... */
export function entityWord(kind: EntityKind, item: Identified): string {
  const own = "kind" in item && typeof item.kind === "string" ? item.kind : null;
  if (kind === "constraint") return CONSTRAINTS[own ?? ""] ?? KINDS[kind];
  if (kind === "verbatim" || kind === "type") return own ?? KINDS[kind];
  if (kind === "table" && own === "foreign") return "foreign table";
  return kind === "view" && "materialized" in item && item.materialized === true ? "materialized view" : KINDS[kind];
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  notNull: "NOT NULL",
  refTableId: "refers to",
  refColumns: "columns referred to",
  tableId: "table",
  namespaceId: "namespace",
  onDelete: "ON DELETE",
  onUpdate: "ON UPDATE",
  onDeleteColumns: "columns of ON DELETE",
  ownedBy: "owned by",
  partitionBy: "partitioned by",
  partitionOf: "partition of",
  rowSecurity: "row security",
  where: "WHERE",
  include: "INCLUDE",
  columnId: "column",
  partOf: "part of",
  ownerId: "table",
};

/** `notNull` -> `NOT NULL`, `noInherit` -> `no inherit`. */
export const attributeWord = (key: string): string =>
  ATTRIBUTES[key] ?? key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The name of everything that an id may mean; the first schema's where both have one. */
export function namesIn(first: Schema, second: Schema): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const schema of [second, first]) {
    const { namespaces, tables, foreignKeys, types, sequences, views, verbatim } = schema;
    for (const list of [namespaces, tables, foreignKeys, types, sequences, views, verbatim])
      for (const { id, name } of list) names.set(id, name);
    for (const { columns, constraints, indexes } of tables)
      for (const list of [columns, constraints, indexes]) for (const { id, name } of list) names.set(id, name);
  }
  return names;
}

type Names = ReadonlyMap<string, string>;

const MOST = 300;
const clipped = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST)}…` : text);

/** What an object says besides null, false and nothing: `CREATE` order kept. */
function parts(value: object, names: Names): string {
  return Object.entries(value)
    .filter(([, item]) => item !== null && item !== false && item !== "" && !(Array.isArray(item) && item.length === 0))
    .map(([key, item]) => {
      if (item === true) return attributeWord(key);
      return key === "columnId" || key === "expression" ? say(item, names) : `${attributeWord(key)} ${say(item, names)}`;
    })
    .join(" ");
}

/** A value as a person would say it; ids become names. */
export function say(value: unknown, names: Names): string {
  if (value === null || value === undefined || value === "") return "none";
  if (value === true) return "yes";
  if (value === false) return "no";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map((item) => say(item, names)).join(", ");
  if (typeof value === "object") return parts(value, names) || "none";
  return clipped(names.get(String(value)) ?? String(value));
}

/** `1 column`, `2 columns`. */
export const counted = (count: number, one: string): string => (count === 1 ? `1 ${one}` : `${String(count)} ${one}s`);

/** What there is to say of something that only one side has; empty where its name says it all. */
export function summary(item: Identified, names: Names): string[] {
  const given = item as unknown as Readonly<Record<string, unknown>>;
  const list = (key: string): readonly unknown[] => (Array.isArray(given[key]) ? (given[key] as unknown[]) : []);
  if ("refTableId" in given)
    return [`${say(given["columns"], names)} → ${say(given["refTableId"], names)} (${say(given["refColumns"], names)})`];
  if ("constraints" in given) return [counted(list("columns").length, "column")];
  if ("parts" in given) return [`${given["unique"] === true ? "unique " : ""}on ${say(given["parts"], names)}`];
  if ("notNull" in given && "identity" in given) {
    const value = given["default"] === null ? "" : `, default ${say(given["default"], names)}`;
    return [`${say(given["type"], names)}${given["notNull"] === true ? ", NOT NULL" : ""}${value}`];
  }
  if ("expression" in given) return [say(given["expression"], names)];
  if ("values" in given) return [say(given["values"], names)];
  if ("include" in given) return [`on ${say(given["columns"], names)}`];
  return [];
}
