/** The statements that ask a catalogue for names: MySQL manual, "INFORMATION_SCHEMA Tables". Never one that joins them. */
import { literal } from "./quote.ts";

export const SESSION = "SET SESSION sql_mode = '', SESSION sql_quote_show_create = 1";

/** A condition on the column `schema`; no names means every database that is not the server's own. */
export function within(names: readonly string[], system: readonly string[]): (column: string) => string {
  const list = (names.length > 0 ? names : system).map(literal).join(", ");
  return (column) => `${column} ${names.length > 0 ? "IN" : "NOT IN"} (${list})`;
}

type Where = ReturnType<typeof within>;

export const databases = (where: Where): string =>
  `SELECT schema_name FROM information_schema.schemata WHERE ${where("schema_name")} ORDER BY schema_name`;

export const relations = (where: Where): string =>
  `SELECT table_schema, table_name, table_type FROM information_schema.tables WHERE ${where("table_schema")} ORDER BY table_schema, table_name`;

/** Triggers in the order in which they act. */
export const objects = (where: Where): string =>
  [
    `SELECT routine_schema, routine_name, routine_type FROM information_schema.routines WHERE ${where("routine_schema")}`,
    `SELECT event_schema, event_name, 'EVENT' FROM information_schema.events WHERE ${where("event_schema")}`,
    `(SELECT trigger_schema, trigger_name, 'TRIGGER' FROM information_schema.triggers WHERE ${where("trigger_schema")} ORDER BY event_object_table, action_timing, event_manipulation, action_order LIMIT 1000000)`,
  ].join(" UNION ALL ");

/** One look-up for each view: a list of names would make the server open every table. */
export const viewColumns = (views: readonly { readonly namespace: string; readonly name: string }[]): string =>
  views
    .map(
      ({ namespace, name }) =>
        `(SELECT table_schema, table_name, column_name, column_type FROM information_schema.columns WHERE table_schema = ${literal(namespace)} AND table_name = ${literal(name)} ORDER BY ordinal_position LIMIT 10000)`,
    )
    .join(" UNION ALL ");
