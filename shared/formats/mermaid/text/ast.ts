/** What a diagram says, with its places. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Attribute extends Span {
  readonly type: string;
  readonly name: string;
  /** `PK`, `FK`, `UK`. */
  readonly keys: readonly string[];
  readonly comment: string | null;
  /** A question mark behind the type. */
  readonly optional: boolean;
}

/** A name as it is written, codes and dots still in it. */
export interface Name extends Span {
  readonly written: string;
}

export interface Entity extends Name {
  readonly alias: string | null;
  readonly attributes: readonly Attribute[];
}

export type Cardinality = "one" | "zero or one" | "one or more" | "zero or more";

export interface Relation extends Span {
  readonly left: Name;
  readonly leftCard: Cardinality;
  readonly right: Name;
  readonly rightCard: Cardinality;
  /** As it is written, codes still in it. */
  readonly label: string;
}

export interface Diagram {
  readonly entities: readonly Entity[];
  readonly relations: readonly Relation[];
  /** Lines about looks, which a design has no place for, and groups. */
  readonly looks: number;
  readonly groups: number;
}
