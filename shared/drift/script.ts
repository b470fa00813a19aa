/** Changes as SQL for a live database: written from the dialect's own statements, run by nobody here. */
import type { Ddl, Statement } from "../dialects/dialect.ts";
import { apply, type Change, type Identified, type Schema } from "../model/index.ts";
import { diff } from "../diff/index.ts";
import { entityWord } from "./words.ts";

export interface ChangeScript {
  readonly sql: string;
  readonly statements: number;
  /** What the dialect cannot change in place, as `column customer.mail`, with the reason in parentheses where it is known. */
  readonly impossible: readonly string[];
  /** What goes with its rows, as `table old_sale`. */
  readonly losses: readonly string[];
  /** Tables that are dropped and made again, because the dialect cannot change them in place: their rows go. */
  readonly remade: readonly string[];
  /** Tables that are made again and filled with their rows. */
  readonly copied: readonly string[];
  /** What may make it fail, in sentences. */
  readonly risks: readonly string[];
}

type Hazards = Omit<ChangeScript, "sql" | "statements">;

/** What a script does to rows, and what it leaves undone, in sentences. */
export const hazards = ({ losses, remade, copied, risks, impossible }: Hazards): readonly string[] => [
  ...losses.map((what) => `Drops the ${what}, and what is in it.`),
  ...remade.map((name) => `Drops the table ${name} and makes it again, without its rows: it cannot be changed in place.`),
  ...copied.map((name) => `Makes the table ${name} again and copies its rows: it cannot be changed in place.`),
  ...risks,
  ...impossible.map((what) => `Not written: ${what} cannot be changed in place.`),
];

function named(change: Change, schema: Schema): string {
  const owner = schema.tables.find(({ id }) => id === change.ownerId)?.name;
  if (change.kind === "reorder") return `order of the columns of ${owner ?? ""}`;
  const item: Identified = change.kind === "create" ? change.after : change.before;
  const name = "name" in item ? String(item.name) : item.id;
  return `${entityWord(change.entity, item)} ${owner === undefined ? name : `${owner}.${name}`}`;
}

const loses = (change: Change): boolean => change.kind === "drop" && (change.entity === "table" || change.entity === "column");

const DROPS_TABLE = /^drop\s+table\b/i;

/** The table that statements drop to make it again; null where they make nothing again. */
function remadeBy(change: Change, statements: readonly Statement[]): string | null {
  if (change.kind === "drop" && change.entity === "table") return null;
  return statements.find(({ sql }) => DROPS_TABLE.test(sql))?.about?.id ?? null;
}

/** What stands behind the title of a script. */
export const UNRUN = "It has not been run: read it, and try it on a copy first.";
const LIVE = "Brings the live database to the design.";
/** A name may hold a line break, behind which a comment would end. */
const remark = (text: string): string => `-- ${text.replace(/[\r\n\u2028\u2029]+/g, " ")}`;

function titled(title: string, told: Hazards, body: string): string {
  const lead = `${title} ${UNRUN}`;
  return `${[lead, ...hazards(told)].map(remark).join("\n")}\n\n${body}`;
}

/** All or nothing, where the engine can and every statement may stand beside the others. */
function wholly(ddl: Ddl, statements: readonly Statement[]): string {
  const body = ddl.script(statements);
  if (!ddl.transaction || statements.length < 2 || !statements.every(({ transactional }) => transactional)) return body;
  return `${ddl.transaction.begin}\n\n${body}\n${ddl.transaction.commit}\n`;
}

/** Change by change. */
function inPlace(ddl: Ddl, live: Schema, after: Schema, losses: readonly string[], title: string): ChangeScript {
  const context = { before: live, after };
  const statements: Statement[] = [];
  const impossible: string[] = [];
  const risks: string[] = [];
  const remade = new Set<string>();
  for (const change of ddl.order(diff(live, after), context)) {
    const some = ddl.change(change, context);
    const remarks = ddl.remarks?.(change, context);
    if (some === null) {
      impossible.push(named(change, live) + (remarks?.hindrance ? ` (${remarks.hindrance})` : ""));
      continue;
    }
    risks.push(...(remarks?.risks ?? []));
    const table = remadeBy(change, some);
    // Made again once, it is what all its changes lead to.
    if (table === null || !remade.has(table)) statements.push(...some);
    if (table !== null) remade.add(table);
  }
  const names = live.tables.filter(({ id }) => remade.has(id)).map(({ name }) => name);
  const told = { impossible, losses, remade: names, copied: [], risks };
  return { sql: titled(title, told, wholly(ddl, statements)), statements: statements.length, ...told };
}

/** The statements that make `changes` on a database that is as `live` says. `title` is the sentence at its head. */
export function changeScript(ddl: Ddl, live: Schema, changes: readonly Change[], title = LIVE): ChangeScript {
  const after = apply(live, changes);
  const losses = ddl
    .order(diff(live, after), { before: live, after })
    .filter(loses)
    .map((change) => named(change, live));
  if (!ddl.keeping) return inPlace(ddl, live, after, losses, title);
  const { statements, copied, risks, impossible } = ddl.keeping.plan({ before: live, after });
  const told = { impossible, losses, remade: [], copied, risks };
  return { sql: titled(title, told, ddl.keeping.script(statements)), statements: statements.length, ...told };
}
