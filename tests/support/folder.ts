/** A folder of fixtures as the files that a person would drop. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type FolderFile, isWanted } from "#shared/migrations/index.ts";

export const folderOf = (root: string): readonly FolderFile[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((whole) => {
      const path = whole.slice(root.length + 1).replaceAll("\\", "/");
      return { path, text: isWanted(path) ? readFileSync(whole, "utf8") : null };
    });
