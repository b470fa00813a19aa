/**
 * A format is a value: a text form of designs that is no database, behind one interface. Formats read into the model and write out of
 * it, each for itself. To add one: a folder, a line in `index.ts`, its rows in the property test.
 */
import type { Dialect } from "../dialects/dialect.ts";
import { problem, type Report } from "../result/index.ts";
import type { Design } from "./json/index.ts";

export interface ReadOptions {
  /** Every dialect that a text may name; the first is meant where it names none. */
  readonly dialects: readonly Dialect[];
  /** Other files that the text may use, by their paths. */
  readonly files?: ReadonlyMap<string, string>;
  /** Where the text itself stands, for paths that are relative to it, and for a design's name. */
  readonly path?: string;
  /** Files, of `files`, that are one with the text though none of them names the others: each sees all of them. */
  readonly beside?: readonly string[];
}

export interface Reader {
  /** How sure it is that a text is of this format, 0 to 1, from its first 64 KB and the name of its file (empty when there is none). */
  readonly recognise: (head: string, fileName: string) => number;
  /**
   * Reads as well as it can be read: what is wrong is told with its place, what a design has no place for is counted. The value is null
   * when there is nothing in the text. Never throws, and takes time in proportion to the text.
   */
  readonly read: (text: string, options: ReadOptions) => Report<Design | null>;
  /** The paths of other files that a text names, as it writes them; left out where texts of the format stand alone. */
  readonly uses?: (text: string) => readonly string[];
}

/** A design as a format can say it. */
export interface Held {
  readonly design: Design;
  /** How often what was lost, by the keys of the writer's `losses`. */
  readonly lost: ReadonlyMap<string, number>;
}

/** One of several ways in which a format is written, for readers of several ages or kinds. */
export interface Variant {
  readonly id: string;
  readonly label: string;
}

export interface Writer {
  /** The usual one first; empty where there is but one way. */
  readonly variants: readonly Variant[];
  /** What the format cannot say, by key, in words that follow a number: `views`, `orders of parts of indexes`. */
  readonly losses: Readonly<Record<string, string>>;
  /** Takes away what the format cannot say, and counts it. `variant` is the id of one of `variants`, or empty. */
  readonly hold: (design: Design, dialect: Dialect, variant: string) => Held;
  /** What is held as text, ending in a newline. Takes nothing away; the same design gives the same text. */
  readonly print: (held: Design, dialect: Dialect, variant: string) => string;
}

export interface Format {
  /** What the command line calls it. */
  readonly id: string;
  readonly label: string;
  /** What it is good for, in a few words: `for dbdiagram.io and others`. */
  readonly about: string;
  /** How the names of its files end, without the dot; the first is written. */
  readonly extensions: readonly [string, ...string[]];
  readonly mediaType: string;
  /** Null where it is only written. */
  readonly reader: Reader | null;
  /** Null where it is only read. */
  readonly writer: Writer | null;
}

/** A design in a format, with what of it the text does not hold, each kind with its number. */
export function writeAs(
  format: Pick<Format, "label"> & { readonly writer: Writer },
  design: Design,
  dialect: Dialect,
  variant: string,
): Report<string> {
  const { writer } = format;
  const { design: held, lost } = writer.hold(design, dialect, variant);
  const label = writer.variants.slice(1).find(({ id }) => id === variant)?.label ?? format.label;
  const problems = [...lost].map(([key, count]) =>
    problem("format.lost", "warning", { format: label, count, what: writer.losses[key] ?? key }),
  );
  return { value: writer.print(held, dialect, variant), problems };
}
