/** Rows of a table that is made again: what is copied, and what may not fit. */
import type { Table } from "../../../model/index.ts";
import { identifier } from "../quote.ts";

interface Copy {
  readonly old: Table;
  readonly table: Table;
  /** What the old one is called now. */
  readonly from: string;
  /** The table that takes 0 only. */
  readonly guard: string;
}

const text = (name: string): string => `'${name.replaceAll("'", "''")}'`;
const counts = ({ constraints }: Table): boolean =>
  constraints.some((key) => "options" in key && key.kind === "primary" && key.options["autoincrement"] === "true");

/** Columns that both have; what the engine generates, it generates again. */
function columnsOf(old: Table, table: Table): readonly (readonly [from: string, to: string])[] {
  const known = new Map(old.columns.map((column) => [column.id, column]));
  return table.columns.flatMap((column) => {
    const before = known.get(column.id);
    return before && !column.generated ? [[before.name, column.name] as const] : [];
  });
}

/** The statements that fill a table that was made again from the old one, and drop that. */
export function copyOf({ old, table, from, guard }: Copy): readonly string[] {
  const columns = columnsOf(old, table);
  const [there, here] = [0, 1].map((side) => columns.map((pair) => identifier(pair[side] ?? "")).join(", "));
  const [source, target] = [identifier(from), identifier(table.name)];
  const number = (name: string): string => `(SELECT count(*) FROM ${name})`;
  return [
    ...(columns.length === 0 ? [] : [`INSERT OR ROLLBACK INTO ${target} (${here ?? ""}) SELECT ${there ?? ""} FROM ${source}`]),
    ...(columns.length === 0
      ? []
      : [`INSERT OR ROLLBACK INTO ${identifier(guard)} SELECT ${number(source)} - ${number(target)}`]),
    // A number that was given once is not given again.
    ...(counts(old) && counts(table)
      ? [
          `DELETE FROM sqlite_sequence WHERE name = ${text(table.name)}`,
          `UPDATE sqlite_sequence SET name = ${text(table.name)} WHERE name = ${text(from)}`,
        ]
      : []),
    `DROP TABLE ${source}`,
  ];
}

/** Why the copy may fail, in sentences. */
export function mayFail(old: Table, table: Table): readonly string[] {
  const known = new Map(old.columns.map((column) => [column.id, column]));
  return table.columns.flatMap(({ id, name, notNull, generated, default: value }) => {
    const before = known.get(id);
    if (!notNull || generated) return [];
    if (!before && value === null)
      return [`Fails where ${table.name} has rows: the new column ${name} must have a value, and has no default.`];
    return before && !before.notNull
      ? [`Fails where rows of ${table.name} have no value in ${name}, which must have one now.`]
      : [];
  });
}
