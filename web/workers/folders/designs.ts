/** Designs that lie in a folder or an archive as one file each: DrawDB's "Export all saved data", or any few that were dropped together. */
import { dialectOf, dialects } from "#shared/dialects/index.ts";
import { formatOf, recognise } from "#shared/formats/index.ts";
import type { FolderFile } from "#shared/migrations/index.ts";
import { type Problem, problem, sentence } from "#shared/result/index.ts";
import { pack, type Parcel } from "../parcel.ts";
import { isDesign } from "./wanted.ts";

/** A design that was read. */
export interface FoundDesign {
  readonly path: string;
  readonly name: string;
  /** `DrawDB`, and `PostgreSQL`, as people call them. */
  readonly format: string;
  readonly database: string;
  readonly tables: number;
  readonly parcel: Parcel;
  readonly problems: readonly Problem[];
}

/** A file that could not be read as one, and why, as a sentence. */
export interface BadFile {
  readonly path: string;
  readonly why: string;
}

export interface FoundDesigns {
  readonly designs: readonly FoundDesign[];
  readonly bad: readonly BadFile[];
}

const HEAD = 64 * 1024;
/** Nobody has drawn as many. */
const MOST = 2000;
const ALL = Object.values(dialects);

/** `diagrams/shop(12).json` is `shop`. */
function titleOf(path: string): string {
  const stem = path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
  return stem.replace(/\([\w-]{1,40}\)$/, "").trim() || stem;
}

function readOne(path: string, text: string): FoundDesign | BadFile {
  const guess = recognise(text.slice(0, HEAD), path, ALL).find(({ kind }) => formatOf(kind)?.reader);
  // Where DrawDB keeps its own, its reader says what is wrong with the rest.
  const format = formatOf(guess?.kind ?? (/^[^/]+\.json$/i.test(path) ? "" : "drawdb"));
  if (!format?.reader) {
    const why = text.trim() === "" ? sentence(problem("input.empty", "error")) : "This is no design that is known here.";
    return { path, why };
  }
  const { value, problems } = format.reader.read(text, { dialects: ALL, path });
  if (!value) {
    const [first] = problems;
    return { path, why: first ? sentence(first) : "There is nothing in it." };
  }
  const { schema, diagrams } = value;
  return {
    path,
    name: value.name || titleOf(path),
    format: format.label,
    database: dialectOf(schema.dialect)?.label ?? schema.dialect,
    tables: schema.tables.length,
    parcel: pack(schema, diagrams[0] ?? null, format.id === "json"),
    problems,
  };
}

/** Every design of the files; null where no file is one. */
export function designsOf(files: readonly FolderFile[]): FoundDesigns | null {
  const all = files.flatMap(({ path, text }) => (text !== null && isDesign(path) ? [{ path, text }] : []));
  const read = all.slice(0, MOST).map(({ path, text }) => readOne(path, text));
  const designs = read.filter((one): one is FoundDesign => "parcel" in one);
  if (designs.length === 0) return null;
  const rest = all.slice(MOST).map(({ path }) => ({ path, why: `Only the first ${MOST.toLocaleString("en")} are read.` }));
  return { designs, bad: [...read.filter((one): one is BadFile => "why" in one), ...rest] };
}
