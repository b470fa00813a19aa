/**
 * The schema model and its glossary.
 *
 * A Schema is readonly JSON: what one database catalogue holds, independent of where it came from. Every entity has an id that
 * outlives renames; entities refer to each other by id; arrays keep the catalogue's (or the person's) order.
 *
 * - namespace: what engines call "schema" (PostgreSQL) or "database" (MySQL); SQLite has one, `main`.
 * - expression, definition: SQL text exactly as the engine's catalogue prints it (`pg_get_expr`, `pg_get_viewdef`, ...), or as
 *   the person typed it until an engine has read it back.
 * - verbatim object: what the model does not type (functions, triggers, policies, ...), kept as its own complete SQL.
 * - null means known to be absent. Flags are always present. Positions and colours are not here: see `diagram.ts`.
 *
 * Terms and shapes follow the PostgreSQL manual, chapter "System Catalogs"; SQLite's from sqlite.org/pragma.html.
 */
import type {
  ColumnId,
  ConstraintId,
  ForeignKeyId,
  IndexId,
  NamespaceId,
  SequenceId,
  TableId,
  TypeId,
  VerbatimId,
  ViewId,
} from "./ids.ts";

export interface Schema {
  /** A key of the dialect registry. */
  readonly dialect: string;
  readonly namespaces: readonly Namespace[];
  readonly tables: readonly Table[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly types: readonly UserType[];
  readonly sequences: readonly Sequence[];
  readonly views: readonly View[];
  readonly verbatim: readonly Verbatim[];
}

export interface Namespace {
  readonly id: NamespaceId;
  readonly name: string;
  readonly comment: string | null;
}

/** An id of any other top-level entity (or column) that must exist before this one. Best effort, from the catalogue. */
export type DependsOn = readonly string[];

/** Engine options kept as the engine writes them, e.g. `{fillfactor: "70"}` or SQLite's `{strict: "true"}`. */
export type Options = Readonly<Record<string, string>>;

export interface Table {
  readonly id: TableId;
  readonly namespaceId: NamespaceId;
  readonly name: string;
  readonly comment: string | null;
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  /** `foreign` and `virtual` tables keep what follows their columns in `using`, word for word. */
  readonly kind: "table" | "foreign" | "virtual";
  readonly using: string | null;
  readonly unlogged: boolean;
  /** The text after PARTITION BY, e.g. `RANGE (payment_date)`. */
  readonly partitionBy: string | null;
  /** The parent, and the text after it: `FOR VALUES FROM (...) TO (...)` or `DEFAULT`. */
  readonly partitionOf: { readonly tableId: TableId; readonly bound: string } | null;
  readonly inherits: readonly TableId[];
  readonly options: Options;
  /** Row level security: `off`, `on`, or `forced` (on for the owner too). */
  readonly rowSecurity: "off" | "on" | "forced";
  readonly dependsOn: DependsOn;
}

export interface Column {
  readonly id: ColumnId;
  readonly name: string;
  /** The type as the engine prints it, arguments and array brackets included: `numeric(4,2)`, `text[]`, `public.mpaa_rating`. */
  readonly type: string;
  readonly notNull: boolean;
  readonly default: string | null;
  readonly identity: Identity | null;
  readonly generated: { readonly expression: string; readonly stored: boolean } | null;
  /** Only where it differs from the type's own. */
  readonly collation: string | null;
  readonly comment: string | null;
  /** Comes from a parent by INHERITS or PARTITION OF and is not declared here as well. */
  readonly inherited: boolean;
  /** Storage, compression, statistics target, `n_distinct`, named NOT NULL (`not_null_name`): what differs from the default. */
  readonly options: Options;
}

export interface Identity {
  readonly always: boolean;
  /** Sequence options that differ from the default, as SQL: `START WITH 100 INCREMENT BY 5`. Empty when none. */
  readonly sequence: string;
}

interface ConstraintBase {
  readonly id: ConstraintId;
  readonly name: string;
  readonly comment: string | null;
  readonly deferrable: Deferrable;
  /** The constraint of the parent table that this one is the partition's share of. */
  readonly partOf: ConstraintId | null;
}

export type Deferrable = "no" | "immediate" | "deferred";

export interface KeyConstraint extends ConstraintBase {
  readonly kind: "primary" | "unique";
  readonly columns: readonly ColumnId[];
  readonly include: readonly ColumnId[];
  readonly nullsNotDistinct: boolean;
  /** PostgreSQL 18: the last column is a range and the key is WITHOUT OVERLAPS. */
  readonly withoutOverlaps: boolean;
  readonly options: Options;
}

export interface CheckConstraint extends ConstraintBase {
  readonly kind: "check";
  /** Without the outer CHECK ( ). */
  readonly expression: string;
  readonly noInherit: boolean;
  readonly notValid: boolean;
  readonly notEnforced: boolean;
  readonly inherited: boolean;
}

export interface ExcludeConstraint extends ConstraintBase {
  readonly kind: "exclude";
  /** The text after EXCLUDE: `USING gist (room WITH =, during WITH &&)`. */
  readonly definition: string;
}

export type Constraint = KeyConstraint | CheckConstraint | ExcludeConstraint;

export type ReferentialAction = "no action" | "restrict" | "cascade" | "set null" | "set default";

/** One foreign key is one object, whatever its number of columns; `columns[i]` refers to `refColumns[i]`. */
export interface ForeignKey {
  readonly id: ForeignKeyId;
  readonly tableId: TableId;
  readonly name: string;
  readonly columns: readonly ColumnId[];
  readonly refTableId: TableId;
  readonly refColumns: readonly ColumnId[];
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
  /** The column list of `ON DELETE SET NULL (a, b)`; empty means all. */
  readonly onDeleteColumns: readonly ColumnId[];
  readonly match: "simple" | "full";
  readonly deferrable: Deferrable;
  readonly notValid: boolean;
  readonly notEnforced: boolean;
  readonly comment: string | null;
  readonly partOf: ForeignKeyId | null;
}

export interface Index {
  readonly id: IndexId;
  readonly name: string;
  readonly unique: boolean;
  /** Access method: `btree`, `gin`, ... */
  readonly method: string;
  readonly parts: readonly IndexPart[];
  readonly include: readonly ColumnId[];
  readonly nullsNotDistinct: boolean;
  readonly where: string | null;
  readonly options: Options;
  readonly comment: string | null;
  readonly partOf: IndexId | null;
}

export interface IndexPart {
  /** One of the two is set. */
  readonly columnId: ColumnId | null;
  readonly expression: string | null;
  readonly descending: boolean;
  /** Only where it differs from what the direction implies. */
  readonly nulls: "first" | "last" | null;
  readonly opclass: string | null;
  readonly collation: string | null;
}

interface TypeBase {
  readonly id: TypeId;
  readonly namespaceId: NamespaceId;
  readonly name: string;
  readonly comment: string | null;
  readonly dependsOn: DependsOn;
}

export interface EnumType extends TypeBase {
  readonly kind: "enum";
  readonly values: readonly string[];
}

export interface DomainType extends TypeBase {
  readonly kind: "domain";
  readonly base: string;
  readonly notNull: boolean;
  readonly default: string | null;
  readonly collation: string | null;
  readonly checks: readonly { readonly name: string; readonly expression: string; readonly notValid: boolean }[];
}

export interface CompositeType extends TypeBase {
  readonly kind: "composite";
  readonly fields: readonly {
    readonly name: string;
    readonly type: string;
    readonly collation: string | null;
    readonly comment: string | null;
  }[];
}

export interface RangeType extends TypeBase {
  readonly kind: "range";
  readonly subtype: string;
  /** Options that differ from the default: `subtype_opclass`, `collation`, `canonical`, `subtype_diff`, `multirange_type_name`. */
  readonly options: Options;
}

export type UserType = EnumType | DomainType | CompositeType | RangeType;

/** A sequence of its own, or owned by a column (serial). Those behind identity columns are part of the column. */
export interface Sequence {
  readonly id: SequenceId;
  readonly namespaceId: NamespaceId;
  readonly name: string;
  readonly comment: string | null;
  readonly type: string;
  /** Options that differ from the default, as SQL. Empty when none. */
  readonly definition: string;
  readonly unlogged: boolean;
  readonly ownedBy: { readonly tableId: TableId; readonly columnId: ColumnId } | null;
}

export interface View {
  readonly id: ViewId;
  readonly namespaceId: NamespaceId;
  readonly name: string;
  readonly comment: string | null;
  readonly materialized: boolean;
  /** The query, without CREATE VIEW ... AS. */
  readonly definition: string;
  readonly columns: readonly ViewColumn[];
  /** A materialized view's. Their `columnId` is null; `expression` holds the column's name, quoted where needed. */
  readonly indexes: readonly Index[];
  /** `{security_barrier: "true"}`, `{check_option: "local"}`, `{no_data: "true"}`, ... */
  readonly options: Options;
  readonly dependsOn: DependsOn;
}

export interface ViewColumn {
  readonly name: string;
  readonly type: string;
  readonly comment: string | null;
  readonly default: string | null;
}

/** Written back word for word. `definition` is one or more complete statements that recreate the object, `;` included. */
export interface Verbatim {
  readonly id: VerbatimId;
  /** `function`, `procedure`, `aggregate`, `trigger`, `rule`, `policy`, `extension`, `grant`, `collation`, ... as the manual calls it. */
  readonly kind: string;
  readonly namespaceId: NamespaceId | null;
  /** The table or view it hangs on: a trigger's, a policy's, a rule's. */
  readonly ownerId: TableId | ViewId | null;
  readonly name: string;
  readonly definition: string;
  readonly comment: string | null;
  readonly dependsOn: DependsOn;
}
