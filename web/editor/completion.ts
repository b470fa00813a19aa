/** What may be written here: tables and their columns where a relation goes, types after a column's name, settings in brackets. */
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { Text } from "@codemirror/state";
import { blockAt } from "./blocks.ts";
import { columns, type Design, ownTable, type Place, qualified, quoted, tableNamed, tables, valuesOf, words } from "./offers.ts";
import { NAME, partsOf, PATH } from "./places.ts";
import { settingsAt } from "./settings.ts";

const ELEMENTS = ["Table", "Enum", "Ref", "TableGroup", "TablePartial", "Note", "Project"];
/** What may stand at the beginning of a line in a block, besides names of a person's own. */
const HEADS: Readonly<Record<string, readonly string[]>> = {
  table: ["indexes", "checks", "Note"],
  tablepartial: ["indexes", "checks", "Note"],
  project: ["database_type", "Note"],
};

function types(place: Place): Completion[] {
  const { schema, dialect } = place.design;
  const own = schema().types.map((type) => ({ label: qualified(place, type), type: "enum" }));
  const labels = dialect.types.common.map((name) => {
    const brief = name.includes(" ") ? dialect.types.short(name) : name;
    return quoted(brief, place.inQuotes || brief.includes(" "));
  });
  return [...own, ...words([...new Set(labels)], "type")];
}

const partials = (doc: Text): Completion[] => {
  const names = [...doc.iterLines()].flatMap((line) => /^\s*tablepartial\s+(\S+)/i.exec(line)?.[1] ?? []);
  return words(names, "class");
};

function behindDot(place: Place, parts: readonly string[]): readonly Completion[] {
  const table = tableNamed(place, parts);
  if (table) return columns(place, table);
  const { schema } = place.design;
  const namespace = schema().namespaces.find(({ name }) => name === parts.join("."));
  const within = (item: { readonly namespaceId: string }): boolean => item.namespaceId === namespace?.id;
  const list = (items: readonly { readonly name: string; readonly namespaceId: string }[], type: string): Completion[] =>
    items.filter(within).map(({ name }) => ({ label: quoted(name, place.inQuotes), type }));
  if (namespace) return [...list(schema().tables, "class"), ...list(schema().types, "enum")];
  return valuesOf(place, parts.at(-1) ?? "").map((value) => ({ label: quoted(value, place.inQuotes), type: "constant" }));
}

const BEHIND_DOT = new RegExp(String.raw`(${PATH})\.$`, "u");
const IN_ROUND = new RegExp(String.raw`(${PATH})\.\([^()]*$`, "u");
/** Many of these to one of those, one to many, one to one. */
const OPERATORS = ["> ", "< ", "- "];
const SECOND_WORD = new RegExp(String.raw`^\s*(?:${NAME})\s+$`, "u");

/** What may stand behind `lead`, outside of brackets. */
function inLine(place: Place): readonly Completion[] {
  const { lead, block, doc } = place;
  const dotted = BEHIND_DOT.exec(lead)?.[1];
  if (dotted !== undefined) return behindDot(place, partsOf(dotted));
  const round = IN_ROUND.exec(lead)?.[1];
  if (round !== undefined) return /[(,]\s*$/.test(lead) ? columns(place, tableNamed(place, partsOf(round))) : [];
  const link = /[[,]\s*ref\s*:(.*)$/i.exec(lead)?.[1];
  if (link !== undefined) return link.trim() === "" ? words(OPERATORS, "operator") : /[<>?-]\s*$/.test(link) ? tables(place) : [];
  const relation = /^\s*ref\b[^:{]*:(.*)$/iu.exec(lead)?.[1] ?? (block?.kind === "ref" ? lead : null);
  if (relation !== null) return /^\s*$|[<>?-]\s*$/.test(relation) ? tables(place) : [];
  if (/^\s*(?:records|metadata\s+table)\s+$/i.test(lead)) return tables(place);
  const starts = lead.trim() === "";
  switch (block?.kind) {
    case undefined:
      return starts ? words(ELEMENTS, "keyword") : [];
    case "tablegroup":
      return starts ? tables(place) : [];
    case "indexes":
      return /^\(?(?:[^()[\]]*,)?$/.test(lead.trim()) ? columns(place, ownTable(place)) : [];
    case "table":
    case "tablepartial":
      if (/^\s*~$/.test(lead)) return partials(doc);
      if (SECOND_WORD.test(lead)) return types(place);
  }
  return starts ? words(HEADS[block?.kind ?? ""] ?? [], "keyword") : [];
}

/** Of a line up to a place: what is being typed there, and whether that is a name in quotes. */
function typedAt(before: string): readonly [typed: string, inQuotes: boolean] {
  const quotes = [...before.matchAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|"(?:[^"\\]|\\.)*$/g)].at(-1)?.[0] ?? "";
  if (/^"(?:[^"\\]|\\.)*$/.test(quotes) && before.endsWith(quotes)) return [quotes, true];
  return [/[\p{L}\p{M}\w]*$/u.exec(before)?.[0] ?? "", false];
}

/** So much of a line is looked at. */
const MOST_BEFORE = 1_000;
const VALID = /^[\p{L}\p{M}\w]*$/u;
const VALID_IN_QUOTES = /^"[^"]*$/u;
/** Behind these something is offered before a letter of it is typed. */
const ASKS = /[.([~]$|[>,:<?-]\s?$|[\p{L}\p{M}\w"]\s$/u;

export function completions(design: Design): (context: CompletionContext) => CompletionResult | null {
  return ({ state, pos, explicit }) => {
    if (state.readOnly) return null;
    const line = state.doc.lineAt(pos);
    const before = line.text.slice(Math.max(0, pos - line.from - MOST_BEFORE), pos - line.from);
    const within = syntaxTree(state).resolveInner(pos, -1);
    if (/^(?:string|comment)$/.test(within.name) && pos > within.from) return null;
    const block = blockAt(state.doc, line.number);
    const settings = settingsAt({ design, doc: state.doc, lead: before, inQuotes: false, block });
    if (settings) {
      const { typed, options } = settings;
      if (options.length === 0 || (typed === "" && !explicit && !ASKS.test(before))) return null;
      return { from: pos - typed.length, options, validFor: /^[\w ]*$/ };
    }
    const [typed, inQuotes] = typedAt(before);
    const lead = before.slice(0, before.length - typed.length);
    if (typed === "" && !explicit && (lead.trim() === "" || !ASKS.test(lead))) return null;
    const place = { design, doc: state.doc, lead, inQuotes, block };
    const options = within.name === "special" ? columnsIn(place) : inLine(place);
    if (options.length === 0) return null;
    const from = pos - typed.length;
    // The quote that was closed of itself is part of the name.
    const to = inQuotes && line.text[pos - line.from] === '"' ? pos + 1 : pos;
    return { from, to, options, validFor: inQuotes ? VALID_IN_QUOTES : VALID };
  };
}

/** Names in an expression. */
const columnsIn = (place: Place): readonly Completion[] => columns(place, ownTable(place));
