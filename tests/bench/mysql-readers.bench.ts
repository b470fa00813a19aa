/**
 * Readers of MySQL's dumps side by side: what each finds of the reference files, beside the real server's catalogue, and how long it takes.
 * Writes the table of `docs/mysql-readers.md`. The other readers are installed for it, into a folder beside the build's. Each file is
 * read in a process of its own, which may hang or end as it likes.
 */
import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { createMysqlSplitter } from "#shared/dialects/mysql/text/splitter.ts";
import { referenceFiles } from "../support/reference.ts";
import type { Found } from "./peers/mysql-readers/read.ts";

interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly note?: string;
}

const PEERS = { "@dbml/core": "10.2.0", "node-sql-parser": "5.4.0", "dt-sql-parser": "4.5.1" } as const;
const READERS = [
  { name: "Drawbridge", file: "ours" },
  { name: "@dbml/core", file: "dbml-core" },
  { name: "node-sql-parser", file: "node-sql-parser" },
  { name: "dt-sql-parser", file: "dt-sql-parser" },
] as const;
const KINDS = {
  tables: "tables",
  columns: "columns",
  pk: "primary keys",
  uniq: "unique keys",
  fk: "foreign keys",
  indexes: "indexes",
  checks: "checks",
  views: "views",
  triggers: "triggers",
  comments: "comments",
} as const;
/** Longest for one file. */
const LIMIT_MS = 60_000;

type Outcome = Found | { readonly failed: string };

/** The truth was loaded into one database, whatever the file says. */
const oneDatabase = (text: string): string => text.replace(/^(create database|use|drop database)\b[^;]*;/gim, "");

function install(folder: string): void {
  const wanted = Object.entries(PEERS).map(([name, version]) => `${name}@${version}`);
  const there = Object.entries(PEERS).every(([name, version]) => {
    const file = join(folder, "node_modules", name, "package.json");
    return existsSync(file) && (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version === version;
  });
  if (there) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...wanted], { cwd: folder, stdio: "inherit" });
}

async function bundle(root: string, folder: string, name: string): Promise<string> {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [join(root, "tests", "bench", "peers", "mysql-readers", `${name}.ts`)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    nodePaths: [join(folder, "node_modules")],
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "error",
  });
  return outfile;
}

function read(script: string, file: string, cut: string): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, file, cut], { timeout: LIMIT_MS, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (!error) resolve(JSON.parse(stdout) as Found);
      else if (error.killed) resolve({ failed: `not done after ${String(LIMIT_MS / 1000)} s` });
      else resolve({ failed: /^\w*Error.*$/m.exec(stderr)?.[0].slice(0, 80) ?? "ended without an answer" });
    });
  });
}

type Truth = Readonly<Record<string, number>>;

const truthOf = (truth: Truth): Truth => ({ ...truth, comments: (truth["col_comments"] ?? 0) + (truth["tbl_comments"] ?? 0) });

/** How many of a kind were found, no more than there are. */
function foundOf(kind: string, all: readonly { readonly truth: Truth; readonly outcome: Outcome }[]): number {
  return all.reduce((sum, { truth, outcome }) => {
    const counts = "counts" in outcome ? outcome.counts : {};
    return sum + Math.min(counts[kind] ?? 0, truth[kind] ?? 0);
  }, 0);
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? "–" : `${String(Math.round((1000 * part) / whole) / 10)} %`;

interface Measured {
  readonly name: string;
  readonly files: readonly { readonly file: string; readonly truth: Truth; readonly outcome: Outcome }[];
}

function cell(outcome: Outcome): string {
  if ("failed" in outcome) return outcome.failed;
  const { ms, refused } = outcome;
  return `${String(Math.round(ms))} ms${refused > 0 ? `, ${String(refused)} refused` : ""}`;
}

function table(measured: readonly Measured[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = line(["---", "---:", ...measured.map(() => "---:")]);
  const [first] = measured;
  const files = first?.files ?? [];
  const kinds = Object.entries(KINDS).map(([kind, label]) => {
    const whole = files.reduce((sum, { truth }) => sum + (truth[kind] ?? 0), 0);
    return line([label, String(whole), ...measured.map((reader) => percent(foundOf(kind, reader.files), whole))]);
  });
  const times = files.map(({ file, truth }, at) =>
    line([file, String(truth["tables"] ?? 0), ...measured.map((reader) => cell(reader.files[at]?.outcome ?? { failed: "–" }))]),
  );
  const names = measured.map(({ name }) => (name in PEERS ? `${name} ${PEERS[name as keyof typeof PEERS]}` : name));
  return [line(["found of", "there are", ...names]), rule, ...kinds, "", line(["file", "tables", ...names]), rule, ...times].join(
    "\n",
  );
}

const MARKS = ["<!-- measured -->", "<!-- end -->"] as const;

function write(root: string, measured: readonly Measured[]): void {
  const path = join(root, "docs", "mysql-readers.md");
  const [before = "", after = ""] = readFileSync(path, "utf8").split(new RegExp(`${MARKS[0]}[\\s\\S]*${MARKS[1]}`));
  writeFileSync(path, `${before}${MARKS[0]}\n\n${table(measured)}\n\n${MARKS[1]}${after}`);
}

async function measuredOf(
  root: string,
  folder: string,
  { name, file }: (typeof READERS)[number],
  files: ReturnType<typeof referenceFiles>,
): Promise<Measured> {
  const script = await bundle(root, folder, file);
  const outcomes: Measured["files"][number][] = [];
  for (const { name: dump, path, truth } of files) {
    const text = oneDatabase(readFileSync(path, "utf8"));
    const cutter = createMysqlSplitter(() => true);
    const pieces = [...cutter.push(text), ...cutter.end()].filter(({ kind }) => kind !== "client-command");
    const [input, cut] = [join(folder, `${file}-${dump}.sql`), join(folder, `${file}-${dump}.json`)];
    writeFileSync(input, text);
    writeFileSync(cut, JSON.stringify(pieces.map((piece) => piece.text)));
    outcomes.push({ file: dump, truth: truthOf(truth["mariadb10.11"] ?? {}), outcome: await read(script, input, cut) });
  }
  return { name, files: outcomes };
}

export async function run({ root }: { readonly root: string }): Promise<Row[]> {
  const files = referenceFiles("mysql");
  if (files.length === 0) return [];
  const folder = join(root, ".cache", "mysql-readers");
  install(folder);
  // Processor time is measured: they may run beside each other.
  const measured = await Promise.all(READERS.map((reader) => measuredOf(root, folder, reader, files)));
  write(root, measured);
  return measured.flatMap(({ name, files: all }): Row[] => {
    const whole = (kind: string): number => all.reduce((sum, { truth }) => sum + (truth[kind] ?? 0), 0);
    const kinds = Object.keys(KINDS);
    const value =
      Math.round(
        (1000 * kinds.reduce((sum, kind) => sum + foundOf(kind, all), 0)) / kinds.reduce((sum, kind) => sum + whole(kind), 0),
      ) / 10;
    const ms = all.reduce((sum, { outcome }) => sum + ("ms" in outcome ? outcome.ms : 0), 0);
    const failed = all.filter(({ outcome }) => "failed" in outcome).length;
    return [
      {
        what: `${name}: found of everything`,
        value,
        unit: "%",
        note: `${String(Math.round(ms))} ms, ${String(failed)} files not read`,
      },
    ];
  });
}
