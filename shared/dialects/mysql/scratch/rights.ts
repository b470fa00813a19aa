/**
 * What the account of a scratch server may do. The file that is run there is of anyone: that this account can reach nothing but
 * scratch databases is the wall, so whatever is not known to be harmless is too much. MySQL manual, "SHOW GRANTS Statement".
 */

/** What the names of scratch databases begin with. */
export const STEM = "drawbridge_scratch_";

/** In a grant `_` and `%` stand for any characters; a backslash takes that from them. */
export const RECIPE = [
  "CREATE USER 'drawbridge_scratch'@'%' IDENTIFIED BY 'choose one';",
  "GRANT ALL ON `drawbridge\\_scratch\\_%`.* TO 'drawbridge_scratch'@'%';",
].join("\n");

const NOTHING = /^GRANT USAGE ON \*\.\* TO /i;
const SCRATCH_ONLY = /^GRANT [A-Z, ]+ ON (?:PROCEDURE |FUNCTION |PACKAGE |PACKAGE BODY )?`drawbridge\\?_scratch\\?_[^`]*`\./i;
const PASSES_ON = /\bWITH\b.*\bGRANT OPTION\b/i;
/** Databases that every account sees, whatever it may do. */
const SHOWN_TO_ALL: ReadonlySet<string> = new Set(["information_schema", "performance_schema"]);

const MOST_CHARACTERS = 80;

/** `GRANT SELECT ON *.*`: whom it is granted to, and by which password, is nobody's business. */
function said(grant: string): string {
  const [what = ""] = grant.split(/ TO /i);
  return what.slice(0, MOST_CHARACTERS).replace(/^GRANT /i, "");
}

/** The first thing that the account may do besides; null when there is none. */
export function excess(grants: readonly string[], databases: readonly string[]): string | null {
  for (const grant of grants) {
    if (!NOTHING.test(grant) && !SCRATCH_ONLY.test(grant)) return said(grant);
    if (PASSES_ON.test(grant)) return `${said(grant)} WITH GRANT OPTION`;
  }
  const reached = databases.find((name) => !SHOWN_TO_ALL.has(name.toLowerCase()) && !name.startsWith(STEM));
  return reached === undefined ? null : `it reaches the database ${reached}`;
}
