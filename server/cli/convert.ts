/** `drawbridge convert`: one kind in, another out; SQL only after an engine has run it and said the same. */
import { writeFile } from "node:fs/promises";
import { convertSchema } from "#shared/convert/index.ts";
import { type DialectId, dialectOf, dialects } from "#shared/dialects/index.ts";
import { formatOf, formats, writeAs } from "#shared/formats/index.ts";
import type { Dialect } from "#shared/dialects/dialect.ts";
import type { Design } from "#shared/formats/json/index.ts";
import type { Schema } from "#shared/model/index.ts";
import { differencesButSpelling, verifiedScript } from "#shared/proof/index.ts";
import { type Problem, sentence } from "#shared/result/index.ts";
import { openEngine } from "../engines/index.ts";
import { type Convert, isPicture } from "./convert-args.ts";
import { hasErrors, lines } from "./report.ts";
import { problemsOf, readSource, tellSource } from "./source.ts";
import type { Streams } from "./streams.ts";
import { wholeScript } from "#shared/dialects/kit/whole.ts";

interface Written {
  readonly text: string | Uint8Array;
  /** What is lost. */
  readonly problems: readonly Problem[];
  /** What an engine read back otherwise than it was designed. */
  readonly differences: readonly Problem[];
  /** What is said of the proof, or of a picture; null when there is nothing to say. */
  readonly told: string | null;
}

/** The script of a design; one of another dialect is converted first, and the engine may then spell its expressions in its own way. */
async function sql(design: Schema, from: Dialect, id: DialectId, verify: boolean): Promise<Written> {
  const dialect = dialects[id];
  const { value: schema, problems: lost } = await convertSchema(design, from, dialect);
  const compare = schema === design ? undefined : differencesButSpelling;
  const text = await wholeScript(dialect, schema);
  if (!verify) {
    return { text, problems: lost, differences: [], told: "Not run in an engine, as you asked." };
  }
  if (!dialect.features.engine)
    return { text, problems: lost, differences: [], told: `NOT proved: no engine of ${dialect.label} runs here.` };
  const { engine, close } = await openEngine(id, dialect.needs(text));
  try {
    const { sql: script, differences, statements } = await verifiedScript(dialect, schema, engine, () => undefined, compare);
    const count = `${String(statements)} statements`;
    const told =
      differences.length === 0
        ? `Proved: ${count} run in a fresh ${engine.version} and read back equal.`
        : `NOT proved: ${count} run in a fresh ${engine.version}; what was read back differs, see above.`;
    return { text: script, problems: lost, differences, told };
  } finally {
    await close();
  }
}

/** The diagram in pixels; what cannot be seen in it is what SVG does not show either. */
async function picture(
  design: Design,
  dialect: Dialect,
  { to, variant, scale }: Convert,
): Promise<Written | { readonly why: string }> {
  const kind = to === "jpeg" ? "jpeg" : "png";
  const { writer } = formats.svg;
  const { problems } = writeAs(
    { label: kind.toUpperCase(), writer: { ...writer, variants: [], print: () => "" } },
    design,
    dialect,
    "",
  );
  // The library and the fonts are loaded when a picture is wanted.
  const { paintPicture } = await import("./picture.ts");
  const painted = await paintPicture(design, dialect, { kind, theme: variant === "dark" ? "dark" : "light", scale });
  if (!painted.ok) return { why: sentence(painted.problem) };
  return { text: painted.value.bytes, problems, differences: [], told: painted.value.told };
}

/** The design's text in the wanted kind; a sentence when there is no way from here to there. */
async function write(design: Design, command: Convert): Promise<Written | { readonly why: string }> {
  const { to, verify, variant } = command;
  const dialect = dialectOf(design.schema.dialect);
  const from = dialect?.label ?? design.schema.dialect;
  if (!dialect) return { why: `${from} is not a dialect that this version knows.` };
  if (isPicture(to)) return picture(design, dialect, command);
  const format = formatOf(to);
  if (format?.writer) {
    const { value: text, problems } = writeAs({ ...format, writer: format.writer }, design, dialect, variant);
    return { text, problems, differences: [], told: null };
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
  const { problems: lost, differences, told, text } = written;
  streams.tell(lines([...lost, ...differences], target, read.design.schema));
  if (told !== null) streams.tell([told]);
  if (command.output === "-") await streams.print(text);
  else {
    try {
      await writeFile(command.output, text);
    } catch (error) {
      streams.tell([`${command.output} could not be written: ${error instanceof Error ? error.message : String(error)}.`]);
      return 1;
    }
  }
  const said = problemsOf(read);
  if (hasErrors(said) || differences.length > 0) return 1;
  return command.strict && (lost.length > 0 || said.some(({ severity }) => severity === "warning")) ? 1 : 0;
}
