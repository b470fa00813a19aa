/** ChartDB's own words, and what it leaves to whoever reads. */
import type { Dialect } from "../../dialects/dialect.ts";
import { hasSerial, sequenceName } from "../kit/names.ts";

/** The colours of tables, areas and notes there unless someone chose one. */
export const TABLE_COLOUR = "#8eb7ff";
export const VIEW_COLOUR = "#b0b0b0";
export const NOTE_COLOUR = "#ffe374";

/** When something was made is not known here; ChartDB asks for a time. */
export const MADE = 0;

/** Where ChartDB knows an engine under another name. */
const DATABASES: Readonly<Record<string, string>> = { postgres: "postgresql" };
const KNOWN: ReadonlySet<string> = new Set(["mysql", "postgresql", "sqlite", "mariadb"]);

/** What ChartDB calls a dialect. */
export function databaseOf({ id }: Dialect): string {
  const name = DATABASES[id] ?? id;
  return KNOWN.has(name) ? name : "generic";
}

/** Is this the default of a column that numbers itself by a sequence with the usual name? */
export function readsOwnSequence(expression: string, table: string, column: string, dialect: Dialect): boolean {
  const named = /^nextval\('([^']*)'(?:::regclass)?(?:::text)?\)$/i.exec(expression.trim())?.[1];
  const last = named?.split(".").at(-1)?.replace(/^"|"$/g, "");
  return hasSerial(dialect) && last === sequenceName(table, column, dialect);
}

/**
 * A view's query is in no file. A stand-in with its columns takes the place, so that what is written of the design still runs.
 */
export function standIn(
  columns: readonly { readonly name: string; readonly type: string }[],
  { quote, features }: Dialect,
): string {
  const list = columns.map(({ name, type }) => {
    const value = features.compositeTypes && type !== "" ? `CAST(NULL AS ${type})` : "NULL";
    return `${value} AS ${quote.identifier(name)}`;
  });
  return `SELECT ${list.length === 0 ? "NULL" : list.join(", ")}`;
}
