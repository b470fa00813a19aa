/** The types of a dialect's columns, as text and in parts. */

/** Neutral kinds that types of all dialects relate to. */
export type TypeKind =
  | "integer"
  | "decimal"
  | "float"
  | "boolean"
  | "text"
  | "binary"
  | "date"
  | "time"
  | "timestamp"
  | "interval"
  | "uuid"
  | "json"
  | "xml"
  | "network"
  | "geometry"
  | "range"
  | "search"
  | "bits"
  | "money"
  | "other";

export interface ParsedType {
  /** Canonical name without arguments, as the engine prints it. */
  readonly name: string;
  readonly args: readonly string[];
  /** Number of array dimensions. */
  readonly array: number;
  readonly kind: TypeKind;
}

export interface TypeSystem {
  readonly parse: (text: string) => ParsedType;
  readonly format: (type: ParsedType) => string;
  /** The text the engine itself would print: `int` -> `integer`, `varchar(10)` -> `character varying(10)`. Unknown text stays. */
  readonly canonical: (text: string) => string;
  /** A short form for tight places: `timestamp with time zone` -> `timestamptz`. */
  readonly short: (text: string) => string;
  /** Is this a type of this dialect's own, arguments included? Where any text is a type: one of the usual ones. */
  readonly knows: (text: string) => boolean;
  /** Offered when a person picks a type, most used first. */
  readonly common: readonly string[];
  /** May a foreign key join a column of type `from` with one of type `to`? `null` when only the engine can tell. */
  readonly comparable: (from: string, to: string) => boolean | null;
}
