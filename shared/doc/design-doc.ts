/**
 * This part is in charge of the design as a Yjs document: one truth, shown as immutable snapshots.
 *
 * Edits go in through `apply` and the diagram's setters, each one transaction and one undo step; whatever changes the document
 * (an edit, another tab, undo) is heard by `watch`; only what was touched is read again. Untouched objects stay the same.
 */
import * as Y from "yjs";
import {
  type Area,
  type AreaId,
  type Change,
  type Diagram,
  type Note,
  type NoteId,
  type Position,
  same,
  type Schema,
  type TableId,
  type TintName,
  type ViewId,
} from "../model/index.ts";
import { writeChanges, writeSchema } from "./edit.ts";
import { DIAGRAM_KINDS, FORMAT, MAIN_DIAGRAM } from "./keys.ts";
import { Reader, ROOTS, type Snapshot } from "./reader.ts";
import { upgrade } from "./upgrade.ts";

/** The origin of one's own edits: what undo takes back. */
const OWN = Symbol("own edit");

export class DesignDoc {
  readonly doc: Y.Doc;
  /** While true no edit is taken: whoever looks may not write. What others write is read all the same. */
  locked = false;
  readonly #undo: Y.UndoManager;
  readonly #listeners = new Set<(snapshot: Snapshot) => void>();
  readonly #reader: Reader;
  #label = "";
  #together = false;
  /** The undo step that what follows may join. */
  #open: unknown = null;

  constructor(doc: Y.Doc) {
    this.doc = doc;
    this.#reader = new Reader(doc);
    this.#undo = new Y.UndoManager(
      ROOTS.map((name) => doc.getMap(name)),
      { trackedOrigins: new Set([OWN]), captureTimeout: 0 },
    );
    this.#undo.on("stack-item-added", ({ stackItem, type }: { stackItem: { meta: Map<unknown, unknown> }; type: string }) => {
      // Undoing makes the item for redo: it keeps the name of what it takes back.
      if (type === "undo" || this.#label !== "") stackItem.meta.set("label", this.#label);
    });
    doc.on("afterTransaction", (transaction) => {
      if (this.#reader.follow(transaction)) for (const listener of this.#listeners) listener(this.snapshot);
    });
  }

  get snapshot(): Snapshot {
    return this.#reader.snapshot;
  }

  watch(listener: (snapshot: Snapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** `joins`: belongs to the step before, where that was the last thing done and joined as well. */
  #write(label: string, write: () => void, joins = false): void {
    if (this.locked || this.snapshot.readOnly) return;
    if (this.#together) return write();
    this.#label = label;
    const last = this.#undo.undoStack.at(-1);
    const goesOn = joins && last !== undefined && last === this.#open;
    if (goesOn) this.#undo.captureTimeout = Infinity;
    else this.#undo.stopCapturing();
    this.doc.transact(write, OWN);
    this.#undo.captureTimeout = 0;
    const now = this.#undo.undoStack.at(-1);
    this.#open = joins && (goesOn || now !== last) ? now : null;
  }

  /**
   * Brings a document of an older format up to this one. It writes: whoever keeps the document must be listening. Every step gives
   * the same on every device; not an undo step.
   */
  upgrade(): void {
    if (!this.snapshot.readOnly) upgrade(this.doc);
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

  /**
   * What `edits` asks for, as one undo step; the snapshot follows when it is done. With `joins` it belongs to the step before, where that
   * was the last thing a person did and `joins` was said of it as well.
   */
  together(label: string, edits: () => void, joins = false): void {
    const all = (): void => {
      this.#together = true;
      try {
        edits();
      } finally {
        this.#together = false;
      }
    };
    this.#write(label, all, joins);
  }

  /** What joins from now on begins a step of its own. */
  pause(): void {
    this.#open = null;
  }

  rename(name: string): void {
    this.#write("Rename the design", () => this.doc.getMap("meta").set("name", name));
  }

  place(positions: ReadonlyMap<TableId | ViewId, Position>, label: string): void {
    this.#write(label, () => {
      for (const [id, position] of positions) this.#map("positions").set(id, position);
    });
  }

  /**
   * The document as it stands, within `together` too, where the snapshot does not follow yet; its schema as it is written, with
   * references that lead nowhere. It is read anew: for what happens seldom.
   */
  standing(): Snapshot {
    const { snapshot, written } = new Reader(this.doc);
    return { ...snapshot, schema: written };
  }

  /** Makes the diagram just this one: places, colours, areas and notes that it does not have go. */
  redraw(diagram: Diagram, label: string): void {
    const pieces = (list: readonly (Area | Note)[]) => list.map(({ id, ...rest }) => [id, rest] as const);
    const wanted: Readonly<Record<(typeof DIAGRAM_KINDS)[number], Iterable<readonly [string, unknown]>>> = {
      positions: diagram.positions,
      tints: diagram.tints,
      areas: pieces(diagram.areas),
      notes: pieces(diagram.notes),
    };
    this.#write(label, () => {
      for (const kind of DIAGRAM_KINDS) {
        const map = this.#map(kind);
        const next = new Map(wanted[kind]);
        for (const id of [...map.keys()]) if (!next.has(id)) map.delete(id);
        for (const [id, value] of next) if (!same(map.get(id), value)) map.set(id, value);
      }
    });
  }

  /** Null: no colour any more. */
  tint(ids: readonly (TableId | ViewId)[], tint: TintName | null): void {
    this.#write("Change colour", () => {
      for (const id of ids) {
        if (tint === null) this.#map("tints").delete(id);
        else this.#map("tints").set(id, tint);
      }
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
    if (this.locked || this.snapshot.readOnly) return;
    this.#label = this.undoLabel ?? "";
    this.#undo.undo();
    this.#label = "";
  }

  redo(): void {
    if (this.locked || this.snapshot.readOnly) return;
    this.#label = this.redoLabel ?? "";
    this.#undo.redo();
    this.#label = "";
  }

  close(): void {
    this.#undo.destroy();
    this.#listeners.clear();
    this.doc.destroy();
  }
}

function labelOf(item: { readonly meta: Map<unknown, unknown> } | undefined): string | null {
  return item ? String(item.meta.get("label") ?? "") : null;
}
