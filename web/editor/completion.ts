/** What may be written here: tables and their columns where a relation goes, types after a column's name, settings in brackets. */
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { Dialect } from "#shared/dialects/dialect.ts";
import type { Schema, Table } from "#shared/model/index.ts";
import { headAt, partsOf } from "./places.ts";

export interface Design {
  readonly schema: () => Schema;
  readonly dialect: Dialect;
}

const SETTINGS = ["pk", "not null", "null", "unique", "increment", "default: ", "note: ''", "ref: > ", "check: ``"];
const REF_SETTINGS = ["delete: cascade", "delete: set null", "delete: restrict", "update: cascade", "update: set null"];
const INDEX_SETTINGS = ["unique", "pk", "name: ''", "type: "];
const TABLE_SETTINGS = ["headercolor: #", "note: ''"];
const ELEMENTS = ["Table", "Enum", "Ref", "TableGroup", "TablePartial", "Note", "Project"];
const WORD = /[\p{L}\p{M}\w"]*$/u;

const quoted = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : `"${name.replace(/["\\]/g, "\\$&")}"`);
const words = (labels: readonly string[], type: string): Completion[] => labels.map((label) => ({ label, type }));

function namespaceOf({ schema, dialect }: Design, table: { readonly namespaceId: string }): string {
  const name = schema().namespaces.find(({ id }) => id === table.namespaceId)?.name ?? "";
  return name === dialect.features.defaultNamespace ? "" : `${quoted(name)}.`;
}

const tables = (design: Design): Completion[] =>
  design.schema().tables.map((table) => ({ label: `${namespaceOf(design, table)}${quoted(table.name)}`, type: "class" }));

const columns = ({ columns: list }: Table): Completion[] =>
  list.map(({ name, type }) => ({ label: quoted(name), detail: type, type: "property" }));

function tableNamed({ schema }: Design, parts: readonly string[]): Table | undefined {
  return schema().tables.find(({ name }) => name === parts.at(-1));
}

function types({ schema, dialect }: Design): Completion[] {
  const enums = schema().types.map(({ name }) => ({ label: quoted(name), type: "enum" }));
  return [...enums, ...words(dialect.types.common, "type")];
}

/** The last bracket or brace that is open before a place in its line. */
function inBrackets(before: string): boolean {
  return before.lastIndexOf("[") > before.lastIndexOf("]");
}

export function completions(design: Design): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const from = context.pos - (WORD.exec(before)?.[0].length ?? 0);
    const found = optionsAt(design, context, before);
    if (!found || (from === context.pos && !context.explicit && !/[.>[ ]$/.test(before))) return null;
    return { from, options: found, validFor: /^[\p{L}\p{M}\w"]*$/u };
  };
}

function optionsAt(design: Design, { state, pos }: CompletionContext, before: string): readonly Completion[] | null {
  const dotted = /((?:"[^"]*"|[\p{L}\p{M}\w]+)(?:\.(?:"[^"]*"|[\p{L}\p{M}\w]+))*)\.[\p{L}\p{M}\w"]*$/u.exec(before)?.[1];
  if (dotted !== undefined) {
    const table = tableNamed(design, partsOf(dotted));
    return table ? columns(table) : null;
  }
  if (/(?:ref[^:]*:\s*|[<>-]\s*)[\p{L}\p{M}\w"]*$/iu.test(before)) return tables(design);
  const head = headAt(state, pos);
  if (inBrackets(before)) {
    if (/^\s*ref\b/i.test(before)) return words(REF_SETTINGS, "keyword");
    if (/^\s*table\b/i.test(before)) return words(TABLE_SETTINGS, "keyword");
    return words(/^\s{4}/.test(before) ? INDEX_SETTINGS : SETTINGS, "keyword");
  }
  if (!head || head.line.from === state.doc.lineAt(pos).from) return /^\s*\w*$/.test(before) ? words(ELEMENTS, "keyword") : null;
  if (head.kind === "enum") return null;
  if (/^\s+(?:"[^"]*"|[\p{L}\p{M}\w]+)\s+[\p{L}\p{M}\w"]*$/u.test(before)) return types(design);
  const own = tableNamed(design, head.parts);
  return /^\s{4,}\(?[\p{L}\p{M}\w", ]*$/u.test(before) && own ? columns(own) : null;
}
