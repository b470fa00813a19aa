/** The document as immutable snapshots: reads all of it once, and after each transaction only what was touched. */
import * as Y from "yjs";
import { type Diagram, type DiagramId, type Identified, type Namespace, same, type Schema, type Table } from "../model/index.ts";
import { problem, type Problem, type Report } from "../result/index.ts";
import { DIAGRAM_KINDS, FLAT_KINDS, type FlatKind, MAIN_DIAGRAM } from "./keys.ts";
import { readFlat, readTable } from "./read.ts";
import { gather, type Written } from "./records.ts";
import { type Lists, repair } from "./repair.ts";
import { FITS_DIAGRAM } from "./shape.ts";
import { Shelf } from "./shelf.ts";
import { formatOf } from "./upgrade.ts";

export interface Snapshot {
  readonly name: string;
  readonly schema: Schema;
  readonly diagram: Diagram;
  /** What reading had to repair or could not read. */
  readonly problems: readonly Problem[];
  /** Written by a newer version, or with a format that makes no sense: to look at, not to change. */
  readonly readOnly: boolean;
}

/** Keys by root map, tables by id; null for everything. */
type Touched = ReadonlyMap<string, ReadonlySet<string>> | null;
type DiagramKind = (typeof DIAGRAM_KINDS)[number];

const LIST: Readonly<Record<FlatKind, keyof Lists>> = {
  namespace: "namespaces",
  type: "types",
  sequence: "sequences",
  foreignKey: "foreignKeys",
  view: "views",
  verbatim: "verbatim",
};
const KINDS = ["table", ...FLAT_KINDS] as const;
type Kind = (typeof KINDS)[number];

const diagramRoot = (kind: DiagramKind): string => `${MAIN_DIAGRAM}/${kind}`;

/** Every root map of a design. */
export const ROOTS: readonly string[] = ["meta", "tables", ...FLAT_KINDS, ...DIAGRAM_KINDS.map(diagramRoot)];

const newShelves = () => Object.fromEntries(KINDS.map((kind) => [kind, new Shelf()])) as Record<Kind, Shelf<Identified>>;

export class Reader {
  readonly #doc: Y.Doc;
  readonly #shelves = newShelves();
  /** What was found wrong with one entity by itself, by its kind and id. */
  readonly #remarks = new Map<string, readonly Problem[]>();
  readonly #deleted = new Map<string, Namespace>();
  #repairs: readonly Problem[] = [];
  /** What `repair` made of an entity, so that it makes the same object again. */
  #mended = new Map<string, Identified>();
  #snapshot: Snapshot;
  #written: Lists | null = null;

  constructor(doc: Y.Doc) {
    this.#doc = doc;
    this.#snapshot = this.#read(null, null);
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** The schema before what concerns several entities was mended: what an edit that leaves nothing to mend starts from. */
  get written(): Schema {
    return { ...this.#snapshot.schema, ...this.#written };
  }

  /** Reads what a transaction touched. False when that was nothing of the design. */
  follow(transaction: Y.Transaction): boolean {
    const touched = touchedBy(this.#doc, transaction);
    if (touched.size === 0) return false;
    this.#snapshot = this.#read(this.#snapshot, touched);
    return true;
  }

  #read(before: Snapshot | null, touched: Touched): Snapshot {
    const meta = this.#doc.getMap("meta");
    const is = (root: string): boolean => touched === null || touched.has(root);
    if (is("tables")) this.#readTables(touched?.get("tables") ?? null);
    for (const kind of FLAT_KINDS) if (is(kind)) this.#readFlat(kind, touched?.get(kind) ?? null);
    const dialect = String(meta.get("dialect") ?? "postgres");
    const structure = is("tables") || is("meta") || FLAT_KINDS.some(is);
    const schema = before && !structure ? before.schema : { dialect, ...this.#repaired(before?.schema ?? null) };
    const diagram = this.#readDiagram(before?.diagram ?? null, is);
    const { readOnly, problems } = formatOf(this.#doc);
    const said = [...problems, ...sorted([...this.#remarks.values()].flat()), ...this.#repairs];
    return {
      name: String(meta.get("name") ?? "Untitled"),
      schema,
      diagram,
      problems: before && same(before.problems, said) ? before.problems : said,
      readOnly,
    };
  }

  #remark(about: string, problems: readonly Problem[]): void {
    if (problems.length > 0) this.#remarks.set(about, problems);
    else this.#remarks.delete(about);
  }

  #take(kind: Kind, read: ReadonlyMap<string, Report<Identified | null>>): void {
    for (const [id, { problems }] of read) this.#remark(`${kind} ${id}`, problems);
    this.#shelves[kind].put(new Map([...read].map(([id, { value }]) => [id, value])));
  }

  #readTables(ids: ReadonlySet<string> | null): void {
    const tables = this.#doc.getMap("tables");
    const read = new Map<string, Report<Table | null>>();
    for (const id of ids ?? tables.keys()) {
      const map = tables.get(id);
      if (map instanceof Y.Map) read.set(id, readTable(id, map));
      else read.set(id, { value: null, problems: map === undefined ? [] : [unreadable(`table ${id}`)] });
    }
    this.#take("table", read);
  }

  #readFlat(kind: FlatKind, keys: ReadonlySet<string> | null): void {
    const ids = keys && new Set([...keys].map((key) => key.split(".", 1)[0] ?? ""));
    const written = new Map<string, Written>();
    for (const id of ids ?? []) written.set(id, { record: undefined, changed: {} });
    this.#doc.getMap(kind).forEach((value, key) => {
      if (!ids || ids.has(key.split(".", 1)[0] ?? "")) gather(written, key, value);
    });
    const read = new Map([...written].map(([id, one]) => [id, readFlat(kind, id, one)]));
    if (kind === "namespace") this.#setAside(written, read);
    this.#take(kind, read);
  }

  /** Deleted namespaces are kept apart, for what may still be in them. */
  #setAside(written: ReadonlyMap<string, Written>, read: Map<string, Report<Identified | null>>): void {
    for (const [id, { changed }] of written) {
      const found = read.get(id);
      this.#deleted.delete(id);
      if (changed["deleted"] !== true || !found?.value) continue;
      this.#deleted.set(id, found.value as Namespace);
      read.set(id, { ...found, value: null });
    }
  }

