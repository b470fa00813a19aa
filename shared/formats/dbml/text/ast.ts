/**
 * What a DBML file says, as it says it: names are not looked up yet. A file is read piece by piece, a piece being one element or what
 * cannot be one, so that only what changed is read again. Offsets are UTF-16 units of the text a piece was read from; its `shift` leads
 * to where it stands now.
 */
import type { Fault } from "../../kit/faults.ts";

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What was read from one place at the top of a file, to where the next begins. */
export interface Piece {
  /** The file that it stands in. */
  readonly path: string;
  /** Where its first token begins. */
  readonly start: number;
  /** Reading it looked at nothing from here on. */
  readonly reach: number;
  /** Up to here, faults of tokens had been told before it. */
  readonly told: number;
  readonly elements: readonly Element[];
  /** What is not as it should be, the first of it; the rest is counted. */
  readonly faults: readonly Fault[];
  readonly more: number;
  /** Added to its offsets, they are offsets of the file. */
  shift: number;
}

/** An element, under the list of a file that it belongs to. A `Project` may hold others. */
export type Element = {
  [List in keyof FileNode]: { readonly list: List; readonly node: FileNode[List][number] };
}[keyof FileNode];

/** What stands in a file by itself knows its piece: there its faults are told. */
interface Top extends Span {
  readonly piece: Piece;
}

/** `a`, `s.a`, `s.a.c`. */
export interface Name extends Span {
  readonly parts: readonly string[];
}

/** One end of a relation: a table (empty: the one it stands in) and its columns. */
export interface Endpoint extends Span {
  readonly table: readonly string[];
  readonly columns: readonly string[];
}

export type Value = Span &
  (
    | { readonly kind: "string" | "expression" | "colour"; readonly text: string }
    | { readonly kind: "number"; readonly text: string }
    /** Words: `cascade`, `set null`, `true`. */
    | { readonly kind: "words"; readonly text: string }
    /** `status.active`, and a name in double quotes, which older files use for texts. */
    | { readonly kind: "name"; readonly parts: readonly string[] }
    /** `> a.b`, `<- a`. */
    | { readonly kind: "link"; readonly operator: string; readonly to: Endpoint }
    | { readonly kind: "other" }
  );

/** `name`, `name: value`; the name in lower case. */
export interface Setting extends Span {
  readonly name: string;
  /** As it is written: names of a person's own keep their capitals. */
  readonly written: string;
  readonly value: Value | null;
}

export interface Note extends Span {
  readonly text: string;
}

/** `enum` and `'…'` lists are arguments too; they are written as SQL writes them. One object for all that are written alike. */
export interface TypeText {
  readonly parts: readonly string[];
  /** `(10,2)`, `('a','b')`, or nothing; then `[]` for each dimension. */
  readonly args: string;
  readonly array: string;
}

export interface ColumnNode extends Span {
  readonly kind: "column";
  readonly name: string;
  /** The name begins where the column does. */
  readonly nameEnd: number;
  readonly type: TypeText | null;
  readonly settings: readonly Setting[];
}

export interface IndexNode extends Span {
  readonly parts: readonly (Span & { readonly column: string | null; readonly expression: string | null })[];
  readonly settings: readonly Setting[];
}

export interface CheckNode extends Span {
  readonly expression: string;
  readonly settings: readonly Setting[];
}

export interface RecordsNode extends Top {
  /** Null where it stands in its table. */
  readonly table: Name | null;
  readonly rows: number;
}

/** What a table or a partial holds, in the order it was written. */
export type FieldNode = ColumnNode | { readonly kind: "partial"; readonly name: Name };

export interface TableNode extends Top {
  readonly name: Name;
  readonly alias: Name | null;
  readonly settings: readonly Setting[];
  readonly fields: readonly FieldNode[];
  readonly indexes: readonly IndexNode[];
  readonly checks: readonly CheckNode[];
  readonly records: readonly RecordsNode[];
  readonly notes: readonly Note[];
}

export interface EnumNode extends Top {
  readonly name: Name;
  readonly values: readonly { readonly name: Name; readonly settings: readonly Setting[] }[];
}

export interface RefNode extends Top {
  readonly name: Name | null;
  readonly from: Endpoint;
  readonly operator: string;
  readonly to: Endpoint;
  readonly settings: readonly Setting[];
}

export interface GroupNode extends Top {
  readonly name: Name;
  readonly settings: readonly Setting[];
  readonly tables: readonly Name[];
  readonly notes: readonly Note[];
}

export interface StickyNode extends Top {
  readonly name: Name;
  readonly settings: readonly Setting[];
  readonly notes: readonly Note[];
}

/** `key: value` of a project, a metadata block, a dependency. */
export interface Pair extends Span {
  readonly key: string;
  readonly value: Value | null;
}

export interface ProjectNode extends Top {
  readonly name: Name | null;
  readonly pairs: readonly Pair[];
  readonly notes: readonly Note[];
}

export interface MetadataNode extends Top {
  readonly target: string;
  readonly name: Name;
  readonly pairs: readonly Pair[];
}

export interface UseNode extends Top {
  /** `reuse`: who uses this file has them too. */
  readonly again: boolean;
  readonly path: string;
  readonly pathSpan: Span;
  /** Null for `*`. */
  readonly items: readonly { readonly kind: string; readonly name: Name; readonly alias: Name | null }[] | null;
}

export interface FileNode {
  readonly projects: readonly ProjectNode[];
  readonly tables: readonly TableNode[];
  readonly partials: readonly TableNode[];
  readonly enums: readonly EnumNode[];
  readonly refs: readonly RefNode[];
  readonly groups: readonly GroupNode[];
  readonly stickies: readonly StickyNode[];
  readonly metadata: readonly MetadataNode[];
  readonly records: readonly RecordsNode[];
  readonly uses: readonly UseNode[];
  /** What is read and has no place in a design: its name. */
  readonly views: readonly (Span & { readonly name: string })[];
  readonly deps: readonly Span[];
}
