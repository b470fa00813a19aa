/** A file of DrawDB, of whatever version, as a design. */
import type { Report } from "../../result/index.ts";
import type { ReadOptions } from "../format.ts";
import type { Design } from "../json/index.ts";
import { SchemaDraft } from "../kit/draft.ts";
import { dialectOf, openFile } from "../kit/json-file.ts";
import type { Findings, Item } from "../kit/loose.ts";
import type { TableDraft } from "../kit/table-draft.ts";
import { diagramOf } from "./read-drawing.ts";
import { relate, Tables } from "./read-relations.ts";
import { fillTable, type ReadTable, type Reading, tablesOf } from "./read-tables.ts";
import { FieldTypes } from "./types.ts";

/** Enums, and types of several fields; neither has a place in a dialect without them. */
function ownTypes(root: Item, draft: SchemaDraft, findings: Findings): void {
  const { label, features } = draft.dialect;
  const named = (item: Item, what: string, add: (name: string) => boolean): void => {
    const name = item.text("name") ?? "";
    if (name === "") findings.fault(item.path, `the ${what} has no name; it is left out`, "error");
    else if (!add(name)) item.fault("name", `there is a type named ${name} already; this one is left out`, "error");
  };
  for (const item of root.items("enums")) named(item, "enum", (name) => draft.enum(null, name, item.texts("values"), null));
  const types = root.items("types");
  if (!features.compositeTypes) findings.leave("Types of several fields", `${label} has none`, types.length);
  for (const item of types)
    named(item, "type", (name) => {
      const fields = item.items("fields").map((field) => ({ name: field.text("name") ?? "", type: field.text("type") ?? "" }));
      return draft.composite(null, name, fields, item.text("comment") || null);
    });
}

/** Parents before their children. A table that would inherit from itself does not. */
function fillAll(tables: readonly ReadTable[], reading: Reading): void {
  const byName = new Map(tables.map((table) => [table.draft.name, table]));
  const state = new Map<ReadTable, "open" | "done">();
  const parentsOf = ({ item }: ReadTable): readonly ReadTable[] =>
    item.texts("inherits").flatMap((name, at) => {
      const parent = byName.get(name);
      const path = `${item.at("inherits")}[${String(at)}]`;
      if (!parent) item.findings.fault(path, `there is no table named ${name}; it is left out`, "error");
      else if (!reading.dialect.features.inheritance)
        item.findings.leave("Tables that inherit", `${reading.dialect.label} has none`);
      else return [parent];
      return [];
    });
  // A stack of its own: chains of parents are as long as a file makes them.
  for (const root of tables) {
    const stack = [{ table: root, parents: state.has(root) ? [] : parentsOf(root) }];
    while (stack.length > 0) {
      const top = stack.at(-1);
      if (!top) break;
      const { table, parents } = top;
      if (state.get(table) === "done") {
        stack.pop();
        continue;
      }
      state.set(table, "open");
      const next = parents.find((parent) => !state.has(parent));
      if (next) {
        stack.push({ table: next, parents: parentsOf(next) });
        continue;
      }
      const ready = parents.filter((parent) => state.get(parent) === "done");
      if (ready.length < parents.length)
        table.item.fault("inherits", "the table would inherit from itself; it does not", "error");
      fillTable(
        table,
        ready.map(({ draft }): TableDraft => draft),
        reading,
      );
      state.set(table, "done");
      stack.pop();
    }
  }
}

/** What DrawDB shows or keeps and a design does not. */
function beside(root: Item, tables: readonly ReadTable[], findings: Findings): void {
  const marked = (key: string): number => tables.filter(({ item }) => item.has(key) && item.flag(key)).length;
  const marks = marked("locked") + marked("hidden") + marked("collapsed");
  findings.leave("Tables marked as locked, hidden or collapsed", "a design has no such marks", marks);
  findings.leave("Tasks", "a design has none", root.items("todos").length + root.items("tasks").length);
}

/** Whichever of two lists has something in it: names changed between versions, and between wrappers. */
function either(root: Item, name: string, other: string): readonly Item[] {
  const items = root.items(name);
  return items.length > 0 ? items : root.items(other);
}

export function readDrawdb(text: string, { dialects }: ReadOptions): Report<Design | null> {
  const opened = openFile(text, "tables", "a diagram of DrawDB has a list of tables");
  if ("problems" in opened) return { value: null, problems: opened.problems };
  const { root, findings, source } = opened;
  const { dialect, foreign } = dialectOf(root.text("database"), dialects, findings);
  const draft = new SchemaDraft(dialect);
  ownTypes(root, draft, findings);
  const types = new FieldTypes(dialect, { types: draft.types, namespaces: [draft.namespace(null)] }, foreign);
  const reading: Reading = { dialect, draft, findings, types };
  const tables = tablesOf(root.items("tables"), reading);
  fillAll(tables, reading);
  const known = new Tables(tables);
  for (const item of either(root, "relationships", "references")) relate(item, known, reading);
  const schema = draft.finish(({ relation, name }) => {
    findings.fault("", `a relationship of ${relation.table.name} refers to ${name}, which is not there; it is left out`, "error");
  });
  const diagram = diagramOf(tables, either(root, "subjectAreas", "areas"), root.items("notes"));
  beside(root, tables, findings);
  const name = root.text("title") ?? root.text("name") ?? "";
  return { value: { name, schema, diagrams: diagram ? [diagram] : [] }, problems: findings.problems(source) };
}