  /** The lists as `repair` leaves them; objects and lists that nothing changed in are the same ones as before. */
  #repaired(before: Lists | null): Lists {
    const shelves = this.#shelves;
    const raw = Object.fromEntries([
      ["tables", shelves.table.list],
      ...FLAT_KINDS.map((kind) => [LIST[kind], shelves[kind].list]),
    ]) as unknown as Lists;
    this.#written = raw;
    const { lists, problems } = repair(raw, shelves.table.byId as ReadonlyMap<string, Table>, this.#deleted);
    this.#repairs = problems;
    const mended = new Map<string, Identified>();
    const kept = Object.entries(lists).map(([name, list]: [string, readonly Identified[]]) => {
      const asRead = raw[name as keyof Lists] as readonly Identified[];
      if (list === asRead) return [name, list];
      const untouched = new Set(asRead);
      const items = list.map((item) => (untouched.has(item) ? item : this.#again(name, item, mended)));
      const old = before?.[name as keyof Lists];
      return [name, old && old.length === items.length && items.every((item, at) => item === old[at]) ? old : items];
    });
    this.#mended = mended;
    return Object.fromEntries(kept) as unknown as Lists;
  }

  #again(list: string, item: Identified, mended: Map<string, Identified>): Identified {
    const key = `${list} ${item.id}`;
    const old = this.#mended.get(key);
    const kept = old && same(old, item) ? old : item;
    mended.set(key, kept);
    return kept;
  }

  #readDiagram(before: Diagram | null, is: (root: string) => boolean): Diagram {
    const kinds = DIAGRAM_KINDS.filter((kind) => before === null || is(diagramRoot(kind)));
    if (before && kinds.length === 0) return before;
    const start = before ?? { id: MAIN_DIAGRAM as DiagramId, name: "Main" };
    return { ...start, ...Object.fromEntries(kinds.map((kind) => [kind, this.#readDiagramKind(kind)])) } as Diagram;
  }

  /** Positions and tints by what they belong to; areas and notes as lists. */
  #readDiagramKind(kind: DiagramKind): ReadonlyMap<string, unknown> | readonly Identified[] {
    const problems: Problem[] = [];
    const entries = [...this.#doc.getMap(diagramRoot(kind)).entries()].filter(([id, value]) => {
      const fits = FITS_DIAGRAM[kind](value);
      if (!fits) problems.push(unreadable(`${kind} of ${id}`));
      return fits;
    });
    this.#remark(kind, problems);
    if (kind === "positions" || kind === "tints") return new Map(entries);
    return entries.map(([id, value]) => ({ ...(value as object), id })).sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

/** In an order that does not depend on what was read first. */
const sorted = (problems: readonly Problem[]): readonly Problem[] =>
  problems
    .map((item) => ({ item, words: JSON.stringify(item) }))
    .sort((a, b) => (a.words < b.words ? -1 : 1))
    .map(({ item }) => item);

const unreadable = (what: string): Problem => problem("doc.unreadable", "warning", { what });

/** The root maps, and the tables and keys in them, that a transaction changed. */
function touchedBy(doc: Y.Doc, transaction: Y.Transaction): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<unknown, string>(ROOTS.map((name) => [doc.getMap(name), name]));
  const touched = new Map<string, Set<string>>();
  for (const [type, keys] of transaction.changed) {
    const name = names.get(type) ?? names.get(type.parent);
    if (name === undefined) continue;
    const found = touched.get(name) ?? new Set();
    touched.set(name, found);
    if (names.has(type)) for (const key of keys) found.add(String(key));
    else found.add(type._item?.parentSub ?? "");
  }
  return touched;
}
