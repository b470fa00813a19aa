/**
 * What the stores promise to the components. The classes behind these interfaces live beside this file (`*.svelte.ts`), are made
 * in `web/app` and handed out by typed context; every property is reactive.
 */
import type { Dialect } from "#shared/dialects/dialect.ts";
import type {
  Area,
  AreaId,
  Change,
  ColumnId,
  Diagram,
  EntityRef,
  ForeignKeyId,
  Mint,
  Note,
  NoteId,
  Position,
  Schema,
  SequenceId,
  TableId,
  TintName,
  TypeId,
  VerbatimId,
  ViewId,
} from "#shared/model/index.ts";
import type { Lookup } from "#shared/model/lookup.ts";
import type { Problem } from "#shared/result/index.ts";

/** The open design: one truth (a Y.Doc), shown as immutable snapshots whose untouched objects stay the same objects. */
export interface ProjectStore {
  readonly id: string;
  readonly name: string;
  readonly dialect: Dialect;
  readonly schema: Schema;
  readonly lookup: Lookup;
  readonly diagram: Diagram;
  /** What reading the document had to repair. */
  readonly problems: readonly Problem[];
  /** `saved`: every edit is on this device. */
  readonly saving: "saved" | "saving" | "failed";
  readonly readOnly: boolean;
  readonly mint: Mint;

  /** Applies changes as one undo step. Only attributes that differ between before and after are written. */
  apply(changes: readonly Change[], label: string): void;
  /**
   * What `edits` asks for, as one undo step; `schema` and `diagram` follow when it is done. With `joins` it belongs to the step before,
   * where that was the last thing done and `joins` was said of it as well.
   */
  together(label: string, edits: () => void, joins?: boolean): void;
  rename(name: string): void;

  /** Positions and looks; each call is one undo step. */
  place(positions: ReadonlyMap<TableId | ViewId, Position>): void;
  tint(ids: readonly (TableId | ViewId)[], tint: TintName | null): void;
  putArea(area: Area): void;
  putNote(note: Note): void;
  removeArea(id: AreaId): void;
  removeNote(id: NoteId): void;

  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
  undo(): void;
  redo(): void;
}

/** What is listed and not drawn. */
export type ObjectId = TypeId | SequenceId | VerbatimId;

/** What is selected; all parts may be empty. A selected column's table is in `tables` too. */
export interface SelectionStore {
  readonly tables: ReadonlySet<TableId | ViewId>;
  readonly column: { readonly tableId: TableId; readonly columnId: ColumnId } | null;
  readonly foreignKey: ForeignKeyId | null;
  readonly areas: ReadonlySet<AreaId>;
  readonly notes: ReadonlySet<NoteId>;
  /** A type, a sequence or what is kept word for word: alone. */
  readonly object: ObjectId | null;
  /** Selects just these tables and views. */
  selectTables(ids: Iterable<TableId | ViewId>): void;
  toggleTable(id: TableId | ViewId): void;
  selectColumn(tableId: TableId, columnId: ColumnId): void;
  selectForeignKey(id: ForeignKeyId): void;
  selectObject(id: ObjectId): void;
  /** Replaces the whole selection at once: a marquee over everything. */
  selectAll(what: {
    readonly tables: Iterable<TableId | ViewId>;
    readonly areas: Iterable<AreaId>;
    readonly notes: Iterable<NoteId>;
  }): void;
  clear(): void;
}

export type Tool = "select" | "pan" | "table" | "relation" | "area" | "note";

/** Where a person asked to type: the in-place editors over the canvas and the inspector's fields answer to it. */
export type EditTarget =
  | { readonly what: "table-name"; readonly tableId: TableId }
  | { readonly what: "column-name" | "column-type"; readonly tableId: TableId; readonly columnId: ColumnId }
  | { readonly what: "area-name"; readonly areaId: AreaId }
  | { readonly what: "note-text"; readonly noteId: NoteId };

/** The camera over the canvas and what the pointer does there. Remembered per design. */
export interface ViewStore {
  /** World point at the viewport's top left, and CSS pixels per world pixel. */
  readonly camera: { readonly x: number; readonly y: number; readonly zoom: number };
  readonly viewport: { readonly width: number; readonly height: number };
  readonly tool: Tool;
  readonly editing: EditTarget | null;
  setTool(tool: Tool): void;
  edit(target: EditTarget | null): void;
  /** Shows everything; or these tables. Animated unless the person asks for no motion. */
  fit(ids?: Iterable<TableId | ViewId>): void;
  /** The rectangle around tables and views as they are drawn; null for none. */
  boundsOf(
    ids: Iterable<TableId | ViewId>,
  ): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null;
  zoomTo(zoom: number): void;
  /** Brings a table into view at a readable zoom, moving no more than needed. */
  reveal(id: TableId | ViewId): void;
}

export interface Refusal {
  readonly problem: Problem;
  /** The statement the engine refused, as it was run. */
  readonly sql: string;
  readonly about: EntityRef | null;
  /** A change that is certain to mend it, or null. */
  readonly fix: { readonly label: string; readonly changes: readonly Change[] } | null;
}

/** The engine's word on the design as it stands. */
export interface ProofStore {
  /** `absent`: no engine of this dialect runs in a browser. */
  readonly state: "idle" | "starting" | "running" | "accepted" | "refused" | "unavailable" | "absent";
  /** `PostgreSQL 18.6`; null before the engine has started. */
  readonly engine: string | null;
  /** How long the last verdict took, milliseconds. */
  readonly ms: number | null;
  readonly refusals: readonly Refusal[];
  /** Why the engine is unavailable; beside a verdict, that it crashed and was started again. */
  readonly problem: Problem | null;
  /** The refusals about this entity, or, for a table, about anything in it. */
  about(id: string): readonly Refusal[];
  /** Starts the engine again after it was unavailable. */
  retry(): void;
}
