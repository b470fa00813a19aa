/** The files of a folder that was dropped or chosen, or a few files, read as far as they may be part of a design. */
import { isWalked } from "#shared/migrations/index.ts";
import { fail, ok, problem, type Result } from "#shared/result/index.ts";
import type { FolderBytes, FolderInput } from "../workers/folders/files.ts";
import { isWanted } from "../workers/folders/wanted.ts";

/** What a person gave: a folder that was dropped, the files of one that was chosen or several that were dropped, or an archive. */
export type Folder =
  | { readonly kind: "entry"; readonly name: string; readonly entry: FileSystemDirectoryEntry }
  | {
      readonly kind: "files";
      readonly name: string;
      readonly files: readonly File[];
      /** They are all that is in one folder, of that name. */
      readonly whole: boolean;
    }
  | { readonly kind: "zip"; readonly name: string; readonly bytes: ArrayBuffer };

/** A project has tens of thousands of files, a set of migrations some thousands. */
const MOST_FILES = 100_000;
const MOST_MB = 200;

interface Found {
  readonly path: string;
  readonly file: () => Promise<File>;
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> => new Promise((resolve, reject) => entry.file(resolve, reject));

/** A reader gives a hundred entries at a time, and none at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

async function below(root: FileSystemDirectoryEntry, signal: AbortSignal): Promise<readonly Found[]> {
  const found: Found[] = [];
  const queue: { readonly path: string; readonly folder: FileSystemDirectoryEntry }[] = [{ path: "", folder: root }];
  for (let next = queue.shift(); next && found.length < MOST_FILES && !signal.aborted; next = queue.shift()) {
    for (const entry of await entriesOf(next.folder)) {
      const path = next.path === "" ? entry.name : `${next.path}/${entry.name}`;
      if (entry.isDirectory && isWalked(path)) queue.push({ path, folder: entry as FileSystemDirectoryEntry });
      if (entry.isFile) found.push({ path, file: () => fileOf(entry as FileSystemFileEntry) });
    }
  }
  return found;
}

/** Without the folder's own name, which paths of chosen files begin with. */
const chosen = (files: readonly File[]): readonly Found[] =>
  files
    .map((file) => ({
      path: file.webkitRelativePath.split("/").slice(1).join("/") || file.name,
      file: () => Promise.resolve(file),
    }))
    .filter(({ path }) => isWalked(path));

/** Reads what may be part of a design; of other files the name is enough. Nothing is changed or sent anywhere. */
export async function readFiles(folder: Folder, signal: AbortSignal): Promise<Result<FolderInput>> {
  const { name } = folder;
  if (folder.kind === "zip") return ok({ kind: "zip", name, bytes: new Uint8Array(folder.bytes) });
  try {
    const found = folder.kind === "entry" ? await below(folder.entry, signal) : chosen(folder.files);
    const files: FolderBytes[] = [];
    let sum = 0;
    for (const { path, file } of found) {
      if (!isWanted(path)) {
        files.push({ path, bytes: null });
        continue;
      }
      const one = await file();
      sum += one.size;
      if (sum > MOST_MB * 1024 * 1024)
        return fail(
          problem("migrations.none", "error", { name, why: `what can be read of it is more than ${String(MOST_MB)} MB.` }),
        );
      files.push({ path, bytes: new Uint8Array(await one.arrayBuffer()) });
    }
    return ok({ kind: "files", name, files });
  } catch {
    // The browser's word on a file that went, or may not be read, while the folder was walked.
    return fail(problem("migrations.none", "error", { name, why: "one of its files cannot be read. Was it moved or deleted?" }));
  }
}
