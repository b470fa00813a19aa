/** Faults of a text, as readers tell them: a code, a stretch, and the words of the code's sentence; and as problems with lines. */
import { problem, type Problem, sentence } from "../../result/index.ts";
import { spansOf } from "./lines.ts";

export type Fault = {
  readonly start: number;
  readonly end: number;
} & (
  | { readonly code: "text.expected"; readonly what: string; readonly found: string }
  | { readonly code: "text.unclosed"; readonly what: string; readonly from: number }
  | { readonly code: "text.missing"; readonly what: string; readonly name: string }
  | { readonly code: "text.file"; readonly name: string }
  | { readonly code: "text.partials"; readonly most: string }
  | { readonly code: "text.twice"; readonly what: string; readonly name: string }
  | { readonly code: "text.setting"; readonly what: string; readonly name: string }
  | { readonly code: "text.value"; readonly name: string; readonly wanted: string }
  | { readonly code: "text.place"; readonly what: string; readonly why: string }
);

/** Told of each thing that is not as it should be. */
export type Tell = (what: Fault) => void;

/** As many faults of one text are kept; the rest are counted. */
const MOST_FAULTS = 100;

/** The faults of one text. `path` is null for the text that is read, a name for a file beside it. */
export class Faults {
  readonly #text: string;
  readonly #path: string | null;
  readonly #faults: Fault[] = [];
  #more = 0;

  constructor(text: string, path: string | null) {
    this.#text = text;
    this.#path = path;
  }

  readonly tell: Tell = (fault) => {
    if (this.#faults.length < MOST_FAULTS) this.#faults.push(fault);
    else this.#more += 1;
  };

  /** In the order of the text. */
  problems(): Problem[] {
    const faults = [...this.#faults].sort((a, b) => a.start - b.start || a.end - b.end);
    const spans = spansOf(this.#text, faults);
    const begins = faults.map((fault) => ("from" in fault ? { start: fault.from, end: fault.from } : fault));
    const lines = spansOf(this.#text, begins);
    const told = faults.map((fault, at) => {
      const one = problem(fault.code, "error", paramsOf(fault, lines[at]?.line ?? 1), { at: spans[at] ?? null });
      if (this.#path === null) return one;
      return problem("text.elsewhere", "error", { file: this.#path, line: spans[at]?.line ?? 1, why: sentence(one) });
    });
    return this.#more === 0 ? told : [...told, problem("text.more", "error", { count: this.#more })];
  }
}

function paramsOf(fault: Fault, line: number): Problem["params"] {
  if (fault.code === "text.unclosed") return { what: fault.what, line };
  const { start: _start, end: _end, code: _code, ...params } = fault;
  return params;
}

/** What is read and has no place in a design, counted by what it is, each with its reason. */
export class Leftovers {
  readonly #known = new Map<string, { readonly why: string; count: number }>();

  leave(what: string, why: string, count = 1): void {
    const known = this.#known.get(what);
    if (known) known.count += count;
    else this.#known.set(what, { why, count });
  }

  problems(): Problem[] {
    return [...this.#known].map(([what, { why, count }]) => problem("text.beside", "note", { what, count, why }));
  }
}
