/** The open design: the document's snapshots as reactive state. */
import * as Y from "yjs";
import { dialectOf } from "#shared/dialects/index.ts";
import type { Dialect } from "#shared/dialects/dialect.ts";
import { DesignDoc, type Snapshot } from "#shared/doc/index.ts";
import {
  type Area,
  type AreaId,
  type Change,
  type Lookup,
  lookup,
  type Note,
  type NoteId,
  type Position,
  type TableId,
  type TintName,
  type ViewId,
} from "#shared/model/index.ts";
import { type Problem, problem } from "#shared/result/index.ts";
import type { DesignDatabase } from "../storage/database.ts";
import type { Keeper, Saving } from "../storage/keep.ts";
import { mint } from "../mint.ts";
import type { ProjectStore } from "./api.ts";

type Placed = ReadonlyMap<TableId | ViewId, Position>;

/** Loaded with the first design that is opened. */
const loadKeep = () => import("../storage/keep.ts");
type Keep = Awaited<ReturnType<typeof loadKeep>>;

/** How long after the last edit the list of designs hears of it, milliseconds. */
const LIST_DELAY = 400;

/** Of a document that nothing is written to. */
const NOT_KEPT: Keeper = { writes: false, settled: () => Promise.resolve(), close: () => undefined };

export class Project implements ProjectStore {
  readonly id: string;
  readonly dialect: Dialect;
  readonly mint = mint;
  readonly #design: DesignDoc;
  readonly #keeper: Keeper;
  readonly #database: DesignDatabase;
  #listing: ReturnType<typeof setTimeout> | null = null;
  #snapshot = $state.raw<Snapshot>() as Snapshot;
  #saving = $state.raw<Saving>("saved");
  #failure = $state.raw<Problem | null>(null);
  #locked = $state.raw(false);
  readonly #lookup = $derived(lookup(this.#snapshot.schema));

  private constructor(
    id: string,
    design: DesignDoc,
    dialect: Dialect,
    database: DesignDatabase,
    keep: (on: Parameters<Keep["keep"]>[4]) => Keeper,
  ) {
    this.id = id;
    this.dialect = dialect;
    this.#design = design;
    this.#database = database;
    this.#snapshot = design.snapshot;
    design.watch((snapshot) => {
      this.#snapshot = snapshot;
      this.#list();
    });
    this.#keeper = keep({
      saving: (state) => {
        this.#saving = state;
        if (state === "saved") this.#failure = null;
      },
      error: (message) => {
        this.#failure = problem("storage.failed", "error", { message });
      },
    });
    // Not before the keeper listens: what it adds must be kept.
    design.upgrade();
  }

  /** Opens a stored design; null when there is none of that id or its dialect is not known here. */
  static async open(database: DesignDatabase, id: string): Promise<Project | null> {
    const { keep, listen, load } = await loadKeep();
    const doc = new Y.Doc();
    const line = listen(id, doc);
    const found = await load(database, id, doc);
    // Two tasks, not one: in between the page may answer.
    await new Promise((resolve) => setTimeout(resolve));
    const design = found ? new DesignDoc(doc) : null;
    const dialect = design ? dialectOf(design.snapshot.schema.dialect) : null;
    if (!design || !dialect) {
      line?.close();
      return null;
    }
    return new Project(id, design, dialect, database, (on) => keep(database, id, doc, line, on));
  }

  /** A version of this design, to look at: nothing of it is kept, and nothing can be changed. */
  version(design: DesignDoc): Project {
    const shown = new Project(this.id, design, this.dialect, this.#database, () => NOT_KEPT);
    shown.lock(true);
    return shown;
  }

  get name(): string {
    return this.#snapshot.name;
  }

  get schema(): Snapshot["schema"] {
    return this.#snapshot.schema;
  }

  get lookup(): Lookup {
    return this.#lookup;
  }

  get diagram(): Snapshot["diagram"] {
    return this.#snapshot.diagram;
  }

  get problems(): readonly Problem[] {
    return this.#failure ? [this.#failure, ...this.#snapshot.problems] : this.#snapshot.problems;
  }

  get saving(): Saving {
    return this.#saving;
  }

  get readOnly(): boolean {
    return this.#locked || this.#snapshot.readOnly;
  }

  /** True where the design could be changed, but not by this person. */
  get locked(): boolean {
    return this.#locked;
  }

  /** Keeps every edit of this person off the document; edits of others still come in. */
  lock(on: boolean): void {
    this.#locked = on;
    this.#design.locked = on;
  }

  get doc(): Y.Doc {
    return this.#design.doc;
  }

  apply(changes: readonly Change[], label: string): void {
    this.#design.apply(changes, label);
  }

  together(label: string, edits: () => void, joins = false): void {
    this.#design.together(label, edits, joins);
  }

  /** See `DesignDoc.pause`. */
  pause(): void {
    this.#design.pause();
  }

  /** See `DesignDoc.standing`. */
  standing(): Snapshot {
    return this.#design.standing();
  }

  /** See `DesignDoc.redraw`. */
  redraw(diagram: Snapshot["diagram"], label: string): void {
    this.#design.redraw(diagram, label);
  }

  rename(name: string): void {
    this.#design.rename(name);
  }

  place(positions: Placed): void {
    this.#design.place(positions, positions.size === 1 ? "Move" : `Move ${String(positions.size)} tables`);
  }

  tint(ids: readonly (TableId | ViewId)[], tint: TintName | null): void {
    this.#design.tint(ids, tint);
  }

  putArea(area: Area): void {
    this.#design.put("areas", area);
  }

  putNote(note: Note): void {
    this.#design.put("notes", note);
  }

  removeArea(id: AreaId): void {
    this.#design.remove("areas", id);
  }

  removeNote(id: NoteId): void {
    this.#design.remove("notes", id);
  }

  get undoLabel(): string | null {
    void this.#snapshot;
    return this.#design.undoLabel;
  }

  get redoLabel(): string | null {
    void this.#snapshot;
    return this.#design.redoLabel;
  }

  undo(): void {
    this.#design.undo();
  }

  redo(): void {
    this.#design.redo();
  }

  /** Waits until every edit has been written, or has failed to be; true when all are on this device. */
  async settled(): Promise<boolean> {
    await this.#keeper.settled();
    return this.#saving === "saved";
  }

  /** Writes what is pending and lets go of the document. */
  async close(): Promise<void> {
    await this.#keeper.settled();
    if (this.#listing !== null) {
      clearTimeout(this.#listing);
      await this.#writeListing();
    }
    this.#keeper.close();
    this.#design.close();
  }

  #list(): void {
    if (this.#listing !== null) clearTimeout(this.#listing);
    this.#listing = setTimeout(() => void this.#writeListing(), LIST_DELAY);
  }

  async #writeListing(): Promise<void> {
    this.#listing = null;
    // The tab that writes the design sees the edits of all, and writes its line too.
    if (!this.#keeper.writes) return;
    const { name, schema } = this.#snapshot;
    const { id } = this;
    try {
      // Deleted meanwhile stays deleted.
      const deleted = (await this.#database.get(id))?.deleted ?? null;
      await this.#database.put({ id, name, dialect: schema.dialect, tables: schema.tables.length, updated: Date.now(), deleted });
    } catch {
      // The design itself is kept; its line in the list is brought up with the next edit.
    }
  }
}
