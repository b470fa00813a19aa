/**
 * What is in the way of a change. PostgreSQL refuses to drop a column or view that others read, or to change the type of such a
 * column: what is said in SQL is dropped before and made again after, with all that stands on it. Where a table or type stands on
 * something that would have to go, there is no way that keeps its rows, and the change is not written.
 */
import type { Change, EnumType, Schema, Table, TableId, UserType, Verbatim, View } from "../../../model/index.ts";
import { type Context, sameBut } from "./in-place.ts";
import type { Names } from "./names.ts";
import { isReplaced } from "./change-types.ts";
import { replacedIn } from "./replaced.ts";
import { indexSpeaks, rowsOf, speaks, typeRef } from "./speaks.ts";
import { isRetyped } from "./retyped.ts";
import { mustBeMadeAgain } from "./change-views.ts";

export interface Detour {
  /** Ids of what is dropped before the change and made again after it. */
  readonly remade: ReadonlySet<string>;
  /** Why there is no way, to be said behind what is changed; null where there is one. */
  readonly hindrance: string | null;
}

type Standing = View | Verbatim;

/** They hold nothing, so they may go for a while. */
const LOOSE: ReadonlySet<string> = new Set(["trigger", "rule", "policy", "function", "procedure", "statistics"]);
const ROUTINES: ReadonlySet<string> = new Set(["function", "procedure"]);
/** They go with what they are on, and are given again. */
const isGrant = (item: Standing): boolean => "kind" in item && item.kind === "grant";
const isLoose = (item: Standing): boolean => !("kind" in item) || LOOSE.has(item.kind);

const needsOf = (item: Standing): readonly string[] =>
  "ownerId" in item && item.ownerId !== null ? [...item.dependsOn, item.ownerId] : item.dependsOn;

const standing = ({ schema }: Names): readonly Standing[] => [...schema.views, ...schema.verbatim];

/** A table and the partitions of it, at any depth, whoever is divided first. */
function familyOf(table: Table, { schema }: Names): readonly Table[] {
  const found = [table];
  for (const one of found) found.push(...schema.tables.filter(({ partitionOf }) => partitionOf?.tableId === one.id));
  return found;
}

function wordOf(item: Standing, names: Names): string {
  if (!("kind" in item)) return `the view ${names.qualified(item)}`;
  return `the ${item.kind} ${item.namespaceId === null ? item.name : `${names.lookup.namespace(item.namespaceId)?.name ?? ""}.${item.name}`}`;
}

type Users = ReadonlyMap<string, readonly (Standing | Table | UserType)[]>;

const known = new WeakMap<Schema, Users>();

/** By id of what is counted on; made once for a schema. */
function usersIn(names: Names): Users {
  const { schema } = names;
  const made = known.get(schema);
  if (made) return made;
  const users = new Map<string, (Standing | Table | UserType)[]>();
  const all = [
    ...standing(names).map((item) => [item, needsOf(item)] as const),
    ...[...schema.tables, ...schema.types].map((item) => [item, item.dependsOn] as const),
  ];
  for (const [item, needs] of all)
    for (const id of needs) {
      const list = users.get(id);
      if (list) list.push(item);
      else users.set(id, [item]);
    }
  known.set(schema, users);
  return users;
}

class Around {
  readonly remade = new Set<string>();
  hindrance: string | null = null;
  readonly context: Context;
  readonly #users: Users;

  constructor(context: Context) {
    this.context = context;
    this.#users = usersIn(context.before);
  }

  refuse(why: string): void {
    this.hindrance ??= why;
  }

