/**
 * What a stored value may be. A document may come from anywhere, so each value is held against an example of its attribute before
 * it is believed; what does not fit is left out, and said.
 */
import type { Template } from "./keys.ts";

const TEXT = "";
const TEXTS = [TEXT];
/** An object with any keys, whose values are texts. */
const OPTIONS = {};

/** For attributes whose template says nothing of the shape: absent by default, or lists of objects. */
const EXAMPLES: Readonly<Record<string, unknown>> = {
  identity: { always: false, sequence: TEXT },
  generated: { expression: TEXT, stored: false },
  partitionOf: { tableId: TEXT, bound: TEXT },
  ownedBy: { tableId: TEXT, columnId: TEXT },
  checks: [{ name: TEXT, expression: TEXT, notValid: false }],
  fields: [{ name: TEXT, type: TEXT }],
  parts: [{ descending: false }],
};
/** `columns` are ids in a key and objects in a view. */
const OF_VIEWS: Readonly<Record<string, unknown>> = {
  columns: [{ name: TEXT, type: TEXT }],
  indexes: [
    { id: TEXT, name: TEXT, unique: false, method: TEXT, parts: [{ descending: false }], include: TEXTS, options: OPTIONS },
  ],
};

function like(example: unknown, value: unknown): boolean {
  if (typeof example !== "object" || example === null) return typeof value === typeof example;
  if (typeof value !== "object" || value === null || Array.isArray(value) !== Array.isArray(example)) return false;
  if (Array.isArray(value)) return value.every((item) => like((example as readonly unknown[])[0] ?? TEXT, item));
  const wanted = Object.entries(example);
  if (wanted.length === 0) return Object.values(value).every((item) => typeof item === "string");
  return wanted.every(([key, inner]) => like(inner, (value as Readonly<Record<string, unknown>>)[key]));
}

/** Does a value fit its attribute, given the template of its entity? */
export function fits(known: Template, attribute: string, value: unknown): boolean {
  const usual = known[attribute];
  if (value === null) return usual === null;
  if (usual !== null && typeof usual !== "object") return typeof value === typeof usual;
  const example = "materialized" in known ? (OF_VIEWS[attribute] ?? EXAMPLES[attribute]) : EXAMPLES[attribute];
  return like(example ?? usual ?? TEXT, value);
}

const DIGITS = /^[0-9A-Za-z]+$/;
/** The length of a fractional key's whole part, by its first letter. */
const whole = (head: number): number => (head >= 97 ? head - 95 : 92 - head);

/** Is it a key that the order of columns can be made from? The rules are those of fractional-indexing. */
export function isOrder(value: unknown): value is string {
  if (typeof value !== "string" || !DIGITS.test(value) || !/^[A-Za-z]/.test(value)) return false;
  const length = whole(value.charCodeAt(0));
  return value.length >= length && !(value.length > length && value.endsWith("0")) && value !== `A${"0".repeat(26)}`;
}

const isPair = (value: unknown): boolean => Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);
const isBox = (value: unknown, text: string): boolean =>
  typeof value === "object" &&
  value !== null &&
  "at" in value &&
  "size" in value &&
  isPair(value.at) &&
  isPair(value.size) &&
  like({ [text]: TEXT, tint: TEXT }, value);

/** Does a value fit its root map of the diagram? */
export const FITS_DIAGRAM = {
  positions: isPair,
  tints: (value: unknown) => typeof value === "string",
  areas: (value: unknown) => isBox(value, "name"),
  notes: (value: unknown) => isBox(value, "text"),
} as const;
