/** What the words of MySQL and MariaDB mean, for designs of other dialects: MySQL manual, "Functions and Operators" and "InnoDB Limits". */
import type { Equivalents } from "../dialect.ts";
import calls from "./calls.json" with { type: "json" };
import type { Flavour } from "./flavour.ts";

const TEXTS = ["tinytext", "text", "mediumtext", "longtext", "tinyblob", "blob", "mediumblob", "longblob"];
const GEOMETRIES = ["geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon"];

/** A key has 3,072 bytes, a character of utf8mb4 four. A name of a foreign key or check is unique in its database. */
export const equivalentsOf = (flavour: Flavour): Equivalents => ({
  calls: { ...calls, now: [flavour.now(""), ...calls.now] },
  joins: false,
  backslashes: true,
  strict: false,
  truths: ["1", "0"],
  volatileChecks: false,
  precise: true,
  digits: 0,
  numbersKey: null,
  oneCounter: true,
  wrappedDefaults: flavour.bareCalls ? [] : [...TEXTS, ...GEOMETRIES, "json"],
  checksActed: false,
  generatedNotNull: flavour.generatedNotNull,
  given: null,
  scopes: { index: "table", key: "table", constraint: "namespace" },
  comments: ["table", "column", "index", "unique"],
  uniqueIsKey: true,
  impliedIndexes: true,
  refersToKeys: false,
  setDefault: false,
  nullsRequired: false,
  matchFull: false,
  longest: { varchar: 16_383, instead: "longtext" },
  decimals: { precision: 65, scale: 30 },
  keys: { never: [...GEOMETRIES, "json", "vector"], long: TEXTS, characters: 768 },
});
