/** What the catalogue's readers share: the rows of all statements, ids by oid, and reading cells whatever the driver made of them. */
import type { ColumnId } from "../../../model/index.ts";

export type Row = readonly unknown[];

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

/**
 * Ids made from kind and name, the same for the same catalogue, found again by catalogue table and oid.
 * `relations` also answers for a table's row type and its array, as `pg_type`.
 */
export class Ids {
  readonly #byOid = new Map<string, string>();
  readonly #columns = new Map<string, ColumnId>();
  readonly #names = new Map<string, string>();

  /** The id of a new object; its readable name is what the id is made of. */
  add(catalogue: string, objectOid: string, kind: string, name: string): string {
    const id = `${kind}:${name}`;
    this.#byOid.set(`${catalogue}/${objectOid}`, id);
    this.#names.set(`${catalogue}/${objectOid}`, name);
    return id;
  }

  /** Another oid that means the same object. */
  alias(catalogue: string, objectOid: string, id: string): void {
    this.#byOid.set(`${catalogue}/${objectOid}`, id);
  }

  find(catalogue: string, objectOid: unknown): string | null {
    return this.#byOid.get(`${catalogue}/${oid(objectOid)}`) ?? null;
  }

  name(catalogue: string, objectOid: unknown): string {
    return this.#names.get(`${catalogue}/${oid(objectOid)}`) ?? "";
  }

  addColumn(relation: string, number: unknown, id: ColumnId): void {
    this.#columns.set(`${relation}/${word(number)}`, id);
  }

  column(relation: unknown, number: unknown): ColumnId | null {
    return this.#columns.get(`${oid(relation)}/${word(number)}`) ?? null;
  }

  columns(relation: unknown, numbers: unknown): ColumnId[] {
    return (json<number[]>(numbers) ?? []).flatMap((number) => this.column(relation, number) ?? []);
  }
}

export function groupBy(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const list = groups.get(key(row));
    if (list) list.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
