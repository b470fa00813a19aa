/** A folder of DBML files on the command line: one design of which one file is the main one. */
import { basename, resolve } from "node:path";
import { dialects } from "#shared/dialects/index.ts";
import { formats, readTogether, together } from "#shared/formats/index.ts";
import type { FolderFile } from "#shared/migrations/index.ts";
import type { FolderRead } from "./folder.ts";

/** Is a file of a folder part of a design? */
export const isModule = (path: string): boolean => /\.dbml$/i.test(path);

/** The design of the DBML files of a folder; null where there is none. */
export function readModules(path: string, files: readonly FolderFile[]): FolderRead | null {
  const texts = new Map(
    files.flatMap(({ path: name, text }) => (text !== null && isModule(name) ? [[name, text] as const] : [])),
  );
  const parts = together(texts, formats.dbml, null);
  const { reader } = formats.dbml;
  if (!parts || !reader) return null;
  const { value, problems } = readTogether(texts, parts, { reader }, Object.values(dialects));
  const count = texts.size - parts.unused.length;
  const which =
    parts.beside.length > 0
      ? "read as one, for none of them says which is the main one"
      : `of which ${parts.main} is the main one`;
  return {
    read: { kind: "dbml", design: value && { ...value, name: value.name || basename(resolve(path)) } },
    parts: [{ name: path, problems }],
    told: `${path}: ${count === 1 ? "1 DBML file" : `${String(count)} DBML files, ${which}`}.`,
  };
}
