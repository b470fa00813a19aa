/** What mends a text that speaks of something that is not there: making it, or saying what was probably meant. */
import type { Text } from "@codemirror/state";
import type { Problem } from "#shared/result/index.ts";
import { type Design, quoted, tableNamed } from "./offers.ts";
import { headNamed, PATH, partsOf } from "./places.ts";

interface Edit {
  readonly from: number;
  readonly to?: number;
  readonly insert: string;
}

export interface Fix {
  readonly name: string;
  /** The edit that does it, where the fault stands from one place to another; null where the text is not as it was. */
  readonly changes: (doc: Text, from: number, to: number) => Edit | null;
}

export function fixes({ code, params }: Problem, design: Design): readonly Fix[] {
  if (!code.endsWith(".missing")) return [];
  const name = String(params["name"] ?? "");
  switch (params["what"]) {
    case "table":
      return [...meant(name, namesOf(design)), { name: `Create the table ${name}`, changes: newTable(name) }];
    case "column": {
      const [table, column] = [name.slice(0, name.lastIndexOf(".")), name.slice(name.lastIndexOf(".") + 1)];
      if (table === "") return [];
      const add: Fix = { name: `Add the column ${column} to ${table}`, changes: (doc) => newColumn(doc, table, column) };
      return [...meant(column, columnsOf(design, table)), add];
    }
    case "Enum":
      return [{ name: `Create the enum ${name}`, changes: newEnum(name) }];
    case "TablePartial":
      return [
        { name: `Create the partial ${name}`, changes: (doc) => atEnd(doc, `TablePartial ${quoted(name)} {\n  id integer\n}`) },
      ];
    default:
      return [];
  }
}

const namesOf = ({ schema, dialect }: Design): readonly string[] => {
  const { namespaces, tables } = schema();
  const usual = namespaces.find(({ name }) => name === dialect.features.defaultNamespace)?.id;
  return tables.flatMap(({ name, namespaceId }) => (namespaceId === usual ? [name] : []));
};

const columnsOf = (design: Design, table: string): readonly string[] =>
  tableNamed({ design, doc: null }, [table])?.columns.map(({ name }) => name) ?? [];

/** The one name that is nearest, where one is near: a letter or two otherwise. */
function meant(name: string, names: readonly string[]): Fix[] {
  const most = name.length < 4 ? 1 : 2;
  let best: { readonly name: string; readonly off: number } | null = null;
  for (const other of names) {
    const off = name.toLowerCase() === other.toLowerCase() ? 0 : distance(name, other, most);
    if (off <= most && (!best || off < best.off)) best = { name: other, off };
  }
  const found = best?.name;
  if (found === undefined) return [];
  const changes = (doc: Text, from: number, to: number): Edit | null => {
    const text = doc.sliceString(from, to);
    const written = [name, quoted(name), quoted(name, true)].find((one) => text.startsWith(one));
    return written === undefined ? null : { from, to: from + written.length, insert: quoted(found) };
  };
  return [{ name: `Write ${found}`, changes }];
}

/** How many letters are to be put in, left out or changed; more than `most` is not told apart. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    if (Math.min(...next) > most) return most + 1;
    row = next;
  }
  return row[b.length] ?? most + 1;
}

function atEnd(doc: Text, element: string): Edit {
  const lead = doc.length === 0 ? "" : doc.line(doc.lines).length === 0 ? "\n" : "\n\n";
  return { from: doc.length, insert: `${lead}${element}\n` };
}

/** What stands from one place on, as names: first those of the thing, then those within it. */
function said(doc: Text, from: number, to: number, name: string): readonly [own: string, within: readonly string[]] {
  const text = doc.sliceString(from, Math.max(to, from));
  const parts = partsOf(new RegExp(`^${PATH}`, "u").exec(text)?.[0] ?? "");
  const own = parts.findIndex((_, at) => parts.slice(0, at + 1).join(".") === name) + 1;
  if (own === 0)
    return [
      name
        .split(".")
        .map((part) => quoted(part))
        .join("."),
      [],
    ];
  const listed = /\.\(([^()]*)\)$/.exec(text)?.[1];
  const within = listed === undefined ? parts.slice(own) : partsOf(listed);
  return [
    parts
      .slice(0, own)
      .map((part) => quoted(part))
      .join("."),
    within,
  ];
}

/** With the columns that it is spoken of with. */
const newTable =
  (name: string): Fix["changes"] =>
  (doc, from, to) => {
    const [own, within] = said(doc, from, to, name);
    const columns = within.length === 0 ? ["id"] : within.map((one) => quoted(one));
    const only = columns.length === 1 ? " [pk]" : "";
    return atEnd(doc, `Table ${own} {\n${columns.map((one) => `  ${one} integer${only}`).join("\n")}\n}`);
  };

const newEnum =
  (name: string): Fix["changes"] =>
  (doc, from, to) => {
    const [own, within] = said(doc, from, to, name);
    return atEnd(doc, `Enum ${own} {\n  ${quoted(within.at(-1) ?? "value")}\n}`);
  };

/** Behind the columns of a table: before a line with a blank in it, a block, or the brace that closes it. */
function newColumn(doc: Text, table: string, column: string): Edit | null {
  const head = headNamed(doc, table);
  if (!head || head.kind === "enum") return null;
  const written = `${quoted(column)} integer`;
  const { text, to } = head.line;
  if (/\}\s*$/.test(text)) return { from: to - (text.length - text.lastIndexOf("}")), insert: `\n  ${written}\n` };
  for (let number = head.line.number + 1; number <= doc.lines; number += 1) {
    const line = doc.line(number);
    if (line.text.trim() === "" || /^\s*(?:\}|(?:indexes|checks|note)\s*[:{]|records\b)/i.test(line.text))
      return { from: line.from, insert: `  ${written}\n` };
  }
  return null;
}
