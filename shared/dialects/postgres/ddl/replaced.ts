/**
 * An enum that loses values, or has them in another order. PostgreSQL can do neither: the old type is moved aside, the new one made,
 * every column changed to it through its text, and the old one dropped. What looks at those columns is out of the way by then
 * (`detour.ts`).
 */
import type { Column, EnumType, Table } from "../../../model/index.ts";
import { identifier } from "../quote.ts";
import { type Context, nameNow } from "./in-place.ts";
import type { Names } from "./names.ts";
import { comment, createType } from "./objects.ts";
import { isRetyped } from "./retyped.ts";
import { speaks, typeRef } from "./speaks.ts";

interface Held {
  readonly table: Table;
  readonly columns: readonly Column[];
}

/** The tables that have columns of a type or of its arrays, and those columns. */
export function replacedIn(old: EnumType, before: Names): readonly Held[] {
  const said = old.name.replaceAll('"', '""').toLowerCase();
  return before.schema.tables.flatMap((table) => {
    const columns = table.columns.filter(({ type }) => type.toLowerCase().includes(said) && typeRef(type, before)?.id === old.id);
    return columns.length === 0 ? [] : [{ table, columns }];
  });
}

/** Long names are cut to 63 bytes: this is shorter in any script. */
const SHORT = 12;

function freeName({ name }: EnumType, { before, after }: Context): string {
  const taken = new Set(
    [before.schema, after.schema].flatMap(({ types, tables, views, sequences, verbatim }) =>
      [...types, ...tables, ...views, ...sequences, ...verbatim].map((one) => one.name),
    ),
  );
  const wanted = `before_${[...name].slice(0, SHORT).join("")}`;
  let free = wanted;
  for (let number = 2; taken.has(free); number += 1) free = `${wanted}_${String(number)}`;
  return free;
}

interface Clauses {
  readonly only: boolean;
  readonly of: (table: Table) => readonly string[];
}

export function replaceEnum(old: EnumType, next: EnumType, context: Context): readonly string[] {
  const { before, after } = context;
  const aside = freeName(old, context);
  const held = new Map(replacedIn(old, before).map(({ table, columns }) => [table.id, columns]));
  const columnOf = (table: Table, { id }: Column): Column | null => after.lookup.column(table.id, id);
  const name = new Set([old.name]);
  // Those of other columns may name the type as well.
  const defaults = (table: Table): readonly Column[] =>
    table.columns.filter(
      (column) =>
        column.default !== null &&
        columnOf(table, column) !== null &&
        (held.get(table.id)?.includes(column) === true || speaks(column.default, name)),
    );
  const dropped = (table: Table): string[] =>
    defaults(table).map((column) => `ALTER COLUMN ${identifier(column.name)} DROP DEFAULT`);
  const changed = (table: Table): string[] =>
    table.partitionOf
      ? []
      : (held.get(table.id) ?? []).flatMap((column) => retyped(column, columnOf(table, column), next, context));
  const again = (table: Table): string[] =>
    defaults(table).flatMap((column) => {
      const now = columnOf(table, column);
      if (!now || now.default === null || now.generated || now.identity || isRetyped(column, now, context)) return [];
      return `ALTER COLUMN ${identifier(column.name)} SET DEFAULT ${now.default}`;
    });
  // A partition's default may be another than its parent's; the type is changed for all of them.
  const steps: readonly Clauses[] = [
    { only: true, of: dropped },
    { only: false, of: changed },
    { only: true, of: again },
  ];
  return [
    `ALTER TYPE ${nameNow(old, context)} RENAME TO ${identifier(aside)}`,
    ...createType(next, after),
    ...(next.comment === null ? [] : [comment(`TYPE ${after.qualified(next)}`, next.comment)]),
    ...steps.flatMap(({ only, of }) =>
      before.schema.tables.flatMap((table) => {
        const clauses = of(table);
        return clauses.length === 0 ? [] : `ALTER TABLE ${only ? "ONLY " : ""}${nameNow(table, context)} ${clauses.join(", ")}`;
      }),
    ),
    `DROP TYPE ${nameNow({ ...old, name: aside }, context)}`,
  ];
}

/** A column that is to have another type is text until then. */
function retyped(column: Column, now: Column | null, next: EnumType, context: Context): string[] {
  if (!now) return [];
  const alter = `ALTER COLUMN ${identifier(column.name)}`;
  const array = typeRef(column.type, context.before)?.array === true ? "[]" : "";
  const type = isRetyped(column, now, context) ? "text" : context.after.qualified(next) + array;
  const { storage, compression } = column.options;
  return [
    `${alter} TYPE ${type} USING ${identifier(column.name)}::text${type === "text" ? "" : `::${type}`}`,
    ...(storage === undefined ? [] : [`${alter} SET STORAGE ${storage}`]),
    ...(compression === undefined ? [] : [`${alter} SET COMPRESSION ${compression}`]),
  ];
}

/** What may make it fail, in sentences. */
export function replaceRisks(old: EnumType, next: EnumType, { before, after }: Context): readonly string[] {
  const lost = old.values.filter((value) => !next.values.includes(value)).map((value) => `'${value}'`);
  const tables = replacedIn(old, before).flatMap(({ table, columns }) =>
    table.partitionOf
      ? []
      : columns.flatMap(({ id, name }) => (after.lookup.column(table.id, id) ? `${before.qualified(table)}.${name}` : [])),
  );
  if (lost.length === 0 || tables.length === 0) return [];
  return [`Fails where a row has ${lost.join(" or ")} in ${tables.join(" or ")}: the enum ${after.qualified(next)} loses it.`];
}
