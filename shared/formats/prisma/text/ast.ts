/** A Prisma schema as it is written. Places are offsets in the text. */

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Word extends Span {
  readonly text: string;
}

export type Expression = Span &
  (
    | { readonly kind: "string" | "number" | "word"; readonly text: string }
    | { readonly kind: "call"; readonly name: string; readonly args: readonly Argument[] }
    | { readonly kind: "array"; readonly items: readonly Expression[] }
    /** Was told as a fault. */
    | { readonly kind: "broken" }
  );

export interface Argument extends Span {
  /** Null where it is known by its place. */
  readonly name: string | null;
  readonly value: Expression;
}

/** `@id`, `@db.VarChar(20)`, `@@index([a])`. */
export interface Attribute extends Span {
  /** Without `@`: `id`, `db.VarChar`. */
  readonly name: string;
  readonly args: readonly Argument[];
}

export interface Field extends Span {
  readonly name: Word;
  /** Null where it was told as a fault. `Unsupported("...")` is its text. */
  readonly type: (Word & { readonly unsupported: boolean }) | null;
  readonly optional: boolean;
  readonly list: boolean;
  readonly attributes: readonly Attribute[];
  /** The `///` lines before it and at its end. */
  readonly comment: string | null;
}

interface Named extends Span {
  readonly name: Word;
  readonly attributes: readonly Attribute[];
  readonly comment: string | null;
}

/** `model`, `view` or `type`. */
export interface Model extends Named {
  readonly kind: "model" | "view" | "type";
  readonly fields: readonly Field[];
}

export interface Enumeration extends Named {
  readonly values: readonly { readonly name: Word; readonly attributes: readonly Attribute[] }[];
}

/** `datasource` or `generator`. */
export interface Settings extends Span {
  readonly kind: "datasource" | "generator";
  readonly pairs: readonly { readonly name: Word; readonly value: Expression }[];
}

export interface PrismaFile {
  readonly models: readonly Model[];
  readonly enums: readonly Enumeration[];
  readonly settings: readonly Settings[];
}
