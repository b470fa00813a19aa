/** Reads the command line's arguments. */
import { parseArgs } from "node:util";
import { dialects, type DialectId } from "#shared/dialects/index.ts";
import { type Format, type FormatId, formats } from "#shared/formats/index.ts";
import { type Convert, convertArgs } from "./convert-args.ts";
import { type Diff, readDiffArgs } from "./diff-args.ts";

export type Kind = DialectId | FormatId;

const FORMATS: readonly Format[] = Object.values(formats);
const DIALECTS = Object.keys(dialects) as DialectId[];
/** What can be read. */
const KINDS: readonly Kind[] = [...DIALECTS, ...FORMATS.flatMap(({ id, reader }) => (reader ? [id as FormatId] : []))];

export type Command =
  | { readonly command: "help" | "version" | "serve" }
  | { readonly command: "backup" | "restore"; readonly file: string }
  | Convert
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
  scale: { type: "string" },
  strict: { type: "boolean" },
  at: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

type Values = ReturnType<typeof parse>["values"];

const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });

const wrong = (why: string): Command => ({ command: "wrong", why });

/** What `--from` names, null when it is not given, or a sentence. */
function fromOf({ from }: Values): Kind | null | { readonly why: string } {
  if (from === undefined) return null;
  return KINDS.find((kind) => kind === from) ?? { why: `--from ${from} is not a kind; the kinds are ${KINDS.join(", ")}.` };
}

function unused(values: Values, used: readonly (keyof Values)[]): string | null {
  const extra = (Object.keys(values) as (keyof Values)[]).find((name) => !used.includes(name));
  return extra === undefined ? null : `--${extra} means nothing here.`;
}

function convert(files: readonly [input: string, output?: string | undefined], values: Values): Command {
  const from = fromOf(values);
  if (from !== null && typeof from === "object") return wrong(from.why);
  const used = ["from", "to", "output", "no-verify", "variant", "scale", "strict", "at"] as const;
  const extra = unused(values, used);
  if (extra !== null) return wrong(extra);
  const read = convertArgs(files, from, values);
  return "why" in read ? wrong(read.why) : read;
}

function check(input: string, values: Values): Command {
  const from = fromOf(values);
  if (from !== null && typeof from === "object") return wrong(from.why);
  const extra = unused(values, ["from", "at", "json"]);
  return extra === null ? { command: "check", input, from, at: values.at ?? null, json: values.json === true } : wrong(extra);
}

export function readArgs(args: readonly string[]): Command {
  if (args[0] === "diff" && !args.includes("--help") && !args.includes("-h")) {
    const read = readDiffArgs(args.slice(1), KINDS);
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
  if (command === "convert" && more.length > 1)
    return wrong(`convert takes a file to read and one to write, not ${String(more.length + 1)}.`);
  if (command === "convert") return convert([input, more[0]], values);
  if (more.length > 0) return wrong(`check takes one file, not ${String(more.length + 1)}.`);
  return check(input, values);
}
