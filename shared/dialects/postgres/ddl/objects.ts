/** Types, sequences, views and verbatim objects as SQL. */
import type { DomainType, Sequence, UserType, Verbatim, View } from "../../../model/index.ts";
import { identifier, literal } from "../quote.ts";
import { type Names, withOptions } from "./names.ts";

/** CREATE TYPE or CREATE DOMAIN, and what can only be added afterwards. */
export function createType(type: UserType, names: Names): string[] {
  const later = type.kind === "domain" ? type.checks.filter(({ notValid }) => notValid) : [];
  return [definition(type, names.qualified(type)), ...later.map((check) => addDomainCheck(names.qualified(type), check))];
}

/** `domain` is its name as SQL writes it. */
export function addDomainCheck(domain: string, check: DomainType["checks"][number]): string {
  const late = check.notValid ? " NOT VALID" : "";
  return `ALTER DOMAIN ${domain} ADD CONSTRAINT ${identifier(check.name)} CHECK (${check.expression})${late}`;
}

/** A domain without what may call functions, and that as statements of its own. */
export function domainInTwoSteps(type: DomainType, names: Names): { readonly first: string[]; readonly rest: string[] } {
  const fallback = type.default === null ? [] : [`ALTER DOMAIN ${names.qualified(type)} SET DEFAULT ${type.default}`];
  return {
    first: createType({ ...type, default: null, checks: [] }, names),
    rest: [...fallback, ...type.checks.map((check) => addDomainCheck(names.qualified(type), check))],
  };
}

function definition(type: UserType, name: string): string {
  switch (type.kind) {
    case "enum":
      return `CREATE TYPE ${name} AS ENUM (${type.values.length === 0 ? "" : `\n    ${type.values.map(literal).join(",\n    ")}\n`})`;
    case "domain": {
      const collation = type.collation === null ? "" : ` COLLATE ${type.collation}`;
      const fallback = type.default === null ? "" : ` DEFAULT ${type.default}`;
      const checks = type.checks
        .filter(({ notValid }) => !notValid)
        .map((check) => `\n    CONSTRAINT ${identifier(check.name)} CHECK (${check.expression})`)
        .join("");
      return `CREATE DOMAIN ${name} AS ${type.base}${collation}${fallback}${type.notNull ? " NOT NULL" : ""}${checks}`;
    }
    case "composite": {
      const fields = type.fields.map(
        (field) => `${identifier(field.name)} ${field.type}${field.collation === null ? "" : ` COLLATE ${field.collation}`}`,
      );
      return `CREATE TYPE ${name} AS (${fields.length === 0 ? "" : `\n    ${fields.join(",\n    ")}\n`})`;
    }
    case "range": {
      const options = Object.entries(type.options).map(([option, value]) => `${option} = ${value}`);
      return `CREATE TYPE ${name} AS RANGE (\n    ${[`subtype = ${type.subtype}`, ...options].join(",\n    ")}\n)`;
    }
  }
}

export function createSequence(sequence: Sequence, names: Names): string {
  const options = sequence.definition === "" ? "" : ` ${sequence.definition}`;
  const type = sequence.type === "bigint" ? "" : ` AS ${sequence.type}`;
  return `CREATE ${sequence.unlogged ? "UNLOGGED " : ""}SEQUENCE ${names.qualified(sequence)}${type}${options}`;
}

export function ownSequence(sequence: Sequence, names: Names): string | null {
  if (!sequence.ownedBy) return null;
  const { tableId, columnId } = sequence.ownedBy;
  const column = names.lookup.column(tableId, columnId);
  return column
    ? `ALTER SEQUENCE ${names.qualified(sequence)} OWNED BY ${names.relation(tableId)}.${identifier(column.name)}`
    : null;
}

/** CREATE VIEW, and the defaults of its columns. With `replace`, the view is there already. */
export function createView(view: View, names: Names, { replace } = { replace: false }): string[] {
  const kind = view.materialized ? "MATERIALIZED VIEW" : "VIEW";
  const data = view.materialized && view.options["no_data"] === "true" ? "\n  WITH NO DATA" : "";
  const head = `CREATE ${replace ? "OR REPLACE " : ""}${kind} ${names.qualified(view)}`;
  const create = `${head}${withOptions(view.options, ["no_data"])} AS\n${view.definition}${data}`;
  const defaults = view.columns.flatMap((column) =>
    column.default === null
      ? []
      : `ALTER VIEW ${names.qualified(view)} ALTER COLUMN ${identifier(column.name)} SET DEFAULT ${column.default}`,
  );
  return [create, ...defaults];
}

/** A view with the right columns and nothing in them, for what is needed in a circle; `null` where only the query tells the columns. */
export function createEmptyView(view: View, names: Names): string | null {
  if (view.materialized || view.columns.length === 0 || view.columns.some(({ type }) => type === "")) return null;
  const columns = view.columns.map(({ name, type }) => `NULL::${type} AS ${identifier(name)}`);
  return `CREATE VIEW ${names.qualified(view)} AS\n SELECT ${columns.join(",\n    ")}`;
}

/** COMMENT ON ...; `target` is the kind and name as the manual writes them. */
export const comment = (target: string, text: string | null): string =>
  `COMMENT ON ${target} IS ${text === null ? "NULL" : literal(text)}`;

const NAMED_ALONE: ReadonlySet<string> = new Set([
  "extension",
  "event trigger",
  "foreign-data wrapper",
  "foreign server",
  "language",
]);
const KEYWORDS: Readonly<Record<string, string>> = {
  "foreign-data wrapper": "FOREIGN DATA WRAPPER",
  "foreign server": "SERVER",
  "base type": "TYPE",
  "shell type": "TYPE",
};

/** Their names are written as the manual writes them after the keyword: `(text AS integer)`, `app.=== (integer, integer)`. */
const NAMED_IN_FULL: ReadonlySet<string> = new Set(["cast", "operator", "operator class", "operator family", "user mapping"]);

const NAMELESS: ReadonlySet<string> = new Set(["grant", "default privileges", "operator family member", "foreign key"]);
const ON_TABLES: ReadonlySet<string> = new Set(["trigger", "rule", "policy"]);

/** What COMMENT ON and DROP call a verbatim object; null for what has no name of its own there. */
export function verbatimTarget(object: Verbatim, names: Names): string | null {
  const keyword = KEYWORDS[object.kind] ?? object.kind.toUpperCase();
  if (NAMELESS.has(object.kind)) return null;
  // A trigger, rule or policy of a table that is not in the design.
  if (object.ownerId === null && ON_TABLES.has(object.kind)) return null;
  if (NAMED_IN_FULL.has(object.kind)) return `${keyword} ${object.name}`;
  if (object.ownerId !== null) return `${keyword} ${identifier(object.name)} ON ${names.relation(object.ownerId)}`;
  if (NAMED_ALONE.has(object.kind) || object.namespaceId === null) return `${keyword} ${identifier(object.name)}`;
  const namespace = names.lookup.namespace(object.namespaceId);
  const open = object.name.indexOf("(");
  const bare = open < 0 ? object.name : object.name.slice(0, open);
  const args = open < 0 ? "" : object.name.slice(open);
  const shown = object.kind === "aggregate" && args === "()" ? "(*)" : args;
  return `${keyword} ${namespace ? `${identifier(namespace.name)}.` : ""}${identifier(bare)}${shown}`;
}
