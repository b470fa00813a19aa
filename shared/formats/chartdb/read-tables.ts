/** Tables, views and fields of a file as drafts. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Namespace, View, ViewId } from "../../model/index.ts";
import type { SchemaDraft } from "../kit/draft.ts";
import { idOf } from "../kit/ids.ts";
import { nameOf } from "../kit/json-file.ts";
import type { Findings, Item } from "../kit/loose.ts";
import { hasSerial, uniqueName } from "../kit/names.ts";
import type { TableDraft } from "../kit/table-draft.ts";
import { serialType } from "../kit/numbering.ts";
import type { FieldType, FieldTypes } from "./types.ts";
import { readsOwnSequence, standIn } from "./words.ts";

/** Everything that reading shares. */
export interface Reading {
  readonly dialect: Dialect;
  readonly draft: SchemaDraft;
  readonly findings: Findings;
  readonly types: FieldTypes;
  /** The file is of another database, or of none. */
  readonly foreign: boolean;
}

/** A table or view, by its name, with the names of its columns by the ids of their fields. */
export interface ReadTable {
  readonly item: Item;
  readonly namespace: Namespace;
  readonly name: string;
  readonly view: boolean;
  /** Null of a view. */
  readonly draft: TableDraft | null;
  readonly fields: ReadonlyMap<string, string>;
  readonly id: TableDraft["id"] | ViewId;
}

/** A type is an object; files that people made have its name alone. */
function typeOf(field: Item, { types }: Dialect, view: boolean): FieldType {
  const object = field.isObject("type") ? field.item("type") : null;
  let name = object ? (object.text("name") ?? object.text("id")) : field.text("type");
  if ((name ?? "").trim() === "" && types.parse("").kind === "other" && !view) {
    field.fault("type", "the field has no type; it is read as a text");
    name = "text";
  }
  return {
    name: name ?? "",
    length: field.text("characterMaximumLength") ?? field.text("character_maximum_length"),
    precision: field.number("precision"),
    scale: field.number("scale"),
    isArray: field.flag("isArray"),
  };
}

