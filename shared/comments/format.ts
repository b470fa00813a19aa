/**
 * The written format of a room's comments, format 1: a Yjs document of its own beside the design, because the right to comment is a
 * right to a document.
 *
 * - `meta`: `format`.
 * - `threads`: `<id>` -> `{at, made, first}`: what it is pinned to, and its first comment; `<id>.resolved` -> `{by, name, when}`, or
 *   `false` since it was opened again.
 * - `comments`: `<id>` -> `{thread, by, name, made, edited, text, mentions}`.
 * - `people`: person id -> `{name, tint}`, each written by that person, or by who mentions one that may only look.
 *
 * A comment is deleted by removing its key. A thread is never removed: a reply written meanwhile elsewhere would lose its place. One
 * that holds no comment is not shown. `made` is a clock's milliseconds, moved on where a reply would come before what it answers.
 * Nobody checks who someone says they are: `by` tells one's own comments from those of others, no more. Reading leaves out what does
 * not fit.
 */
export const FORMAT = 1;
/** Characters in one comment. */
export const MOST_TEXT = 4000;
/** People whom one comment mentions. */
export const MOST_MENTIONS = 50;
const MOST_NAME = 64;
/** `users.email` as the engines limit names, and then some. */
const MOST_PLACE = 300;

/** What a thread is pinned to. `name` is what it was called then: all that is left once it is deleted. */
export type Anchor =
  | { readonly kind: "table" | "relation"; readonly id: string; readonly name: string }
  | { readonly kind: "column"; readonly tableId: string; readonly id: string; readonly name: string }
  | { readonly kind: "place"; readonly at: readonly [x: number, y: number] };

export interface Somebody {
  readonly id: string;
  readonly name: string;
  /** A key of the palette, unchecked. */
  readonly tint: string;
}

/** Someone whom a text calls by `@name`. */
export interface Mention {
  readonly id: string;
  readonly name: string;
}

export interface Comment {
  readonly id: string;
  readonly by: string;
  /** What the author was called then. */
  readonly name: string;
  readonly made: number;
  readonly edited: number | null;
  readonly text: string;
  readonly mentions: readonly Mention[];
}

export interface Thread {
  readonly id: string;
  readonly at: Anchor;
  /** From the oldest on; never empty. */
  readonly comments: readonly Comment[];
  /** The comment that it began with was deleted. */
  readonly beheaded: boolean;
  readonly resolved: { readonly name: string; readonly when: number } | null;
}

type Values = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Values => typeof value === "object" && value !== null && !Array.isArray(value);
const isId = (value: unknown): value is string => typeof value === "string" && value !== "" && value.length <= 100;
const isTime = (value: unknown): value is number => typeof value === "number" && value >= 0 && value < 8.64e15;
const isPlace = (value: unknown): value is number => typeof value === "number" && Math.abs(value) < 1e9;

/** A name as it is shown: never empty, never longer than the page can bear. */
const nameOf = (value: unknown): string => (typeof value === "string" ? value.trim().slice(0, MOST_NAME) : "") || "Someone";
const placeName = (value: unknown): string => (typeof value === "string" ? value.slice(0, MOST_PLACE) : "");

function readAnchor(value: unknown): Anchor | null {
  if (!isObject(value)) return null;
  const { kind, id, tableId, name, at } = value;
  if (kind === "place") {
    const [x, y] = Array.isArray(at) ? (at as readonly unknown[]) : [];
    return isPlace(x) && isPlace(y) ? { kind, at: [x, y] } : null;
  }
  if (!isId(id)) return null;
  if (kind === "column") return isId(tableId) ? { kind, tableId, id, name: placeName(name) } : null;
  return kind === "table" || kind === "relation" ? { kind, id, name: placeName(name) } : null;
}

/** What is written of a thread itself; null where it makes no sense. */
export function readThread(value: unknown): { readonly at: Anchor; readonly made: number; readonly first: string } | null {
  if (!isObject(value)) return null;
  const { made, first } = value;
  const at = readAnchor(value["at"]);
  return at && isTime(made) && isId(first) ? { at, made, first } : null;
}

export function readResolved(value: unknown): Thread["resolved"] {
  return isObject(value) && isTime(value["when"]) ? { name: nameOf(value["name"]), when: value["when"] } : null;
}

function readMentions(value: unknown): readonly Mention[] {
  if (!Array.isArray(value)) return [];
  const found = (value as readonly unknown[]).filter(
    (item): item is Values & { id: string } => isObject(item) && isId(item["id"]),
  );
  return found.slice(0, MOST_MENTIONS).map(({ id, name }) => ({ id, name: nameOf(name) }));
}

/** A comment and its thread; null where it makes no sense. A text that is too long is cut. */
export function readComment(id: string, value: unknown): { readonly thread: string; readonly comment: Comment } | null {
  if (!isObject(value)) return null;
  const { thread, by, made, edited, text } = value;
  if (!isId(thread) || !isId(by) || !isTime(made) || typeof text !== "string") return null;
  const comment = {
    id,
    by,
    name: nameOf(value["name"]),
    made,
    edited: isTime(edited) ? edited : null,
    text: text.slice(0, MOST_TEXT),
    mentions: readMentions(value["mentions"]),
  };
  return { thread, comment };
}

export function readSomebody(id: string, value: unknown): Somebody | null {
  if (!isObject(value) || !isId(id)) return null;
  const { tint } = value;
  return { id, name: nameOf(value["name"]), tint: typeof tint === "string" && tint.length <= 20 ? tint : "" };
}
