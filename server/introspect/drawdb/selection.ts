/** A part of a schema as DrawDB's import server sees one: the chosen tables of one namespace, views among them, and their relations. */
import type { Column, ForeignKey, Index, Schema, Table } from "#shared/model/index.ts";
import type { Dialect } from "#shared/dialects/dialect.ts";
import { fieldType, type FieldType, type Reading } from "./types.ts";

export interface SelectedField {
  readonly name: string;
  readonly type: FieldType;
  /** As the engine prints it; null for none. */
  readonly default: string | null;
  readonly notNull: boolean;
  readonly primary: boolean;
  readonly unique: boolean;
  readonly increment: boolean;
  readonly comment: string | null;
}

export interface SelectedIndex {
  readonly name: string;
  readonly unique: boolean;
  readonly fields: readonly string[];
}

export interface SelectedTable {
  readonly name: string;
  readonly comment: string | null;
  readonly fields: readonly SelectedField[];
  readonly indexes: readonly SelectedIndex[];
}

export interface SelectedRelation {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly fields: readonly { readonly from: string; readonly to: string }[];
  readonly onUpdate: ForeignKey["onUpdate"];
  readonly onDelete: ForeignKey["onDelete"];
}

export interface Selection {
  readonly dialect: Dialect;
  readonly tables: readonly SelectedTable[];
  readonly relations: readonly SelectedRelation[];
  readonly enums: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** Names that were asked for and are not there. */
  readonly missing: readonly string[];
  /** Foreign keys left out because the table they lead to was not chosen, as sentences. */
  readonly remarks: readonly string[];
}

/** Picks the tables by name, in the order they are asked for. */
export function select(reading: Reading, namespace: string, names: readonly string[]): Selection {
  const { schema, dialect } = reading;
  const space = schema.namespaces.find(({ name }) => name === namespace)?.id;
  const tables = new Map(schema.tables.filter(({ namespaceId }) => namespaceId === space).map((table) => [table.name, table]));
  const views = new Map(schema.views.filter(({ namespaceId }) => namespaceId === space).map((view) => [view.name, view]));
  const chosen: SelectedTable[] = [];
  const kept = new Map<string, Table>();
  const missing: string[] = [];
  for (const name of new Set(names)) {
    const [table, view] = [tables.get(name), views.get(name)];
    if (table) {
      kept.set(table.id, table);
      chosen.push(selectedTable(table, reading));
    } else if (view) {
      const fields = view.columns.map((column) => ({
        ...PLAIN,
        name: column.name,
        type: fieldType(column.type, reading),
      }));
      chosen.push({ name, comment: view.comment, fields, indexes: [] });
    } else missing.push(name);
  }
  const all = new Map<string, Table>(schema.tables.map((table) => [table.id, table]));
  const leaving = schema.foreignKeys.filter(({ tableId, partOf }) => kept.has(tableId) && partOf === null);
  return {
    dialect,
    tables: chosen,
    relations: leaving.filter(({ refTableId }) => kept.has(refTableId)).map((key) => relation(key, all, reading)),
    enums: enumsOf(schema, [...kept.values()]),
    missing,
    remarks: leaving
      .filter(({ refTableId }) => !kept.has(refTableId))
      .map((key) => relation(key, all, reading))
      .map(({ name, from, to }) => `The foreign key ${name} of ${from} is left out: ${to} was not selected.`),
  };
}

const PLAIN = { default: null, notNull: false, primary: false, unique: false, increment: false, comment: null };

function selectedTable(table: Table, reading: Reading): SelectedTable {
  const counts = reading.words.integerKeysCount;
  const keys = (kind: "primary" | "unique"): readonly (readonly string[])[] =>
    table.constraints.flatMap((constraint) => (constraint.kind === kind ? [constraint.columns] : []));
  const primary = new Set(keys("primary").flat());
  const single = (lists: readonly (readonly string[])[]): string[] => lists.flatMap((list) => (list.length === 1 ? list : []));
  const wholeIndexes = table.indexes.filter(({ unique, where }) => unique && where === null).map(columnsOf);
  const unique = new Set([...single(keys("unique")), ...single(wholeIndexes)]);
  const names = new Map<string, string>(table.columns.map(({ id, name }) => [id, name]));
  return {
    name: table.name,
    comment: table.comment,
    fields: table.columns.map((column) => ({
      name: column.name,
      type: fieldType(column.type, reading),
      default: column.default,
      notNull: column.notNull,
      primary: primary.has(column.id),
      unique: unique.has(column.id),
      increment: increments(column) || (counts && primary.size === 1 && primary.has(column.id) && /^integer$/i.test(column.type)),
      comment: column.comment,
    })),
    indexes: table.indexes
      .map((index) => ({ name: index.name, unique: index.unique, fields: columnsOf(index).map((id) => names.get(id) ?? "") }))
      .filter(({ fields }) => fields.length > 0),
  };
}

/** The columns of an index; none when a part of it is an expression. */
const columnsOf = ({ parts }: Index): string[] => {
  const columns = parts.flatMap(({ columnId }) => (columnId === null ? [] : [columnId]));
  return columns.length === parts.length ? columns : [];
};

const increments = (column: Column): boolean => column.identity !== null || /\bnextval\(/i.test(column.default ?? "");

function relation(key: ForeignKey, tables: ReadonlyMap<string, Table>, { words }: Reading): SelectedRelation {
  const [from, to] = [tables.get(key.tableId), tables.get(key.refTableId)];
  const name = (table: Table | undefined, id: string | undefined): string =>
    table?.columns.find((column) => column.id === id)?.name ?? "";
  return {
    name: words.keysAreNamed ? key.name : `fk_${from?.name ?? ""}_${name(from, key.columns[0])}`,
    from: from?.name ?? "",
    to: to?.name ?? "",
    fields: key.columns.map((column, place) => ({ from: name(from, column), to: name(to, key.refColumns[place]) })),
    onUpdate: key.onUpdate,
    onDelete: key.onDelete,
  };
}

/** The enums that the tables' columns are of. */
function enumsOf(schema: Schema, tables: readonly Table[]): Selection["enums"] {
  const used = new Set(tables.flatMap(({ columns }) => columns.map(({ type }) => type.replace(/(\[\])+$/, ""))));
  const spaces = new Map<string, string>(schema.namespaces.map(({ id, name }) => [id, name]));
  return schema.types.flatMap((type) => {
    if (type.kind !== "enum") return [];
    const written = [type.name, `${spaces.get(type.namespaceId) ?? ""}.${type.name}`];
    return written.some((name) => used.has(name) || used.has(`"${name}"`)) ? [{ name: type.name, values: type.values }] : [];
  });
}
