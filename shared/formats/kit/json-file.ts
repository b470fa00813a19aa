/** Opening a JSON file that another tool wrote. */
import type { Dialect } from "../../dialects/dialect.ts";
import { problem, type Problem } from "../../result/index.ts";
import { dialectCalled } from "./dialect-named.ts";
import { parseJson } from "./json-text.ts";
import { Findings, Item } from "./loose.ts";
import { takeName } from "./names.ts";

interface Opened {
  readonly root: Item;
  readonly findings: Findings;
  /** The text that places count in. */
  readonly source: string;
}

/** The file's object and what is found out about it, or why there is none. `wanted`: what it has to have, in a sentence. */
export function openFile(text: string, key: string, wanted: string): Opened | { readonly problems: Problem[] } {
  const source = text.replace(/^\uFEFF/, "");
  if (source.trim() === "") return { problems: [problem("input.empty", "error")] };
  const parsed = parseJson(source);
  if ("fault" in parsed) return { problems: [parsed.fault] };
  const findings = new Findings();
  const whole = Item.of(parsed.value, "", findings);
  // DrawDB's import server wraps the diagram.
  const root = whole && !whole.has(key) && whole.isObject("diagramData") ? whole.item("diagramData") : whole;
  if (root?.has(key)) return { root, findings, source };
  findings.fault("", wanted, "error");
  return { problems: findings.problems(source) };
}

/** A diagram of no database is read as whatever a person works with. */
const GENERIC = "generic";

/** The dialect that is meant; `foreign`: the file is of another database or of none. */
export function dialectOf(
  name: string | null,
  dialects: readonly Dialect[],
  findings: Findings,
): { readonly dialect: Dialect; readonly foreign: boolean } {
  const [first] = dialects;
  if (!first) throw new Error("a reader needs a dialect");
  const called = name ?? GENERIC;
  const named = dialectCalled(called, dialects);
  if (!named && called.toLowerCase() !== GENERIC)
    findings.tell(problem("text.dialect", "warning", { name: called, dialect: first.label }));
  return { dialect: named ?? first, foreign: named === null };
}

/** A name that is there and not taken; what else is told. */
export function nameOf(item: Item, what: string, number: number, taken: Set<string>): string {
  const written = item.text("name") ?? "";
  const name = takeName(written === "" ? `${what}_${String(number + 1)}` : written, taken);
  if (written === "") item.fault("name", `the ${what} has no name; it is read as ${name}`);
  else if (name !== written) item.fault("name", `there is a ${what} named ${written} already; this one is read as ${name}`);
  return name;
}
