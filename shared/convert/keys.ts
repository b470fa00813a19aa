/** Keys, checks and exclusions of a table. */
import type { CheckConstraint, Constraint, ConstraintId, KeyConstraint, Table } from "../model/index.ts";
import { lookup, makeCheck, makeKey } from "../model/index.ts";
import { aboutPart, commented, commentIn, type Context } from "./context.ts";
import type { Draft } from "./columns.ts";
import type { TableTexts } from "./fields.ts";
import { inNamespace, inTable, type Names } from "./names.ts";

export interface Parts {
  readonly context: Context;
  readonly names: Names;
  readonly texts: TableTexts;
}

const bare = (options: object): boolean => Object.keys(options).length === 0;

/** Where a name of this kind must be the only one. */
export function scopeOf(table: Table, kind: "index" | "key" | "constraint", { toWords }: Context): string {
  if (toWords.scopes[kind] === "table") return inTable(table, kind === "constraint" ? "constraint" : "key");
  return kind === "constraint" ? `${inNamespace(table.namespaceId)} constraints` : inNamespace(table.namespaceId);
}

function primaryName(key: KeyConstraint, before: Table, after: Table, { context, names }: Parts): string {
  const { from, to, tally } = context;
  if (to.features.primaryKeyName !== null) {
    tally.when(from.features.primaryKeyName === null && key.name !== `${before.name}_pkey`, "keyNames");
    return to.features.primaryKeyName;
  }
  const scope = scopeOf(after, "key", context);
  return from.features.primaryKeyName === null
    ? names.kept(scope, key.name, after.name)
    : names.take(scope, `${after.name}_pkey`, after.name);
}

/** May a key be over these? */
export function canBeKeyed(table: Table, columns: readonly (string | null)[], { to, toWords }: Context): boolean {
  const { never } = toWords.keys;
  return table.columns.every(({ id, type }) => !columns.includes(id) || !never.includes(to.types.parse(type).name));
}

function keyIn(key: KeyConstraint, { before, after, counters }: Draft, parts: Parts): KeyConstraint | null {
  const { context, names } = parts;
  const { to, toWords, tally, family } = context;
  const about = { what: `the key ${key.name} of ${before.name}`, about: aboutPart("constraint", key.id, before) };
  if (!canBeKeyed(after, key.columns, context)) {
    tally.count("keys", 1, about);
    return null;
  }
  const { deferrableKeys, includeColumns, nullsNotDistinct } = to.features;
  const deferrable = deferrableKeys ? key.deferrable : "no";
  const lost =
    deferrable !== key.deferrable ||
    (key.include.length > 0 && !includeColumns) ||
    (key.nullsNotDistinct && !nullsNotDistinct) ||
    key.withoutOverlaps ||
    (!family && (key.options["order"] !== undefined || key.options["lengths"] !== undefined));
  tally.when(lost, "keyOptions");
  const entity = key.kind === "unique" && commented(context, "unique") ? "unique" : "key";
  const [only] = key.columns;
  const counts = toWords.numbersKey !== null && key.kind === "primary" && only !== undefined && counters.has(only);
  const name =
    key.kind === "primary"
      ? primaryName(key, before, after, parts)
      : names.kept(scopeOf(after, "key", context), key.name, after.name);
  return makeKey({
    ...{ id: key.id, kind: key.kind, columns: key.columns, name, deferrable },
    include: includeColumns ? key.include : [],
    nullsNotDistinct: key.nullsNotDistinct && nullsNotDistinct,
    comment: commentIn(key.comment, entity, context),
    options: counts ? { inline: "true", autoincrement: "true" } : family ? key.options : {},
  });
}

/** Columns that the action of a foreign key changes, where no check may be over them. */
function actedOn(table: Table, { schema, toWords }: Context): ReadonlySet<string> {
  if (toWords.checksActed) return new Set();
  const mine = lookup(schema).outgoing(table.id);
  const changes = mine.filter(({ onDelete, onUpdate }) => onUpdate !== "no action" || /^set/.test(onDelete));
  return new Set(
    changes.filter((key) => key.onUpdate !== "restrict" || /^set/.test(key.onDelete)).flatMap(({ columns }) => columns),
  );
}

function checkIn(check: CheckConstraint, { before, after }: Draft, { context, names, texts }: Parts): CheckConstraint | null {
  const { to, tally, family } = context;
  const about = { what: `the check ${check.name} of ${before.name}`, about: aboutPart("constraint", check.id, before) };
  const expression = check.notEnforced && !family ? null : texts.condition(check.expression, actedOn(before, context));
  if (expression === null) {
    tally.count("checks", 1, about);
    return null;
  }
  tally.when((check.noInherit || check.notValid) && !to.features.notValid, "keyOptions");
  return makeCheck({
    ...{ id: check.id, expression, comment: commentIn(check.comment, "check", context) },
    name: names.kept(scopeOf(after, "constraint", context), check.name, after.name),
    notValid: check.notValid && to.features.notValid,
    notEnforced: check.notEnforced,
  });
}

/** Checks that hold columns to the values of the enums that they were. */
function valueChecks({ after, values }: Draft, { context, names }: Parts): CheckConstraint[] {
  const { quote } = context.to;
  return [...values].flatMap(([id, listed]) => {
    const column = after.columns.find((one) => one.id === id);
    if (!column || listed.length === 0) return [];
    const list = listed.map((value) => quote.literal(value).trim()).join(", ");
    const name = names.take(scopeOf(after, "constraint", context), `${after.name}_${column.name}_check`);
    const expression = `${quote.identifier(column.name)} IN (${list})`;
    return [makeCheck({ id: `constraint:${column.id}:values` as ConstraintId, name, expression })];
  });
}

export function constraintsIn(draft: Draft, parts: Parts): readonly Constraint[] {
  const { tally } = parts.context;
  const found = draft.before.constraints.flatMap((constraint): Constraint[] => {
    if (constraint.kind === "exclude") {
      const about = aboutPart("constraint", constraint.id, draft.before);
      tally.count("exclusions", 1, { what: `the exclusion ${constraint.name} of ${draft.before.name}`, about });
      return [];
    }
    const made = constraint.kind === "check" ? checkIn(constraint, draft, parts) : keyIn(constraint, draft, parts);
    return made ? [made] : [];
  });
  return [...found, ...valueChecks(draft, parts)];
}

export { bare };
