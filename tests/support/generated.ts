/** Designs to write code of, and the tools that check it. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import type { Dialect } from "#shared/dialects/dialect.ts";
import { noEngine } from "#shared/dialects/kit/no-engine.ts";
import { type DialectId, dialects } from "#shared/dialects/index.ts";
import { neededExtensions } from "#shared/dialects/postgres/import/scan.ts";
import { prisma } from "#shared/formats/prisma/index.ts";
import type { Schema } from "#shared/model/index.ts";
import { arbitraryDesign } from "./designs.ts";
import fc from "./fast-check.ts";
import { generate } from "./generator.ts";
import { openPglite } from "./pglite.ts";
import { referenceFiles } from "./reference.ts";
import { openSqlite } from "./sqljs.ts";

export interface Sample {
  /** A word that can be part of a file's name. */
  readonly name: string;
  readonly dialect: Dialect;
  readonly schema: Schema;
}

const quiet = { loadData: false, onProgress: () => undefined, cancelled: () => false };

async function imported(id: DialectId, text: string): Promise<Schema> {
  const dialect: Dialect = dialects[id];
  const postgres = id === "postgres" ? await openPglite(neededExtensions(text)) : null;
  const engine = postgres?.engine ?? (dialect.features.engine ? await openSqlite() : noEngine(dialect.label));
  const { value } = await dialect.importer.run(text, engine, quiet);
  await postgres?.close();
  if (!value) throw new Error("nothing was read");
  return value;
}

/** Small and large ones, with enums, arrays, checks, cycles, keys of several columns, domains. */
const REFERENCES: readonly (readonly [DialectId, string])[] = [
  ["postgres", "umami_prisma_migrations"],
  ["postgres", "supabase_auth"],
  ["mysql", "sakila"],
  ["mysql", "quartz"],
  ["sqlite", "sakila_sqlite"],
  ["sqlite", "northwind_sqlite"],
];

/** Real schemas where they are at hand, our own examples, a generated one, and some with names that no language would take. */
export async function samples(): Promise<readonly Sample[]> {
  const real = await Promise.all(
    REFERENCES.map(async ([id, name]) => {
      const file = referenceFiles(id).find((one) => one.name === name);
      const of = { name: `${id}_${name}`, dialect: dialects[id] as Dialect };
      return file ? [{ ...of, schema: await imported(id, await readFile(file.path, "utf8")) }] : [];
    }),
  );
  const folder = join(import.meta.dirname, "..", "fixtures", "prisma");
  const own = ["everything", "shop-mysql", "notes-sqlite"].flatMap((name) => {
    const text = readFileSync(join(folder, `${name}.prisma`), "utf8");
    const schema = prisma.reader?.read(text, { dialects: Object.values(dialects) }).value?.schema;
    return schema
      ? [
          {
            name: name.replace("-", "_"),
            dialect: Object.values(dialects).find(({ id }) => id === schema.dialect) as Dialect,
            schema,
          },
        ]
      : [];
  });
  const hostile = fc.sample(arbitraryDesign, { numRuns: 4, seed: 11 }).map(({ schema }, at) => ({
    name: `hostile_${String(at)}`,
    dialect: dialects.postgres as Dialect,
    schema,
  }));
  const generated = { name: "generated", dialect: dialects.postgres as Dialect, schema: generate({ tables: 12 }) };
  return [...real.flat(), ...own, generated, ...hostile];
}

/** What the compiler says of these files, strictly. */
export function compilerFaults(files: readonly string[]): readonly string[] {
  const program = ts.createProgram([...files], {
    ...{ strict: true, noEmit: true, skipLibCheck: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
    ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Preserve, moduleResolution: ts.ModuleResolutionKind.Bundler },
    ...{ verbatimModuleSyntax: true, experimentalDecorators: true, types: [] },
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line : -1;
    const text = file?.text.split("\n")[line] ?? "";
    return `${file?.fileName.split("/").at(-1) ?? ""}:${String(line + 1)} ${ts.flattenDiagnosticMessageText(messageText, " ").slice(0, 300)}\n${text.slice(0, 200)}`;
  });
}

const PYTHON = process.env["DRAWBRIDGE_PYTHON"] ?? "python3";

/** Runs Python; null where there is none, or where it lacks the module (said once on stderr). */
export function python(module: string, script: string, args: readonly string[]): string | null {
  const wants = `import ${module}\n`;
  const probe = spawnSync(PYTHON, ["-c", wants], { encoding: "utf8" });
  if (probe.status !== 0) {
    process.stderr.write(`SKIPPED: no ${PYTHON} with ${module}; set DRAWBRIDGE_PYTHON to one that has it\n`);
    return null;
  }
  const run = spawnSync(PYTHON, ["-W", "error", "-c", script, ...args], { encoding: "utf8", maxBuffer: 64_000_000 });
  if (run.status !== 0) throw new Error(`${run.stderr.slice(-3000)}\n${run.stdout.slice(-500)}`);
  return run.stdout;
}
