/** Types of texts that are of another database, or of none: `string`, `NVARCHAR(20)`, `DATETIME`. */
import type { Dialect, TypeKind } from "../../dialects/dialect.ts";
import words from "./foreign-types.json" with { type: "json" };

const WORDS: Readonly<Record<string, readonly string[]>> = words;
/** Kinds whose types keep a length or precision that was written. */
const SIZED: ReadonlySet<TypeKind> = new Set(["text", "decimal"]);

/** No type of another tool that is known here is longer, arguments included. */
const LONGEST = 200;

/** The type as the dialect's engine would print it: its own where it has it, else what is nearest; an unknown one stays. */
export function meantType(written: string, dialect: Dialect): string {
  const { parse, canonical } = dialect.types;
  const type = parse(written);
  if (type.kind !== "other" || written.length > LONGEST) return canonical(written);
  const [, name = "", args = "", array = ""] =
    /^([a-z_ ]*[a-z\d_])\s*(?:\(([^()]*)\)\s*)?((?:\[\])*)$/i.exec(written.trim()) ?? [];
  const word = name.toLowerCase();
  const known = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  const meant = known?.find((other) => parse(other).kind !== "other");
  if (meant === undefined) return canonical(written);
  const sized =
    /^\s*\d+\s*(?:,\s*-?\d+\s*)?$/.test(args) && !meant.includes("(") && SIZED.has(parse(meant).kind) && meant !== "text";
  return canonical(`${meant}${sized ? `(${args})` : ""}${array}`);
}
