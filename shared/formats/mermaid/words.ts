/** Words of the syntax: which may stand bare, and how the others are written so that they come back. */

/** `plain`: what viewers take that do not know words in backticks, nor commas and dots in them. */
export type Level = "current" | "plain";

export const levelOf = (variant: string): Level => (variant === "plain" ? "plain" : "current");

const WORD: Readonly<Record<Level, RegExp>> = {
  current: /^[*A-Za-z_\u00C0-\uFFFF][A-Za-z\d\-_[\]().,\u00C0-\uFFFF*]*$/,
  plain: /^[*A-Za-z_\u00C0-\uFFFF][A-Za-z\d\-_[\]()\u00C0-\uFFFF*]*$/,
};
/** Read as the mark of a key wherever a word begins so. */
const MARK = /^[PFU]K(?!\w)/i;
/** Read as something else at the beginning of a line, or between two entities. */
const RESERVED: ReadonlySet<string> = new Set(
  "accdescr acctitle class classdef direction end erdiagram many one only optionally style subgraph title to zero".split(" "),
);

const CODES: Readonly<Record<string, string>> = { quot: '"', amp: "&", lt: "<", gt: ">", apos: "'", nbsp: "\u00A0", hash: "#" };

/** `#34;`, `#quot;`: the characters that texts cannot hold as they are. */
export const decoded = (text: string): string =>
  text.replace(/#(\d{1,7}|[a-z]{1,8});/gi, (whole, code: string) => {
    if (!/^\d/.test(code)) return CODES[code.toLowerCase()] ?? whole;
    const point = Number(code);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });

const coded = (text: string, unsafe: RegExp): string => text.replace(unsafe, (c) => `#${String(c.codePointAt(0) ?? 0)};`);

/** What no text holds as it is: quotes, what begins a code or a comment, control characters and lone halves of characters. */
const UNSAFE = /["#%\\\p{Cc}\p{Cs}\u2028\u2029]/gu;

/** A comment, in double quotes. */
export const quotedText = (text: string): string => `"${coded(text, UNSAFE)}"`;

/** A name as a part of a text in quotes, where dots, commas and arrows part it from others. */
export const part = (name: string): string =>
  coded(name, /["#%\\\p{Cc}\p{Cs}\u2028\u2029.,:>[\]]|^\s|\s$/gu).replace(/ {2,}/g, (gap) => "#32;".repeat(gap.length));

/** An entity's name: bare where it may be. */
export function entityName(namespace: string | null, name: string): string {
  if (namespace === null && /^[A-Za-z_]\w*$/.test(name) && !RESERVED.has(name.toLowerCase())) return name;
  return `"${namespace === null ? "" : `${part(namespace)}.`}${part(name)}"`;
}

/** Brackets are in pairs: readers that allow spaces in them count on it. */
const PAIRED = /^[^()]*(?:\([^()]*\)[^()]*)*$/;

const isWord = (text: string, level: Level): boolean =>
  WORD[level].test(text) && !/\s/.test(text) && PAIRED.test(text) && !MARK.test(text);

/** A type or a column's name: bare, or in backticks where these are known; null where it cannot be said. */
export function word(text: string, level: Level): string | null {
  if (isWord(text, level)) return text;
  return level === "plain" || text === "" ? null : `\`${coded(text, /[`#%"\\\p{Cc}\p{Cs}\u2028\u2029]/gu)}\``;
}

/** The nearest word that may stand bare. */
export function nearest(text: string): string {
  const plain = text.replace(/\((\d+), ?(-?\d+)\)/g, "($1-$2)").replace(/[^A-Za-z\d\-_[\]()\u00C0-\uFFFF*]|\s/g, "_");
  const paired = PAIRED.test(plain) ? plain : plain.replace(/[()]/g, "_");
  const begun = /^[*A-Za-z_\u00C0-\uFFFF]/.test(paired) ? paired : `_${paired}`;
  return isWord(begun, "plain") ? begun : `_${begun}`;
}

/** `numeric(10-2)`, as `nearest` writes it. */
export const withCommas = (type: string): string => type.replace(/\((\d+)-(-?\d+)\)/g, "($1,$2)");
