/** Indexes of a table. */
import type { ConstraintId, Index, IndexPart, KeyConstraint, Table } from "../model/index.ts";
import { makeIndex, makeKey } from "../model/index.ts";
import type { Draft } from "./columns.ts";
import { aboutPart, commentIn, type Context } from "./context.ts";
import { bare, canBeKeyed, type Parts, scopeOf } from "./keys.ts";

/** Methods that find the rows of one value; others find what they are made for. */
const PLAIN = new Set(["btree", "hash"]);
/** A prefix that most keys are told apart by. */
const PREFIX = 191;

/** `(191)` where a key can only be over the beginning of a text. */
function prefixOf(table: Table, part: IndexPart, count: number, { to, toWords }: Context): string | null {
  const column = table.columns.find(({ id }) => id === part.columnId);
  const { characters, long } = toWords.keys;
  if (!column || characters === null) return null;
  const { name, args } = to.types.parse(column.type);
  const most = Math.floor(characters / count);
  return long.includes(name) || Number(args[0] ?? 0) > most ? `(${String(Math.min(PREFIX, most))})` : null;
}

function partIn(part: IndexPart, index: Index, draft: Draft, { context, texts }: Parts): IndexPart | null {
  const { to, tally, family } = context;
  const { nullsOrder, prefixLengths } = to.features;
  const expression = part.expression === null ? null : texts.steady(part.expression);
  if (part.columnId === null && (expression === null || !to.features.expressionIndexes)) return null;
  const prefix = prefixOf(draft.after, part, index.parts.length, context);
  const kept = family && prefixLengths ? part.opclass : prefix;
  const collation = family ? part.collation : null;
  const nulls = nullsOrder ? part.nulls : null;
  const lost = (part.opclass !== null && kept !== part.opclass) || part.collation !== collation || part.nulls !== nulls;
  tally.when(lost || (prefix !== null && part.opclass === null), "indexOptions");
  return { ...part, expression, opclass: kept, collation, nulls };
}

function conditionOf(index: Index, { context, texts }: Parts): { readonly where: string | null } | null {
  if (index.where === null) return { where: null };
  const where = context.to.features.partialIndexes ? texts.condition(index.where) : null;
  // An index of all rows finds those of some, but would refuse what a unique one of some rows lets pass.
  if (where === null && index.unique) return null;
  context.tally.when(where === null, "partial");
  return { where };
}

function indexIn(index: Index, draft: Draft, parts: Parts): Index | null {
  const { context, names } = parts;
  const { to, tally, family } = context;
  const { before, after } = draft;
  const gone = (): null => {
    tally.count("indexes", 1, { what: `the index ${index.name} of ${before.name}`, about: aboutPart("index", index.id, before) });
    return null;
  };
  const keeps = family && to.features.indexMethods.includes(index.method);
  if (!PLAIN.has(index.method) && !keeps) return gone();
  const columns = index.parts.map(({ columnId }) => columnId);
  if (!keeps && !canBeKeyed(after, columns, context)) return gone();
  const made = index.parts.map((part) => partIn(part, index, draft, parts));
  const condition = conditionOf(index, parts);
  if (condition === null || made.some((part) => part === null)) return gone();
  const { includeColumns, nullsNotDistinct } = to.features;
  const include = includeColumns ? index.include : [];
  const lost = include.length < index.include.length || (index.nullsNotDistinct && !nullsNotDistinct);
  tally.when(lost || (!family && !bare(index.options)), "indexOptions");
  return makeIndex({
    ...{ id: index.id, unique: index.unique, where: condition.where, include },
    name: names.kept(scopeOf(after, "index", context), index.name, after.name),
    method: keeps ? index.method : (to.features.indexMethods[0] ?? "btree"),
    parts: made.flatMap((part) => part ?? []),
    nullsNotDistinct: index.nullsNotDistinct && nullsNotDistinct,
    options: family ? index.options : {},
    comment: commentIn(index.comment, "index", context),
  });
}

/** A unique index of columns, as the key that it is in the other dialect. */
function keyOf(index: Index): KeyConstraint | null {
  const columns = index.parts.flatMap(({ columnId }) => columnId ?? []);
  if (!index.unique || columns.length < index.parts.length || index.where !== null) return null;
  if (index.parts.some(({ descending }) => descending)) return null;
  const lengths = index.parts.map(({ opclass }) => opclass?.replace(/[()]/g, "") ?? "").join(",");
  const options = /\d/.test(lengths) ? { ...index.options, lengths } : index.options;
  const { name, comment } = index;
  return makeKey({ id: `constraint:${index.id}` as ConstraintId, kind: "unique", name, columns, comment, options });
}

/** The indexes, and those that are keys there. */
export function indexesIn(
  draft: Draft,
  parts: Parts,
): { readonly indexes: readonly Index[]; readonly keys: readonly KeyConstraint[] } {
  const indexes = draft.before.indexes.flatMap((index) => indexIn(index, draft, parts) ?? []);
  if (!parts.context.toWords.uniqueIsKey || parts.context.family) return { indexes, keys: [] };
  const made = indexes.map((index) => keyOf(index) ?? index);
  return {
    indexes: made.filter((item): item is Index => "parts" in item),
    keys: made.filter((item): item is KeyConstraint => !("parts" in item)),
  };
}
