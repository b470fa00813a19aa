/** A folder on the command line: migrations, replayed up to a version, or DBML files that are one design. */
import type { Dirent } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { randomUUID } from "node:crypto";
import { type DialectId, dialects } from "#shared/dialects/index.ts";
import { decode } from "#shared/dialects/kit/decode.ts";
import { recognise } from "#shared/formats/index.ts";
import {
  type FolderFile,
  isWalked,
  isWanted,
  type MigrationSet,
  recogniseMigrations,
  replay,
  type ReplayedStep,
  sampleOf,
  type Step,
} from "#shared/migrations/index.ts";
import { fail, ok, problem, type Problem, type Result } from "#shared/result/index.ts";
import { openEngine } from "../engines/index.ts";
import type { Kind } from "./args.ts";
import type { Read } from "./input.ts";
import { isModule, readModules } from "./modules.ts";

/** A project has tens of thousands of files, a set of migrations some thousands. */
const MOST_FILES = 100_000;

/** What was said of one file. */
export interface Part {
  readonly name: string;
  readonly problems: readonly Problem[];
}

export interface FolderRead {
  readonly read: Read;
  readonly parts: readonly Part[];
  /** What was done, in a sentence. */
  readonly told: string;
}

const notRead = (name: string, why: string): Problem => problem("migrations.none", "error", { name, why });

/** Every file below a folder. Links are not followed: they may lead round. */
async function walk(root: string): Promise<readonly FolderFile[]> {
  const files: FolderFile[] = [];
  const queue = [""];
  for (let folder = queue.shift(); folder !== undefined && files.length < MOST_FILES; folder = queue.shift()) {
    const entries: Dirent[] = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && isWalked(path)) queue.push(path);
      if (entry.isFile()) files.push({ path, text: isWanted(path) || isModule(path) ? await textOf(join(root, path)) : null });
    }
  }
  return files;
}

/** The files of a folder; of a file, that one. */
async function filesAt(path: string): Promise<readonly FolderFile[]> {
  const alone = await textOf(path);
  return alone === null ? walk(path) : [{ path: basename(path), text: alone }];
}

async function textOf(path: string): Promise<string | null> {
  const bytes = await readFile(path).catch(() => null);
  return bytes && (bytes.length === 0 ? "" : decode(bytes, path).value);
}

/** The steps up to a version, or a sentence on why there is no such one. */
function upTo(path: string, steps: readonly Step[], at: string | null): Result<readonly Step[]> {
  if (at === null) return ok(steps);
  const stems = (path: string): readonly string[] => path.split("/").map((part) => part.replace(/(\.up)?\.sql$/i, ""));
  const place = steps.findLastIndex(({ version, name, path }) => version === at || name === at || stems(path).includes(at));
  if (place >= 0) return ok(steps.slice(0, place + 1));
  const [first, last] = [steps[0], steps.at(-1)];
  const why = `none of its ${String(steps.length)} migrations is ${at}; the first is ${calledOf(first)}, the last ${calledOf(last)}.`;
  return fail(notRead(path, why));
}

const calledOf = (step: Step | undefined): string => (step?.version === "" ? step.name : (step?.version ?? "none"));

function dialectOf(path: string, set: MigrationSet, from: Kind | null): Result<DialectId> {
  const known = (id: string): id is DialectId => Object.hasOwn(dialects, id);
  const id =
    from ?? set.dialect ?? recognise(sampleOf(set), "", Object.values(dialects)).find(({ kind }) => known(kind))?.kind ?? "";
  if (known(id)) return ok(id);
  const kinds = Object.keys(dialects).join(", ");
  const why = id === "" ? "they do not tell which database they are for." : `they are for ${id}.`;
  return fail(notRead(path, `${why} Say what to read them as: --from ${kinds}.`));
}

/** Sums up what every step says alike. */
function partsOf(path: string, set: MigrationSet, steps: readonly ReplayedStep[], last: readonly Problem[]): readonly Part[] {
  const aside = steps
    .flatMap(({ problems }) => problems)
    .reduce((sum, { code, params }) => sum + (code === "import.data-set-aside" ? Number(params["count"]) : 0), 0);
  const data = aside === 0 ? [] : [problem("import.data-set-aside", "note", { count: aside })];
  return [
    { name: path, problems: [...set.problems, ...data, ...last] },
    ...steps.map(({ step, problems }) => ({
      name: join(path, step.path),
      problems: problems.filter(({ code }) => code !== "import.data-set-aside"),
    })),
  ];
}

async function run(path: string, set: MigrationSet, steps: readonly Step[], id: DialectId): Promise<FolderRead> {
  const dialect = dialects[id];
  const { engine, close } = await openEngine(id, [...new Set(steps.flatMap(({ text }) => dialect.needs(text)))]);
  try {
    const replayed = await replay(steps, dialect, engine, {
      mint: randomUUID,
      onProgress: () => undefined,
      cancelled: () => false,
    });
    const schema = replayed.steps.at(-1)?.schema ?? null;
    const how = dialect.features.engine ? `replayed in ${engine.version}` : `read as ${dialect.label} would`;
    const count = steps.length === 1 ? "1 migration" : `${String(steps.length)} migrations`;
    return {
      read: { kind: id, design: schema && { name: basename(resolve(path)), schema, diagrams: [] } },
      parts: partsOf(path, set, replayed.steps, replayed.problems),
      told: `${path}: ${set.label}, ${count} ${how}, up to ${calledOf(steps.at(-1))}.`,
    };
  } finally {
    await close();
  }
}

/** Reads what lies in a folder, or replays a text that holds several migrations. `at`: the version to stop after; null for all. */
export async function readFolder(path: string, from: Kind | null, at: string | null): Promise<Result<FolderRead>> {
  const files = await filesAt(path);
  const { value: set, problems } = recogniseMigrations(files, path, from);
  const modules = set === null && at === null && (from ?? "dbml") === "dbml" ? readModules(path, files) : null;
  if (modules) return ok(modules);
  if (!set) return fail(problems[0] ?? notRead(path, "there is nothing in it."));
  const id = dialectOf(path, set, from);
  if (!id.ok) return id;
  const steps = upTo(path, set.steps, at);
  return steps.ok ? ok(await run(path, set, steps.value, id.value)) : steps;
}
