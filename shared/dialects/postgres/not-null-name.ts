/** The name that PostgreSQL 18 gives a NOT NULL constraint: `makeObjectName` of its source, which cuts the longer of two names. */
import { features } from "./features.ts";

const LABEL = "not_null";

/** Names with other letters than ASCII are not cut here: where one is too long, its constraint is kept by name. */
export function notNullName(table: string, column: string, label = LABEL): string {
  const room = features.maxIdentifierBytes - label.length - 2;
  let [first, second] = [table.length, column.length];
  while (first + second > room) {
    if (first > second) first -= 1;
    else second -= 1;
  }
  return `${table.slice(0, first)}_${column.slice(0, second)}_${label}`;
}

/** Would the engine have called it so itself, with a number where the name was taken? */
export function isUsualNotNull(name: string, table: string, column: string): boolean {
  const number = /_not_null(\d*)$/.exec(name)?.[1];
  return number !== undefined && name === notNullName(table, column, LABEL + number);
}
