/** What SQLite's words mean, for designs of other dialects: sqlite.org/lang_corefunc.html and sqlite.org/autoinc.html. */
import type { Equivalents } from "../dialect.ts";
import calls from "./calls.json" with { type: "json" };

export const equivalents: Equivalents = {
  calls,
  joins: true,
  backslashes: false,
  strict: false,
  truths: ["TRUE", "FALSE"],
  volatileChecks: false,
  precise: false,
  digits: 0,
  numbersKey: "INTEGER",
  oneCounter: true,
  wrappedDefaults: [],
  checksActed: true,
  generatedNotNull: true,
  given: "main",
  scopes: { index: "namespace", key: "table", constraint: "table" },
  comments: ["table", "column", "key", "check", "foreignKey", "view"],
  uniqueIsKey: false,
  impliedIndexes: false,
  refersToKeys: true,
  setDefault: true,
  nullsRequired: true,
  matchFull: false,
  longest: null,
  decimals: null,
  keys: { never: [], long: [], characters: null },
};
