/** What may be said in brackets: of a column, an index, a relation, a table. */
import type { Completion } from "@codemirror/autocomplete";
import { ownTable, type Place, valuesOf, words } from "./offers.ts";
import { NAME, partsOf } from "./places.ts";

const ACTIONS = ["cascade", "restrict", "set null", "set default", "no action"];

/** By what the brackets belong to. */
const SETTINGS = {
  column: ["pk", "not null", "null", "unique", "increment", "default: ", "note: ''", "ref: ", "check: ``"],
  relation: ["delete: ", "update: ", "color: #"],
  index: ["unique", "pk", "name: ''", "type: ", "note: ''"],
  check: ["name: ''"],
  table: ["headercolor: #", "note: ''"],
  group: ["color: #", "note: ''"],
  value: ["note: ''"],
} as const;

const IN_BLOCK: Readonly<Record<string, keyof typeof SETTINGS>> = {
  table: "column",
  tablepartial: "column",
  ref: "relation",
  indexes: "index",
  checks: "check",
  enum: "value",
};

function ownerOf({ lead, block }: Place): keyof typeof SETTINGS | null {
  const word = /^\s*(\w+)/.exec(lead)?.[1]?.toLowerCase() ?? "";
  if (block) return IN_BLOCK[block.kind] ?? null;
  if (word === "ref") return "relation";
  if (word === "table" || word === "tablepartial") return "table";
  return word === "tablegroup" ? "group" : null;
}

/** What stands in the brackets that are open at the end of a line, behind the last comma; null where none are. */
function settingIn(lead: string): string | null {
  const masked = lead.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`/g, (text) => "_".repeat(text.length));
  const open = masked.lastIndexOf("[");
  if (open <= masked.lastIndexOf("]")) return null;
  return lead.slice(Math.max(open, masked.lastIndexOf(",")) + 1).trimStart();
}

/** Values of the column's own enum, which are texts. */
function enumTexts(place: Place): readonly string[] {
  const name = new RegExp(`^\\s*(${NAME})`, "u").exec(place.lead)?.[1];
  const column = ownTable(place)?.columns.find((one) => one.name === partsOf(name ?? "")[0]);
  const type = column?.type.split(".").at(-1) ?? "";
  return valuesOf(place, type.replace(/^"|"$/g, "")).map((value) => `'${value.replace(/['\\]/g, "\\$&")}'`);
}

function valuesFor(name: string, place: Place): readonly Completion[] {
  const { dialect } = place.design;
  switch (name.toLowerCase()) {
    case "delete":
    case "update":
      return words(ACTIONS, "keyword");
    case "default":
      return words([...enumTexts(place), "true", "false", "null"], "constant");
    case "type":
      return words(dialect.features.indexMethods, "keyword");
    default:
      return [];
  }
}

/** What is typed of a setting, and what it may be; null outside of brackets, and where a relation or a dotted name is being said. */
export function settingsAt(place: Place): { readonly typed: string; readonly options: readonly Completion[] } | null {
  const setting = settingIn(place.lead);
  if (setting === null || /^ref\s*:/i.test(setting) || setting.endsWith(".")) return null;
  const [, name, value = ""] = /^([\w ]+):([\w\s]*)$/.exec(setting) ?? [];
  if (name !== undefined) return { typed: value.trimStart(), options: valuesFor(name.trim(), place) };
  if (!/^[\w ]*$/.test(setting)) return { typed: "", options: [] };
  const owner = ownerOf(place);
  return { typed: setting, options: owner ? words(SETTINGS[owner], "keyword") : [] };
}
