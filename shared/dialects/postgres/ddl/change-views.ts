/** Views and routines changed in place: the manual, "CREATE VIEW" and "ALTER VIEW". */
import type { Index, Verbatim, View } from "../../../model/index.ts";
import { identifier } from "../quote.ts";
import { viewComments } from "./comments.ts";
import { verbatimStatements } from "./definitions.ts";
import { type Context, many, sameBut, type Statements } from "./in-place.ts";
import { type Names } from "./names.ts";
import { comment, createView, verbatimTarget } from "./objects.ts";
import { statement } from "../../kit/statement.ts";
import { wholeIndex } from "./indexes.ts";

/** A view with its comments and indexes. */
export function wholeView(view: View, names: Names): NonNullable<Statements> {
  const about = { entity: "view", id: view.id, ownerId: null } as const;
  const indexes = view.indexes.flatMap((index) => wholeIndex({ ...index, comment: null }, view, names));
  return [...many(createView(view, names), about), ...indexes, ...viewComments(view, names)];
}

export const dropView = (view: View, names: Names): string =>
  `DROP ${view.materialized ? "MATERIALIZED " : ""}VIEW ${names.qualified(view)}`;

/** Does anything that is written in SQL speak of this name? The engine follows a renamed view, the text does not. */
function spokenOf(view: View, { schema }: Names): boolean {
  return [...schema.views, ...schema.verbatim].some(({ id, definition }) => id !== view.id && definition.includes(view.name));
}

const sameQuery = (old: View, next: View): boolean =>
  sameBut(old, next, "name", "namespaceId", "comment", "columns", "indexes", "dependsOn");

/**
 * Is a view dropped and made again? A plain view's new query can replace the old one only where it gives the same columns, and new ones
 * behind them.
 */
export function mustBeMadeAgain(old: View, next: View, { before }: Context): boolean {
  const renamed = old.name !== next.name || old.namespaceId !== next.namespaceId;
  if (old.materialized !== next.materialized || (renamed && spokenOf(old, before))) return true;
  if (sameQuery(old, next)) return false;
  if (old.materialized) return true;
  const same = old.columns.every(({ name, type }, at) => next.columns[at]?.name === name && next.columns[at]?.type === type);
  return !same && next.columns.length > 0;
}

/**
 * A view's new query replaces the old one; where that gives other columns the engine refuses, and only a rebuild tells. A
 * materialized view that nothing speaks of is made again.
 */
export function alterView(old: View, next: View, context: Context): Statements {
  const { before, after } = context;
  const about = { entity: "view", id: next.id, ownerId: null } as const;
  const same = sameQuery(old, next);
  if (mustBeMadeAgain(old, next, context)) {
    if (spokenOf(old, before)) return null;
    return [...many([dropView(old, before)], about), ...wholeView(next, after)];
  }
  const kind = next.materialized ? "MATERIALIZED VIEW" : "VIEW";
  const sqls: string[] = [];
  let name = before.qualified(old);
  if (old.name !== next.name) {
    sqls.push(`ALTER ${kind} ${name} RENAME TO ${identifier(next.name)}`);
    name = before.qualified({ ...old, name: next.name });
  }
  if (old.namespaceId !== next.namespaceId)
    sqls.push(`ALTER ${kind} ${name} SET SCHEMA ${identifier(after.lookup.namespace(next.namespaceId)?.name ?? "")}`);
  if (!same) sqls.push(...createView({ ...next, columns: [] }, after, { replace: true }).slice(0, 1));
  if (old.comment !== next.comment) sqls.push(comment(`${kind} ${after.qualified(next)}`, next.comment));
  const statements = many([...sqls, ...columnChanges(old, next, after.qualified(next))], about);
  return [...statements, ...indexChanges(old, next, after)];
}

function indexChanges(old: View, next: View, after: Names): NonNullable<Statements> {
  const about = { entity: "view", id: next.id, ownerId: null } as const;
  const told = (index: Index): string => JSON.stringify({ ...index, id: "" });
  const [was, is] = [new Set(old.indexes.map(told)), new Set(next.indexes.map(told))];
  const namespace = after.lookup.namespace(next.namespaceId)?.name ?? "";
  const gone = old.indexes.filter((index) => !is.has(told(index)));
  return [
    ...many(
      gone.map(({ name }) => `DROP INDEX ${identifier(namespace)}.${identifier(name)}`),
      about,
    ),
    ...next.indexes.filter((index) => !was.has(told(index))).flatMap((index) => wholeIndex(index, next, after)),
  ];
}

/** A view's columns follow from its query; a person only says their comments and defaults. */
function columnChanges(old: View, next: View, name: string): string[] {
  const was = new Map(old.columns.map((column) => [column.name, column]));
  return next.columns.flatMap((column) => {
    const before = was.get(column.name);
    const sqls: string[] = [];
    if ((before?.comment ?? null) !== column.comment)
      sqls.push(comment(`COLUMN ${name}.${identifier(column.name)}`, column.comment));
    if ((before?.default ?? null) !== column.default) {
      const fallback = column.default === null ? "DROP DEFAULT" : `SET DEFAULT ${column.default}`;
      sqls.push(`ALTER VIEW ${name} ALTER COLUMN ${identifier(column.name)} ${fallback}`);
    }
    return sqls;
  });
}

/** The text up to the end of the arguments. */
function signature(definition: string): string {
  let depth = 0;
  for (let at = 0; at < definition.length; at += 1) {
    if (definition[at] === "(") depth += 1;
    if (definition[at] === ")" && (depth -= 1) === 0) return definition.slice(0, at);
  }
  return definition;
}

/** Nothing stands on them: they are dropped and made again. */
const LOOSE: ReadonlySet<string> = new Set(["trigger", "policy", "rule"]);

/** A routine that says CREATE OR REPLACE is replaced, unless its name or arguments changed. */
export function alterVerbatim(old: Verbatim, next: Verbatim, { after }: Context): Statements {
  if (LOOSE.has(old.kind) && old.kind === next.kind && old.ownerId === next.ownerId) {
    const target = verbatimTarget(old, after);
    if (target === null) return null;
    return [statement(`DROP ${target}`, { entity: "verbatim", id: old.id, ownerId: null }), ...verbatimStatements(next)];
  }
  const routine = next.kind === "function" || next.kind === "procedure";
  const replaces = /^\s*create\s+or\s+replace\b/i.test(next.definition);
  if (!routine || !replaces || signature(old.definition) !== signature(next.definition)) return null;
  return sameBut(old, next, "definition", "dependsOn") ? verbatimStatements(next) : null;
}
