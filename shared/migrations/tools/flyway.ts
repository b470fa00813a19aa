/** Flyway: `V1.2__name.sql` in the order of versions, then `R__name.sql`; `U` leads back, `B` stands for all up to its version. */
import { compareText, compareVersions, folderOf, type Sql, sqlOf, whenOf } from "../names.ts";
import type { Candidate, FolderFile, LeftOut, Step } from "../types.ts";

interface Named {
  readonly letter: string;
  readonly version: string;
  readonly step: Step;
}

function named({ path, stem, text }: Sql): Named | null {
  const end = stem.indexOf("__");
  const [, letter = "", raw = ""] = (end > 0 && /^([VURB])([\d._]*)$/.exec(stem.slice(0, end))) || [];
  const title = stem.slice(end + 2);
  const version = raw.replaceAll("_", ".");
  if (letter === "" || (letter === "R") !== (version === "")) return null;
  const name = title.replaceAll("_", " ").trim() || stem;
  return { letter, version, step: { name, version, when: whenOf(version), path, text, line: 1 } };
}

/** Folders below one called `migration` or the like belong together. */
function baseOf(path: string): string {
  const folder = folderOf(path);
  const at = [...folder.matchAll(/(^|\/)(migrations?|sql)(?=\/|$)/gi)].at(-1);
  return at ? folder.slice(0, at.index + at[0].length) : folder;
}

const CALLBACK = /^(before|after)[A-Z]\w*$/;

function candidate(base: string, files: readonly Sql[]): Candidate {
  const leftOut: LeftOut[] = [];
  const all = files.flatMap((file) => {
    const found = named(file);
    if (!found) {
      const why = CALLBACK.test(file.stem.split("__")[0] ?? "")
        ? "it is a callback of Flyway"
        : "its name is not one that Flyway runs";
      leftOut.push({ path: file.path, why });
    }
    return found ?? [];
  });
  const of = (letter: string): readonly Named[] => all.filter((one) => one.letter === letter);
  for (const { step } of of("U")) leftOut.push({ path: step.path, why: "it leads back" });
  const baselines = [...of("B")].sort((a, b) => compareVersions(a.version, b.version));
  const start = baselines.at(-1);
  for (const { step } of baselines.slice(0, -1)) leftOut.push({ path: step.path, why: "a later baseline stands for it" });
  const versions = [...of("V")]
    .sort((a, b) => compareVersions(a.version, b.version) || compareText(a.step.path, b.step.path))
    .filter(({ version, step }) => {
      if (!start || compareVersions(version, start.version) > 0) return true;
      leftOut.push({ path: step.path, why: `the baseline ${start.version} stands for it` });
      return false;
    });
  const again = [...of("R")].sort((a, b) => compareText(a.step.name, b.step.name));
  const steps = [...(start ? [start] : []), ...versions, ...again].map(({ step }) => step);
  return { tool: "flyway", base, steps, leftOut, dialect: null, versioned: true };
}

export function readFlyway(files: readonly FolderFile[]): readonly Candidate[] {
  const bases = new Map<string, Sql[]>();
  for (const file of sqlOf(files)) {
    const base = baseOf(file.path);
    const some = bases.get(base);
    if (some) some.push(file);
    else bases.set(base, [file]);
  }
  return [...bases].flatMap(([base, some]) => {
    const isFlyway = some.some((file) => "VB".includes(named(file)?.letter ?? "-"));
    return isFlyway ? [candidate(base, some)] : [];
  });
}
