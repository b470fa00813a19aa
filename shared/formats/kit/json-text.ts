/** JSON of unknown origin: its value, or the place where it stops being JSON; and where in the text a path of it stands. */
import { problem, type Problem } from "../../result/index.ts";
import { spansOf } from "./lines.ts";

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A step down the paths that are looked for. */
interface Wanted {
  readonly steps: Map<string, Wanted>;
  path: string | null;
}

function wantedOf(paths: Iterable<string>): Wanted {
  const root: Wanted = { steps: new Map(), path: null };
  for (const path of paths) {
    let node = root;
    for (const step of path.match(/[^.[\]]+/g) ?? []) {
      let next = node.steps.get(step);
      if (!next) node.steps.set(step, (next = { steps: new Map(), path: null }));
      node = next;
    }
    node.path = path;
  }
  return root;
}

interface Frame {
  readonly array: boolean;
  readonly start: number;
  readonly wanted: Wanted | null;
  count: number;
  key: string;
}

type State = "value" | "first value" | "key" | "first key" | "colon" | "after";

const SPACE = /[ \t\r\n]*/y;
// eslint-disable-next-line no-control-regex -- the control characters that JSON does not take in a text
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const ATOM = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

const EXPECTED: Readonly<Record<State, string>> = {
  value: "A value",
  "first value": "A value or ]",
  key: "A name in double quotes",
  "first key": "A name in double quotes or }",
  colon: "A colon",
  after: "A comma or the closing bracket",
};

/** One pass over a text, without recursion: however deep it is nested. */
class Walk {
  readonly found = new Map<string, Stretch>();
  /** Where the text is not JSON. */
  fault: { readonly at: number; readonly what: string; readonly open: number | null } | null = null;
  readonly #text: string;
  readonly #frames: Frame[] = [];
  #wanted: Wanted | null;
  #at = 0;

  constructor(text: string, wanted: Wanted | null) {
    this.#text = text;
    this.#wanted = wanted;
    let state: State = "value";
    for (;;) {
      this.#match(SPACE);
      const next = this.#step(state);
      if (next === null) break;
      state = next;
    }
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#at += found.length;
    return found;
  }

  #fail(what: string): null {
    this.fault = { at: this.#at, what, open: this.#frames.at(-1)?.start ?? null };
    return null;
  }

  /** The state after the next token; null at the end, or where it is none. */
  #step(state: State): State | null {
    const c = this.#text[this.#at];
    const frame = this.#frames.at(-1);
    if (state === "after" && !frame) return c === undefined ? null : this.#fail("Nothing more");
    if (c === undefined) return this.#fail(EXPECTED[state]);
    if (frame && c === (frame.array ? "]" : "}") && (state === "after" || state.startsWith("first"))) return this.#close(frame);
    if (state === "after") {
      if (c !== ",") return this.#fail(EXPECTED.after);
      this.#at += 1;
      return frame?.array ? "value" : "key";
    }
    if (state === "colon") {
      if (c !== ":") return this.#fail(EXPECTED.colon);
      this.#at += 1;
      return "value";
    }
    if (state === "key" || state === "first key") {
      const key = this.#match(STRING);
      if (key === null || !frame) return this.#fail(EXPECTED[state]);
      frame.key = frame.wanted && key.length < 100 ? String(JSON.parse(key)) : "";
      return "colon";
    }
    return this.#value(c, state, frame);
  }

  #value(c: string, state: State, frame: Frame | undefined): State | null {
    const step = frame && (frame.array ? String(frame.count) : frame.key);
    if (frame) frame.count += 1;
    const wanted = step === undefined ? this.#wanted : (frame?.wanted?.steps.get(step) ?? null);
    const start = this.#at;
    if (c === "{" || c === "[") {
      this.#at += 1;
      this.#frames.push({ array: c === "[", start, wanted, count: 0, key: "" });
      return c === "[" ? "first value" : "first key";
    }
    if (this.#match(c === '"' ? STRING : ATOM) === null) return this.#fail(EXPECTED[state]);
    this.#keep(wanted, start, this.#at);
    return "after";
  }

  #close({ wanted, start }: Frame): State {
    this.#at += 1;
    this.#frames.pop();
    // What is wrong of a list or object as a whole is wrong at its beginning.
    this.#keep(wanted, start, start + 1);
    return "after";
  }

  #keep(wanted: Wanted | null, start: number, end: number): void {
    const path = wanted?.path ?? null;
    if (path !== null && !this.found.has(path)) this.found.set(path, { start, end });
  }
}

/** Where paths such as `tables[3].fields[0].name` stand in a text of JSON; those that are not there are left out. */
export function locate(text: string, paths: Iterable<string>): ReadonlyMap<string, Stretch> {
  return new Walk(text, wantedOf(paths)).found;
}

/** The value of a text of JSON, or what is wrong with it, with its place. Never throws. */
export function parseJson(text: string): { readonly value: unknown } | { readonly fault: Problem } {
  try {
    return { value: JSON.parse(text) };
  } catch {
    const { fault } = new Walk(text, null);
    const at = fault?.at ?? 0;
    const end = at >= text.length;
    const found = end ? "the end of the text" : /\s/.test(text[at] ?? "") ? "a line break" : (text[at] ?? "");
    const open = fault?.open ?? null;
    const [span, from] = spansOf(text, [
      { start: at, end: Math.min(at + 1, text.length) },
      { start: open ?? 0, end: open ?? 0 },
    ]);
    const where = { at: span ?? null };
    if (end && open !== null) {
      const params = { what: text[open] === "[" ? "The list" : "The object", line: from?.line ?? 1 };
      return { fault: problem("text.unclosed", "error", params, where) };
    }
    return { fault: problem("text.expected", "error", { what: fault?.what ?? "JSON", found }, where) };
  }
}
