/** The arguments of `drawbridge convert`. */
import { extname } from "node:path";
import { dialects } from "#shared/dialects/index.ts";
import { type Format, type FormatId, formatOf, formats } from "#shared/formats/index.ts";
import type { Kind } from "./args.ts";
import type { PictureKind } from "./picture.ts";

/** What is written: a text, or a picture in pixels. */
export type Target = Kind | PictureKind;

export interface Convert {
  readonly command: "convert";
  readonly input: string;
  readonly from: Kind | null;
  readonly to: Target;
  readonly output: string;
  readonly verify: boolean;
  /** In which of its ways the format is written; empty where there is but one. */
  readonly variant: string;
  /** Pixels of a picture for each of the diagram. */
  readonly scale: number;
  /** What is lost makes it fail. */
  readonly strict: boolean;
  /** The version of a folder of migrations to stop after. */
  readonly at: string | null;
}

/** What the options say, as they are written. */
export interface ConvertOptions {
  readonly to?: string | undefined;
  readonly output?: string | undefined;
  readonly variant?: string | undefined;
  readonly scale?: string | undefined;
  readonly "no-verify"?: boolean | undefined;
  readonly strict?: boolean | undefined;
  readonly at?: string | undefined;
}

const PICTURES = { png: ["png"], jpeg: ["jpg", "jpeg"] } as const satisfies Readonly<Record<PictureKind, readonly string[]>>;
export const isPicture = (kind: string): kind is PictureKind => Object.hasOwn(PICTURES, kind);

const FORMATS: readonly Format[] = Object.values(formats);
const TARGETS: readonly Target[] = [
  ...(Object.keys(dialects) as Kind[]),
  ...FORMATS.flatMap(({ id, writer }) => (writer ? [id as FormatId] : [])),
  ...(Object.keys(PICTURES) as PictureKind[]),
];
const MOST_SCALE = 20;

/** The kind that the name of a file says; null where it says none, or several. */
function kindNamed(output: string): Target | null {
  const extension = extname(output).slice(1).toLowerCase();
  const picture = (Object.keys(PICTURES) as PictureKind[]).find((kind) => PICTURES[kind].some((one) => one === extension));
  if (picture) return picture;
  // A design is what .json is first of all.
  if (extension === "json") return "json";
  const [named, ...more] = FORMATS.filter(({ writer, extensions: [first] }) => writer && first === extension);
  return named && more.length === 0 ? (named.id as FormatId) : null;
}

const variantsOf = (to: Target): readonly string[] =>
  isPicture(to) ? ["light", "dark"] : (formatOf(to)?.writer?.variants.map(({ id }) => id) ?? []);

/** A command; a sentence where it makes no sense. */
export function convertArgs(
  files: readonly [input: string, output?: string | undefined],
  from: Kind | null,
  options: ConvertOptions,
): Convert | { readonly why: string } {
  const [input, second] = files;
  const output = options.output ?? second ?? "-";
  if (options.output !== undefined && second !== undefined)
    return { why: `Say where to write once, not twice: ${second}, and --output ${options.output}.` };
  const to = options.to === undefined ? kindNamed(output) : (TARGETS.find((kind) => kind === options.to) ?? null);
  if (to === null && options.to !== undefined)
    return { why: `--to ${options.to} is not a kind; the kinds are ${TARGETS.join(", ")}.` };
  if (to === null) return { why: `Say what to convert to: --to ${TARGETS.join(" | ")}.` };
  const variants = variantsOf(to);
  if (options.variant !== undefined && variants.length === 0) return { why: "--variant means nothing here." };
  const variant = variants.length === 0 ? "" : variants.find((id) => id === (options.variant ?? variants[0]));
  if (variant === undefined)
    return { why: `--variant ${options.variant ?? ""} is none of ${to}; there are ${variants.join(", ")}.` };
  if (options.scale !== undefined && !isPicture(to)) return { why: "--scale means nothing here: only png and jpeg have pixels." };
  const scale = Number(options.scale ?? 2);
  if (!(scale > 0 && scale <= MOST_SCALE))
    return { why: `--scale ${options.scale ?? ""} is no scale; it is a number above 0, and ${String(MOST_SCALE)} at most.` };
  const { strict = false, at = null } = options;
  return { command: "convert", input, from, to, output, verify: options["no-verify"] !== true, variant, scale, strict, at };
}
