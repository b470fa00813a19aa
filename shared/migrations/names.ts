/** Names of files and what they say: a version, a date. */
import type { FolderFile } from "./types.ts";

export interface Sql {
  readonly path: string;
  readonly folder: string;
  /** The name without folder and `.sql`. */
  readonly stem: string;
  readonly text: string;
}

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** The SQL of a folder. */
export function sqlOf(files: readonly FolderFile[]): readonly Sql[] {
  return files.flatMap(({ path, text }) => {
    const name = nameOf(path);
    return text !== null && /\.sql$/i.test(name) ? [{ path, folder: folderOf(path), stem: name.slice(0, -4), text }] : [];
  });
}

/** By the folder that they lie in. */
export function byFolder(all: readonly Sql[]): ReadonlyMap<string, readonly Sql[]> {
  const folders = new Map<string, Sql[]>();
  for (const sql of all) {
    const list = folders.get(sql.folder);
    if (list) list.push(sql);
    else folders.set(sql.folder, [sql]);
  }
  return folders;
}

function compareNumbers(a: string, b: string): number {
  const [x, y] = [a.replace(/^0+(?=\d)/, ""), b.replace(/^0+(?=\d)/, "")];
  return x.length - y.length || (x < y ? -1 : x > y ? 1 : 0);
}

/** `1.10` after `1.9`, `0003` beside `3`, numbers of any length. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [a.split(/\D+/), b.split(/\D+/)];
  for (let at = 0; at < Math.max(x.length, y.length); at += 1) {
    const order = compareNumbers(x[at] ?? "0", y[at] ?? "0");
    if (order !== 0) return order;
  }
  return 0;
}

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const two = (number: number): string => String(number).padStart(2, "0");

/** The date of a number of days since 1970, in the Gregorian calendar. */
function dateOf(days: number): string {
  // Years that begin in March end with the day that leap years add.
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const day = shifted - era * 146_097;
  const year = Math.floor((day - Math.floor(day / 1460) + Math.floor(day / 36_524) - Math.floor(day / 146_096)) / 365);
  const ofYear = day - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const month = Math.floor((5 * ofYear + 2) / 153);
  const ofMonth = ofYear - Math.floor((153 * month + 2) / 5) + 1;
  const real = month < 10 ? month + 3 : month - 9;
  return `${String(year + era * 400 + (real <= 2 ? 1 : 0))}-${two(real)}-${two(ofMonth)}`;
}

/** `2024-01-31 12:00`, of seconds since 1970. */
export function whenOfSeconds(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${dateOf(Math.floor(minutes / 1440))} ${two(Math.floor((minutes % 1440) / 60))}:${two(minutes % 60)}`;
}

const STAMP =
  /^((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?:[-_.T]?([01]\d|2[0-3])[-_.:]?([0-5]\d)(?:[-_.:]?[0-5]\d\d{0,3})?)?(?!\d)/;
/** Seconds since 1970 between 2001 and 2065, or milliseconds. */
const UNIX = /^([12]\d{9})(\d{3})?(?!\d)/;

/** The date that a version is; null for one that counts. */
export function whenOf(version: string): string | null {
  const stamp = STAMP.exec(version);
  if (stamp) return `${stamp.slice(1, 4).join("-")}${stamp[4] === undefined ? "" : ` ${stamp[4]}:${stamp[5] ?? "00"}`}`;
  const unix = UNIX.exec(version);
  return unix?.[1] === undefined ? null : whenOfSeconds(Number(unix[1]));
}

const NUMBERED = /^v?(\d+(?:\.\d+)*)(?:[\s._-]+([^\s._-].*)?|([a-z].*))?$/is;
const DATED = /^(?:19|20)\d\d[-_.]\d\d[-_.]\d\d(?:[-_.T]\d\d[-_.]?\d\d(?:[-_.]?\d\d)?)?(?!\d)/;

/** The version and the name of `0003_add_users`, `V2-x`, `2024-01-31-x`; null where it begins with no number. */
export function numbered(stem: string): { readonly version: string; readonly name: string } | null {
  const dated = DATED.exec(stem)?.[0];
  if (dated !== undefined) return { version: dated, name: stem.slice(dated.length).replace(/^[\s._-]+/, "") || stem };
  const found = NUMBERED.exec(stem);
  return found?.[1] === undefined ? null : { version: found[1], name: (found[2] ?? found[3]) || stem };
}
