/** Reads the command line's arguments. */
import { parseArgs } from "node:util";
import { dialects, type DialectId } from "#shared/dialects/index.ts";
import { type Format, type FormatId, formatOf, formats } from "#shared/formats/index.ts";
import { type Diff, readDiffArgs } from "./diff-args.ts";

export type Kind = DialectId | FormatId;

const FORMATS: readonly Format[] = Object.values(formats);
const DIALECTS = Object.keys(dialects) as DialectId[];
/** What can be read, and what can be written. */
const KINDS = {
  from: [...DIALECTS, ...FORMATS.flatMap(({ id, reader }) => (reader ? [id as FormatId] : []))],
  to: [...DIALECTS, ...FORMATS.flatMap(({ id, writer }) => (writer ? [id as FormatId] : []))],
} as const satisfies Readonly<Record<string, readonly Kind[]>>;

export type Command =
  | { readonly command: "help" | "version" | "serve" }
  | { readonly command: "backup" | "restore"; readonly file: string }
  | {
      readonly command: "convert";
      readonly input: string;
      readonly from: Kind | null;
      readonly to: Kind;
      readonly output: string;
      readonly verify: boolean;
      /** In which of its ways the format is written; empty where there is but one. */
      readonly variant: string;
      /** The version of a folder of migrations to stop after. */
      readonly at: string | null;
    }
  | {
      readonly command: "check";
      readonly input: string;
      readonly from: Kind | null;
      readonly at: string | null;
      readonly json: boolean;
    }
  | Diff
  /** The arguments make no sense; `why` is a sentence. */
  | { readonly command: "wrong"; readonly why: string };

const OPTIONS = {
  from: { type: "string" },
  to: { type: "string" },
  output: { type: "string", short: "o" },
  "no-verify": { type: "boolean" },
  variant: { type: "string" },
  at: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

type Values = ReturnType<typeof parse>["values"];

const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });

const wrong = (why: string): Command => ({ command: "wrong", why });

/** The kind an option names, null when it is not given, or a sentence. */
function kindOf(name: "from" | "to", values: Values): Kind | null | { readonly why: string } {
  const value = values[name];
  if (value === undefined) return null;
  const kinds: readonly Kind[] = KINDS[name];
  return kinds.find((kind) => kind === value) ?? { why: `--${name} ${value} is not a kind; the kinds are ${kinds.join(", ")}.` };
}

function unused(values: Values, used: readonly (keyof Values)[]): string | null {
  const extra = (Object.keys(values) as (keyof Values)[]).find((name) => !used.includes(name));
  return extra === undefined ? null : `--${extra} means nothing here.`;
}

function convert(input: string, values: Values): Command {
  const [from, to] = [kindOf("from", values), kindOf("to", values)];
  if (from !== null && typeof from === "object") return wrong(from.why);
  if (to !== null && typeof to === "object") return wrong(to.why);
  if (to === null) return wrong(`Say what to convert to: --to ${KINDS.to.join(" | ")}.`);
  const variants = formatOf(to)?.writer?.variants.map(({ id }) => id) ?? [];
  const extra = unused(values, [
    "from",
    "to",
    "output",
    "no-verify",
    "at",
    ...(variants.length > 0 ? (["variant"] as const) : []),
  ]);
  if (extra !== null) return wrong(extra);
  const variant = variants.length === 0 ? "" : variants.find((id) => id === (values.variant ?? variants[0]));
  if (variant === undefined)
    return wrong(`--variant ${values.variant ?? ""} is none of ${to}; there are ${variants.join(", ")}.`);
  const output = values.output ?? "-";
  return { command: "convert", input, from, to, output, verify: values["no-verify"] !== true, variant, at: values.at ?? null };
}

function check(input: string, values: Values): Command {
  const from = kindOf("from", values);
  if (from !== null && typeof from === "object") return wrong(from.why);
  const extra = unused(values, ["from", "at", "json"]);
  return extra === null ? { command: "check", input, from, at: values.at ?? null, json: values.json === true } : wrong(extra);
}

export function readArgs(args: readonly string[]): Command {
  if (args[0] === "diff" && !args.includes("--help") && !args.includes("-h")) {
    const read = readDiffArgs(args.slice(1), KINDS.from);
    return "why" in read ? wrong(read.why) : read;
  }
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return wrong(error instanceof Error ? `${error.message.split(". ")[0] ?? error.message}.` : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help === true) return { command: "help" };
  if (values.version === true) return { command: "version" };
  const [command, input, ...more] = positionals;
  if (command === undefined) return wrong("Say what to do: convert, check, diff, serve, backup or restore.");
  if (command === "serve") return input === undefined ? { command: "serve" } : wrong("serve takes no file.");
  if (command === "backup" || command === "restore")
    return input !== undefined && more.length === 0
      ? { command, file: input }
      : wrong(`Say which file, and only one: drawbridge ${command} rooms.backup`);
  if (command !== "convert" && command !== "check")
    return wrong(`${command} is not a command; there are convert, check, diff, serve, backup and restore.`);
  if (input === undefined) return wrong(`Say which file to ${command}, or - for standard input.`);
  if (more.length > 0) return wrong(`${command} takes one file, not ${String(more.length + 1)}.`);
  return command === "convert" ? convert(input, values) : check(input, values);
}
