/** The rows of the catalogue's statements, grouped by table or index. */
export type Row = readonly unknown[];

export const word = (cell: unknown): string => (cell === null || cell === undefined ? "" : String(cell));
export const text = (cell: unknown): string | null => (cell === null || cell === undefined ? null : String(cell));

export interface CatalogueRows {
  readonly columns: readonly Row[];
  readonly foreignKeys: readonly Row[];
  readonly indexes: readonly Row[];
  readonly indexParts: readonly Row[];
}

function group(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const list = groups.get(word(row[0]));
    if (list) list.push(row);
    else groups.set(word(row[0]), [row]);
  }
  return groups;
}

export class Catalogue {
  readonly columns: (table: string) => readonly Row[];
  readonly foreignKeys: (table: string) => readonly Row[];
  readonly indexes: (table: string) => readonly Row[];
  readonly indexParts: (index: string) => readonly Row[];

  constructor(rows: CatalogueRows) {
    const finder = (of: readonly Row[]): ((name: string) => readonly Row[]) => {
      const groups = group(of);
      return (name) => groups.get(name) ?? [];
    };
    this.columns = finder(rows.columns);
    this.foreignKeys = finder(rows.foreignKeys);
    this.indexes = finder(rows.indexes);
    this.indexParts = finder(rows.indexParts);
  }
}
