/** Tables and fields of a file as drafts. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Column } from "../../model/index.ts";
import type { SchemaDraft } from "../kit/draft.ts";
import { nameOf } from "../kit/json-file.ts";
import type { Findings, Item } from "../kit/loose.ts";
import { checkName, hasSerial, uniqueName } from "../kit/names.ts";
import type { TableDraft } from "../kit/table-draft.ts";
import { readDefault } from "./defaults.ts";
import { serialType } from "../kit/numbering.ts";
import type { FieldType, FieldTypes } from "./types.ts";

/** Everything that reading shares. */
export interface Reading {
  readonly dialect: Dialect;
  readonly draft: SchemaDraft;
  readonly findings: Findings;
  readonly types: FieldTypes;
}

/** A table with its fields, by what relationships may call them. */
export interface ReadTable {
  readonly item: Item;
  readonly draft: TableDraft;
  /** Names of columns, by the ids of their fields. */
  readonly fields: Map<string, string>;
  /** Names of columns, in order: ids of old files count them. */
  readonly order: string[];
}

/** Drafts of all tables, without their fields. */
export function tablesOf(items: readonly Item[], { draft }: Reading): ReadTable[] {
  const taken = new Set<string>();
  return items.flatMap((item, number) => {
    const table = draft.table(null, nameOf(item, "table", number, taken));
    return table ? [{ item, draft: table, fields: new Map(), order: [] }] : [];
  });
}

function typeOf(field: Item, { types }: Dialect): FieldType {
  let type = field.text("type") ?? "";
  // SQLite takes a column without a type; elsewhere it holds anything as a text.
  if (type.trim() === "" && types.parse("").kind === "other") {
    field.fault("type", "the field has no type; it is read as a text");
    type = "text";
  }
  const [size, values] = [field.text("size") ?? "", field.texts("values")];
  return { type, size, values, unsigned: field.flag("unsigned"), isArray: field.flag("isArray") };
}

/** A column of listed values, where the dialect's enums are types of their own: one comes to be. */
function listedType(table: TableDraft, name: string, written: FieldType, { draft, dialect, findings }: Reading): string | null {
  if (!/^\s*enum\s*$/i.test(written.type) || written.values.length === 0 || !dialect.features.enums) return null;
  const called = `${table.name}_${name}`;
  if (!draft.enum(null, called, written.values, null)) return null;
  findings.leave("Columns of listed values", `each has an enum of its own in ${dialect.label}`);
  return `${dialect.quote.identifier(dialect.features.defaultNamespace)}.${dialect.quote.identifier(called)}`;
}

function addField(table: ReadTable, field: Item, number: number, taken: Set<string>, reading: Reading): Column | null {
  const { dialect, findings, types } = reading;
  const name = nameOf(field, "field", number, taken);
  table.order.push(name);
  const id = field.text("id") ?? String(number);
  if (table.fields.has(id)) field.fault("id", `the id ${id} is taken; relationships mean the field that has it first`);
  else table.fields.set(id, name);
  const written = typeOf(field, dialect);
  if (written.isArray && !dialect.features.arrays) findings.leave("Arrays", `${dialect.label} has none; a single value is read`);
  const serial = hasSerial(dialect) ? serialType(written.type) : null;
  const type = serial ?? listedType(table.draft, name, written, reading) ?? types.read(written);
  const increment = field.flag("increment") || (serial === null && serialType(written.type) !== null);
  const said = readDefault(field.text("default") ?? "", type, types.valuesOf(type) ?? written.values, dialect);
  // A column that numbers itself reads its own sequence; files of live databases say so in the default as well.
  const counted = increment && said !== null && /^nextval\(/i.test(said) ? null : said;
  if (increment && !serial && !dialect.features.identity)
    findings.leave("Fields that count by themselves", `${dialect.label} numbers whole keys without being told`);
  const column = table.draft.add({
    name,
    type,
    notNull: field.flag("notNull"),
    default: counted,
    identity: increment && !serial && dialect.features.identity ? { always: false, sequence: "" } : null,
    comment: field.text("comment") || null,
  });
  if (serial !== null) table.draft.serial(name);
  return column;
}

function constraintsOf({ item, draft }: ReadTable, columns: readonly (readonly [Item, string])[], { dialect }: Reading): void {
  const primary = columns.filter(([field]) => field.flag("primary")).map(([, name]) => name);
  if (primary.length > 0) draft.key("primary", primary, null);
  const known = (names: readonly string[], key: string, at: Item): string[] =>
    names.filter((name, place) => {
      const has = draft.column(name) !== undefined;
      if (!has) at.findings.fault(`${at.at(key)}[${String(place)}]`, `there is no field named ${name}; it is left out`, "error");
      return has;
    });
  for (const [field, name] of columns) {
    const sole = primary.length === 1 && primary[0] === name;
    if (field.flag("unique") && !sole) draft.key("unique", [name], uniqueName(draft.name, [name], dialect));
  }
  for (const unique of item.items("uniqueConstraints")) {
    const names = known([...new Set(unique.texts("fields"))], "fields", unique);
    if (names.length > 0) draft.key("unique", names, unique.text("name") || null);
    else unique.findings.fault(unique.path, "a unique constraint has no fields; it is left out", "error");
  }
  for (const [field, name] of columns) {
    const check = field.text("check") ?? "";
    if (check.trim() !== "") draft.check(check, checkName(draft.name, name, dialect), name);
  }
  for (const index of item.items("indices")) {
    const parts = known(index.texts("fields"), "fields", index).map((column) => ({ column }));
    if (parts.length > 0) draft.index({ name: index.text("name") || null, unique: index.flag("unique"), parts });
    else index.findings.fault(index.path, "an index has no fields; it is left out", "error");
  }
}

/** Fills a table. What it inherits comes first, as the engine has it. */
export function fillTable(table: ReadTable, parents: readonly TableDraft[], reading: Reading): void {
  const { item, draft } = table;
  draft.comment = item.text("comment") || null;
  const taken = new Set<string>();
  const fields = item.items("fields");
  const own = new Set(fields.map((field) => field.text("name") ?? ""));
  if (parents.length > 0) draft.more = { ...draft.more, inherits: parents.map(({ id }) => id) };
  for (const parent of parents)
    for (const { id: _id, ...column } of parent.columns) {
      if (own.has(column.name) || taken.has(column.name)) continue;
      draft.add({ ...column, inherited: true });
      taken.add(column.name);
    }
  const columns = fields.flatMap((field, number) => {
    const column = addField(table, field, number, taken, reading);
    return column ? [[field, column.name] as const] : [];
  });
  constraintsOf(table, columns, reading);
}
