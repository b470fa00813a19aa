/** Drizzle Kit: `meta/_journal.json` names the files in their order. */
import { folderOf, numbered, sqlOf, whenOfSeconds } from "../names.ts";
import type { Candidate, FolderFile, LeftOut, Step } from "../types.ts";
import { PROVIDERS } from "./providers.ts";

const BREAKPOINT = "--> statement-breakpoint";

/** Statements end at a breakpoint, whether a `;` stands there or not; to MySQL `-->` is no comment. */
export const forDrizzle = (text: string): string => text.replaceAll(BREAKPOINT, ";");

interface Entry {
  readonly tag: string;
  readonly when: string | null;
}

/** What a journal says, however it is damaged. */
function journal(text: string): { readonly dialect: string | null; readonly entries: readonly Entry[] } {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    // The files say their order themselves, less surely.
    return { dialect: null, entries: [] };
  }
  const { dialect, entries } = (typeof read === "object" && read !== null ? read : {}) as Readonly<Record<string, unknown>>;
  const list = (Array.isArray(entries) ? entries : []).flatMap((entry: unknown): readonly (Entry & { readonly at: number })[] => {
    const { tag, idx, when } = (typeof entry === "object" && entry !== null ? entry : {}) as Readonly<Record<string, unknown>>;
    if (typeof tag !== "string") return [];
    const stamp = typeof when === "number" && when > 0 && when < 1e14 ? whenOfSeconds(Math.floor(when / 1000)) : null;
    return [{ tag, when: stamp, at: typeof idx === "number" ? idx : 0 }];
  });
  return {
    dialect: typeof dialect === "string" ? (PROVIDERS[dialect] ?? null) : null,
    entries: [...list].sort((a, b) => a.at - b.at),
  };
}

export function readDrizzle(files: readonly FolderFile[]): readonly Candidate[] {
  const sql = sqlOf(files);
  return files.flatMap(({ path, text }): readonly Candidate[] => {
    if (!/(^|\/)meta\/_journal\.json$/.test(path) || text === null) return [];
    const base = folderOf(folderOf(path));
    const ours = new Map(sql.filter(({ folder }) => folder === base).map((file) => [file.stem, file]));
    const { dialect, entries } = journal(text);
    if (entries.length === 0 || ours.size === 0) return [];
    const leftOut: LeftOut[] = [];
    const steps = entries.flatMap(({ tag, when }): readonly Step[] => {
      const file = ours.get(tag);
      ours.delete(tag);
      if (!file) leftOut.push({ path: `${tag}.sql`, why: "the journal names it, and it is not there" });
      const { version, name } = numbered(tag) ?? { version: "", name: tag };
      return file ? [{ name, version, when, path: file.path, text: forDrizzle(file.text), line: 1 }] : [];
    });
    for (const { path: other } of ours.values()) leftOut.push({ path: other, why: "the journal does not name it" });
    return [{ tool: "drizzle", base, steps, leftOut, dialect, versioned: false }];
  });
}
