/**
 * SQLite's types: any text, whose words decide an affinity (sqlite.org/datatype3.html, "Determination Of Column Affinity").
 * The kind is what the person meant by it where the word is a usual one, else the affinity's.
 */
import type { ParsedType, TypeKind, TypeSystem } from "../dialect.ts";

/** Names that the engine keeps in capitals however they are written. */
const STANDARD: ReadonlySet<string> = new Set(["ANY", "BLOB", "INT", "INTEGER", "REAL", "TEXT"]);

const MEANT: readonly (readonly [pattern: RegExp, kind: TypeKind])[] = [
  [/BOOL/, "boolean"],
  [/DATETIME|TIMESTAMP/, "timestamp"],
  [/^DATE/, "date"],
  [/^TIME/, "time"],
  [/JSON/, "json"],
  [/UUID|GUID/, "uuid"],
  [/XML/, "xml"],
  [/MONEY/, "money"],
];

const AFFINITY: readonly (readonly [pattern: RegExp, kind: TypeKind])[] = [
  [/INT/, "integer"],
  [/CHAR|CLOB|TEXT/, "text"],
  [/BLOB|BINARY|^$/, "binary"],
  [/REAL|FLOA|DOUB/, "float"],
  [/ANY/, "other"],
];

/** `DECIMAL(10,2)` -> name and arguments; all of a text in which parentheses stand otherwise is its name. */
function shapeOf(text: string): { readonly name: string; readonly args: string | null } {
  const whole = text.trim();
  const open = whole.endsWith(")") ? whole.indexOf("(") : -1;
  const [name, args] = [whole.slice(0, open).trimEnd(), whole.slice(open + 1, -1)];
  return open < 0 || /[()]/.test(name + args) ? { name: whole, args: null } : { name, args };
}

function parse(text: string): ParsedType {
  const { name, args } = shapeOf(text);
  const upper = name.toUpperCase();
  const found = [...MEANT, ...AFFINITY].find(([pattern]) => pattern.test(upper));
  return {
    name: STANDARD.has(upper) ? upper : name,
    args: args === null ? [] : args.split(",").map((arg) => arg.trim()),
    array: 0,
    kind: found?.[1] ?? "decimal",
  };
}

const format = ({ name, args }: ParsedType): string => (args.length === 0 ? name : `${name}(${args.join(",")})`);

const canonical = (text: string): string => {
  const trimmed = text.trim();
  const upper = trimmed.toUpperCase();
  return STANDARD.has(upper) ? upper : trimmed;
};

const COMMON = [
  ...["INTEGER", "TEXT", "REAL", "NUMERIC", "BLOB", "BOOLEAN", "DATE", "DATETIME"],
  ...["VARCHAR(255)", "DECIMAL(10,2)", "JSON"],
];

/** The name and whether there are arguments, as text. */
const shape = (text: string): string => {
  const { name, args } = parse(text);
  return `${name.toUpperCase()}${args.length > 0 ? "()" : ""}`;
};
const USUAL: ReadonlySet<string> = new Set(COMMON.map(shape));

export const types: TypeSystem = {
  parse,
  format,
  canonical,
  short: (text) => canonical(text).toLowerCase(),
  knows: (text) => USUAL.has(shape(text)),
  common: COMMON,
  // SQLite compares values of any types.
  comparable: () => true,
};
