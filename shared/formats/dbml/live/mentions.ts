/** Where a text speaks of tables, columns, enums and partials: what says a new name for them there. */
import type { Endpoint, FileNode, Name, Piece, Setting, Span, TableNode } from "../text/ast.ts";
import { nameText } from "../write/print.ts";
import type { TextEdit } from "./edits.ts";
import { lastOf, typeSpan } from "./outline.ts";

/** What is called otherwise, by the elements of a text. */
export interface Renamed {
  readonly tables: ReadonlyMap<TableNode, string>;
  /** What tables are called beside their names. */
  readonly aliases: ReadonlyMap<TableNode, string>;
  readonly columns: ReadonlyMap<TableNode, ReadonlyMap<string, string>>;
  /** By the enum's element. */
  readonly enums: ReadonlyMap<object, string>;
  /** Partials by the name before. */
  readonly partials: ReadonlyMap<string, string>;
}

/** A text, and what is meant by the names in it. */
export interface Spoken {
  readonly text: string;
  readonly file: FileNode;
  readonly table: (parts: readonly string[]) => { readonly node: TableNode; readonly byAlias: boolean } | null;
  readonly enumeration: (parts: readonly string[]) => object | null;
}

/** `shift`: of the piece that a place is told in. */
const span = ({ start, end }: Span, shift: number, insert: string): TextEdit => ({
  from: start + shift,
  to: end + shift,
  insert,
});

/** The edits of the text, wherever a new name is to be said in it, but where a table, an enum or a partial is made. */
export function mentionEdits(spoken: Spoken, renamed: Renamed): TextEdit[] {
  const { file } = spoken;
  const edits: TextEdit[] = [];
  const named = (name: Name, { shift }: Piece): void => {
    const found = spoken.table(name.parts);
    const insert = found ? (found.byAlias ? renamed.aliases : renamed.tables).get(found.node) : undefined;
    if (insert !== undefined) edits.push(span(name, shift, insert));
  };
  const ended = (end: Endpoint, { shift }: Piece): void => inEnd({ end, own: null, shift }, spoken, renamed, edits);
  for (const node of [...file.tables, ...file.partials]) inTable(node, spoken, renamed, edits);
  for (const { from, to, piece } of file.refs) for (const end of [from, to]) ended(end, piece);
  for (const { tables, piece } of file.groups) for (const name of tables) named(name, piece);
  for (const { table, piece } of file.records) if (table) named(table, piece);
  for (const { target, name, piece } of file.metadata) {
    if (target === "table") named(name, piece);
    if (target === "column") ended({ ...name, table: name.parts.slice(0, -1), columns: [lastOf(name)] }, piece);
  }
  return edits;
}

function inTable(node: TableNode, spoken: Spoken, renamed: Renamed, edits: TextEdit[]): void {
  const own = renamed.columns.get(node);
  const { shift } = node.piece;
  for (const field of node.fields) {
    if (field.kind === "partial") {
      const insert = renamed.partials.get(field.name.parts.join("."));
      if (insert !== undefined) edits.push(span({ start: field.name.start + 1, end: field.name.end }, shift, insert));
      continue;
    }
    const { start, nameEnd, name, type, settings } = field;
    const insert = own?.get(name);
    if (insert !== undefined) edits.push(span({ start, end: nameEnd }, shift, insert));
    const found = type && type.args === "" ? enumNamed(type.parts, spoken, renamed) : undefined;
    const written = found === undefined ? null : typeSpan(spoken.text, field, shift);
    if (type && found !== undefined && written) edits.push(span(written, 0, found + type.array));
    for (const setting of settings) inSetting(setting, node, spoken, renamed, edits);
  }
  for (const { parts } of node.indexes)
    for (const part of parts) {
      const insert = part.column === null ? undefined : own?.get(part.column);
      if (insert !== undefined) edits.push(span(part, shift, insert));
    }
}

function inSetting({ value }: Setting, own: TableNode, spoken: Spoken, renamed: Renamed, edits: TextEdit[]): void {
  const { shift } = own.piece;
  if (value?.kind === "link") inEnd({ end: value.to, own, shift }, spoken, renamed, edits);
  if (value?.kind !== "name" || value.parts.length < 2) return;
  const found = enumNamed(value.parts.slice(0, -1), spoken, renamed);
  if (found !== undefined) edits.push(span(value, shift, `${found}.${nameText(value.parts.at(-1) ?? "")}`));
}

function enumNamed(parts: readonly string[], { enumeration }: Spoken, { enums }: Renamed): string | undefined {
  if (enums.size === 0) return undefined;
  const node = enumeration(parts);
  return node ? enums.get(node) : undefined;
}

/** An end of a relation, the table in which it stands, if it does, and the shift of its piece. */
interface EndPlace {
  readonly end: Endpoint;
  readonly own: TableNode | null;
  readonly shift: number;
}

function inEnd({ end, own, shift }: EndPlace, spoken: Spoken, renamed: Renamed, edits: TextEdit[]): void {
  const found = end.table.length === 0 ? own && { node: own, byAlias: true } : spoken.table(end.table);
  if (!found) return;
  const names = found.byAlias ? renamed.aliases : renamed.tables;
  const table = end.table.length === 0 ? undefined : names.get(found.node);
  const columns = renamed.columns.get(found.node);
  if (table === undefined && !end.columns.some((name) => columns?.has(name))) return;
  const said = end.columns.map((name) => columns?.get(name) ?? nameText(name));
  const listed = said.length === 1 ? (said[0] ?? "") : `(${said.join(", ")})`;
  const before = table ?? end.table.map(nameText).join(".");
  edits.push(span(end, shift, before === "" ? listed : `${before}.${listed}`));
}
