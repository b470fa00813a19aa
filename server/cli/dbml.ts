/** DBML on the command line: a text may use other files, which lie beside it. */
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { dialects } from "#shared/dialects/index.ts";
import { readDbml } from "#shared/formats/dbml/index.ts";
import type { Design } from "#shared/formats/json/index.ts";
import type { Report } from "#shared/result/index.ts";

/** A design of more files than these is none that was written by hand. */
const MOST_FILES = 500;
const USED = /\bfrom\s*'([^'\n]+)'/g;

async function content(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch {
    // The reader says which file is missing, and where it is asked for.
    return null;
  }
}

/** Every file that a text uses, and those use, by path. */
async function filesOf(path: string, text: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const queue = [{ path, text }];
  for (let next = queue.shift(); next && files.size < MOST_FILES; next = queue.shift()) {
    for (const [, used = ""] of next.text.matchAll(USED)) {
      const target = resolve(dirname(next.path), used);
      for (const candidate of [target, `${target}.dbml`]) {
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

/** `path` is null for standard input, which has nothing beside it. */
export async function readDbmlFile(text: string, path: string | null): Promise<Report<Design | null>> {
  const all = Object.values(dialects);
  if (path === null) return readDbml(text, { dialects: all });
  const whole = resolve(path);
  return readDbml(text, { dialects: all, path: whole, files: await filesOf(whole, text) });
}
