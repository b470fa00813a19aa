/** `drawbridge convert`: one kind in, another out; SQL only after an engine has run it and said the same. */
import { writeFile } from "node:fs/promises";
import { convertSchema } from "#shared/convert/index.ts";
import { type DialectId, dialectOf, dialects } from "#shared/dialects/index.ts";
import { formatOf, writeAs } from "#shared/formats/index.ts";
import type { Dialect } from "#shared/dialects/dialect.ts";
import type { Design } from "#shared/formats/json/index.ts";
import type { Schema } from "#shared/model/index.ts";
import { differencesButSpelling, verifiedScript } from "#shared/proof/index.ts";
import type { Problem } from "#shared/result/index.ts";
import { openEngine } from "../engines/index.ts";
import type { Command } from "./args.ts";
import { hasErrors, lines } from "./report.ts";
import { problemsOf, readSource, tellSource } from "./source.ts";
import type { Streams } from "./streams.ts";
import { wholeScript } from "#shared/dialects/kit/whole.ts";

type Convert = Extract<Command, { readonly command: "convert" }>;

interface Written {
  readonly text: string;
  readonly problems: readonly Problem[];
  /** What is said of the proof; null when there is nothing to prove. */
  readonly proof: string | null;
}

/** The script of a design; one of another dialect is converted first, and the engine may then spell its expressions in its own way. */
async function sql(design: Schema, from: Dialect, id: DialectId, verify: boolean): Promise<Written> {
  const dialect = dialects[id];
  const { value: schema, problems: lost } = await convertSchema(design, from, dialect);
  const compare = schema === design ? undefined : differencesButSpelling;
  const text = await wholeScript(dialect, schema);
  if (!verify) {
    return { text, problems: lost, proof: "Not run in an engine, as you asked." };
  }
  if (!dialect.features.engine) return { text, problems: lost, proof: `NOT proved: no engine of ${dialect.label} runs here.` };
  const { engine, close } = await openEngine(id, dialect.needs(text));
  try {
    const { sql: script, differences, statements } = await verifiedScript(dialect, schema, engine, () => undefined, compare);
    const count = `${String(statements)} statements`;
    const proof =
      differences.length === 0
        ? `Proved: ${count} run in a fresh ${engine.version} and read back equal.`
        : `NOT proved: ${count} run in a fresh ${engine.version}; what was read back differs, see above.`;
    return { text: script, problems: [...lost, ...differences], proof };
  } finally {
    await close();
  }
}

/** The design's text in the wanted kind; a sentence when there is no way from here to there. */
async function write(design: Design, { to, verify, variant }: Convert): Promise<Written | { readonly why: string }> {
  const dialect = dialectOf(design.schema.dialect);
  const from = dialect?.label ?? design.schema.dialect;
  if (!dialect) return { why: `${from} is not a dialect that this version knows.` };
  const format = formatOf(to);
  if (format?.writer) {
    const { value: text, problems } = writeAs({ ...format, writer: format.writer }, design, dialect, variant);
    return { text, problems, proof: null };
  }
  return Object.hasOwn(dialects, to)
    ? sql(design.schema, dialect, to as DialectId, verify)
    : { why: `${to} is only read, not written.` };
}

/** Runs the command; gives the exit code. */
export async function convert(command: Convert, streams: Streams): Promise<number> {
  const read = await readSource(command.input, command.from, command.at);
  tellSource(read, streams);
  if (!read.design) return 1;
  const written = await write(read.design, command);
  if ("why" in written) {
    streams.tell([written.why]);
    return 1;
  }
  const target = command.output === "-" ? "standard output" : command.output;
  streams.tell(lines(written.problems, target, read.design.schema));
  if (written.proof !== null) streams.tell([written.proof]);
  if (command.output === "-") await streams.print(written.text);
  else {
    try {
      await writeFile(command.output, written.text);
    } catch (error) {
      streams.tell([`${command.output} could not be written: ${error instanceof Error ? error.message : String(error)}.`]);
      return 1;
    }
  }
  return hasErrors(problemsOf(read)) || written.problems.length > 0 ? 1 : 0;
}
