/** The files of a folder, of a few that were dropped together, or of an archive, as texts. */
import { unzipSync, type Unzipped } from "fflate";
import { decode } from "#shared/dialects/kit/decode.ts";
import { type FolderFile, isWalked } from "#shared/migrations/index.ts";
import { isWanted } from "./wanted.ts";

/** A file on its way here; null for one of which the name is enough. */
export interface FolderBytes {
  readonly path: string;
  readonly bytes: Uint8Array | null;
}

export type FolderInput =
  | { readonly kind: "files"; readonly name: string; readonly files: readonly FolderBytes[] }
  | { readonly kind: "zip"; readonly name: string; readonly bytes: Uint8Array };

/** What a folder's files may weigh together, unpacked: dumps of data lie beside migrations. */
const MOST_BYTES = 200 * 1024 * 1024;
/** A project has tens of thousands of files, a set of migrations some thousands. */
const MOST_FILES = 100_000;

function textOf(bytes: Uint8Array | null, path: string): string | null {
  if (bytes === null) return null;
  return bytes.length === 0 ? "" : decode(bytes, path).value;
}

/** The files of an archive; a sentence where it is none, or too large. An archive may lie: no more is unpacked than it says. */
function unpacked(bytes: Uint8Array): readonly FolderFile[] | { readonly why: string } {
  const names = new Set<string>();
  let sum = 0;
  const filter = ({ name, originalSize }: { readonly name: string; readonly originalSize: number }): boolean => {
    if (names.size < MOST_FILES && !name.endsWith("/") && isWalked(name)) names.add(name);
    if (!names.has(name) || !isWanted(name)) return false;
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
  if (sum > MOST_BYTES) return { why: `what can be read of it is more than ${String(MOST_BYTES / 1024 / 1024)} MB.` };
  const contentOf = (path: string): Uint8Array | null => (Object.hasOwn(files, path) ? (files[path] ?? null) : null);
  return [...names].map((path) => ({ path, text: textOf(contentOf(path), path) }));
}

/** The files with the texts of those that are worth reading; a sentence where that cannot be. */
export function filesOf(input: FolderInput): readonly FolderFile[] | { readonly why: string } {
  return input.kind === "zip"
    ? unpacked(input.bytes)
    : input.files.map(({ path, bytes }) => ({ path, text: textOf(bytes, path) }));
}
