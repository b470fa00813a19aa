/** A table's text brought to what its design is, line by line: what has not changed stays as a person wrote it. */
import type { ColumnNode, TableNode } from "../text/ast.ts";
import { type ColumnText, columnLine, type LineText, type SettingKey, type TableText } from "../write/print.ts";
import type { TextEdit } from "./edits.ts";
import { indentAt, tailOf, without } from "./lines.ts";
import { typeSpan } from "./outline.ts";
import { settingEdits, type Wish } from "./settings.ts";

/** Under which names a setting may stand. */
const NAMES: Readonly<Record<SettingKey, readonly string[]>> = {
  pk: ["pk", "primary key"],
  increment: ["increment"],
  null: ["null", "not null"],
  unique: ["unique"],
  default: ["default"],
  note: ["note"],
};

/** What the text says now, by its columns' names, and what it is to say. */
export interface TableTask {
  readonly text: string;
  readonly node: TableNode;
  readonly have: TableText;
  readonly want: TableText;
  /** The columns of `have`, as they are called. */
  readonly names: readonly string[];
}

/** The edits; null when it cannot be done line by line. The order of columns is left as it is. */
export function tableEdits(task: TableTask): readonly TextEdit[] | null {
  const { node, have, want } = task;
  const name = have.name === want.name ? [] : [{ from: node.name.start, to: node.name.end, insert: want.name }];
  const all = [
    name,
    colourEdits(task),
    noteEdits(task),
    columnsEdits(task),
    blockEdits(task, "indexes"),
    blockEdits(task, "checks"),
  ];
  return all.some((edits) => edits === null) ? null : all.flatMap((edits) => edits ?? []);
}

function headEnd({ node }: TableTask): number {
  return node.alias?.end ?? node.name.end;
}

/** Behind the brace that opens the table. */
function bodyStart(task: TableTask): number {
  const { text, node } = task;
  const last = node.settings.at(-1)?.end;
  const from = last === undefined ? headEnd(task) : text.indexOf("]", last);
  return text.indexOf("{", from) + 1;
}

function colourEdits(task: TableTask): readonly TextEdit[] | null {
  const { text, node, have, want } = task;
  if (have.colour === want.colour) return [];
  const said = want.colour === null ? null : `headercolor: ${want.colour}`;
  return settingEdits(text, node.settings, [{ names: ["headercolor"], text: said }], headEnd(task));
}

