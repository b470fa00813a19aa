/** `drawbridge diff`: what changed from one file to another, in words, as JSON, or as the statements that lead there. */
import { randomUUID } from "node:crypto";
import { type DialectId, dialectOf, dialects } from "#shared/dialects/index.ts";
import { diff as changesOf } from "#shared/diff/index.ts";
import { changeScript, type ChangeScript, comparable, counted, hazards, UNRUN } from "#shared/drift/index.ts";
import { type ChangeGroup, type LineKind, tellChanges } from "#shared/history/index.ts";
import { adopt, type Identified, type Schema, TOP_KINDS, topList } from "#shared/model/index.ts";
import { settled } from "#shared/proof/index.ts";
import type { Problem } from "#shared/result/index.ts";
import { openEngine } from "../engines/index.ts";
import type { Diff } from "./diff-args.ts";
import { counts, hasErrors, plain } from "./report.ts";
import { type Proof, proveScript } from "./prove-script.ts";
import { problemsOf, readSource, tellSource } from "./source.ts";
import type { Streams } from "./streams.ts";
import { wholeScript } from "#shared/dialects/kit/whole.ts";

interface Side {
  readonly name: string;
  readonly schema: Schema;
  /** As its engine prints it; else as a person or another tool wrote it. */
  readonly printed: boolean;
  readonly problems: readonly Problem[];
}

/** Null where nothing could be read, which was told. */
async function readSide(path: string, { from }: Diff, streams: Streams): Promise<Side | null> {
  const read = await readSource(path, from, null);
  tellSource(read, streams);
  const { name, kind, design } = read;
  return design && { name, schema: design.schema, printed: Object.hasOwn(dialects, kind ?? ""), problems: problemsOf(read) };
}

/** Written by hand, a default may look unlike what an engine makes of it: beside something that an engine printed, it is printed too. */
async function asPrinted(side: Side, streams: Streams): Promise<Schema> {
  const id = side.schema.dialect as DialectId;
  const dialect = dialects[id];
  const { engine, close } = await openEngine(id, dialect.needs(await wholeScript(dialect, side.schema)));
  try {
    const { value, problems } = await settled(dialect, side.schema, engine);
    if (problems.length > 0)
      streams.tell([`${side.name}: ${engine.version} refused part of it, so it is compared as it is written.`]);
    return value;
  } finally {
    await close();
  }
}

const named = (schema: Schema): ReadonlyMap<string, string> => {
  const items: readonly Identified[] = [
    ...TOP_KINDS.flatMap((kind) => topList(schema, kind)),
    ...schema.tables.flatMap(({ columns }) => columns),
  ];
  return new Map(items.map((item) => [item.id, "name" in item ? String(item.name) : ""]));
};

/** The same design at two times: something kept its id and got another name. */
function areKin(before: Schema, after: Schema): boolean {
  const names = named(before);
  return [...named(after)].some(([id, name]) => names.has(id) && names.get(id) !== name);
}

/** The second under the ids of the first, where something is the same. */
function matched(before: Schema, after: Schema, renames: boolean): Schema {
  if (!renames) return adopt(adopt(after, null, randomUUID), before, null);
  return areKin(before, after) ? after : adopt(after, before, randomUUID);
}

const SIGNS: Readonly<Record<LineKind, string>> = { added: "+", removed: "-", changed: "~" };

function inWords(groups: readonly ChangeGroup[]): string {
  const text = groups.flatMap(({ name, lines: all }) => [
    name,
    ...all.flatMap(({ kind, what, details }) => {
      const [only, ...more] = details;
      if (kind !== "changed" && only !== undefined && more.length === 0) return [`  ${SIGNS[kind]} ${what}: ${only}`];
      return [`  ${SIGNS[kind]} ${what}`, ...details.map((detail) => `      ${detail}`)];
    }),
  ]);
  return text.map((line) => `${line}\n`).join("");
}

type Totals = Readonly<Record<LineKind, number>>;

function totalsOf(groups: readonly ChangeGroup[]): Totals {
  const all = groups.flatMap(({ lines: some }) => some);
  const count = (kind: LineKind): number => all.filter((line) => line.kind === kind).length;
  return { added: count("added"), removed: count("removed"), changed: count("changed") };
}

