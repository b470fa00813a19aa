/** Which tool's a folder of migrations is, and in which order its steps are run. */
import { problem, type Problem, type Report } from "../result/index.ts";
import { compareVersions, nameOf } from "./names.ts";
import { readAlembic } from "./tools/alembic.ts";
import { readDrizzle } from "./tools/drizzle.ts";
import { readFolders, readMarked, readNumbered, readPairs } from "./tools/files.ts";
import { readFlyway } from "./tools/flyway.ts";
import { readPrisma } from "./tools/prisma.ts";
import { readRails } from "./tools/rails.ts";
import type { Candidate, FolderFile, LeftOut, MigrationSet, Step, Tool } from "./types.ts";
import { ofVendor, vendorOf } from "./vendors.ts";
import { whyNone } from "./why-none.ts";

const LABELS: Readonly<Record<Tool, string>> = {
  prisma: "Prisma",
  drizzle: "Drizzle",
  flyway: "Flyway",
  rails: "Rails",
  alembic: "Alembic",
  dbmate: "dbmate",
  goose: "goose",
  "sql-migrate": "sql-migrate",
  "node-pg-migrate": "node-pg-migrate",
  play: "Play",
  pairs: "pairs of up and down",
  folders: "folders with up.sql",
  numbered: "numbered files",
};

/** The surest first: what one of them has claimed is not for the next. */
const READERS: readonly ((files: readonly FolderFile[]) => readonly Candidate[])[] = [
  readDrizzle,
  readPrisma,
  readFlyway,
  readRails,
  readAlembic,
  readFolders,
  readPairs,
  readMarked,
  readNumbered,
];

/** Folders that hold other people's code, or none. */
const ELSEWHERE = /(^|\/)(node_modules|\.git|\.svn|\.hg|__MACOSX|vendor\/bundle|\.venv|venv|target)(\/|$)/;

/** Is a file worth reading? Others are known by their names alone. */
export const isWanted = (path: string): boolean =>
  !ELSEWHERE.test(path) && /(\.sql|(^|\/)_journal\.json|(^|\/)migration_lock\.toml)$/i.test(path);

/** Is a folder worth walking into? */
export const isWalked = (path: string): boolean => !ELSEWHERE.test(path);

function candidatesOf(files: readonly FolderFile[]): readonly Candidate[] {
  const claimed = new Set<string>();
  const all: Candidate[] = [];
  for (const read of READERS)
    for (const candidate of read(files)) {
      if (candidate.steps.length === 0 || candidate.steps.some(({ path }) => claimed.has(path))) continue;
      all.push({ ...candidate, dialect: candidate.dialect ?? vendorOf(candidate.base) });
      for (const { path } of [...candidate.steps, ...candidate.leftOut]) claimed.add(path);
    }
  return all;
}

/** The one that a person means: of the dialect that was said, else the longest. */
function best(all: readonly Candidate[], dialect: string | null): Candidate | null {
  const fits = (one: Candidate): number => (dialect !== null && one.dialect === dialect ? 1 : 0);
  return [...all].sort((a, b) => fits(b) - fits(a) || b.steps.length - a.steps.length)[0] ?? null;
}

/** One remark for each reason. */
function tellLeftOut(leftOut: readonly LeftOut[]): readonly Problem[] {
  const reasons = new Map<string, string[]>();
  for (const { path, why } of leftOut) {
    const paths = reasons.get(why);
    if (paths) paths.push(path);
    else reasons.set(why, [path]);
  }
  return [...reasons].map(([why, paths]) => {
    const [first = ""] = paths;
    const what = paths.length === 1 ? first : `${String(paths.length)} files, ${nameOf(first)} and others`;
    return problem("import.skipped", "note", { what, why });
  });
}

function tellTwice(steps: readonly Step[]): readonly Problem[] {
  return steps.flatMap((step, at) => {
    const before = steps[at - 1];
    if (!before || step.version === "" || before.version === "" || compareVersions(before.version, step.version) !== 0) return [];
    return problem("migrations.twice", "warning", { version: step.version, first: before.path, second: step.path });
  });
}

/**
 * The migrations of a folder, called `name`. `dialect`: the id of the one that a person says it is of, where the folder has several
 * sets. The value is null where there is none, and a problem says why.
 */
export function recogniseMigrations(
  files: readonly FolderFile[],
  name: string,
  dialect: string | null,
): Report<MigrationSet | null> {
  const near = files.filter(({ path }) => isWalked(path));
  const all = candidatesOf(near);
  const found = best(all, dialect);
  if (!found) return { value: null, problems: [problem("migrations.none", "error", { name, why: whyNone(near) })] };
  const { tool, base, steps, leftOut, dialect: said } = ofVendor(found, dialect);
  const others = all
    .filter((one) => one !== found)
    .map((one) => ({
      path: one.base === "" ? "the folder itself" : one.base,
      why: `other migrations lie there, ${LABELS[one.tool]}`,
    }));
  const problems = [...tellLeftOut([...leftOut, ...others]), ...(found.versioned ? tellTwice(steps) : [])];
  return { value: { tool, label: LABELS[tool], base, steps, dialect: said, problems }, problems };
}

/** Enough of the steps to tell their dialect by. */
export function sampleOf({ steps }: MigrationSet): string {
  const most = 256 * 1024;
  let text = "";
  for (const step of steps) {
    if (text.length >= most) break;
    text += `${step.text.slice(0, 64 * 1024)}\n`;
  }
  return text;
}
