/**
 * Finds the answer of a pasted query in whatever a client made of it: a bare cell, CSV, JSON around JSON, borders and headers
 * around it, lines broken, backslashes doubled. The answer is one JSON document that names its begin, its end and its length, so
 * that what was clipped or changed on the way is noticed.
 */
import { problem, type Problem, type Report } from "../../result/index.ts";

export interface Answer {
  readonly dialect: string;
  /** What the query was made for; `read` decides what it means. */
  readonly madeFor: string;
  /** As the server says it. */
  readonly server: string;
  /** Tells queries of one version of the app from those of another. */
  readonly query: string;
  readonly answers: unknown;
}

/** `{`, the quotes as the client wrote them, and the mark. */
const BEGIN = /\{\s*(["\\]+)drawbridge\1/;
const MOST_UNQUOTING = 4;

/** One layer of quoting taken off; null where it cannot be. */
function unquoted(body: string, quote: string): string | null {
  if (quote.endsWith('""')) return body.replaceAll('""', '"');
  try {
    return JSON.parse(`"${body.replace(/\r?\n/g, "\\n")}"`) as string;
  } catch {
    return null;
  }
}

/** The document with its own quotes, or how many characters of it there are when its end is missing. */
function found(text: string): { readonly body: string } | { readonly clipped: number } | null {
  let rest = text;
  for (let layer = 0; layer < MOST_UNQUOTING; layer += 1) {
    const begin = BEGIN.exec(rest);
    const quote = begin?.[1];
    if (!begin || quote === undefined) return null;
    const end = [...rest.matchAll(new RegExp(`drawbridge${quote.replaceAll("\\", "\\\\")}\\s*\\}`, "g"))].at(-1);
    if (!end || end.index <= begin.index + begin[0].length - quote.length) return { clipped: rest.length - begin.index };
    const body = rest.slice(begin.index, end.index + end[0].length);
    if (quote === '"') return { body };
    const next = unquoted(body, quote);
    if (next === null) return null;
    rest = next;
  }
  return null;
}

/** A line of a cell without what stands behind it. */
function withoutBorder(line: string): string {
  const text = line.trimEnd();
  return /[|│+]$/.test(text) ? text.slice(0, -1).trimEnd() : text;
}

/** What clients do to a long text, undone; the first that gives the whole answer holds. */
const REPAIRS: readonly ((body: string) => string)[] = [
  (body) => body,
  // Batch mode of the mysql program doubles every backslash.
  (body) => body.replaceAll("\\\\", "\\"),
  // Cells that go over several lines, between borders or with psql's continuation sign.
  (body) => {
    const lines = body.split("\n");
    return lines
      .map((line, at) => (at === 0 ? line : line.replace(/^[ \t]*[|│]?[ \t]?/, "")))
      .map((line, at) => (at === lines.length - 1 ? line : withoutBorder(line)))
      .join("");
  },
  // Lines broken by a terminal.
  (body) => body.replace(/\r?\n/g, ""),
];

/** Characters of a value as the servers write JSON: a space after each comma. */
function lengthOf(value: unknown): number {
  if (Array.isArray(value))
    return 2 + value.reduce((sum: number, item) => sum + lengthOf(item), 0) + 2 * Math.max(0, value.length - 1);
  return Array.from(JSON.stringify(value)).length;
}

function parsed(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const textOf = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");

const nothing = (...problems: readonly Problem[]): Report<null> => ({ value: null, problems });

/** The answer in a pasted text; null with the reason where there is none, it was clipped, or it cannot be read. */
export function readAnswer(text: string): Report<Answer | null> {
  if (text.trim() === "") return nothing(problem("input.empty", "error"));
  const place = found(text);
  if (place === null) {
    const isQuery = /'drawbridge', ?1,/.test(text);
    return nothing(problem(isQuery ? "paste.query" : "paste.none", "error"));
  }
  if ("clipped" in place) return nothing(problem("paste.clipped", "error", { count: place.clipped }));
  let whole: Readonly<Record<string, unknown>> | null = null;
  let exact = false;
  for (const repair of REPAIRS) {
    const document = parsed(repair(place.body));
    if (!document) continue;
    exact = document["length"] === null || lengthOf(document["answers"]) === document["length"];
    if (exact || !whole) whole = document;
    if (exact) break;
  }
  if (!whole) return nothing(problem("paste.damaged", "error"));
  const value = {
    dialect: textOf(whole["dialect"]),
    madeFor: textOf(whole["made_for"]),
    server: textOf(whole["server"]),
    query: textOf(whole["query"]),
    answers: whole["answers"],
  };
  return { value, problems: exact ? [] : [problem("paste.changed", "warning")] };
}

/** A short name of a text: FNV-1a, 32 bits. */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}
