/** One rewriting of text, made in every expression, type and definition of a design. */
import {
  altered,
  type Change,
  type Column,
  type Constraint,
  type Index,
  same,
  type Schema,
  type Table,
  type UserType,
} from "../model/index.ts";
import { rewritten, writtenIn } from "./texts.ts";

export type Rewrite = (text: string) => string;
const orNull = (text: string | null, rewrite: Rewrite): string | null => (text === null ? null : rewrite(text));

/** Checks and exclusions. */
export function inConstraint(item: Constraint, rewrite: Rewrite): Constraint {
  if (item.kind === "check") return { ...item, expression: rewrite(item.expression) };
  if (item.kind === "exclude") return { ...item, definition: rewrite(item.definition) };
  return item;
}

/** Expressions among an index's parts, and its predicate. */
export function inIndex(index: Index, rewrite: Rewrite): Index {
  return {
    ...index,
    where: orNull(index.where, rewrite),
    parts: index.parts.map((part) => (part.expression === null ? part : { ...part, expression: rewrite(part.expression) })),
  };
}

/** What a column is made from: the expression of a generated one. */
export const inGenerated = (column: Column, rewrite: Rewrite): Column =>
  column.generated ? { ...column, generated: { ...column.generated, expression: rewrite(column.generated.expression) } } : column;

/** Changes of those of a table's parts that a rewriting makes different. */
export function inParts(
  table: Table,
  each: { readonly column: (column: Column) => Column; readonly expression: Rewrite },
): Change[] {
  const changes: Change[] = [];
  const alter = <T extends { readonly id: string }>(entity: "column" | "constraint" | "index", before: T, after: T): void => {
    if (!same(before, after)) changes.push(altered(entity, table.id, before, after));
  };
  for (const column of table.columns) alter("column", column, each.column(column));
  for (const item of table.constraints) alter("constraint", item, inConstraint(item, each.expression));
  for (const index of table.indexes) alter("index", index, inIndex(index, each.expression));
  const partitionBy = orNull(table.partitionBy, each.expression);
  if (partitionBy !== table.partitionBy) changes.push(altered("table", null, table, { ...table, partitionBy } as Table));
  return changes;
}

function inType(type: UserType, expression: Rewrite, typeName: Rewrite): UserType {
  switch (type.kind) {
    case "enum":
      return type;
    case "domain":
      return {
        ...type,
        base: typeName(type.base),
        default: orNull(type.default, expression),
        checks: type.checks.map((check) => ({ ...check, expression: expression(check.expression) })),
      };
    case "composite":
      return { ...type, fields: type.fields.map((field) => ({ ...field, type: typeName(field.type) })) };
    case "range":
      return { ...type, subtype: typeName(type.subtype) };
  }
}

/**
 * Changes of everything that a rewriting makes different: `expression` of SQL text, `typeName` of the types of columns, fields and the
 * like, `column` of a column beyond both. `except` is left alone: it has a change of its own.
 */
export function everywhere(
  schema: Schema,
  except: UserType,
  { expression, typeName }: { readonly expression: Rewrite; readonly typeName: Rewrite },
): Change[] {
  const column = (one: Column): Column =>
    inGenerated({ ...one, type: typeName(one.type), default: orNull(one.default, expression) }, expression);
  const types = schema.types.flatMap((type): Change[] => {
    const after = type.id === except.id ? type : inType(type, expression, typeName);
    return same(type, after) ? [] : [altered("type", null, type, after)];
  });
  const texts = writtenIn(schema).flatMap((written): Change[] => {
    const definition = expression(written.item.definition);
    return definition === written.item.definition
      ? []
      : [rewritten(written, definition, { name: expression(written.item.name) })];
  });
  return [...types, ...schema.tables.flatMap((table) => inParts(table, { column, expression })), ...texts];
}
