/** New names of tables, columns and enums, wherever a text says them. */
import type { Column, Schema } from "../../../model/index.ts";
import type { Endpoint, Name, Setting, TableNode } from "../text/ast.ts";
import { nameText, type Names } from "../write/print.ts";
import type { TextEdit } from "./edits.ts";
import { lastOf, type Outline, typeSpan } from "./outline.ts";

/** What is called otherwise, by the elements of the text. */
interface Renamed {
  readonly tables: ReadonlyMap<TableNode, string>;
  readonly columns: ReadonlyMap<TableNode, ReadonlyMap<string, string>>;
  /** By the enum's element. */
  readonly enums: ReadonlyMap<object, string>;
}

export interface RenameTask {
  readonly outline: Outline;
  readonly have: Schema;
  readonly want: Schema;
  readonly haveNames: Names;
  readonly wantNames: Names;
  readonly touched: ReadonlySet<string>;
}

const span = ({ start, end }: { readonly start: number; readonly end: number }, insert: string): TextEdit => ({
  from: start,
  to: end,
  insert,
});

/** The element of a table or enum, from what it is called. */
function elementOf<T>(
  outline: Outline,
  list: ReadonlyMap<string, T>,
  names: Names,
  item: Parameters<Names["of"]>[0],
): T | undefined {
  for (const [id, node] of list) {
    const { parts } = (node as { readonly name: Name }).name;
    const [namespace, name] = outline.split(parts);
    if (name === item.name && namespace === names.namespace(item.namespaceId)) return list.get(id);
  }
  return undefined;
}

function renamedBy({ outline, have, want, haveNames, wantNames, touched }: RenameTask): Renamed {
  const tables = new Map<TableNode, string>();
  const columns = new Map<TableNode, Map<string, string>>();
  const enums = new Map<object, string>();
  const wanted = new Map(want.tables.map((table) => [table.id, table]));
  for (const table of have.tables) {
    const next = touched.has(table.id) ? wanted.get(table.id) : undefined;
    if (!next) continue;
    const node = elementOf(outline, outline.tables, haveNames, table);
    if (!node) continue;
    if (haveNames.of(table) !== wantNames.of(next)) tables.set(node, wantNames.of(next));
    const after = new Map<string, Column>(next.columns.map((column) => [column.id, column]));
    const changed = table.columns.flatMap(({ id, name }) => {
      const now = after.get(id);
      return now && now.name !== name ? [[name, nameText(now.name)] as const] : [];
    });
    if (changed.length > 0) columns.set(node, new Map(changed));
  }
  const types = new Map(want.types.map((type) => [type.id, type]));
  for (const type of have.types) {
    const next = types.get(type.id);
    if (!next || haveNames.of(type) === wantNames.of(next)) continue;
    const node = elementOf(outline, outline.enums, haveNames, type);
    if (node) enums.set(node, wantNames.of(next));
  }
  return { tables, columns, enums };
}

/** The edits that only rename. */
export function renameEdits(task: RenameTask): TextEdit[] {
  const { outline } = task;
  const renamed = renamedBy(task);
  if (renamed.tables.size + renamed.columns.size + renamed.enums.size === 0) return [];
  const { file } = outline;
  const edits: TextEdit[] = [];
  const named = (name: Name): void => {
    const found = outline.named(name.parts);
    const insert = found && !found.byAlias ? renamed.tables.get(found.node) : undefined;
    if (insert !== undefined) edits.push(span(name, insert));
  };
  for (const [node, name] of renamed.tables) edits.push(span(node.name, name));
  for (const [node, name] of renamed.enums) edits.push(span((node as { readonly name: Name }).name, name));
  for (const node of [...file.tables, ...file.partials]) inTable(node, outline, renamed, edits);
  for (const { from, to } of file.refs) for (const end of [from, to]) inEnd(end, null, outline, renamed, edits);
  for (const { tables } of file.groups) tables.forEach(named);
  for (const { table } of file.records) if (table) named(table);
  for (const { target, name } of file.metadata) {
    if (target === "table") named(name);
    if (target === "column")
      inEnd({ ...name, table: name.parts.slice(0, -1), columns: [lastOf(name)] }, null, outline, renamed, edits);
  }
  return edits;
}

function inTable(node: TableNode, outline: Outline, renamed: Renamed, edits: TextEdit[]): void {
  const own = renamed.columns.get(node);
  for (const field of node.fields) {
    if (field.kind !== "column") continue;
    const { start, nameEnd, name, type, settings } = field;
    const insert = own?.get(name);
    if (insert !== undefined) edits.push({ from: start, to: nameEnd, insert });
    const found = type && type.args === "" ? enumNamed(type.parts, outline, renamed) : undefined;
    const written = found === undefined ? null : typeSpan(outline.text, field);
    if (type && found !== undefined && written) edits.push(span(written, found + type.array));
    for (const setting of settings) inSetting(setting, node, outline, renamed, edits);
  }
  for (const { parts } of node.indexes)
    for (const part of parts) {
      const insert = part.column === null ? undefined : own?.get(part.column);
      if (insert !== undefined) edits.push(span(part, insert));
    }
}

function inSetting({ value }: Setting, node: TableNode, outline: Outline, renamed: Renamed, edits: TextEdit[]): void {
  if (value?.kind === "link") inEnd(value.to, node, outline, renamed, edits);
  if (value?.kind !== "name" || value.parts.length < 2) return;
  const found = enumNamed(value.parts.slice(0, -1), outline, renamed);
  if (found !== undefined) edits.push(span(value, `${found}.${nameText(value.parts.at(-1) ?? "")}`));
}

function enumNamed(parts: readonly string[], outline: Outline, { enums }: Renamed): string | undefined {
  if (enums.size === 0) return undefined;
  const [namespace, name] = outline.split(parts);
  for (const node of outline.file.enums) {
    const [other, called] = outline.split(node.name.parts);
    if (called === name && other === namespace) return enums.get(node);
  }
  return undefined;
}

function inEnd(end: Endpoint, own: TableNode | null, outline: Outline, renamed: Renamed, edits: TextEdit[]): void {
  const found = end.table.length === 0 ? own && { node: own, byAlias: true } : outline.named(end.table);
  if (!found) return;
  const table = found.byAlias ? undefined : renamed.tables.get(found.node);
  const columns = renamed.columns.get(found.node);
  if (table === undefined && !end.columns.some((name) => columns?.has(name))) return;
  const names = end.columns.map((name) => columns?.get(name) ?? nameText(name));
  const listed = names.length === 1 ? (names[0] ?? "") : `(${names.join(", ")})`;
  const before = table ?? end.table.map(nameText).join(".");
  edits.push(span(end, before === "" ? listed : `${before}.${listed}`));
}
