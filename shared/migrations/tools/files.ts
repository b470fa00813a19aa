/** Numbered files: plain ones, pairs of `.up.sql` and `.down.sql`, folders with `up.sql` in them, and those with marks inside. */
import { byFolder, compareText, compareVersions, folderOf, nameOf, numbered, type Sql, sqlOf, whenOf } from "../names.ts";
import { forward, marksOf } from "../sections.ts";
import type { Candidate, FolderFile, LeftOut, Step, Tool } from "../types.ts";

function step(title: string, path: string, text: string): Step | null {
  const found = numbered(title);
  return found && { ...found, when: whenOf(found.version), path, text, line: 1 };
}

const inOrder = (steps: readonly Step[]): readonly Step[] =>
  [...steps].sort((a, b) => compareVersions(a.version, b.version) || compareText(a.path, b.path));

function made(tool: Tool, base: string, steps: readonly Step[], leftOut: readonly LeftOut[]): readonly Candidate[] {
  return steps.length === 0 ? [] : [{ tool, base, steps: inOrder(steps), leftOut, dialect: null, versioned: true }];
}

const BACK = "it leads back";
const NO_NUMBER = "its name has no number to put it in order by";

const UP = /[._-](?:up|do)$/i;
const DOWN = /[._-](?:down|undo)$/i;
/** Postgrator has the word in the middle: `001.do.add-users`. */
const MIDDLE = /^(\d+)\.(do|undo)(?:\.(.*))?$/i;

/** `add_users`, and whether it leads forward; null where the name does not say. */
function way(stem: string): { readonly title: string; readonly isUp: boolean } | null {
  const [, number, word, rest] = MIDDLE.exec(stem) ?? [];
  if (number !== undefined) return { title: rest ? `${number}.${rest}` : number, isUp: word?.toLowerCase() === "do" };
  if (UP.test(stem)) return { title: stem.replace(UP, ""), isUp: true };
  return DOWN.test(stem) ? { title: stem.replace(DOWN, ""), isUp: false } : null;
}

/** golang-migrate, sqlx, Postgrator. */
export function readPairs(files: readonly FolderFile[]): readonly Candidate[] {
  return [...byFolder(sqlOf(files))].flatMap(([base, some]) => {
    if (!some.some(({ stem }) => way(stem)?.isUp)) return [];
    const leftOut: LeftOut[] = [];
    const steps = some.flatMap((file) => {
      const found = way(file.stem);
      if (found && !found.isUp) leftOut.push({ path: file.path, why: BACK });
      if (found && !found.isUp) return [];
      const one = step(found?.title ?? file.stem, file.path, file.text);
      if (!one) leftOut.push({ path: file.path, why: NO_NUMBER });
      return one ?? [];
    });
    return made("pairs", base, steps, leftOut);
  });
}

/** Diesel, Hasura: `2024-01-31-120000_add_users/up.sql`. */
export function readFolders(files: readonly FolderFile[]): readonly Candidate[] {
  const found = sqlOf(files).filter(({ stem, folder }) => /^(up|down)$/i.test(stem) && numbered(nameOf(folder)) !== null);
  return [...new Set(found.map(({ folder }) => folderOf(folder)))].flatMap((base) => {
    const ours = found.filter(({ folder }) => folderOf(folder) === base);
    const isUp = ({ stem }: Sql): boolean => stem.toLowerCase() === "up";
    const steps = ours.filter(isUp).flatMap(({ folder, path, text }) => step(nameOf(folder), path, text) ?? []);
    const back = ours.filter((file) => !isUp(file)).map(({ path }) => ({ path, why: BACK }));
    return made("folders", base, steps, back);
  });
}

/** dbmate, goose, sql-migrate, node-pg-migrate, Play. */
export function readMarked(files: readonly FolderFile[]): readonly Candidate[] {
  return [...byFolder(sqlOf(files))].flatMap(([base, some]) => {
    const marks = some.map((file) => ({ file, marks: marksOf(file.text) }));
    const tool = marks.find((one) => one.marks !== null)?.marks ?? null;
    if (tool === null) return [];
    const leftOut: LeftOut[] = [];
    const steps = some.flatMap((file) => {
      const text = forward(file.text, tool);
      const one = text === null ? null : step(file.stem, file.path, text);
      if (!one) leftOut.push({ path: file.path, why: text === null ? "no part of it is marked as leading forward" : NO_NUMBER });
      return one ?? [];
    });
    return made(tool, base, steps, leftOut);
  });
}

/** Anything else whose name begins with a number. */
export function readNumbered(files: readonly FolderFile[]): readonly Candidate[] {
  return [...byFolder(sqlOf(files))].flatMap(([base, some]) => {
    const leftOut: LeftOut[] = [];
    const steps = some.flatMap((file) => {
      const back = way(file.stem)?.isUp === false;
      const one = back ? null : step(file.stem, file.path, file.text);
      if (!one) leftOut.push({ path: file.path, why: back ? BACK : NO_NUMBER });
      return one ?? [];
    });
    return made("numbered", base, steps, leftOut);
  });
}
