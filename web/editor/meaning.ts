/** What the name at a place of the text means: by where it stands, for the text may be broken. */
import type { EditorState, Line, Text } from "@codemirror/state";
import { type Block, blockAt } from "./blocks.ts";
import { aliased, columnLine, headIn, headNamed, NAME, partsOf, PATH } from "./places.ts";

export type Meaning =
  | { readonly kind: "table" | "enum" | "tablepartial"; readonly parts: readonly string[] }
  | { readonly kind: "column"; readonly table: readonly string[]; readonly name: string };

export interface NameHere {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** The likeliest first. */
  readonly meanings: readonly Meaning[];
}

interface Written {
  /** Names up to the one that the place is in. */
  readonly parts: readonly string[];
  readonly from: number;
  readonly to: number;
  /** The line before the whole name. */
  readonly lead: string;
}

/** So much of a line is looked at, before and behind a place. */
const REACH = 1_000;
const WHOLE = new RegExp(PATH, "gu");
const PARTS = new RegExp(NAME, "gu");
const IN_ROUND = new RegExp(String.raw`(${PATH})\.\([^()]*$`, "u");
const FIRST = new RegExp(String.raw`^\s*(?:${NAME})`, "u");

/** Lines whose first word says what they are. */
const WORDS = /^\s*(?:ref\b|(?:tablegroup|metadata|project|records|dep|use|reuse)\s|(?:note|indexes|checks)\s*[{:])/i;

function nameAt(line: Line, at: number): Written | null {
  const start = Math.max(line.from, at - REACH);
  const text = line.text.slice(start - line.from, at + REACH - line.from);
  for (const found of text.matchAll(WHOLE)) {
    const from = start + found.index;
    if (at < from || at > from + found[0].length) continue;
    const written = [...found[0].matchAll(PARTS)];
    const part = written.findIndex(({ 0: name, index }) => at <= from + index + name.length);
    const last = written[part];
    if (!last) return null;
    const lead = text.slice(0, found.index);
    const owner = IN_ROUND.exec(lead)?.[1];
    const parts = [
      ...(owner === undefined ? [] : partsOf(owner)),
      ...written.slice(0, part + 1).flatMap(([name]) => partsOf(name)),
    ];
    return { parts, from: from + last.index, to: from + last.index + last[0].length, lead };
  }
  return null;
}

/** The name of a place, and what it may mean; null where none stands. */
export function meaningAt({ doc }: EditorState, at: number): NameHere | null {
  const line = doc.lineAt(at);
  const written = nameAt(line, at);
  if (!written) return null;
  const { parts, from, to } = written;
  const meanings = meaningsOf(doc, line, written);
  return meanings.length === 0 ? null : { name: parts.at(-1) ?? "", from, to, meanings };
}

function meaningsOf(doc: Text, line: Line, { parts, lead }: Written): Meaning[] {
  const head = headIn(line);
  if (head) {
    // The word that says what it is names nothing.
    if (lead.trim() === "") return [];
    return [{ kind: head.kind as "table", parts: lead.includes("[") ? parts : head.parts }];
  }
  if (lead.trim() === "" && WORDS.test(line.text)) return [];
  const block = blockAt(doc, line.number);
  if (block?.kind === "enum") return [];
  const own = block?.head ? withinTable(block.head.parts, block, { parts, lead }) : null;
  return own ?? mentioned(parts);
}

/** What a dotted name may be where relations, groups and defaults say one. */
function mentioned(parts: readonly string[]): Meaning[] {
  const [owner, name] = [parts.slice(0, -1), parts.at(-1) ?? ""];
  const column: Meaning[] = owner.length > 0 ? [{ kind: "column", table: owner, name }] : [];
  return [...column, { kind: "table", parts }, { kind: "enum", parts }];
}

function withinTable(
  own: readonly string[],
  { kind }: Block,
  { parts, lead }: Pick<Written, "parts" | "lead">,
): Meaning[] | null {
  const name = parts.at(-1) ?? "";
  const column: Meaning = { kind: "column", table: own, name };
  if (kind === "indexes" || kind === "checks") return [column];
  if (lead.trim() === "~") return [{ kind: "tablepartial", parts }];
  if (lead.trim() === "") return [column];
  const first = FIRST.exec(lead)?.[0] ?? "";
  if (lead.slice(first.length).trim() === "") return [{ kind: "enum", parts }];
  // In brackets: `ref: > id` is a column of its own.
  return parts.length === 1 && /[<>-]\s*$/.test(lead) ? [column] : null;
}

/** Where the name under a place is made: the beginning of a line's text. */
export function definitionAt(state: EditorState, at: number): number | null {
  for (const meaning of meaningAt(state, at)?.meanings ?? []) {
    const line = lineOf(state.doc, meaning);
    if (line) return line.from + line.text.search(/\S|$/);
  }
  return null;
}

function lineOf(doc: Text, meaning: Meaning): Line | null {
  const find = (parts: readonly string[]): ReturnType<typeof headNamed> => {
    const namespace = parts.slice(0, -1).join(".");
    const own = headNamed(doc, parts.at(-1) ?? "", namespace) ?? (namespace === "" ? aliased(doc, parts.at(-1) ?? "") : null);
    // The usual namespace may be said or not.
    return own ?? (namespace === "" || namespace === "public" ? headNamed(doc, parts.at(-1) ?? "") : null);
  };
  if (meaning.kind !== "column") {
    const head = find(meaning.parts);
    return head?.kind === meaning.kind ? head.line : null;
  }
  const head = find(meaning.table);
  const line = head && head.kind !== "enum" ? columnLine(doc, head, meaning.name) : null;
  return line && line.number !== head?.line.number ? line : null;
}
