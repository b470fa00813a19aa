/**
 * Text in the fonts that every reader of PDF brings (the standard fonts of ISO 32000-1, 9.6.2.2): what of Latin script they have, how
 * wide it is, and how a document numbers the letters that it uses.
 */
import type { Face, Measure } from "../../drawing/index.ts";
import rows from "./letters.json" with { type: "json" };

interface Letter {
  readonly glyph: string;
  readonly regular: number;
  readonly bold: number;
}

const LETTERS: ReadonlyMap<string, Letter> = new Map(
  Object.entries(rows.letters).map(([letter, row]) => {
    const [glyph = "", regular, bold] = row.split(" ");
    return [letter, { glyph, regular: Number(regular), bold: Number(bold) }];
  }),
);
const FIRST = 0x20;
/** Codes from here on are the document's to give. */
const OWN = 0x80;
const LAST = 0xff;
/** Stands for what is not to be had. */
const MISSING = "?";

const isAscii = (code: number): boolean => code >= FIRST && code < 0x7f;

/** Control characters are spaces; letters stand in one piece, not as one and an accent. */
// eslint-disable-next-line no-control-regex
export const tidy = (text: string): string => text.normalize("NFC").replace(/[\0-\x1f\x7f-\x9f\u2028\u2029\xa0]/g, " ");

/** Can it be written at all? Asked letter by letter of tidy text. */
export const hasLetter = (letter: string): boolean => isAscii(letter.codePointAt(0) ?? 0) || LETTERS.has(letter);

export const measureStandard: Measure = (text, { family, weight }: Face) => {
  let sum = 0;
  for (const letter of tidy(text)) {
    const code = letter.codePointAt(0) ?? 0;
    const [row, own] = weight === 600 ? [rows.bold, "bold" as const] : [rows.regular, "regular" as const];
    if (family === "code") sum += 600;
    else
      sum += isAscii(code) ? (row[code - FIRST] ?? 0) : (LETTERS.get(letter)?.[own] ?? row[MISSING.charCodeAt(0) - FIRST] ?? 0);
  }
  return sum / 1000;
};

const octal = (code: number): string => `\\${code.toString(8).padStart(3, "0")}`;

/** Numbers letters as they come. */
export class Encoding {
  readonly #codes = new Map<string, number>();

  /** A text as a string of PDF, parentheses included. */
  string(text: string): string {
    let written = "";
    for (const letter of tidy(text)) {
      const code = this.#code(letter);
      written += isAscii(code) && !"()\\".includes(letter) ? String.fromCharCode(code) : octal(code);
    }
    return `(${written})`;
  }

  #code(letter: string): number {
    const ascii = letter.codePointAt(0) ?? 0;
    if (isAscii(ascii)) return ascii;
    const known = this.#codes.get(letter);
    if (known !== undefined) return known;
    const next = OWN + this.#codes.size;
    if (!LETTERS.has(letter) || next > LAST) return MISSING.charCodeAt(0);
    this.#codes.set(letter, next);
    return next;
  }

  /** The dictionary that tells a reader which glyph is which number. */
  dictionary(): string {
    const own = [...this.#codes.keys()].map((letter) => `/${LETTERS.get(letter)?.glyph ?? "question"}`);
    const differences = own.length === 0 ? "" : ` /Differences [${String(OWN)} ${own.join(" ")}]`;
    return `<< /Type /Encoding /BaseEncoding /WinAnsiEncoding${differences} >>`;
  }
}
