/**
 * This part is in charge of the design as a Yjs document: one truth, shown as immutable snapshots.
 *
 * Edits go in through `apply` and the diagram's setters, each one transaction and one undo step; whatever changes the document
 * (an edit, another tab, undo) is noticed by `watch`, which re-reads only what was touched. Untouched objects stay the same.
 */
import * as Y from "yjs";
import {
  type Area,
  type AreaId,
  type Change,
  type Diagram,
  type DiagramId,
  type ForeignKey,
  type Note,
  type NoteId,
  type Position,
  type Schema,
  type Table,
  type TableId,
  type TintName,
  type ViewId,
} from "../model/index.ts";
import type { Problem } from "../result/index.ts";
import { writeChanges, writeSchema } from "./edit.ts";
import { FLAT_KINDS, type FlatKind, FORMAT, MAIN_DIAGRAM } from "./keys.ts";
import { readFlat, readTable, readTables, sortedTables, wholeForeignKeys } from "./read.ts";

export interface Snapshot {
  readonly name: string;
  readonly schema: Schema;
  readonly diagram: Diagram;
  readonly problems: readonly Problem[];
  /** Written by a newer version: to look at, not to change. */
  readonly readOnly: boolean;
}

/** The origin of one's own edits: what undo takes back. */
const OWN = Symbol("own edit");

const LIST: Readonly<Record<FlatKind, keyof Schema>> = {
  namespace: "namespaces",
  type: "types",
  sequence: "sequences",
  foreignKey: "foreignKeys",
  view: "views",
  verbatim: "verbatim",
};

export class DesignDoc {
  readonly doc: Y.Doc;
  readonly #undo: Y.UndoManager;
  readonly #listeners = new Set<(snapshot: Snapshot) => void>();
  #tables: Map<string, Table>;
  /** Foreign keys as they are written, whole or not. */
  #keys: readonly ForeignKey[] = [];
  #snapshot: Snapshot;
  #label = "";
  #together = false;

