/** How wide a text is, and how much of it has room, where there is nothing to measure with. */
import advances from "./advances.json" with { type: "json" };

/** A font but for its size; `code` is the one of types. */
export interface Face {
  readonly family: "ui" | "code";
  readonly weight: 400 | 500 | 600;
}

/** The width of a text at size 1. */
export type Measure = (text: string, face: Face) => number;

const FIRST = 0x20;
const CODE = 0.6;
const OTHER = 0.62;
const WIDE = 1;

/** Chinese, Japanese and Korean letters, and pictures, are as wide as they are high. */
const isWide = (code: number): boolean =>
  (code >= 0x1100 && code < 0x1160) ||
  (code >= 0x2e80 && code < 0xa4d0) ||
  (code >= 0xac00 && code < 0xd7a4) ||
  (code >= 0xf900 && code < 0xfb00) ||
  (code >= 0xfe30 && code < 0xfe70) ||
  (code >= 0xff00 && code < 0xff61) ||
  code >= 0x1f000;

/** The app's own fonts: Inter and JetBrains Mono. */
export const measureInter: Measure = (text, { family, weight }) => {
  const table = weight === 600 ? advances[600] : advances[400];
  let sum = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    if (isWide(code)) sum += WIDE;
    else if (family === "code") sum += CODE;
    else {
      const known = table[code - FIRST];
      sum += known === undefined ? OTHER : known / 1000;
    }
  }
  return sum;
};

/** The text, or its beginning and an ellipsis. */
export function fitted(text: string, face: Face, size: number, room: number, measure: Measure): string {
  // What is far too long is not measured to its end.
  const letters = [...text.slice(0, 2000)];
  const short = letters.join("");
  if (short.length === text.length && measure(short, face) * size <= room) return text;
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(`${letters.slice(0, middle).join("")}…`, face) * size <= room) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join("")}…`;
}

/** The lines of a text between words, at most so many. */
export function wrapped(text: string, face: Face, size: number, room: number, most: number, measure: Measure): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    let width = 0;
    for (const word of paragraph.split(" ")) {
      if (lines.length >= most) return lines;
      const more = measure(line === "" ? word : ` ${word}`, face) * size;
      if (line !== "" && width + more > room) {
        lines.push(line);
        line = word;
        width = measure(word, face) * size;
      } else {
        line = line === "" ? word : `${line} ${word}`;
        width += more;
      }
    }
    lines.push(line);
  }
  return lines.slice(0, most);
}
