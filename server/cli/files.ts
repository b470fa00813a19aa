/** Files that a text names, which lie beside it. */
import { readFile } from "node:fs/promises";
import { dirname, extname, resolve } from "node:path";
import type { Reader } from "#shared/formats/format.ts";

/** A design of more files than these is none that was written by hand. */
const MOST_FILES = 500;

async function content(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch {
    // The reader says which file is missing, and where it is asked for.
    return null;
  }
}

/** Every file that a text uses, and those use, by path. One that is named without an ending has that of the text. */
export async function filesOf({ uses }: Reader, path: string, text: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const queue = uses ? [{ path, text }] : [];
  for (let next = queue.shift(); uses && next && files.size < MOST_FILES; next = queue.shift()) {
    for (const used of uses(next.text)) {
      const target = resolve(dirname(next.path), used);
      for (const candidate of [target, `${target}${extname(path)}`]) {
        if (candidate === path || files.has(candidate)) continue;
        const found = await content(candidate);
        if (found === null) continue;
        files.set(candidate, found);
        queue.push({ path: candidate, text: found });
        break;
      }
    }
  }
  return files;
}
