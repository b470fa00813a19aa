/** Folders that hold the same migrations once for each database: `postgresql/V1__x.sql` beside `mysql/V1__x.sql`. */
import type { Candidate, LeftOut, Step } from "./types.ts";

const VENDORS: Readonly<Record<string, string>> = {
  postgres: "postgres",
  postgresql: "postgres",
  pgsql: "postgres",
  pg: "postgres",
  mysql: "mysql",
  mariadb: "mariadb",
  sqlite: "sqlite",
  sqlite3: "sqlite",
  // Known to be another one; nothing of it runs here.
  h2: "h2",
  hsqldb: "hsqldb",
  oracle: "oracle",
  sqlserver: "sqlserver",
  mssql: "sqlserver",
  db2: "db2",
};
/** Tried in this order where nobody says which. */
const ORDER: readonly string[] = ["postgres", "mysql", "mariadb", "sqlite"];

/** The dialect that a path speaks of; null for none. */
export function vendorOf(path: string): string | null {
  const part = path
    .toLowerCase()
    .split("/")
    .findLast((word) => Object.hasOwn(VENDORS, word));
  return part === undefined ? null : (VENDORS[part] ?? null);
}

/** The steps of one database, where there are folders of several; what all of them share stays. */
export function ofVendor(candidate: Candidate, wanted: string | null): Candidate {
  const below = ({ path }: Step): string | null => vendorOf(path.slice(candidate.base.length, path.lastIndexOf("/")));
  const there = new Set(candidate.steps.flatMap((step) => below(step) ?? []));
  if (there.size === 0) return candidate;
  const [first = ""] = there;
  const chosen = wanted !== null && there.has(wanted) ? wanted : (ORDER.find((id) => there.has(id)) ?? first);
  const isOurs = (step: Step): boolean => (below(step) ?? chosen) === chosen;
  const others: LeftOut[] = candidate.steps
    .filter((step) => !isOurs(step))
    .map((step) => ({ path: step.path, why: "it is for another database" }));
  return {
    ...candidate,
    steps: candidate.steps.filter(isOurs),
    leftOut: [...candidate.leftOut, ...others],
    dialect: candidate.dialect ?? chosen,
  };
}
