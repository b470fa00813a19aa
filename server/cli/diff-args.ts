/** The arguments of `drawbridge diff`. */
import { parseArgs } from "node:util";
import type { Kind } from "./args.ts";

export interface Diff {
  readonly command: "diff";
  readonly before: string;
  readonly after: string;
  readonly from: Kind | null;
  readonly json: boolean;
  readonly sql: boolean;
  /** The statements are run in an engine. */
  readonly prove: boolean;
  /** False: what got another name counts as dropped and made anew. */
  readonly renames: boolean;
}

const OPTIONS = {
  from: { type: "string" },
  json: { type: "boolean" },
  sql: { type: "boolean" },
  prove: { type: "boolean" },
  "no-renames": { type: "boolean" },
} as const;

/** What stands behind `diff`; a sentence where it makes no sense. */
export function readDiffArgs(args: readonly string[], kinds: readonly Kind[]): Diff | { readonly why: string } {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    return { why: error instanceof Error ? `${error.message.split(". ")[0] ?? error.message}.` : String(error) };
  }
  const { values, positionals } = parsed;
  const [before, after, ...more] = positionals;
  if (before === undefined || after === undefined || more.length > 0)
    return { why: `diff compares two files, not ${String(positionals.length)}: drawbridge diff before.sql after.sql` };
  if (before === "-" && after === "-") return { why: "Only one of the two can be standard input." };
  const from = kinds.find((kind) => kind === values.from) ?? null;
  if (values.from !== undefined && from === null)
    return { why: `--from ${values.from} is not a kind; the kinds are ${kinds.join(", ")}.` };
  if (values.prove === true && values.sql !== true) return { why: "--prove runs the statements of --sql: ask for both." };
  return {
    command: "diff",
    before,
    after,
    from,
    json: values.json === true,
    sql: values.sql === true,
    prove: values.prove === true,
    renames: values["no-renames"] !== true,
  };
}
