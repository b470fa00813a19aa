/** What the catalogue's readers share: the rows of all statements, ids by oid, and reading cells whatever the driver made of them. */
import type { ColumnId, Options } from "../../../model/index.ts";

export type Row = readonly unknown[];

/** The answers to statements, by the statements' names. */
export type Rows<Name extends string> = Readonly<Record<Name, readonly Row[]>>;

export const text = (cell: unknown): string | null => (cell === null || cell === undefined ? null : String(cell));
export const word = (cell: unknown): string => (cell === null || cell === undefined ? "" : String(cell));
export const flag = (cell: unknown): boolean => cell === true || cell === "t" || cell === "true";
export const oid = (cell: unknown): string => word(cell);

/** A cell that holds JSON, as text or already parsed; null stays null. */
export function json<T>(cell: unknown): T | null {
  if (cell === null || cell === undefined) return null;
  return (typeof cell === "string" ? JSON.parse(cell) : cell) as T;
}

/** Kept by the server for itself among a column's options since the minor releases of November 2026, and refused in a statement. */
const SERVERS_OWN = "pg_attver=";

/** What most things have; one object for all of them. */
export const NO_OPTIONS: Options = {};

/** `["fillfactor=70"]` -> `{fillfactor: "70"}` */
export function options(cell: unknown, prefix = ""): Record<string, string> {
  const found: Record<string, string> = {};
  for (const pair of json<string[]>(cell) ?? []) {
    if (pair.startsWith(SERVERS_OWN)) continue;
    const cut = pair.indexOf("=");
    found[prefix + pair.slice(0, cut)] = pair.slice(cut + 1);
  }
  return found;
}

/** `{1,2}` (an array) or `1 2` (a vector) -> its numbers. */
export function numbers(cell: unknown): readonly number[] {
  const list = word(cell);
  const inner = list.startsWith("{") ? list.slice(1, -1) : list;
  return inner === "" ? [] : inner.split(list === inner ? " " : ",").map(Number);
}

/** Objects of one catalogue table, by oid. */
interface Known {
  readonly ids: Map<string, string>;
  readonly names: Map<string, string>;
  /** By the number of a part; 0 for the object itself. */
  readonly comments: Map<string, Map<number, string>>;
}

/**
 * Ids made from kind and name, the same for the same catalogue, found again by catalogue table and oid; and the comments that
 * `COMMENTS` gave. A table also answers for its row type and that one's array, as `pg_type`. Maps stand in maps, because joining
 * two parts of a key for each look-up took longer than all the looking up.
 */
export class Ids {
  readonly #known = new Map<string, Known>();
  /** By the number of the column. */
  readonly #columns = new Map<string, ColumnId[]>();

  #of(catalogue: string): Known {
    let known = this.#known.get(catalogue);
    if (!known) this.#known.set(catalogue, (known = { ids: new Map(), names: new Map(), comments: new Map() }));
    return known;
  }

  /** The id of a new object; its readable name is what the id is made of. */
  add(catalogue: string, objectOid: string, kind: string, name: string): string {
    const id = `${kind}:${name}`;
    const known = this.#of(catalogue);
    known.ids.set(objectOid, id);
    known.names.set(objectOid, name);
    return id;
  }

  /** Another oid that means the same object. */
  alias(catalogue: string, objectOid: string, id: string): void {
    this.#of(catalogue).ids.set(objectOid, id);
  }

  find(catalogue: string, objectOid: unknown): string | null {
    return this.#known.get(catalogue)?.ids.get(oid(objectOid)) ?? null;
  }

  name(catalogue: string, objectOid: unknown): string {
    return this.#known.get(catalogue)?.names.get(oid(objectOid)) ?? "";
  }

  /** Rows of `COMMENTS`. */
  addComments(rows: readonly Row[]): void {
    for (const row of rows) {
      const { comments } = this.#of(word(row[0]));
      const parts = comments.get(oid(row[1]));
      if (parts) parts.set(Number(row[2]), word(row[3]));
      else comments.set(oid(row[1]), new Map([[Number(row[2]), word(row[3])]]));
    }
  }

  comment(catalogue: "pg_class" | "pg_constraint", objectOid: unknown, part = 0): string | null {
    return this.#known.get(catalogue)?.comments.get(oid(objectOid))?.get(part) ?? null;
  }

  addColumn(relation: string, number: number, id: ColumnId): void {
    let columns = this.#columns.get(relation);
    if (!columns) this.#columns.set(relation, (columns = []));
    columns[number] = id;
  }

  column(relation: unknown, number: number): ColumnId | null {
    return this.#columns.get(oid(relation))?.[number] ?? null;
  }

  columns(relation: unknown, numbers: readonly number[]): ColumnId[] {
    return numbers.map((number) => this.column(relation, number)).filter((id) => id !== null);
  }
}

export function groupBy(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = key(row);
    const list = groups.get(name);
    if (list) list.push(row);
    else groups.set(name, [row]);
  }
  return groups;
}