function addField(table: TableDraft, field: Item, name: string, reading: Reading): void {
  const { dialect, types, findings } = reading;
  const written = typeOf(field, dialect, false);
  if (written.isArray && !dialect.features.arrays) findings.leave("Arrays", `${dialect.label} has none; a single value is read`);
  const said = field.text("default") || null;
  const increment = field.flag("increment");
  const word = serialType(written.name);
  const own = hasSerial(dialect) && said !== null && readsOwnSequence(said, table.name, name, dialect);
  const counted = hasSerial(dialect) && (word !== null || own || (increment && /^nextval\(/i.test(said ?? "")));
  const type = (counted ? word : null) ?? types.read(written);
  const numbers = (increment || word !== null) && !counted;
  if (numbers && !dialect.features.identity)
    findings.leave("Fields that count by themselves", `${dialect.label} numbers whole keys without being told`);
  table.add({
    name,
    type,
    notNull: field.has("nullable") && !field.flag("nullable"),
    default: counted ? null : said,
    identity: numbers && dialect.features.identity ? { always: false, sequence: "" } : null,
    collation: field.text("collation") || null,
    comment: field.text("comments") || null,
  });
  if (counted) table.serial(name);
}

interface IndexRead {
  readonly item: Item;
  readonly name: string | null;
  readonly unique: boolean;
  readonly primary: boolean;
  readonly columns: readonly string[];
}

function indexesOf(item: Item, fields: ReadonlyMap<string, string>): IndexRead[] {
  return item.items("indexes").flatMap((index) => {
    const columns = index.texts("fieldIds").flatMap((id, at) => {
      const name = fields.get(id);
      if (name === undefined)
        index.findings.fault(`${index.at("fieldIds")}[${String(at)}]`, "there is no such field; it is left out", "error");
      return name ?? [];
    });
    if (columns.length === 0) {
      index.findings.fault(index.path, "an index has no fields; it is left out", "error");
      return [];
    }
    const primary = index.flag("isPrimaryKey");
    return [{ item: index, name: index.text("name") || null, unique: primary || index.flag("unique"), primary, columns }];
  });
}

const sameColumns = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && [...one].sort().join("\0") === [...other].sort().join("\0");

/** Keys are marks of fields; the indexes behind them have their names. */
function constraintsOf(
  table: TableDraft,
  named: readonly (readonly [Item, string])[],
  indexes: IndexRead[],
  reading: Reading,
): void {
  const { dialect, foreign } = reading;
  const primary = named.filter(([field]) => field.flag("primaryKey")).map(([, name]) => name);
  const behind = (found: IndexRead | undefined): IndexRead | undefined => {
    if (found) indexes.splice(indexes.indexOf(found), 1);
    return found;
  };
  if (primary.length > 0) {
    const like = indexes.filter(({ unique, columns }) => unique && sameColumns(columns, primary));
    const index = behind(like.find((one) => one.primary) ?? like[0]);
    table.key("primary", index?.columns ?? primary, index?.name ?? null);
  }
  const sole = new Map<string, IndexRead>();
  for (const index of indexes) {
    const [column = "", ...others] = index.columns;
    if (index.unique && others.length === 0 && !sole.has(column)) sole.set(column, index);
  }
  const used = new Set<IndexRead>();
  for (const [field, name] of named) {
    if (!field.flag("unique") || (primary.length === 1 && primary[0] === name)) continue;
    const index = sole.get(name);
    if (index) used.add(index);
    table.key("unique", [name], index?.name ?? uniqueName(table.name, [name], dialect));
  }
  for (const { item, name, unique, columns } of indexes.filter((index) => !used.has(index))) {
    const method = item.text("type")?.toLowerCase() ?? "";
    const known = method !== "" && (!foreign || dialect.features.indexMethods.includes(method));
    const more = { ...(known ? { method } : {}), comment: item.text("comments") || null };
    table.index({ name, unique, parts: columns.map((column) => ({ column })), more });
  }
}

/** A view, of which files hold everything but the query. */
function viewOf(
  item: Item,
  namespace: Namespace,
  name: string,
  named: readonly (readonly [Item, string])[],
  reading: Reading,
): View {
  const columns = named.map(([field, column]) => {
    const { name: type, ...rest } = typeOf(field, reading.dialect, true);
    return {
      name: column,
      type: type.trim() === "" ? "" : reading.types.read({ name: type, ...rest }),
      comment: field.text("comments") || null,
      default: null,
    };
  });
  return {
    id: idOf<ViewId>("view", namespace.name, name),
    namespaceId: namespace.id,
    name,
    comment: item.text("comments") || null,
    materialized: item.flag("isMaterializedView"),
    definition: standIn(columns, reading.dialect),
    columns,
    ...{ indexes: [], options: {}, dependsOn: [] },
  };
}

/** All tables and views of a file, with their fields. */
export function tablesOf(items: readonly Item[], reading: Reading): ReadTable[] {
  const { draft, dialect, findings } = reading;
  const taken = new Map<string, Set<string>>();
  return items.map((item, number): ReadTable => {
    const said = item.text("schema") || null;
    if (said !== null && !dialect.features.namespaces) findings.leave("Schemas of tables", `${dialect.label} has none`);
    const namespace = draft.namespace(said);
    const names = taken.get(namespace.id) ?? new Set<string>();
    taken.set(namespace.id, names);
    const name = nameOf(item, "table", number, names);
    const view = item.flag("isView") || item.flag("isMaterializedView");
    const table = view ? null : draft.table(namespace.name, name);
    const fields = new Map<string, string>();
    const columns = new Set<string>();
    const named = item.items("fields").map((field, at) => {
      const column = nameOf(field, "field", at, columns);
      const id = field.text("id") ?? "";
      if (fields.has(id)) field.fault("id", `the id ${id} is taken; relationships mean the field that has it first`);
      else if (id !== "") fields.set(id, column);
      return [field, column] as const;
    });
    if (table) {
      for (const [field, column] of named) addField(table, field, column, reading);
      table.comment = item.text("comments") || null;
      constraintsOf(table, named, indexesOf(item, fields), reading);
      for (const check of item.items("checkConstraints")) {
        const expression = check.text("expression") ?? "";
        if (expression.trim() !== "") table.check(expression, null);
      }
      for (const [field, column] of named) {
        const check = field.text("check") ?? "";
        if (check.trim() !== "") table.check(check, null, column);
      }
      return { item, namespace, name, view, draft: table, fields, id: table.id };
    }
    findings.leave("Queries of views", "the file holds none; a stand-in with the same columns takes the place");
    const made = viewOf(item, namespace, name, named, reading);
    draft.views.push(made);
    return { item, namespace, name, view, draft: null, fields, id: made.id };
  });
}
