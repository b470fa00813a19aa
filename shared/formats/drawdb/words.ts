/** DrawDB's own words, as its current version has them. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { ReferentialAction } from "../../model/index.ts";

/** The colours that a table, an area and a note have there unless someone chose one. */
export const TABLE_COLOUR = "#175e7a";
export const NOTE_COLOUR = "#fcf7ac";

/** The usual titles of notes; they say nothing. */
export const NOTE_TITLE = /^note_\d+$/;

const ACTIONS: Readonly<Record<ReferentialAction, string>> = {
  "no action": "No action",
  restrict: "Restrict",
  cascade: "Cascade",
  "set null": "Set null",
  "set default": "Set default",
};

export const actionWord = (action: ReferentialAction): string => ACTIONS[action];

/** Numbers are those of DrawDB's import server. */
const NUMBERED: readonly ReferentialAction[] = ["no action", "cascade", "restrict", "set null", "set default"];

/** The action that a word or number means; null for none that is known. */
export function actionOf(word: string): ReferentialAction | null {
  const plain = word
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, " ");
  if (plain === "" || plain === "none") return "no action";
  if (/^\d$/.test(plain)) return NUMBERED[Number(plain)] ?? null;
  return Object.hasOwn(ACTIONS, plain) ? (plain as ReferentialAction) : null;
}

const CARDINALITIES = ["one_to_one", "one_to_many", "many_to_one"] as const;
export type Cardinality = (typeof CARDINALITIES)[number];

/** `old`: a word in the language of whoever wrote the file, or a number, as earlier versions and the import server have it. */
export function cardinalityOf(word: string): { readonly cardinality: Cardinality | null; readonly old: boolean } {
  const plain = word
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, "_");
  const known = CARDINALITIES.find((name) => name === plain) ?? null;
  if (known) return { cardinality: known, old: known !== word };
  return { cardinality: /^\d$/.test(plain) ? (CARDINALITIES[Number(plain)] ?? null) : null, old: true };
}

/** Where DrawDB knows an engine under another name. */
const DATABASES: Readonly<Record<string, string>> = { postgres: "postgresql" };
const KNOWN: ReadonlySet<string> = new Set(["mysql", "postgresql", "sqlite", "mariadb"]);

/** What DrawDB calls a dialect. */
export function databaseOf({ id }: Dialect): string {
  const name = DATABASES[id] ?? id;
  return KNOWN.has(name) ? name : "generic";
}
