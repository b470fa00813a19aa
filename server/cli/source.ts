/** What a path of the command line stands for: a file, standard input, or a folder of migrations. */
import { stat } from "node:fs/promises";
import type { Design } from "#shared/formats/json/index.ts";
import type { Problem } from "#shared/result/index.ts";
import type { Kind } from "./args.ts";
import { type Part, readFolder } from "./folder.ts";
import { readAny, readInput } from "./input.ts";
import { lines } from "./report.ts";
import type { Streams } from "./streams.ts";

export interface Source {
  /** As people call it: the path, or `standard input`. */
  readonly name: string;
  /** Null where nothing could be opened. */
  readonly kind: Kind | null;
  readonly design: Design | null;
  /** What was said of which file. */
  readonly parts: readonly Part[];
  /** What was done, in sentences. */
  readonly told: readonly string[];
}

/** `at`: the version of a folder of migrations to stop after. */
export async function readSource(path: string, from: Kind | null, at: string | null): Promise<Source> {
  const nothing = (problem: Problem): Source => {
    return { name: path, kind: null, design: null, parts: [{ name: path, problems: [problem] }], told: [] };
  };
  const isFolder =
    path !== "-" &&
    (await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    ));
  if (isFolder || at !== null) {
    const folder = await readFolder(path, from, at);
    if (!folder.ok) return nothing(folder.problem);
    const { read, parts, told } = folder.value;
    return { name: path, kind: read.kind, design: read.design, parts, told: [told] };
  }
  const input = await readInput(path);
  if (!input.ok) return nothing(input.problem);
  const { name } = input.value;
  const { value, problems } = await readAny(input.value, from);
  return { name, kind: value.kind, design: value.design, parts: [{ name, problems }], told: [] };
}

export const problemsOf = ({ parts }: Source): readonly Problem[] => parts.flatMap(({ problems }) => problems);

/** Tells everything that was said of it. */
export function tellSource(source: Source, streams: Streams): void {
  const schema = source.design?.schema ?? null;
  streams.tell([...source.parts.flatMap(({ name, problems }) => lines(problems, name, schema)), ...source.told]);
}