  constructor(doc: Y.Doc) {
    this.doc = doc;
    this.#tables = readTables(doc);
    this.#snapshot = this.#read(null);
    const roots = [
      ...FLAT_KINDS,
      "tables",
      "meta",
      ...["positions", "tints", "areas", "notes"].map((name) => `${MAIN_DIAGRAM}/${name}`),
    ];
    this.#undo = new Y.UndoManager(
      roots.map((name) => doc.getMap(name)),
      { trackedOrigins: new Set([OWN]), captureTimeout: 0 },
    );
    this.#undo.on("stack-item-added", ({ stackItem, type }: { stackItem: { meta: Map<unknown, unknown> }; type: string }) => {
      // Undoing makes the item for redo: it keeps the name of what it takes back.
      if (type === "undo" || this.#label !== "") stackItem.meta.set("label", this.#label);
    });
    doc.on("afterTransaction", (transaction) => {
      this.#changed(transaction);
    });
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  watch(listener: (snapshot: Snapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #write(label: string, write: () => void): void {
    if (this.#snapshot.readOnly) return;
    if (this.#together) return write();
    this.#label = label;
    this.#undo.stopCapturing();
    this.doc.transact(write, OWN);
  }

  /** A new design: its name, dialect and first content, before anyone else knows it. Not an undo step. */
  start(name: string, schema: Schema, positions: ReadonlyMap<TableId | ViewId, Position>): void {
    this.doc.transact(() => {
      const meta = this.doc.getMap("meta");
      meta.set("format", FORMAT);
      meta.set("name", name);
      meta.set("dialect", schema.dialect);
      writeSchema(this.doc, schema);
      for (const [id, position] of positions) this.#map("positions").set(id, position);
    });
  }

  apply(changes: readonly Change[], label: string): void {
    if (changes.length > 0) this.#write(label, () => writeChanges(this.doc, changes));
  }

  /** What `edits` asks for, as one undo step; the snapshot follows when it is done. */
  together(label: string, edits: () => void): void {
    this.#write(label, () => {
      this.#together = true;
      try {
        edits();
      } finally {
        this.#together = false;
      }
    });
  }

  rename(name: string): void {
    this.#write("Rename the design", () => this.doc.getMap("meta").set("name", name));
  }

  place(positions: ReadonlyMap<TableId | ViewId, Position>, label: string): void {
    this.#write(label, () => {
      for (const [id, position] of positions) this.#map("positions").set(id, position);
    });
  }

  tint(ids: readonly (TableId | ViewId)[], tint: TintName): void {
    this.#write("Change colour", () => {
      for (const id of ids) this.#map("tints").set(id, tint);
    });
  }

  put(what: "areas" | "notes", value: Area | Note): void {
    const { id, ...rest } = value;
    this.#write(what === "areas" ? "Edit area" : "Edit note", () => this.#map(what).set(id, rest));
  }

  remove(what: "areas" | "notes", id: AreaId | NoteId): void {
    this.#write(what === "areas" ? "Delete area" : "Delete note", () => {
      this.#map(what).delete(id);
    });
  }

  #map(name: string): Y.Map<unknown> {
    return this.doc.getMap(`${MAIN_DIAGRAM}/${name}`);
  }

  get undoLabel(): string | null {
    return labelOf(this.#undo.undoStack.at(-1));
  }

  get redoLabel(): string | null {
    return labelOf(this.#undo.redoStack.at(-1));
  }

  undo(): void {
    this.#label = this.undoLabel ?? "";
    this.#undo.undo();
    this.#label = "";
  }

  redo(): void {
    this.#label = this.redoLabel ?? "";
    this.#undo.redo();
    this.#label = "";
  }

  close(): void {
    this.#undo.destroy();
    this.#listeners.clear();
    this.doc.destroy();
  }

  /** Re-reads what a transaction touched. */
  #changed(transaction: Y.Transaction): void {
    const tables = this.doc.getMap("tables");
    const roots = new Set<string>();
    const touched = new Set<string>();
    for (const [type, keys] of transaction.changed) {
      const name = [...this.doc.share.entries()].find(([, shared]) => shared === (type as unknown))?.[0];
      if (name === "tables") for (const key of keys) touched.add(String(key));
      else if (name !== undefined) roots.add(name);
      else if (type instanceof Y.Map && type.parent === (tables as unknown)) touched.add(type._item?.parentSub ?? "");
    }
    if (roots.size === 0 && touched.size === 0) return;
    if (touched.size > 0) {
      this.#tables = new Map(this.#tables);
      for (const id of touched) {
        const map = tables.get(id);
        if (map instanceof Y.Map) this.#tables.set(id, readTable(id, map));
        else this.#tables.delete(id);
      }
    }
    this.#snapshot = this.#read({ roots, tables: touched.size > 0 });
    for (const listener of this.#listeners) listener(this.#snapshot);
  }

  /** A snapshot; `touched` null reads everything, else only those roots and, where it says so, the list of tables. */
  #read(touched: { readonly roots: ReadonlySet<string>; readonly tables: boolean } | null): Snapshot {
    const before = touched === null ? null : this.#snapshot;
    const meta = this.doc.getMap("meta");
    const lists: Record<string, unknown> = before ? { ...before.schema } : {};
    for (const kind of FLAT_KINDS) if (!touched || touched.roots.has(kind)) lists[LIST[kind]] = readFlat(this.doc, kind);
    if (!touched || touched.tables) lists["tables"] = sortedTables(this.#tables);
    lists["dialect"] = String(meta.get("dialect") ?? "postgres");
    let problems = before?.problems ?? [];
    if (!touched || touched.tables || touched.roots.has("foreignKey")) {
      // Read anew only when a key changed; whether both ends exist is asked each time.
      if (!touched || touched.roots.has("foreignKey"))
        this.#keys = keepSame(this.#keys, readFlat<ForeignKey>(this.doc, "foreignKey"));
      const whole = wholeForeignKeys(this.#keys, this.#tables);
      lists["foreignKeys"] = sameList(before?.schema.foreignKeys ?? [], whole.keys);
      problems = whole.problems;
    }
    const schemaTouched =
      !touched || touched.tables || touched.roots.has("meta") || FLAT_KINDS.some((kind) => touched.roots.has(kind));
    return {
      name: String(meta.get("name") ?? "Untitled"),
      schema: schemaTouched || !before ? (lists as unknown as Schema) : before.schema,
      diagram: this.#readDiagram(before?.diagram ?? null, touched?.roots ?? null),
      problems,
      readOnly: Number(meta.get("format") ?? FORMAT) > FORMAT,
    };
  }

  #readDiagram(before: Diagram | null, roots: ReadonlySet<string> | null): Diagram {
    const touched = (name: string): boolean => before === null || roots === null || roots.has(`${MAIN_DIAGRAM}/${name}`);
    const whole = <T extends { readonly id: string }>(name: string): T[] =>
      [...this.#map(name).entries()]
        .map(([id, value]) => ({ ...(value as object), id }) as T)
        .sort((a, b) => (a.id < b.id ? -1 : 1));
    if (before && !["positions", "tints", "areas", "notes"].some(touched)) return before;
    return {
      id: MAIN_DIAGRAM as DiagramId,
      name: "Main",
      positions:
        before && !touched("positions")
          ? before.positions
          : new Map(this.#map("positions").entries() as Iterable<[TableId, Position]>),
      tints: before && !touched("tints") ? before.tints : new Map(this.#map("tints").entries() as Iterable<[TableId, TintName]>),
      areas: before && !touched("areas") ? before.areas : whole<Area>("areas"),
      notes: before && !touched("notes") ? before.notes : whole<Note>("notes"),
    };
  }
}

/** `before` when both hold the same objects. */
const sameList = <T>(before: readonly T[], after: readonly T[]): readonly T[] =>
  before.length === after.length && after.every((item, at) => item === before[at]) ? before : after;

/** The objects of `before` wherever nothing about them changed. */
function keepSame<T extends { readonly id: string }>(before: readonly T[], after: readonly T[]): readonly T[] {
  const known = new Map(before.map((item) => [item.id, item]));
  const kept = after.map((item) => {
    const old = known.get(item.id);
    return old !== undefined && JSON.stringify(old) === JSON.stringify(item) ? old : item;
  });
  return kept.length === before.length && kept.every((item, at) => item === before[at]) ? before : kept;
}

function labelOf(item: { readonly meta: Map<unknown, unknown> } | undefined): string | null {
  return item ? String(item.meta.get("label") ?? "") : null;
}
