/** Branded ids: a string that cannot be handed over where another kind of id is wanted. */
declare const brand: unique symbol;
type Id<K extends string> = string & { readonly [brand]: K };

export type NamespaceId = Id<"namespace">;
export type TableId = Id<"table">;
export type ColumnId = Id<"column">;
export type ConstraintId = Id<"constraint">;
export type ForeignKeyId = Id<"foreignKey">;
export type IndexId = Id<"index">;
export type TypeId = Id<"type">;
export type SequenceId = Id<"sequence">;
export type ViewId = Id<"view">;
export type VerbatimId = Id<"verbatim">;
export type AreaId = Id<"area">;
export type NoteId = Id<"note">;
export type DiagramId = Id<"diagram">;

/** Makes a fresh id, unique for ever. The shared code has no randomness of its own: who calls it brings this. */
export type Mint = () => string;
