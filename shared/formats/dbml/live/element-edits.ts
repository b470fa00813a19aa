/** Tables and enums of a text: changed line by line, whole, put in, or taken out. */
import { idOf } from "../../kit/ids.ts";
import type { EnumNode, TableNode } from "../text/ast.ts";
import { nameText } from "../write/print.ts";
import type { TextEdit } from "./edits.ts";
import { indentAt, tailOf, without, withoutElement } from "./lines.ts";
import type { Outline } from "./outline.ts";
import { tableEdits } from "./table-edits.ts";
import { type Side, tableKey } from "./want.ts";

const elementId = (kind: string, side: Side, item: { readonly namespaceId: string; readonly name: string }): string =>
  idOf(kind, side.names.namespace(item.namespaceId), item.name);

/** `whole`: what differs is written anew, where it stands. */
export function elementEdits(outline: Outline, have: Side, want: Side, touched: ReadonlySet<string>, whole: boolean): TextEdit[] {
  const edits: TextEdit[] = [];
  const tables: string[] = [];
  const enums: string[] = [];
  for (const id of touched) {
    if (have.tables.has(id) || want.tables.has(id)) edits.push(...oneTable(outline, have, want, id, whole, tables));
    else if (have.enums.has(id) || want.enums.has(id)) edits.push(...oneEnum(outline, have, want, id, whole, enums));
  }
  const { file, text } = outline;
  const head = file.projects.at(-1)?.end ?? null;
  const lastEnum = file.enums.at(-1)?.end ?? head;
  const lastTable = file.tables.at(-1)?.end ?? lastEnum;
  edits.push(...addition(text, lastEnum, enums), ...addition(text, lastTable, tables));
  return edits;
}

/** New elements after the last of their kind; `at` null: at the beginning. */
function addition(text: string, at: number | null, elements: readonly string[]): TextEdit[] {
  if (elements.length === 0) return [];
  if (at === null) return [{ from: 0, to: 0, insert: elements.map((element) => `${element}\n\n`).join("") }];
  const place = tailOf(text, at);
  return [{ from: place, to: place, insert: elements.map((element) => `\n\n${element}`).join("") }];
}

function oneTable(outline: Outline, have: Side, want: Side, id: string, whole: boolean, added: string[]): readonly TextEdit[] {
  const [was, wish] = [have.tables.get(id), want.tables.get(id)];
  const node = was && outline.tables.get(elementId("table", have, was));
  if (!wish) return node ? [withoutElement(outline.text, node)] : [];
  if (!was || !node) {
    added.push(want.printer.table(wish));
    return [];
  }
  const [is, to] = [have.printer.pieces(was), want.printer.pieces(wish)];
  if (tableKey(is) === tableKey(to)) return [];
  const { text } = outline;
  const edits = whole ? null : tableEdits({ text, node, have: is, want: to, names: was.columns.map(({ name }) => name) });
  if (edits === null) return whole ? [rewritten(text, node, want.printer.table(wish))] : [];
  return edits.length > 0 ? edits : (reordered(text, node, was, wish) ?? []);
}

/** A table written anew; rows that stand in it stay. */
function rewritten(text: string, node: TableNode, made: string): TextEdit {
  const rows = node.records.map(({ start, end }) => `\n\n  ${text.slice(start, end)}`).join("");
  return { from: node.start, to: node.end, insert: rows === "" ? made : `${made.slice(0, -2)}${rows}\n}` };
}

interface Columns {
  readonly columns: readonly { readonly id: string; readonly name: string }[];
}

/** Lines of columns in another order, each with the comment in it; null where they are not lines of their own. */
function reordered(text: string, node: TableNode, was: Columns, wish: Columns): readonly TextEdit[] | null {
  const byName = new Map(node.fields.flatMap((field) => (field.kind === "column" ? [[field.name, field]] : [])));
  const lines = was.columns.map(({ name }) => {
    const column = byName.get(name);
    if (!column) return null;
    const alone = text.slice(text.lastIndexOf("\n", column.start) + 1, column.start) === indentAt(text, column.start);
    return alone ? { from: column.start, to: tailOf(text, column.end) } : null;
  });
  if (lines.some((line) => line === null)) return null;
  const place = new Map(was.columns.map(({ id }, at) => [id, lines[at]]));
  return wish.columns.flatMap(({ id }, at) => {
    const [here, from] = [lines[at], place.get(id)];
    return here && from && here !== from ? [{ ...here, insert: text.slice(from.from, from.to) }] : [];
  });
}

function oneEnum(outline: Outline, have: Side, want: Side, id: string, whole: boolean, added: string[]): readonly TextEdit[] {
  const [was, wish] = [have.enums.get(id), want.enums.get(id)];
  const node = was && outline.enums.get(elementId("type", have, was));
  const { text } = outline;
  if (!wish) return node ? [withoutElement(text, node)] : [];
  if (!was || !node) {
    added.push(want.printer.enumeration(wish));
    return [];
  }
  if (have.enumeration(id) === want.enumeration(id)) return [];
  if (whole) return [{ from: node.start, to: node.end, insert: want.printer.enumeration(wish) }];
  return valueEdits(text, node, was.values, wish.values);
}

/** Values put in and taken out; none where their order changed. */
function valueEdits(text: string, node: EnumNode, was: readonly string[], wish: readonly string[]): readonly TextEdit[] {
  const [had, wanted] = [new Set(was), new Set(wish)];
  const stay = was.filter((value) => wanted.has(value));
  if (wish.filter((value) => had.has(value)).join("\0") !== stay.join("\0")) return [];
  const nodes = new Map(
    node.values.map(({ name, settings }) => [name.parts.join("."), { start: name.start, end: settings.at(-1)?.end ?? name.end }]),
  );
  const edits: TextEdit[] = [];
  for (const value of was) {
    const line = nodes.get(value);
    if (line && !wanted.has(value)) edits.push(without(text, line));
  }
  let after: { readonly start: number; readonly end: number } | null = null;
  for (const value of wish) {
    const line = nodes.get(value);
    if (line && had.has(value)) after = line;
    else {
      const at: number = after ? tailOf(text, after.end) : text.indexOf("{", node.name.end) + 1;
      edits.push({ from: at, to: at, insert: `\n${after ? indentAt(text, after.start) : "  "}${nameText(value)}` });
    }
  }
  return edits;
}