  users(id: string): readonly Standing[] {
    return (this.#users.get(id) ?? []).filter((user): user is Standing => "definition" in user);
  }

  /** With all that stands on them. What is `lenient` leaves it to other changes to take tables and types away from them. */
  take(roots: readonly Standing[], lenient = false): void {
    const { before } = this.context;
    const open = [...roots];
    for (let item = open.pop(); item; item = open.pop()) {
      if (isGrant(item) || this.remade.has(item.id)) continue;
      if (!isLoose(item)) {
        if (!lenient) this.refuse(`${wordOf(item, before)} stands on it`);
        continue;
      }
      this.remade.add(item.id);
      for (const user of this.#users.get(item.id) ?? []) {
        if ("definition" in user) open.push(user);
        else if (!lenient) this.refuse(`${before.qualified(user)} counts on ${wordOf(item, before)}`);
      }
      if (!lenient && "kind" in item && ROUTINES.has(item.kind)) this.#indexed(item);
    }
  }

  /** The catalogue does not say which indexes call a function. */
  #indexed(routine: Verbatim): void {
    const { before } = this.context;
    const called = new Set([routine.name.replace(/\(.*$/s, "")]);
    const table = before.schema.tables.find(({ indexes }) => indexes.some((index) => indexSpeaks(index, called)));
    if (table) this.refuse(`${before.qualified(table)} has an index that calls ${wordOf(routine, before)}`);
  }
}

/** What reads columns of a table: checks, indexes, and what is said in SQL elsewhere. `said`: other names that are in the way as well. */
function readers(around: Around, table: Table, columns: ReadonlySet<string>, said: ReadonlySet<string> = columns): void {
  const { before } = around.context;
  const family = familyOf(table, before);
  for (const member of family) expressions(around, member, said);
  const divided = family.find(({ partitionBy }) => speaks(partitionBy, columns));
  if (divided) around.refuse(`${before.qualified(divided)} is partitioned by it`);
  const ids = new Set<string>(family.map(({ id }) => id));
  const names = new Set(family.map(({ name }) => name));
  const reads = (item: Standing): boolean => needsOf(item).some((id) => ids.has(id)) && speaks(item.definition, columns);
  const published = ({ kind, definition }: Verbatim): boolean =>
    kind === "publication" && speaks(definition, names) && speaks(definition, columns);
  around.take(standing(before).filter((item) => reads(item) || ("kind" in item && published(item))));
}

/** Checks, indexes and computed columns of a table that say one of the names. */
function expressions(around: Around, table: Table, said: ReadonlySet<string>): void {
  const { before, after } = around.context;
  for (const check of table.constraints) {
    const text = check.kind === "check" ? check.expression : check.kind === "exclude" ? check.definition : null;
    const inherited = check.kind === "check" && check.inherited;
    if (!inherited && check.partOf === null && speaks(text, said)) around.remade.add(check.id);
  }
  for (const index of table.indexes) if (indexSpeaks(index, said)) around.remade.add(index.id);
  for (const { id, name, generated } of table.columns)
    if (generated && !said.has(name) && speaks(generated.expression, said) && after.lookup.column(table.id, id))
      around.refuse(`the generated column ${before.qualified(table)}.${name} is computed from it`);
}

function droppedColumn(around: Around, table: Table, change: Extract<Change, { entity: "column"; kind: "drop" }>): void {
  const { id, name } = change.before;
  readers(around, table, new Set([name]));
  // They go with the column.
  for (const { id: index, parts, include } of table.indexes)
    if (include.includes(id) || parts.some(({ columnId }) => columnId === id)) around.remade.add(index);
}

function foreignKeys(around: Around, touched: ReadonlySet<string>): void {
  for (const key of around.context.before.schema.foreignKeys)
    if (key.partOf === null && [...key.columns, ...key.refColumns].some((id) => touched.has(id))) around.remade.add(key.id);
}

/** Columns of the type are changed to the new one while nothing looks at them. */
function replacedType(around: Around, old: EnumType, next: EnumType): void {
  const { before } = around.context;
  const { lookup, schema } = before;
  if (new Set(next.values).size < next.values.length) around.refuse("it would have a value twice");
  const holds = (text: string): boolean => typeRef(text, before)?.id === old.id;
  for (const type of schema.types) {
    const texts = type.kind === "domain" ? [type.base] : type.kind === "composite" ? type.fields.map((field) => field.type) : [];
    if (type.kind === "range") texts.push(type.subtype);
    if (type.id !== old.id && (type.dependsOn.includes(old.id) || texts.some(holds)))
      around.refuse(`the ${type.kind} ${before.qualified(type)} is made of it`);
  }
  const name = new Set([old.name]);
  const touched = new Map<TableId, ReadonlySet<string>>();
  for (const { table, columns } of replacedIn(old, before)) {
    touched.set(table.id, new Set(columns.map((column) => column.name)));
    if (table.kind !== "table") around.refuse(`the foreign table ${before.qualified(table)} has it`);
    if (table.inherits.length > 0 || schema.tables.some(({ inherits }) => inherits.includes(table.id)))
      around.refuse(`${before.qualified(table)} shares its columns with another table by INHERITS`);
    const computed = columns.find(({ generated }) => generated);
    if (computed) around.refuse(`the generated column ${before.qualified(table)}.${computed.name} has it`);
    foreignKeys(around, new Set(columns.map(({ id }) => id)));
  }
  for (const [id, columns] of touched) {
    const table = lookup.table(id);
    if (table) readers(around, table, columns, new Set([...columns, old.name]));
  }
  for (const table of schema.tables) {
    if (!touched.has(table.id)) expressions(around, table, name);
    for (const column of table.columns) {
      const rows = rowsOf(column.type, before);
      if (rows && touched.has(rows.id))
        around.refuse(`${before.qualified(table)}.${column.name} holds rows of ${before.qualified(rows)}`);
    }
  }
  around.take(around.users(old.id));
}

function byColumn(around: Around, change: Extract<Change, { entity: "column" }>): void {
  const { before, after } = around.context;
  const table = before.lookup.table(change.ownerId as TableId);
  if (!table || !after.lookup.table(table.id)) return;
  if (change.kind === "drop") droppedColumn(around, table, change);
  if (change.kind !== "alter" || !isRetyped(change.before, change.after, around.context)) return;
  if (change.before.generated ?? change.after.generated) around.refuse("it is generated");
  readers(around, table, new Set([change.before.name]));
  foreignKeys(around, new Set([change.before.id]));
}

const NOWHERE: Detour = { remade: new Set(), hindrance: null };
const GOES: ReadonlySet<Change["entity"]> = new Set(["table", "view", "type", "verbatim", "constraint"]);

type AlteredKey = Extract<Change, { entity: "constraint"; kind: "alter" }>;

/** A key is dropped and made again with what refers to it; whose index the table counts on otherwise stays as it is. */
function isOtherKey({ before: old, after: next }: AlteredKey): boolean {
  const counted = "include" in old && (old.options["clustered"] ?? old.options["replica_identity"]) !== undefined;
  return "include" in next && !counted && !sameBut(old, next, "name") && old.partOf === null;
}

function otherKey(around: Around, change: AlteredKey): void {
  const { before } = around.context;
  const table = before.lookup.table(change.ownerId as TableId);
  if (!table || !("include" in change.before)) return;
  if (familyOf(table, before).length > 1) around.refuse("its partitions have keys of their own");
  const columns = [...change.before.columns].sort().join();
  for (const key of before.lookup.incoming(table.id))
    if ([...key.refColumns].sort().join() === columns) around.remade.add(key.id);
  around.remade.add(change.before.id);
  around.take(around.users(change.before.id));
}

/** Changes that others may be in the way of. */
function hasDetour(change: Change, context: Context): boolean {
  if (change.kind === "drop") return change.entity === "column" || GOES.has(change.entity);
  if (change.kind !== "alter") return false;
  if (change.entity === "constraint") return isOtherKey(change);
  if (change.entity === "view") return mustBeMadeAgain(change.before, change.after, context);
  if (change.entity === "type") return isReplaced(change.before, change.after, context);
  return change.entity === "column" && isRetyped(change.before, change.after, context);
}

export function detourOf(change: Change, context: Context): Detour {
  if (!hasDetour(change, context)) return NOWHERE;
  const around = new Around(context);
  if (change.entity === "column") byColumn(around, change);
  else if (change.kind === "drop") around.take(around.users(change.before.id), true);
  else if (change.entity === "constraint" && change.kind === "alter") otherKey(around, change);
  else if (change.entity === "view" && change.kind === "alter") around.take([change.before]);
  else if (change.entity === "type" && change.kind === "alter" && change.before.kind === "enum" && change.after.kind === "enum")
    replacedType(around, change.before, change.after);
  return around;
}
