/** A file of ChartDB as a design. */
import type { AreaId, Diagram, DiagramId, NoteId, Position, TintName } from "../../model/index.ts";
import type { Report } from "../../result/index.ts";
import type { ReadOptions } from "../format.ts";
import type { Design } from "../json/index.ts";
import { SchemaDraft } from "../kit/draft.ts";
import { idOf } from "../kit/ids.ts";
import { dialectOf, openFile } from "../kit/json-file.ts";
import type { Findings, Item } from "../kit/loose.ts";
import { DIAGRAM } from "../kit/names.ts";
import { tintOf } from "../kit/tints.ts";
import { relateAll, withDependencies } from "./read-relations.ts";
import { type ReadTable, type Reading, tablesOf } from "./read-tables.ts";
import { FieldTypes } from "./types.ts";
import { NOTE_COLOUR, TABLE_COLOUR, VIEW_COLOUR } from "./words.ts";

function ownTypes(root: Item, draft: SchemaDraft, findings: Findings): void {
  const { label, features } = draft.dialect;
  for (const item of root.items("customTypes")) {
    const name = item.text("name") ?? item.text("type") ?? "";
    const namespace = item.text("schema");
    const composite = (item.text("kind") ?? (item.has("fields") ? "composite" : "enum")) === "composite";
    if (name === "") findings.fault(item.path, "the type has no name; it is left out", "error");
    else if (composite && !features.compositeTypes) findings.leave("Types of several fields", `${label} has none`);
    else {
      const fields = item.items("fields").map((field) => ({
        name: field.text("field") ?? field.text("name") ?? "",
        type: field.text("type") ?? "",
      }));
      const fresh = composite
        ? draft.composite(namespace, name, fields, null)
        : draft.enum(namespace, name, item.texts("values"), null);
      if (!fresh) item.fault("name", `there is a type named ${name} already; this one is left out`, "error");
    }
  }
}

function placeOf(item: Item): Position | null {
  const [x, y] = [item.number("x"), item.number("y")];
  return x === null || y === null ? null : [x, y];
}

function tintAt(item: Item, usual: readonly string[]): TintName | null {
  const colour = item.text("color") ?? "";
  if (colour === "" || usual.includes(colour.toLowerCase())) return null;
  const tint = tintOf(colour);
  if (tint === null) item.fault("color", "a colour such as #8eb7ff is expected; it is left out");
  return tint;
}

function boxOf(item: Item): { readonly at: Position; readonly size: Position } {
  return { at: placeOf(item) ?? [0, 0], size: [item.number("width") ?? 200, item.number("height") ?? 150] };
}

function diagramOf(root: Item, tables: readonly ReadTable[]): Diagram | null {
  const positions = new Map<ReadTable["id"], Position>();
  const tints = new Map<ReadTable["id"], TintName>();
  for (const { item, id } of tables) {
    const at = placeOf(item);
    const tint = tintAt(item, [TABLE_COLOUR, VIEW_COLOUR]);
    if (at) positions.set(id, at);
    if (tint) tints.set(id, tint);
  }
  const areas = root.items("areas").map((item, number) => ({
    ...{ id: idOf<AreaId>("area", String(number)), name: item.text("name") ?? "", ...boxOf(item) },
    tint: tintAt(item, []) ?? ("blue" as const),
  }));
  const notes = root.items("notes").map((item, number) => ({
    ...{ id: idOf<NoteId>("note", String(number)), text: item.text("content") ?? "", ...boxOf(item) },
    tint: tintAt(item, [NOTE_COLOUR]) ?? ("amber" as const),
  }));
  if (positions.size + tints.size + areas.length + notes.length === 0) return null;
  return { id: idOf<DiagramId>("diagram", "main"), name: DIAGRAM, positions, tints, areas, notes };
}

export function readChartdb(text: string, { dialects }: ReadOptions): Report<Design | null> {
  const opened = openFile(text, "tables", "a diagram of ChartDB has a list of tables");
  if ("problems" in opened) return { value: null, problems: opened.problems };
  const { root, findings, source } = opened;
  const { dialect, foreign } = dialectOf(root.text("databaseType"), dialects, findings);
  const draft = new SchemaDraft(dialect);
  ownTypes(root, draft, findings);
  const types = new FieldTypes(dialect, { types: draft.types, namespaces: draft.namespaces }, foreign);
  const reading: Reading = { dialect, draft, findings, types, foreign };
  const read = tablesOf(root.items("tables"), reading);
  const tables = new Map<string, ReadTable>();
  for (const table of read) {
    const id = table.item.text("id") ?? "";
    if (tables.has(id)) table.item.fault("id", `the id ${id} is taken; relationships mean the table that has it first`);
    else if (id !== "") tables.set(id, table);
  }
  relateAll(root.items("relationships"), tables, reading);
  const schema = draft.finish(({ relation, name }) => {
    findings.fault("", `a relationship of ${relation.table.name} refers to ${name}, which is not there; it is left out`, "error");
  });
  const views = withDependencies(schema.views, root.items("dependencies"), tables, reading);
  const diagram = diagramOf(root, read);
  const design = { name: root.text("name") ?? "", schema: { ...schema, views }, diagrams: diagram ? [diagram] : [] };
  return { value: design, problems: findings.problems(source) };
}
