/** Folders with one `migration.sql` each: Prisma's, and those of newer Drizzle Kits, which lay a `snapshot.json` beside it. */
import { compareText, folderOf, nameOf, numbered, sqlOf, whenOf } from "../names.ts";
import type { Candidate, FolderFile, Step } from "../types.ts";
import { forDrizzle } from "./drizzle.ts";
import { PROVIDERS } from "./providers.ts";

const PROVIDER = /^\s*provider\s*=\s*"(\w+)"/m;
export function readPrisma(files: readonly FolderFile[]): readonly Candidate[] {
  const found = sqlOf(files).filter(({ stem, folder }) => stem.toLowerCase() === "migration" && folder !== "");
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return [...new Set(found.map(({ folder }) => folderOf(folder)))].map((base): Candidate => {
    const ours = found.filter(({ folder }) => folderOf(folder) === base);
    const at = (name: string): string => (base === "" ? name : `${base}/${name}`);
    const isDrizzle = ours.some(({ folder }) => texts.has(`${folder}/snapshot.json`));
    const steps = ours
      .map(({ path, folder, text }): Step => {
        const title = nameOf(folder);
        const { version, name } = numbered(title) ?? { version: title, name: title };
        return { name, version, when: whenOf(version), path, text: isDrizzle ? forDrizzle(text) : text, line: 1 };
      })
      .sort((a, b) => compareText(a.path, b.path));
    const provider = PROVIDER.exec(texts.get(at("migration_lock.toml")) ?? "")?.[1] ?? "";
    return {
      tool: isDrizzle ? "drizzle" : "prisma",
      base,
      steps,
      leftOut: [],
      dialect: PROVIDERS[provider] ?? null,
      versioned: false,
    };
  });
}
