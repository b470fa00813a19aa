/** What PostgreSQL's words mean, for designs of other dialects: the manual, "Functions and Operators" and "Limits". */
import type { Equivalents } from "../dialect.ts";
import calls from "./calls.json" with { type: "json" };

export const equivalents: Equivalents = {
  calls,
  joins: true,
  backslashes: false,
  strict: true,
  truths: ["true", "false"],
  volatileChecks: true,
  precise: false,
  digits: 6,
  numbersKey: null,
  oneCounter: false,
  wrappedDefaults: [],
  checksActed: true,
  generatedNotNull: true,
  given: "public",
  scopes: { index: "namespace", key: "namespace", constraint: "table" },
  comments: ["table", "column", "key", "check", "index", "foreignKey", "type", "view", "namespace"],
  uniqueIsKey: false,
  impliedIndexes: false,
  refersToKeys: true,
  setDefault: true,
  nullsRequired: true,
  matchFull: true,
  longest: { varchar: 10_485_760, instead: "text" },
  decimals: { precision: 1000, scale: 1000 },
  keys: { never: ["json", "xml", "point", "polygon"], long: [], characters: null },
};
