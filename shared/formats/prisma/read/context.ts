/** What everything that turns Prisma's text into a design shares. */
import type { Dialect } from "../../../dialects/dialect.ts";
import type { SchemaDraft } from "../../kit/draft.ts";
import type { Leftovers, Tell } from "../../kit/faults.ts";
import type { TableDraft } from "../../kit/table-draft.ts";
import type { Argument, Attribute, Enumeration, Expression, Field, Model, Span } from "../text/ast.ts";

/** An element, and who is told of its faults. */
export interface Owned<T> {
  readonly node: T;
  readonly tell: Tell;
}

/** A value of an enum: its name in the text, and in the database. */
export interface EnumFound {
  readonly name: string;
  readonly namespace: string | null;
  readonly values: ReadonlyMap<string, string>;
}

export interface Context {
  readonly dialect: Dialect;
  readonly draft: SchemaDraft;
  readonly leftovers: Leftovers;
  readonly models: ReadonlyMap<string, Owned<Model>>;
  readonly enums: ReadonlyMap<string, Owned<Enumeration>>;
  readonly found: Map<string, EnumFound>;
}

/** A model with the table that it became. */
export interface ModelDraft extends Owned<Model> {
  readonly table: TableDraft;
  /** The names of its columns by those of its fields. */
  readonly columns: Map<string, string>;
  /** Fields whose columns may be without a value. */
  readonly optional: Set<string>;
  readonly relations: Field[];
}

export const attributeOf = (attributes: readonly Attribute[], name: string): Attribute | undefined =>
  attributes.find((attribute) => attribute.name === name);

/** An argument by its name, or by its place among those without one. */
export function argument(
  attribute: { readonly args: readonly Argument[] },
  name: string,
  place: number | null,
): Expression | null {
  const named = attribute.args.find((arg) => arg.name === name);
  if (named) return named.value;
  if (place === null) return null;
  return attribute.args.filter((arg) => arg.name === null)[place]?.value ?? null;
}

/** A text that an attribute takes; what is there and is none is told. */
export function textArgument(tell: Tell, attribute: Attribute, name: string, place: number | null): string | null {
  const value = argument(attribute, name, place);
  if (value === null || value.kind === "broken") return null;
  if (value.kind === "string") return value.text;
  tell({ ...spanOf(value), code: "text.value", name: place === null ? name : `@${attribute.name}`, wanted: "a text in quotes" });
  return null;
}

/** What `@map("...")` or `@@schema("...")` says. */
export function mapped({ node, tell }: Owned<{ readonly attributes: readonly Attribute[] }>, name: string): string | null {
  const attribute = attributeOf(node.attributes, name);
  if (!attribute) return null;
  const text = textArgument(tell, attribute, "name", 0);
  if (attribute.args.length === 0 || text === "")
    tell({ ...spanOf(attribute), code: "text.value", name: attribute.name, wanted: "a name in quotes" });
  return text === "" ? null : text;
}

export const spanOf = ({ start, end }: Span): Span => ({ start, end });
