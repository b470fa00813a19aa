/** Shadow tables: what a virtual table's module makes for itself (sqlite.org/vtab.html#xshadowname). They are not part of a design. */

const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  fts3: ["content", "segments", "segdir"],
  fts4: ["content", "segments", "segdir", "docsize", "stat"],
  fts5: ["data", "idx", "content", "docsize", "config"],
  rtree: ["node", "rowid", "parent"],
  rtree_i32: ["node", "rowid", "parent"],
  geopoly: ["node", "rowid", "parent"],
};

export interface VirtualTable {
  readonly name: string;
  readonly module: string;
}

/** Says of a table's name whether it belongs to one of the virtual tables. */
export function isShadow(virtual: readonly VirtualTable[]): (name: string) => boolean {
  const names = new Set(
    virtual.flatMap(({ name, module }) => (SUFFIXES[module] ?? []).map((suffix) => `${name}_${suffix}`.toLowerCase())),
  );
  return (name) => names.has(name.toLowerCase());
}
