/** What pages say of keys, relations and indexes beside their columns, in the words of SQL. */
import type { Column, ColumnId, Constraint, ForeignKey, Index, IndexPart, Options, Table } from "../../model/index.ts";

const when = (is: boolean, ...words: readonly string[]): readonly string[] => (is ? words : []);
const optionWords = (options: Options): readonly string[] => Object.entries(options).map(([key, value]) => `${key} = ${value}`);

const deferrableWords = ({ deferrable }: Pick<Constraint, "deferrable">): readonly string[] =>
  when(deferrable !== "no", deferrable === "deferred" ? "DEFERRABLE INITIALLY DEFERRED" : "DEFERRABLE");

/** Names of columns, by the table that has them. */
export function columnNames({ columns }: Pick<Table, "columns">): (ids: readonly ColumnId[]) => readonly string[] {
  const names = new Map(columns.map(({ id, name }) => [id, name]));
  return (ids) => ids.map((id) => names.get(id) ?? id);
}

/** How a column gets its value where none is given: by its default, as an identity, or by an expression. */
export function valueWords({ default: value, identity, generated }: Column): string {
  if (generated) return `GENERATED AS (${generated.expression})${generated.stored ? " STORED" : ""}`;
  if (identity)
    return `IDENTITY ${identity.always ? "ALWAYS" : "BY DEFAULT"}${identity.sequence === "" ? "" : ` (${identity.sequence})`}`;
  return value ?? "";
}

export function constraintWords(constraint: Constraint, names: (ids: readonly ColumnId[]) => readonly string[]): string {
  const deferrable = deferrableWords(constraint);
  if (constraint.kind === "exclude") return deferrable.join(" ");
  if (constraint.kind === "check") {
    const { noInherit, notValid, notEnforced } = constraint;
    return [...when(noInherit, "NO INHERIT"), ...when(notValid, "NOT VALID"), ...when(notEnforced, "NOT ENFORCED")].join(" ");
  }
  const { include, nullsNotDistinct, withoutOverlaps, options } = constraint;
  return [
    ...when(include.length > 0, `INCLUDE (${names(include).join(", ")})`),
    ...when(nullsNotDistinct, "NULLS NOT DISTINCT"),
    ...when(withoutOverlaps, "WITHOUT OVERLAPS"),
    ...deferrable,
    ...optionWords(options),
  ].join(" ");
}

export function relationWords(key: ForeignKey, names: (ids: readonly ColumnId[]) => readonly string[]): string {
  const { onDelete, onUpdate, onDeleteColumns, match, notValid, notEnforced } = key;
  const only = onDeleteColumns.length === 0 ? "" : ` (${names(onDeleteColumns).join(", ")})`;
  return [
    ...when(onDelete !== "no action", `ON DELETE ${onDelete.toUpperCase()}${only}`),
    ...when(onUpdate !== "no action", `ON UPDATE ${onUpdate.toUpperCase()}`),
    ...when(match === "full", "MATCH FULL"),
    ...deferrableWords(key),
    ...when(notValid, "NOT VALID"),
    ...when(notEnforced, "NOT ENFORCED"),
  ].join(" ");
}

function partWords(part: IndexPart, names: (ids: readonly ColumnId[]) => readonly string[]): string {
  const { columnId, expression, descending, nulls, opclass, collation } = part;
  return [
    columnId === null ? (expression ?? "") : names([columnId]).join(""),
    ...when(collation !== null, `COLLATE ${collation ?? ""}`),
    ...when(opclass !== null, opclass ?? ""),
    ...when(descending, "DESC"),
    ...when(nulls !== null, `NULLS ${(nulls ?? "").toUpperCase()}`),
  ].join(" ");
}

/** What is indexed, and how. */
export function indexWords(
  index: Index,
  names: (ids: readonly ColumnId[]) => readonly string[],
): { readonly on: string; readonly how: string } {
  const { unique, method, parts, include, nullsNotDistinct, where, options } = index;
  return {
    on: parts.map((part) => partWords(part, names)).join(", "),
    how: [
      ...when(unique, "UNIQUE"),
      method,
      ...when(include.length > 0, `INCLUDE (${names(include).join(", ")})`),
      ...when(nullsNotDistinct, "NULLS NOT DISTINCT"),
      ...when(where !== null, `WHERE ${where ?? ""}`),
      ...optionWords(options),
    ].join(" "),
  };
}
