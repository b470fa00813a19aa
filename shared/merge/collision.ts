/** A collision as plain data: it is kept on the device, and settled later on a design that went on meanwhile. */
import type { Change, EntityKind, Identified, KeyConstraint, Namespace, Schema } from "../model/index.ts";

/** Whose doing something is: this person's, or the others'. */
export type Who = "mine" | "theirs";
export const otherOf = (who: Who): Who => (who === "mine" ? "theirs" : "mine");

/** The design when both were last together, as each left it, and as it is now. */
export interface Sides {
  readonly base: Schema;
  readonly mine: Schema;
  readonly theirs: Schema;
  readonly merged: Schema;
}

/** One thing of a design: `owner` is the table (or view) whose part it is. */
export interface Placed {
  readonly kind: EntityKind;
  readonly owner: string | null;
  readonly item: Identified;
}

interface Base {
  /** The same for the same collision, however often it is looked for. */
  readonly key: string;
  /** The table or view it is about, to be shown; null for none. */
  readonly relation: string | null;
}

/** Both gave one attribute a value: one is there, the other is kept here. */
export interface BothChanged extends Base {
  readonly kind: "attribute";
  readonly placed: Placed;
  /** `film.title`, `type mood`. */
  readonly name: string;
  readonly attribute: string;
  readonly values: Readonly<Record<Who, unknown>>;
  /** The same as a person reads them. */
  readonly said: Readonly<Record<Who, string>>;
  readonly won: Who;
}

/** One made or changed something that is gone, because the other deleted it, or what it needs. */
export interface Lost extends Base {
  readonly kind: "lost";
  readonly by: Who;
  readonly how: "made" | "changed";
  readonly placed: Placed;
  readonly name: string;
  /** What the other deleted, named; the thing itself, or what it needs. */
  readonly gone: readonly string[];
  readonly itself: boolean;
  /** Brings it back as `by` had it, with what it needs. */
  readonly back: readonly Change[];
}

/** A key or index has fewer columns than one wanted, because the other deleted them. */
export interface Cut extends Base {
  readonly kind: "cut";
  readonly by: Who;
  readonly placed: Placed;
  readonly name: string;
  readonly gone: readonly string[];
  readonly back: readonly Change[];
  /** The key or index with the columns that are left, written down. */
  readonly leave: readonly Change[];
}

/** Two of one name, one of each. */
export interface Twins extends Base {
  readonly kind: "twins";
  readonly what: "table" | "view" | "column" | "type" | "constraint";
  readonly name: string;
  /** The table, where it is about its parts. */
  readonly of: string | null;
  readonly items: Readonly<Record<Who, Placed>>;
}

/** Each gave a table its primary key: one is read as a unique key. */
export interface TwoKeys extends Base {
  readonly kind: "two-keys";
  readonly table: string;
  readonly keys: Readonly<Record<Who, KeyConstraint>>;
  /** A key's columns, by name. */
  readonly said: Readonly<Record<Who, string>>;
  readonly primary: Who;
}

/** One deleted a namespace, the other put something into it: it stays while that is there. */
export interface Kept extends Base {
  readonly kind: "kept";
  readonly namespace: Namespace;
  readonly deletedBy: Who;
}

/** Each made one table a child of the other: neither is. */
export interface Circle extends Base {
  readonly kind: "circle";
  readonly tables: Readonly<Record<Who, { readonly id: string; readonly name: string; readonly parents: readonly string[] }>>;
}

/** Both put the columns of a table into an order. */
export interface Order extends Base {
  readonly kind: "order";
  readonly table: string;
  readonly orders: Readonly<Record<Who, readonly string[]>>;
}

export type Collision = BothChanged | Lost | Cut | Twins | TwoKeys | Kept | Circle | Order;

/** A way to settle a collision. */
export type Choice = Who | "both" | "leave" | "back" | "rename-mine" | "rename-theirs" | "drop-mine" | "drop-theirs" | "move";
