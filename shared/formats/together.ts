/** Files of one format that are one design: which of them is read, and which it uses. */
import type { Dialect } from "../dialects/dialect.ts";
import { problem, type Report } from "../result/index.ts";
import type { Format, Reader } from "./format.ts";
import type { Design } from "./json/index.ts";
import { resolvePath } from "./kit/paths.ts";

/** How files belong together. */
export interface Together {
  /** The file to read. */
  readonly main: string;
  /** Read with it though it does not name them: none of the files says which is the main one. */
  readonly beside: readonly string[];
  /** Files that are not read: the main one does not use them. */
  readonly unused: readonly string[];
  /** Files that no other uses, the main one first. */
  readonly roots: readonly string[];
}

/** Names that people give to the file to begin with. */
const MAIN = /^(main|index|schema|design|database|db|model|project)\.\w+$/i;

interface Uses {
  /** Of those that are there. */
  readonly found: readonly string[];
  /** It names others, there or not. */
  readonly any: boolean;
}

/** Which files each one uses. */
function usesOf(files: ReadonlyMap<string, string>, { reader, extensions }: Format): ReadonlyMap<string, Uses> {
  const found = (path: string): string | null =>
    [path, `${path}.${extensions[0]}`].find((candidate) => files.has(candidate)) ?? null;
  return new Map(
    [...files].map(([path, text]) => {
      const named = reader?.uses?.(text) ?? [];
      const used = new Set(named.map((name) => found(resolvePath(path, name))));
      return [path, { found: [...used].filter((name) => name !== null && name !== path) as string[], any: named.length > 0 }];
    }),
  );
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** Marks everything that can be reached from a file. */
function reach(from: string, uses: ReadonlyMap<string, Uses>, reached: Set<string>): void {
  const queue = [from];
  reached.add(from);
  for (let next = queue.pop(); next !== undefined; next = queue.pop())
    for (const path of uses.get(next)?.found ?? []) {
      if (reached.has(path)) continue;
      reached.add(path);
      queue.push(path);
    }
}

/** The likeliest to be the main file first: by its name, by how near it is, then in the order of the alphabet. */
function likeliest(paths: readonly string[]): readonly string[] {
  const depth = (path: string): number => path.split("/").length;
  const named = (path: string): number => (MAIN.test(nameOf(path)) ? 0 : 1);
  return [...paths].sort((a, b) => named(a) - named(b) || depth(a) - depth(b) || (a < b ? -1 : 1));
}

/**
 * How files, by their paths, belong together; null where there is none. `main`: the file that a person says is the main one; empty for
 * all of them as one; null to find out.
 */
export function together(files: ReadonlyMap<string, string>, format: Format, main: string | null): Together | null {
  const uses = usesOf(files, format);
  const used = new Set([...uses.values()].flatMap(({ found }) => found));
  const order = likeliest([...files.keys()]);
  const reached = new Set<string>();
  const roots: string[] = [];
  // Those that nobody uses; then, of files that use each other in a circle, the likeliest.
  for (const path of [...order.filter((one) => !used.has(one)), ...order]) {
    if (reached.has(path)) continue;
    roots.push(path);
    reach(path, uses, reached);
  }
  const heads = roots.filter((path) => uses.get(path)?.any);
  const [head] = heads;
  const found = main ?? (roots.length > 1 && heads.length === 1 && head !== undefined ? head : "");
  const chosen = files.has(found) ? found : roots[0];
  if (chosen === undefined) return null;
  const others = roots.filter((path) => path !== chosen);
  if (!files.has(found)) return { main: chosen, beside: others, unused: [], roots };
  const read = new Set<string>();
  reach(chosen, uses, read);
  return {
    main: chosen,
    beside: [],
    unused: [...files.keys()].filter((path) => !read.has(path)),
    roots: [chosen, ...others],
  };
}

/** Reads files that belong together as one design; those that it does not use are told. */
export function readTogether(
  files: ReadonlyMap<string, string>,
  { main, beside, unused }: Together,
  { reader }: { readonly reader: Reader },
  dialects: readonly Dialect[],
): Report<Design | null> {
  const { value, problems } = reader.read(files.get(main) ?? "", { dialects, files, path: main, beside });
  const [first = ""] = unused;
  const what = unused.length === 1 ? first : `${String(unused.length)} files, ${first} and others`;
  const told =
    unused.length === 0
      ? []
      : [problem("import.skipped", "note", { what, why: `${main} does not use ${unused.length === 1 ? "it" : "them"}` })];
  return { value, problems: [...problems, ...told] };
}
