/** A table whole: what its columns hold, its keys and indexes, and what it was besides. */
import type { Column, Table } from "../model/index.ts";
import { makeColumn, makeTable } from "../model/index.ts";
import type { Draft } from "./columns.ts";
import { aboutPart, commentIn, type Context } from "./context.ts";
import { defaultIn, momentIn } from "./defaults.ts";
import type { UserTypes } from "./enums.ts";
import { TableTexts } from "./fields.ts";
import { indexesIn } from "./indexes.ts";
import { bare, constraintsIn } from "./keys.ts";
import type { Names } from "./names.ts";

const NEXT = /^nextval\s*\(/i;

/** What a column is set to when nothing is said; a number of a sequence is no default of its own. */
function defaultOf(column: Column, draft: Draft, after: Column, context: Context): string | null {
  const { tally } = context;
  if (column.default === null || NEXT.test(column.default.trim())) return null;
  const found = defaultIn(column, after, draft.before, context);
  const isNull = /^null\b/i.test(column.default.trim());
  const about = aboutPart("column", column.id, draft.before);
  const what = `the default ${column.default.slice(0, 60)} of ${draft.before.name}.${column.name}`;
  tally.when(found === null && !isNull, "defaults", { what, about });
  return found;
}

function generatedOf(column: Column, draft: Draft, texts: TableTexts, { to, tally }: Context): Column["generated"] {
  if (!column.generated) return null;
  const expression = texts.steady(column.generated.expression);
  const about = aboutPart("column", column.id, draft.before);
  tally.when(expression === null, "generated", { what: `the expression of ${draft.before.name}.${column.name}`, about });
  if (expression === null) return null;
  const { generatedStored, generatedVirtual, domains } = to.features;
  // Where types are declared, an index cannot be over what is not stored.
  const stored = (column.generated.stored || domains || !generatedVirtual) && generatedStored;
  return { expression, stored };
}

function columnIn(column: Column, draft: Draft, types: UserTypes, texts: TableTexts, context: Context): Column {
  const { to, toWords, tally, family } = context;
  const after = draft.after.columns.find(({ id }) => id === column.id) ?? column;
  const counts = draft.counters.has(column.id);
  const domain = types.domainOf(column.type);
  const said = { ...column, default: column.default ?? domain?.default ?? null };
  const generated = generatedOf(column, draft, texts, context);
  const identity = counts && to.features.identity;
  const { on_update: onUpdate, ...others } = column.options;
  tally.when(onUpdate !== undefined && !family, "onUpdate");
  tally.when(!bare(others) && !family, "columnOptions");
  tally.when(column.collation !== null && !family, "collations");
  const notNull = column.notNull || (domain?.notNull ?? false) || identity;
  return makeColumn({
    ...{ id: column.id, name: after.name, type: after.type, comment: after.comment, generated },
    notNull: notNull && (generated === null || toWords.generatedNotNull),
    default: counts || column.generated ? null : defaultOf(said, draft, after, context),
    identity: identity
      ? {
          always: (column.identity?.always ?? false) && to.features.identityAlways,
          sequence: "",
        }
      : null,
    collation: family ? column.collation : null,
    options: family ? { ...others, ...(onUpdate === undefined ? {} : { on_update: momentIn(onUpdate, context) }) } : {},
  });
}

/** What a table is besides its columns and keys: nothing of it goes from one dialect to another. */
function countTable(table: Table, { tally, family }: Context): void {
  tally.when(table.kind !== "table" || table.using !== null || table.unlogged, "tableKinds");
  tally.when(table.partitionBy !== null || table.partitionOf !== null || table.inherits.length > 0, "partitions");
  tally.when((!bare(table.options) && !family) || table.rowSecurity !== "off", "tableOptions");
}

/** Checks of domains are checks of the columns. */
function domainChecks({ before }: Draft, types: UserTypes, { tally }: Context): void {
  for (const column of before.columns) {
    const domain = types.domainOf(column.type);
    if (domain) tally.count("checks", domain.checks.length);
  }
}

export function finishTable(draft: Draft, types: UserTypes, names: Names, context: Context): Table {
  const { before, after } = draft;
  const { family } = context;
  countTable(before, context);
  domainChecks(draft, types, context);
  const texts = new TableTexts(before, after, context);
  const columns = before.columns.map((column) => columnIn(column, draft, types, texts, context));
  const parts = { context, names, texts };
  const { id, namespaceId, name } = after;
  const constraints = constraintsIn(draft, parts);
  const { indexes, keys } = indexesIn(draft, parts);
  return makeTable({
    ...{ id, namespaceId, name, columns },
    comment: commentIn(before.comment, "table", context),
    options: family ? before.options : {},
    partitionBy: family ? before.partitionBy : null,
    constraints: [...constraints, ...keys],
    indexes,
  });
}
