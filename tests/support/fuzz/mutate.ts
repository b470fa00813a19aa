/** Texts as nobody meant them: broken in the ways in which files break, and in those in which people break readers. */

export type Random = () => number;

/** A whole number below `end`. */
export const below = (random: Random, end: number): number => Math.floor(random() * end);
export const pick = <T>(random: Random, items: readonly T[]): T => items[below(random, items.length)] as T;

/** What readers take for more than letters. */
const MARKS = [
  ..."'\"`;,.()[]{}<>:=@#$%&|!?*~^\\/-+_",
  ...["\n", "\r\n", "\r", "\t", " ", "\0", "\u00a0", "\u2028", "\ufeff", "\ufffd", "\ud800", "\udc00", "😀", "ß", "İ"],
  ...["''", '""', "``", "'''", "--", "/*", "*/", "/*!50100 ", "//", "$$", "$a$", "\\.", "\\'", "\\u12", "::", "->", "<>", "?>"],
  ...["delimiter //\n", "begin ", "end ", "case ", "as ", "create table ", "create view v as select ", "constraint ", "key ("],
  ...["primary key", "references ", "default ", "null", "comment '", "1e", "0x", "-1", "99999999999999999999", "__proto__"],
  ...["Table ", "Ref: ", "Enum ", "Project {", "model ", "@@id([", "erDiagram\n", '{"', "[]", "null,", "true", "\\\n"],
];

/** What is repeated to be deep, or to be long. */
const DEEP = [
  ..."([{<'\"`\\-*~",
  "/*",
  "((",
  "(select ",
  "case when ",
  "begin ",
  "not ",
  "a.",
  "- ",
  '{"a":',
  "[[",
  "/*!0 ",
  "$a$",
  "Table a {\n",
];

interface Mutation {
  /** How often, beside others. */
  readonly weight: number;
  readonly change: (text: string, random: Random, other: () => string) => string;
}

/** A stretch of a text, mostly short. */
function stretch(text: string, random: Random, most = 200): readonly [number, number] {
  const start = below(random, text.length + 1);
  return [start, Math.min(text.length, start + below(random, random() < 0.2 ? most * 20 : most))];
}

const tokensOf = (text: string): readonly { readonly index: number; readonly length: number }[] =>
  [...text.matchAll(/'[^'\n]*'|"[^"\n]*"|[\w$]+|[^\s\w]/g)].map(({ index, 0: { length } }) => ({ index, length }));

const insert = (text: string, at: number, piece: string, cut = 0): string => text.slice(0, at) + piece + text.slice(at + cut);

const MUTATIONS: readonly Mutation[] = [
  {
    weight: 4,
    change: (text, random) => {
      const at = below(random, text.length);
      const code = text.charCodeAt(at) ^ (1 << below(random, 8));
      return insert(text, at, String.fromCharCode(Number.isNaN(code) ? 0 : code), 1);
    },
  },
  {
    weight: 4,
    change: (text, random) => {
      const [start, end] = stretch(text, random);
      return insert(text, start, "", end - start);
    },
  },
  { weight: 2, change: (text, random) => text.slice(0, below(random, text.length + 1)) },
  { weight: 1, change: (text, random) => text.slice(below(random, text.length + 1)) },
  {
    weight: 3,
    change: (text, random) => {
      const [start, end] = stretch(text, random);
      return insert(text, below(random, text.length + 1), text.slice(start, end));
    },
  },
  {
    weight: 3,
    change: (text, random, other) => {
      const from = other();
      const [start, end] = stretch(from, random);
      return insert(text, below(random, text.length + 1), from.slice(start, end));
    },
  },
  {
    weight: 2,
    change: (text, random, other) => text.slice(0, below(random, text.length + 1)) + other().slice(below(random, 1000)),
  },
  {
    weight: 4,
    change: (text, random) => {
      const tokens = tokensOf(text);
      if (tokens.length < 2) return text;
      const [a, b] = [pick(random, tokens), pick(random, tokens)];
      const [one, two] = a.index <= b.index ? [a, b] : [b, a];
      if (one.index === two.index) return insert(text, one.index, "", one.length);
      const [first, second] = [text.substr(one.index, one.length), text.substr(two.index, two.length)];
      return insert(insert(text, two.index, first, two.length), one.index, second, one.length);
    },
  },
  { weight: 6, change: (text, random) => insert(text, below(random, text.length + 1), pick(random, MARKS), below(random, 3)) },
  {
    weight: 0.3,
    change: (text, random) =>
      insert(text, below(random, text.length + 1), pick(random, DEEP).repeat(10 ** (1 + below(random, 4)))),
  },
  {
    weight: 0.3,
    change: (text, random) => {
      const tokens = tokensOf(text);
      const { index, length } = tokens.length > 0 ? pick(random, tokens) : { index: 0, length: 0 };
      return insert(
        text,
        index,
        text
          .substr(index, length)
          .repeat(10 ** (1 + below(random, 4)))
          .slice(0, 100_000),
        length,
      );
    },
  },
  {
    weight: 0.2,
    change: (text, random) => {
      const [start, end] = stretch(text, random, 60);
      return insert(
        text,
        start,
        text
          .slice(start, end)
          .repeat(10 ** (1 + below(random, 3)))
          .slice(0, 100_000),
      );
    },
  },
];

const WHOLE = MUTATIONS.reduce((sum, { weight }) => sum + weight, 0);

function mutation(random: Random): Mutation {
  let left = random() * WHOLE;
  return MUTATIONS.find(({ weight }) => (left -= weight) < 0) ?? (MUTATIONS[0] as Mutation);
}

/** A part of a text, mostly some kilobytes of it: what is broken in it is not lost in the rest. */
function part(text: string, random: Random): string {
  if (random() < 0.05) return text.slice(0, 200_000);
  const length = 200 + below(random, 6000);
  if (text.length <= length || random() < 0.3) return text.slice(0, length);
  const start = below(random, text.length - length);
  return text.slice(start, start + length);
}

/** One of the texts, changed one to eight times. The same numbers give the same text. */
export function mutated(texts: readonly string[], random: Random): string {
  const other = (): string => pick(random, texts);
  let text = part(other(), random);
  for (let left = 1 + below(random, 8); left > 0; left -= 1) text = mutation(random).change(text, random, other);
  return text;
}
