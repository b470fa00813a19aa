/** Changes as SQL for a live database: written from the dialect's own statements, run by nobody here. */
import type { Dialect, Statement } from "../dialects/dialect.ts";
import { apply, type Change, type Identified, type Schema } from "../model/index.ts";
import { diff } from "../diff/index.ts";
import { entityWord } from "./words.ts";

export interface ChangeScript {
  readonly sql: string;
  readonly statements: number;
  /** What the dialect cannot change in place, as `column customer.mail`. */
  readonly impossible: readonly string[];
  /** What goes with its rows, as `table old_sale`. */
  readonly losses: readonly string[];
}

function named(change: Change, schema: Schema): string {
  const owner = schema.tables.find(({ id }) => id === change.ownerId)?.name;
  if (change.kind === "reorder") return `order of the columns of ${owner ?? ""}`;
  const item: Identified = change.kind === "create" ? change.after : change.before;
  const name = "name" in item ? String(item.name) : item.id;
  return `${entityWord(change.entity, item)} ${owner === undefined ? name : `${owner}.${name}`}`;
}

const loses = (change: Change): boolean => change.kind === "drop" && (change.entity === "table" || change.entity === "column");

/** The statements that make `changes` on a database that is as `live` says. */
export function changeScript(dialect: Dialect, live: Schema, changes: readonly Change[]): ChangeScript {
  const after = apply(live, changes);
  const context = { before: live, after };
  const statements: Statement[] = [];
  const impossible: string[] = [];
  const losses: string[] = [];
  for (const change of dialect.ddl.order(diff(live, after), context)) {
    const some = dialect.ddl.change(change, context);
    if (some === null) impossible.push(named(change, live));
    else statements.push(...some);
    if (some !== null && loses(change)) losses.push(named(change, live));
  }
  const head = [
    "-- Brings the live database to the design. It has not been run: read it, and try it on a copy first.",
    ...losses.map((what) => `-- Drops the ${what}, and what is in it.`),
    ...impossible.map((what) => `-- Not written: ${what} cannot be changed in place.`),
  ].join("\n");
  return { sql: `${head}\n\n${dialect.ddl.script(statements)}`, statements: statements.length, impossible, losses };
}