function noteEdits(task: TableTask): readonly TextEdit[] | null {
  const { text, node, have, want } = task;
  if (have.note === want.note) return [];
  const [written] = node.notes;
  if (written) {
    const braced = /^\s*note\s*\{/i.test(text.slice(written.start, written.end));
    const quote = text.slice(written.start, written.end).search(/['"]/);
    const close = braced ? text.indexOf("}", written.end) + 1 : written.end;
    if (want.note === null) return [without(text, { start: written.start, end: close })];
    return quote < 0 ? null : [{ from: written.start + quote, to: written.end, insert: want.note }];
  }
  if (node.settings.some(({ name }) => name === "note")) {
    const said = want.note === null ? null : `note: ${want.note}`;
    return settingEdits(text, node.settings, [{ names: ["note"], text: said }], headEnd(task));
  }
  return want.note === null ? null : [atEnd(task, `\n\n  Note: ${want.note}`)];
}

/** Before the brace that closes the table. */
function atEnd({ text, node }: TableTask, insert: string): TextEdit {
  let at = node.end - 1;
  while (/\s/.test(text[at - 1] ?? "")) at -= 1;
  // Not behind a comment that runs to the end of its line: there the new line begins by itself.
  return { from: at, to: at, insert: text.slice(at, node.end - 1).includes("\n") ? insert : `${insert}\n` };
}

const columnNodes = (node: TableNode): ReadonlyMap<string, ColumnNode> =>
  new Map(node.fields.flatMap((field) => (field.kind === "column" ? [[field.name, field]] : [])));

function columnsEdits(task: TableTask): readonly TextEdit[] | null {
  const { text, node, have, want } = task;
  const nodes = columnNodes(node);
  const nodeOf = new Map<string, ColumnNode>();
  for (const [at, column] of have.columns.entries()) {
    const found = nodes.get(task.names[at] ?? "");
    if (found) nodeOf.set(column.id, found);
  }
  const wanted = new Set(want.columns.map(({ id }) => id));
  const had = new Map(have.columns.map((column) => [column.id, column]));
  const edits: TextEdit[] = [];
  for (const { id } of have.columns) {
    const found = nodeOf.get(id);
    if (wanted.has(id)) continue;
    if (!found) return null;
    edits.push(without(text, found));
  }
  let before: ColumnNode | null = null;
  for (const column of want.columns) {
    const was = had.get(column.id);
    const found = nodeOf.get(column.id);
    if (!was) edits.push(insertion(task, before, column));
    else if (!found) {
      // A partial's: it may stay as it is, and not be changed here.
      if (columnLine(was) !== columnLine(column)) return null;
    } else {
      const changed = columnEdits(text, found, was, column);
      if (!changed) return null;
      edits.push(...changed);
      before = found;
    }
  }
  return edits;
}

function insertion(task: TableTask, before: ColumnNode | null, column: ColumnText): TextEdit {
  const { text, node } = task;
  const [first] = node.fields;
  const like = before ?? (first?.kind === "column" ? first : null);
  const onOwnLine =
    like !== null && indentAt(text, like.start) === text.slice(text.lastIndexOf("\n", like.start) + 1, like.start);
  const indent = onOwnLine ? indentAt(text, like.start) : "  ";
  const at = before ? tailOf(text, before.end) : tailOf(text, bodyStart(task));
  const more = before === null && at === bodyStart(task) && !text.slice(at).startsWith("\n") ? "\n" : "";
  return { from: at, to: at, insert: `\n${indent}${columnLine(column)}${more}` };
}

function columnEdits(text: string, node: ColumnNode, was: ColumnText, column: ColumnText): readonly TextEdit[] | null {
  const edits: TextEdit[] = [];
  if (was.name !== column.name) edits.push({ from: node.start, to: node.nameEnd, insert: column.name });
  if (was.type !== column.type) {
    const type = typeSpan(text, node);
    if (!type) return null;
    edits.push({ from: type.start, to: type.end, insert: column.type });
  }
  const [before, after] = [new Map(was.settings), new Map(column.settings)];
  const wishes = (Object.keys(NAMES) as SettingKey[]).flatMap((key): Wish[] =>
    before.get(key) === after.get(key) ? [] : [{ names: NAMES[key], text: after.get(key) ?? null }],
  );
  const settings = settingEdits(text, node.settings, wishes, typeSpan(text, node)?.end ?? node.nameEnd);
  return settings && [...edits, ...settings];
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly parts: readonly string[];
  /** Null where none is said. */
  readonly name: string | null;
}

function linesOf(node: TableNode, block: "indexes" | "checks"): readonly Line[] {
  const named = (settings: TableNode["settings"]): string | null => {
    const value = settings.find(({ name }) => name === "name")?.value;
    return value?.kind === "string" ? value.text : null;
  };
  if (block === "checks")
    return node.checks.map(({ start, end, expression, settings }) => ({
      start,
      end,
      parts: [expression],
      name: named(settings),
    }));
  return node.indexes.map(({ start, end, parts, settings }) => ({
    start,
    end,
    parts: parts.map(({ column, expression }) => column ?? `\`${expression ?? ""}`),
    name: named(settings),
  }));
}

function blockEdits(task: TableTask, block: "indexes" | "checks"): readonly TextEdit[] | null {
  const { text, node } = task;
  const [have, want] = [task.have[block], new Map(task.want[block].map((line) => [line.id, line]))];
  const lines = linesOf(node, block);
  const left = [...have];
  const places = new Map<string, Line>();
  for (const line of lines) {
    const same = (one: LineText): boolean =>
      one.parts.length === line.parts.length && one.parts.every((part, at) => part === line.parts[at]);
    const named = left.findIndex((one) => same(one) && one.name === line.name);
    const at = named >= 0 ? named : left.findIndex(same);
    const [found] = at < 0 ? [] : left.splice(at, 1);
    if (found) places.set(found.id, line);
  }
  const edits: TextEdit[] = [];
  for (const { id, text: was } of have) {
    const [line, wish] = [places.get(id), want.get(id)];
    if (wish?.text === was) continue;
    if (!line) return null;
    edits.push(wish ? { from: line.start, to: line.end, insert: wish.text } : without(text, line));
  }
  const had = new Set(have.map(({ id }) => id));
  const added = task.want[block].filter(({ id }) => !had.has(id));
  const last = lines.at(-1);
  if (added.length > 0 && last) {
    const indent = indentAt(text, last.start);
    const at = tailOf(text, last.end);
    edits.push({ from: at, to: at, insert: added.map((line) => `\n${indent}${line.text}`).join("") });
  } else if (added.length > 0) {
    const body = added.map((line) => `    ${line.text}\n`).join("");
    edits.push(atEnd(task, `\n\n  ${block} {\n${body}  }`));
  } else if (last && edits.length === lines.length && want.size === 0) return [emptied(text, lines)];
  return edits;
}

/** A block that nothing is left of goes as a whole. */
function emptied(text: string, lines: readonly Line[]): TextEdit {
  const [start, end] = [lines[0]?.start ?? 0, lines.at(-1)?.end ?? 0];
  const head = /(?:\n[ \t]*\n|\n)?[ \t]*(?:indexes|checks)\s*\{\s*$/i.exec(text.slice(Math.max(0, start - 120), start))?.[0];
  const tail = /^[^\S\n]*(?:\n[^\S\n]*)?\}[^\S\n]*(?=\n)/.exec(text.slice(end, end + 120))?.[0];
  if (head === undefined || tail === undefined) return { from: start, to: end, insert: "" };
  return { from: start - head.length, to: end + tail.length, insert: "" };
}
