/** Rails: `db/structure.sql` is what all migrations up to a version made; SQL in `db/migrate` may go on from there. */
import { compareVersions, numbered, sqlOf, whenOf } from "../names.ts";
import type { Candidate, FolderFile, Step } from "../types.ts";

const MARK = "schema_migrations";

/** The versions that a structure says are in it: the rows of its last statement. */
function versionsIn(text: string): readonly string[] {
  const at = text.search(/insert into\s+\S*schema_migrations/i);
  return at < 0 ? [] : [...text.slice(at).matchAll(/\('(\d+)'\)/g)].map(([, version = ""]) => version);
}

export function readRails(files: readonly FolderFile[]): readonly Candidate[] {
  const sql = sqlOf(files);
  return sql
    .filter(({ stem, text }) => stem === "structure" && text.includes(MARK))
    .map(({ path, folder, text }): Candidate => {
      const known = [...versionsIn(text)].sort(compareVersions);
      const version = known.at(-1) ?? "";
      const has = new Set(known);
      const migrate = folder === "" ? "migrate" : `${folder}/migrate`;
      const first: Step = { name: "structure", version, when: whenOf(version), path, text, line: 1 };
      const more = sql.flatMap((file): readonly Step[] => {
        const found = file.folder === migrate ? numbered(file.stem) : null;
        if (!found || has.has(found.version)) return [];
        return [{ ...found, when: whenOf(found.version), path: file.path, text: file.text, line: 1 }];
      });
      const ran = sql.filter((file) => file.folder === migrate && has.has(numbered(file.stem)?.version ?? ""));
      const ruby = files.filter((file) => file.path.startsWith(`${migrate}/`) && file.path.endsWith(".rb"));
      return {
        tool: "rails",
        base: folder,
        steps: [first, ...more.sort((a, b) => compareVersions(a.version, b.version))],
        leftOut: [
          ...ran.map((file) => ({ path: file.path, why: "structure.sql holds what it made" })),
          ...ruby.map((file) => ({ path: file.path, why: "it is Ruby; structure.sql holds what it made" })),
        ],
        dialect: null,
        versioned: true,
      };
    });
}
