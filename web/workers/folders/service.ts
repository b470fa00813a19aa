/** Folders away from the page: an archive unpacked, migrations recognised and put in order. */
import { unzipSync, type Unzipped } from "fflate";
import { dialects } from "#shared/dialects/index.ts";
import { decode } from "#shared/dialects/kit/decode.ts";
import {
  type FolderFile,
  isWalked,
  isWanted,
  type MigrationSet,
  recogniseMigrations,
  sampleOf,
} from "#shared/migrations/index.ts";
import { problem, type Problem, type Report } from "#shared/result/index.ts";

/** A file on its way here; null for one of which the name is enough. */
export interface FolderBytes {
  readonly path: string;
  readonly bytes: Uint8Array | null;
}

export type FolderInput =
  | { readonly kind: "files"; readonly name: string; readonly files: readonly FolderBytes[] }
  | { readonly kind: "zip"; readonly name: string; readonly bytes: Uint8Array };

export interface FolderRead {
  readonly set: MigrationSet;
  /** The dialect that they are read as. */
  readonly dialect: string;
}

/** What a folder's files may weigh together, unpacked: dumps of data lie beside migrations. */
const MOST_BYTES = 200 * 1024 * 1024;
/** Two dialects this near to each other may both be right. */
const NEAR = 0.15;

const none = (name: string, why: string): Problem => problem("migrations.none", "error", { name, why });

function textOf(bytes: Uint8Array | null, path: string): string | null {
  if (bytes === null) return null;
  return bytes.length === 0 ? "" : decode(bytes, path).value;
}

/** The files of an archive; a sentence where it is none, or too large. */
function unpacked(bytes: Uint8Array): readonly FolderFile[] | { readonly why: string } {
  const names: string[] = [];
  let sum = 0;
  const filter = ({ name, originalSize }: { readonly name: string; readonly originalSize: number }): boolean => {
    if (!name.endsWith("/") && isWalked(name)) names.push(name);
    if (!isWanted(name)) return false;
    sum += originalSize;
    return sum <= MOST_BYTES;
  };
  let files: Unzipped;
  try {
    files = unzipSync(bytes, { filter });
  } catch {
    // The library knows no other way to say that the bytes are not of its format.
    return { why: "it is no zip archive, or a damaged one." };
  }
  if (sum > MOST_BYTES) return { why: tooLarge };
  return names.map((path) => ({ path, text: textOf(files[path] ?? null, path) }));
}

const tooLarge = `its SQL is more than ${String(MOST_BYTES / 1024 / 1024)} MB.`;

/** The dialect of the texts; among those that are about as sure, the one that a person chose before. */
function dialectOf(set: MigrationSet, chosen: string | null): string {
  if (set.dialect !== null && Object.hasOwn(dialects, set.dialect)) return set.dialect;
  const sample = sampleOf(set);
  const all = Object.values(dialects).map(({ id, importer }) => ({ id: id as string, sure: importer.recognise(sample) }));
  const best = all.reduce((one, other) => (other.sure > one.sure ? other : one));
  return all.find(({ id, sure }) => id === chosen && best.sure - sure <= NEAR)?.id ?? best.id;
}

export const folderService = {
  /** `dialect`: what a person says it is of; `chosen`: what they said of something else before. */
  read(input: FolderInput, dialect: string | null, chosen: string | null): Promise<Report<FolderRead | null>> {
    const { name } = input;
    const files =
      input.kind === "zip" ? unpacked(input.bytes) : input.files.map(({ path, bytes }) => ({ path, text: textOf(bytes, path) }));
    if ("why" in files) return Promise.resolve({ value: null, problems: [none(name, files.why)] });
    const { value: set, problems } = recogniseMigrations(files, name, dialect);
    return Promise.resolve({ value: set && { set, dialect: dialect ?? dialectOf(set, chosen) }, problems });
  },
};
