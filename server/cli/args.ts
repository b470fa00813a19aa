/** Reads the command line's arguments. */
import { parseArgs } from "node:util";
import { dialects, type DialectId } from "#shared/dialects/index.ts";
import { type Level, LEVELS } from "#shared/formats/dbml/index.ts";

export type Kind = DialectId | "json" | "dbml";

export const KINDS: readonly Kind[] = [...(Object.keys(dialects) as DialectId[]), "json", "dbml"];

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
      /** How new a reader of DBML is meant. */
      readonly level: Level;
    }
  | { readonly command: "check"; readonly input: string; readonly from: Kind | null; readonly json: boolean }
  /** The arguments make no sense; `why` is a sentence. */
  | { readonly command: "wrong"; readonly why: string };

const OPTIONS = {
  from: { type: "string" },
  to: { type: "string" },
  output: { type: "string", short: "o" },
  "no-verify": { type: "boolean" },
  level: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

type Values = ReturnType<typeof parse>["values"];

const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });

const wrong = (why: string): Command => ({ command: "wrong", why });

const isKind = (text: string): text is Kind => (KINDS as readonly string[]).includes(text);

/** The kind an option names, null when it is not given, or a sentence. */
function kindOf(name: "from" | "to", values: Values): Kind | null | { readonly why: string } {
  const value = values[name];
  if (value === undefined || isKind(value)) return value ?? null;
  return { why: `--${name} ${value} is not a kind; the kinds are ${KINDS.join(", ")}.` };
}

function unused(values: Values, used: readonly (keyof Values)[]): string | null {
  const extra = (Object.keys(values) as (keyof Values)[]).find((name) => !used.includes(name));
  return extra === undefined ? null : `--${extra} means nothing here.`;
}

function convert(input: string, values: Values): Command {
  const [from, to] = [kindOf("from", values), kindOf("to", values)];
  if (from !== null && typeof from === "object") return wrong(from.why);
  if (to !== null && typeof to === "object") return wrong(to.why);
  if (to === null) return wrong(`Say what to convert to: --to ${KINDS.join(" | ")}.`);
  const extra = unused(values, ["from", "to", "output", "no-verify", ...(to === "dbml" ? (["level"] as const) : [])]);
  if (extra !== null) return wrong(extra);
  const level = LEVELS.find((known) => known === (values.level ?? "10"));
  if (level === undefined) return wrong(`--level ${values.level ?? ""} is none; the levels are ${LEVELS.join(", ")}.`);
  const output = values.output ?? "-";
  return { command: "convert", input, from, to, output, verify: values["no-verify"] !== true, level };
}

function check(input: string, values: Values): Command {
  const from = kindOf("from", values);
  if (from !== null && typeof from === "object") return wrong(from.why);
  const extra = unused(values, ["from", "json"]);
  return extra === null ? { command: "check", input, from, json: values.json === true } : wrong(extra);
}

export function readArgs(args: readonly string[]): Command {
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
  if (command === undefined) return wrong("Say what to do: convert, check, serve, backup or restore.");
  if (command === "serve") return input === undefined ? { command: "serve" } : wrong("serve takes no file.");
  if (command === "backup" || command === "restore")
    return input !== undefined && more.length === 0
      ? { command, file: input }
      : wrong(`Say which file, and only one: drawbridge ${command} rooms.backup`);
  if (command !== "convert" && command !== "check")
    return wrong(`${command} is not a command; there are convert, check, serve, backup and restore.`);
  if (input === undefined) return wrong(`Say which file to ${command}, or - for standard input.`);
  if (more.length > 0) return wrong(`${command} takes one file, not ${String(more.length + 1)}.`);
  return command === "convert" ? convert(input, values) : check(input, values);
}
