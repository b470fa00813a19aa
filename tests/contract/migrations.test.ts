import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type DialectId, dialects } from "#shared/dialects/index.ts";
import type { Engine } from "#shared/dialects/dialect.ts";
import { recognise } from "#shared/formats/index.ts";
import { type MigrationSet, recogniseMigrations, replay, type Replayed, sampleOf, type Step } from "#shared/migrations/index.ts";
import { differences } from "#shared/diff/index.ts";
import { invariants } from "#shared/model/index.ts";
import { type Problem, sentence } from "#shared/result/index.ts";
import { openEngine } from "../../server/engines/index.ts";
import { folderOf } from "../support/folder.ts";
import { referenceFiles } from "../support/reference.ts";

const root = join(import.meta.dirname, "..", "fixtures", "migrations");

/** Engines take a second to open: one PostgreSQL for all, emptied between. */
const opened = new Map<DialectId, Awaited<ReturnType<typeof openEngine>>>();
async function emptyEngine(id: DialectId): Promise<Engine> {
  const known = opened.get(id);
  const one = known ?? (await openEngine(id, []));
  if (known) await one.engine.exec("reset all; drop schema public cascade; create schema public");
  if (id === "postgres") opened.set(id, one);
  return one.engine;
}

afterAll(async () => {
  for (const { close } of opened.values()) await close();
});

let minted = 0;
const quiet = { mint: () => `id${String((minted += 1))}`, onProgress: () => undefined, cancelled: () => false };

const dialectOf = (set: MigrationSet): DialectId =>
  (set.dialect ?? recognise(sampleOf(set), "", Object.values(dialects))[0]?.kind ?? "postgres") as DialectId;

const lineOf = (problem: Problem): string =>
  `${problem.severity}: ${problem.at ? `line ${String(problem.at.line)}: ` : ""}${sentence(problem).replace(/(PostgreSQL|SQLite) [\d.]+/g, "$1")}`;

function told(set: MigrationSet, id: string, { steps, problems }: Replayed): string {
  const lines = [
    `${set.label} in ${set.base === "" ? "the folder" : set.base}, ${id}`,
    ...set.problems.map((one) => `  ${lineOf(one)}`),
    ...steps.flatMap(({ step, comparison, problems: some }) => [
      "",
      `${step.version} · ${step.name}${step.when === null ? "" : ` · ${step.when}`}: ${comparison.short || "nothing changed"}`,
      ...comparison.groups.flatMap(({ name, lines: all }) => all.map(({ kind, what }) => `  ${kind} ${name}: ${what}`)),
      ...some.map((one) => `  ${step.path}: ${lineOf(one)}`),
    ]),
    ...problems.map(lineOf),
  ];
  return `${lines.join("\n")}\n`;
}

describe("a folder of migrations, replayed", () => {
  const cases = readdirSync(root).sort();
  it.each(cases)("%s", async (name) => {
    const { value: set, problems } = recogniseMigrations(folderOf(join(root, name, "folder")), name, null);
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    const id = dialectOf(set!);
    const replayed = await replay(set!.steps, dialects[id], await emptyEngine(id), quiet);
    for (const { schema } of replayed.steps) expect(invariants(schema)).toEqual([]);
    await expect(told(set!, id, replayed)).toMatchFileSnapshot(join(root, name, "expected.txt"));
  });
});

describe("a real project's migrations", () => {
  const reference = referenceFiles("postgres").find(({ path }) => path.includes("langfuse"));
  it.skipIf(!reference)(
    "lead step by step to what they make when they are run as one text, and cancel between steps",
    async () => {
      const all = readFileSync(reference!.path, "utf8").split("\n;\n").slice(0, 40);
      const steps = all.map((text, at): Step => {
        const version = String(at);
        return { name: version, version, when: null, path: `${version}.sql`, text, line: 1 };
      });
      const { postgres } = dialects;
      const replayed = await replay(steps, postgres, await emptyEngine("postgres"), quiet);
      const { value: whole } = await postgres.importer.run(all.join("\n;\n"), await emptyEngine("postgres"), {
        ...quiet,
        loadData: false,
      });
      const last = replayed.steps.at(-1)!.schema;
      expect(last.tables.length).toBeGreaterThan(10);
      expect(differences(whole!, last)).toEqual([]);
      // States that did not change are the same object, and so are tables within those that did.
      const [before, after] = replayed.steps.slice(-2).map(({ schema }) => schema);
      expect(after!.tables.filter((table) => before!.tables.includes(table)).length).toBeGreaterThan(10);

      let through = 0;
      const stopped = await replay(steps, postgres, await emptyEngine("postgres"), {
        ...quiet,
        onProgress: ({ done }) => void (through = done),
        cancelled: () => through >= 3,
      });
      expect([stopped.done, stopped.steps.length]).toEqual([false, 3]);
    },
  );
});
