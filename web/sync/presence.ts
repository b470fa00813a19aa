/** What people tell each other of what they do, as it is put on the wire and read from it: others may send anything. */
import type { TintName } from "#shared/model/index.ts";

export interface Seen {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What someone shows of themselves. Places are in the design's own coordinates. */
export interface Showing {
  readonly name: string;
  readonly tint: TintName;
  /** The person, as comments mention them; null where it is not told. */
  readonly person: string | null;
  readonly pointer: readonly [number, number] | null;
  /** Ids of what is selected. */
  readonly selected: readonly string[];
  /** The table whose fields are typed into. */
  readonly editing: string | null;
  readonly seen: Seen | null;
  /** Whom this person follows, as a client of the document. */
  readonly following: number | null;
}

/** More are not told: a presence is 4 KB at most. */
export const MOST_SELECTED = 40;

const TINTS: Readonly<Record<TintName, true>> = {
  teal: true,
  amber: true,
  blue: true,
  violet: true,
  rose: true,
  green: true,
  slate: true,
  orange: true,
};

const isTint = (value: unknown): value is TintName => typeof value === "string" && Object.hasOwn(TINTS, value);
const isPlace = (value: unknown): value is number => typeof value === "number" && Math.abs(value) < 1e9;
const isId = (value: unknown): value is string => typeof value === "string" && value.length <= 100;

function readSeen(value: unknown): Seen | null {
  const { x, y, width, height } = (value ?? {}) as Partial<Record<keyof Seen, unknown>>;
  if (!isPlace(x) || !isPlace(y) || !isPlace(width) || !isPlace(height) || width < 1 || height < 1) return null;
  return { x, y, width, height };
}

function readPointer(value: unknown): readonly [number, number] | null {
  if (!Array.isArray(value)) return null;
  const [x, y] = value as readonly unknown[];
  return isPlace(x) && isPlace(y) ? [x, y] : null;
}

/** Reads a state; what is missing or wrong in it is left out. */
export function readShowing(state: Readonly<Record<string, unknown>>): Showing {
  const { name, tint, selected, editing, following } = state;
  const isGiven = typeof name === "string" && name.trim() !== "";
  return {
    name: isGiven ? name.trim().slice(0, 64) : "Someone",
    tint: isTint(tint) ? tint : "slate",
    person: isId(state["person"]) ? state["person"] : null,
    pointer: readPointer(state["pointer"]),
    selected: Array.isArray(selected) ? selected.filter(isId).slice(0, MOST_SELECTED) : [],
    editing: isId(editing) ? editing : null,
    seen: readSeen(state["seen"]),
    following: typeof following === "number" ? following : null,
  };
}

/** `Ada King` is AK, `Jo` is Jo. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== "");
  const letters = words.length > 1 ? [words[0], words.at(-1)].map((word) => [...(word ?? "")][0] ?? "") : [...name].slice(0, 2);
  return words.length > 1 ? letters.join("").toUpperCase() : letters.join("");
}
