/** The model of what a dump has made: names become ids, and what refers to nothing is told. */
import {
  type CheckConstraint,
  type Column,
  type ColumnId,
  type ConstraintId,
  type ForeignKey,
  type ForeignKeyId,
  type Index,
  type IndexId,
  type KeyConstraint,
  makeCheck,
  makeColumn,
  makeForeignKey,
  makeIndex,
  makeKey,
  makeTable,
  type Namespace,
  type NamespaceId,
  type Options,
  type Schema,
  type Sequence,
  type SequenceId,
  type Table,
  type TableId,
  type Verbatim,
  type VerbatimId,
  type View,
  type ViewId,
} from "../../../model/index.ts";
import { problem, type Problem } from "../../../result/index.ts";
import type { Flavour } from "../flavour.ts";
import { tokenize, unquoteName } from "../text/lexer.ts";
import { USUAL } from "../text/mode.ts";
import { type Draft, type DraftColumn, type DraftKey, type DraftTable, findColumn } from "./draft.ts";

const namespaceId = (name: string): NamespaceId => `namespace:${name}` as NamespaceId;
const tableId = (table: DraftTable): TableId => `table:${table.namespace}.${table.name}` as TableId;
const columnId = (table: DraftTable, name: string): ColumnId => `column:${table.namespace}.${table.name}.${name}` as ColumnId;

/** The id of a column that a key names, however it writes the name. */
function idOf(table: DraftTable, name: string): ColumnId | null {
  const column = findColumn(table, name);
  return column ? columnId(table, column.name) : null;
}

/** A character set that its collation names already says nothing. */
function charsetOptions(charset: string | null, collation: string | null): { readonly charset?: string } {
  if (charset === null) return {};
  return collation !== null && (collation === charset || collation.startsWith(`${charset}_`)) ? {} : { charset };
}

/** Of a column's character set and collation only what its table does not say is kept. */
function readColumn(table: DraftTable, column: DraftColumn): Column {
  const options = { ...column.options };
  const tableCharset = table.options["charset"] ?? /^[a-z0-9]+/.exec(table.options["collate"] ?? "")?.[0] ?? null;
  const charset = column.charset;
  let collation = column.collation;
  if (options["binary"] === "true" && (charset ?? tableCharset) !== null) {
    collation = `${charset ?? tableCharset ?? ""}_bin`;
    delete options["binary"];
  }
  const usual = collation === null ? charset === tableCharset && table.options["collate"] === undefined : false;
  const same = usual || (collation !== null && collation === table.options["collate"]);
  return makeColumn({
    id: columnId(table, column.name),
    name: column.name,
    type: column.type,
    notNull: column.notNull,
    default: column.default,
    identity: column.autoIncrement ? { always: false, sequence: "" } : null,
    generated: column.generated,
    collation: same ? null : collation,
    comment: column.comment,
    options: { ...options, ...(same ? {} : charsetOptions(charset, collation)) },
  });
}

/** What the model has no word for in the parts of a primary key: lengths and directions, one for each part. */
function partOptions(key: DraftKey): Options {
  const lengths = key.parts.map(({ length }) => length ?? "");
  const orders = key.parts.map(({ descending }) => (descending ? "desc" : ""));
  return {
    ...(lengths.some((length) => length !== "") ? { lengths: lengths.join(",") } : {}),
    ...(orders.some((order) => order !== "") ? { order: orders.join(",") } : {}),
  };
}

const isPlain = (key: DraftKey): boolean =>
  key.parts.every(({ column, length, descending }) => column !== null && length === null && !descending);

function usingOption(key: DraftKey): Options {
  return key.using === null ? {} : { using: key.using };
}

function readKey(table: DraftTable, key: DraftKey): KeyConstraint {
  return makeKey({
    id: `constraint:${table.namespace}.${table.name}.${key.name}` as ConstraintId,
    name: key.name,
    kind: key.kind === "primary" ? "primary" : "unique",
    columns: key.parts.flatMap(({ column }) => (column === null ? [] : (idOf(table, column) ?? []))),
    comment: key.comment,
    withoutOverlaps: key.period !== null,
    options: {
      ...partOptions(key),
      ...usingOption(key),
      ...(key.period === null ? {} : { period: key.period }),
      ...key.options,
    },
  });
}

function readIndex(table: DraftTable, key: DraftKey): Index {
  const special = key.kind === "fulltext" || key.kind === "spatial";
  return makeIndex({
    id: `index:${table.namespace}.${table.name}.${key.name}` as IndexId,
    name: key.name,
    unique: key.kind === "unique",
    method: special ? key.kind : key.using === "hash" ? "hash" : "btree",
    parts: key.parts.map(({ column, expression, length, descending }) => ({
      columnId: column === null ? null : idOf(table, column),
      expression,
      descending,
      nulls: null,
      opclass: length === null ? null : `(${length})`,
      collation: null,
    })),
    comment: key.comment,
    options: { ...(special || key.using === "hash" ? {} : usingOption(key)), ...key.options },
  });
}

/** Is every column that this key names there? A primary key holds nothing but columns. */
const holds = (table: DraftTable, key: DraftKey): boolean =>
  key.parts.length > 0 &&
  key.parts.every(({ column }) => (column === null ? key.kind !== "primary" : findColumn(table, column) !== null));

