/** The reference schemas: real files beside the project, read by tests only. Where they are absent, tests say so and skip. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

export interface ReferenceFile {
  readonly name: string;
  readonly dialect: string;
  readonly file: string;
  readonly note?: string;
  /** Counts of the real engine's catalogue, by engine. */
  readonly truth: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const candidates = [process.env["DRAWBRIDGE_REFERENCE"], join(import.meta.dirname, "..", "..", "..", "shared", "fixtures")];

/** The folder of the reference schemas, or null (said once on stderr). */
export function referenceFolder(): string | null {
  const found = candidates.find((path) => path !== undefined && existsSync(join(path, "manifest.json")));
  if (found === undefined) process.stderr.write("SKIPPED: no reference schemas; set DRAWBRIDGE_REFERENCE to their folder\n");
  return found ?? null;
}

/** Every reference file of a dialect; none where the folder is absent. */
export function referenceFiles(dialect: string): readonly (ReferenceFile & { readonly path: string })[] {
  const folder = referenceFolder();
  if (folder === null) return [];
  const all = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as ReferenceFile[];
  return all.filter((entry) => entry.dialect === dialect).map((entry) => ({ ...entry, path: join(folder, entry.file) }));
}

/**
 * The smallest `count` of some files: for runs of what other tests have all files for. `WHOLE=1` (which `npm run soak` sets) gives all.
 */
export function sample<T extends { readonly path: string }>(files: readonly T[], count: number): readonly T[] {
  if (process.env["WHOLE"]) return files;
  return [...files].sort((a, b) => statSync(a.path).size - statSync(b.path).size).slice(0, count);
}