function summary({ added, removed, changed }: Totals, schema: Schema): string {
  const sum = added + removed + changed;
  if (sum === 0) return `No difference: ${counted(schema.tables.length, "table")} in both.\n`;
  const parts = [`${String(added)} added`, `${String(removed)} removed`, `${String(changed)} changed`];
  return `${counted(sum, "difference")}: ${parts.join(", ")}.\n`;
}

function nameOf({ change }: ChangeGroup["lines"][number]): string | null {
  if (change.kind === "reorder") return null;
  const item: Identified = change.kind === "create" ? change.after : change.before;
  return "name" in item ? String(item.name) : null;
}

interface Compared {
  readonly before: Side;
  readonly after: Side;
  readonly groups: readonly ChangeGroup[];
  readonly script: ChangeScript | null;
  /** What an engine said of the script; null where that is not asked. */
  readonly proof: Proof | null;
}

function asJson({ before, after, groups, script, proof }: Compared): string {
  const side = ({ name, schema, problems }: Side) => ({
    name,
    counts: counts(schema),
    problems: problems.map((problem) => plain(problem, schema)),
  });
  const totals = totalsOf(groups);
  const report = {
    equal: groups.length === 0,
    dialect: before.schema.dialect,
    before: side(before),
    after: side(after),
    counts: totals,
    changes: groups.flatMap(({ name, lines: all }) =>
      all.map((line) => ({
        kind: line.kind,
        entity: line.change.kind === "reorder" ? "columns" : line.change.entity,
        name: nameOf(line),
        in: name,
        what: line.what,
        details: line.details,
      })),
    ),
    ...(script && {
      sql: {
        text: script.sql,
        statements: script.statements,
        drops: script.losses,
        makesAgain: [...script.remade, ...script.copied],
        mayFail: script.risks,
        notWritten: script.impossible,
        proved: proof?.proved ?? null,
      },
    }),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

async function compare(before: Side, after: Side, command: Diff, streams: Streams): Promise<Compared> {
  const dialect = dialects[before.schema.dialect as DialectId];
  const both = before.printed === after.printed;
  const first = comparable(before.printed || both ? before.schema : await asPrinted(before, streams), dialect);
  const second = comparable(after.printed || both ? after.schema : await asPrinted(after, streams), dialect);
  const ours = matched(first, second, command.renames);
  const groups = tellChanges(changesOf(first, ours), first, ours);
  const changes = groups.flatMap(({ lines: all }) => all.map(({ change }) => change));
  const title = `Brings ${before.name} to ${after.name}.`;
  const script = command.sql ? changeScript(await dialect.ddl(), first, changes, title) : null;
  const proof = script && command.prove && groups.length > 0 ? await proveScript(first, ours, script.sql) : null;
  const remarked = script && proof?.remark ? { ...script, sql: script.sql.replace(UNRUN, proof.remark) } : script;
  return { before, after, groups, script: remarked, proof };
}

/** Runs the command; gives the exit code: 0 equal, 1 different, 2 where the two could not be compared, 3 where --prove failed. */
export async function diff(command: Diff, streams: Streams): Promise<number> {
  const before = await readSide(command.before, command, streams);
  const after = await readSide(command.after, command, streams);
  if (!before || !after) return 2;
  const [one, other] = [before, after].map(({ schema }) => dialectOf(schema.dialect)?.label ?? schema.dialect);
  if (before.schema.dialect !== after.schema.dialect) {
    streams.tell([
      `${before.name} is of ${one ?? ""} and ${after.name} of ${other ?? ""}: only two of one dialect can be compared.`,
    ]);
    return 2;
  }
  const compared = await compare(before, after, command, streams);
  const { groups, script, proof } = compared;
  if (proof) streams.tell(proof.told);
  if (command.json) await streams.print(asJson(compared));
  else if (script) {
    streams.tell([...hazards(script), summary(totalsOf(groups), after.schema).trimEnd()]);
    await streams.print(groups.length === 0 ? "" : script.sql);
  } else await streams.print(inWords(groups) + summary(totalsOf(groups), after.schema));
  if (proof?.proved === false) return 3;
  // What was not read whole is not the same, whatever the rest is.
  return groups.length === 0 && ![before, after].some(({ problems }) => hasErrors(problems)) ? 0 : 1;
}