function readTable(table: DraftTable, problems: Problem[]): Table {
  const isConstraint = (key: DraftKey): boolean => key.kind === "primary" || (key.kind === "unique" && isPlain(key));
  for (const key of table.keys)
    if (!holds(table, key))
      problems.push(problem("model.dangling", "warning", { what: "The key", name: `${table.name}.${key.name}` }));
  const keys = table.keys.filter((key) => holds(table, key));
  // A check may be called as a key is: MariaDB gives both the name of their column.
  const named = new Set(keys.map(({ name }) => name));
  const checks = table.checks.map((check): CheckConstraint =>
    makeCheck({
      id: `${named.has(check.name) ? "check" : "constraint"}:${table.namespace}.${table.name}.${check.name}` as ConstraintId,
      name: check.name,
      expression: check.expression,
      notEnforced: !check.enforced,
    }),
  );
  const { charset, ...options } = table.options;
  return makeTable({
    id: tableId(table),
    namespaceId: namespaceId(table.namespace),
    name: table.name,
    comment: table.comment,
    columns: table.columns.map((column) => readColumn(table, column)),
    constraints: [...keys.filter(isConstraint).map((key) => readKey(table, key)), ...checks],
    indexes: keys.filter((key) => !isConstraint(key)).map((key) => readIndex(table, key)),
    partitionBy: table.partitionBy,
    options: { ...charsetOptions(charset ?? null, options["collate"] ?? null), ...options },
  });
}

function readForeignKeys(draft: Draft, table: DraftTable, problems: Problem[]): ForeignKey[] {
  return table.foreignKeys.flatMap((key) => {
    const parent = draft.table(key.refNamespace ?? table.namespace, key.refTable);
    const primary = parent?.keys.find(({ kind }) => kind === "primary")?.parts.flatMap(({ column }) => column ?? []);
    const wanted = key.refColumns.length > 0 ? key.refColumns : (primary ?? []);
    const columns = key.columns.flatMap((name) => idOf(table, name) ?? []);
    const refColumns = parent ? wanted.flatMap((name) => idOf(parent, name) ?? []) : [];
    if (!parent || columns.length !== key.columns.length || refColumns.length !== columns.length) {
      const params = { what: "The foreign key", name: `${table.name} (${key.columns.join(", ")}) to ${key.refTable}` };
      problems.push(problem("model.dangling", "error", params, { at: key.at }));
      return [];
    }
    return makeForeignKey({
      id: `foreignKey:${table.namespace}.${table.name}.${key.name}` as ForeignKeyId,
      tableId: tableId(table),
      name: key.name,
      columns,
      refTableId: tableId(parent),
      refColumns,
      onDelete: key.onDelete,
      onUpdate: key.onUpdate,
      match: key.full ? "full" : "simple",
    });
  });
}

/** The ids of the tables and views of its database that a text names. */
function namedIn(text: string, ids: ReadonlyMap<string, string>, own: string): readonly string[] {
  const names = new Set(
    tokenize(text, USUAL).flatMap(({ kind, start, end }) => {
      if (kind !== "word" && kind !== "quoted") return [];
      const raw = text.slice(start, end);
      return [(kind === "quoted" ? unquoteName(raw) : raw).toLowerCase()];
    }),
  );
  return [...names].flatMap((name) => ids.get(name) ?? []).filter((id) => id !== own);
}

function readViews(draft: Draft): View[] {
  const relations = [...draft.tables.map((table) => [table.name, tableId(table)] as const)];
  const viewId = (namespace: string, name: string): ViewId => `view:${namespace}.${name}` as ViewId;
  const ids = new Map<string, string>([
    ...relations.map(([name, id]) => [name.toLowerCase(), id] as const),
    ...draft.views.map(({ namespace, name }) => [name.toLowerCase(), viewId(namespace, name)] as const),
  ]);
  return draft.views.map(({ namespace, name, definition, columns, options }) => ({
    id: viewId(namespace, name),
    namespaceId: namespaceId(namespace),
    name,
    comment: null,
    materialized: false,
    definition,
    columns: (columns ?? []).map((column) => ({ name: column, type: "", comment: null, default: null })),
    indexes: [],
    options,
    dependsOn: namedIn(definition, ids, viewId(namespace, name)),
  }));
}

function readVerbatim(draft: Draft): Verbatim[] {
  return draft.objects.map(({ kind, namespace, name, definition, comment, table }) => {
    const owner = table === null ? null : draft.table(namespace, table);
    const ownerId = owner ? tableId(owner) : null;
    return {
      id: `verbatim:${kind}.${namespace}.${name}` as VerbatimId,
      kind,
      namespaceId: namespaceId(namespace),
      ownerId,
      name,
      definition,
      comment,
      dependsOn: ownerId === null ? [] : [ownerId],
    };
  });
}

function readSequences(draft: Draft): Sequence[] {
  return draft.sequences.map(({ namespace, name, type, definition, comment }) => ({
    id: `sequence:${namespace}.${name}` as SequenceId,
    namespaceId: namespaceId(namespace),
    name,
    comment,
    type,
    definition,
    unlogged: false,
    ownedBy: null,
  }));
}

/** Databases that are named and hold nothing are part of it too. */
function readNamespaces(draft: Draft): Namespace[] {
  const used = [...draft.tables, ...draft.views, ...draft.objects, ...draft.sequences].map(({ namespace }) => namespace);
  return [...new Set([...draft.namespaces.keys(), ...used])].map((name) => {
    return { id: namespaceId(name), name, comment: draft.namespaces.get(name)?.comment ?? null };
  });
}

export function schemaOf(draft: Draft, flavour: Flavour, problems: Problem[]): Schema {
  return {
    dialect: flavour.id,
    namespaces: readNamespaces(draft),
    tables: draft.tables.map((table) => readTable(table, problems)),
    foreignKeys: draft.tables.flatMap((table) => readForeignKeys(draft, table, problems)),
    types: [],
    sequences: readSequences(draft),
    views: readViews(draft),
    verbatim: readVerbatim(draft),
  };
}
