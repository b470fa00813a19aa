/**
 * This part is in charge of the design file: one design as JSON that a person can read, keep in git and open again, equal.
 *
 * `{"format": "drawbridge/1", "name", "schema", "diagrams"}`; the shapes are the model's own, attributes at their default are left
 * out, maps are objects. A change that an older reader would misread gets the next number.
 */
import type { Diagram, Schema } from "../../model/index.ts";
import { problem, type Problem, type Report } from "../../result/index.ts";
import { list, may, must, object, oneOf, text } from "./shape.ts";
import { diagram, schema } from "./shapes.ts";
import { withoutStrays } from "./strays.ts";

export interface Design {
  readonly name: string;
  readonly schema: Schema;
  readonly diagrams: readonly Diagram[];
}

const FORMAT = "drawbridge/1";
const NUMBERED = /^drawbridge\/(\d+)$/;
/** A file with more faults than this is not a design that someone edited by hand. */
const MOST_PROBLEMS = 100;

const file = object<Design & { readonly format: typeof FORMAT }>({
  format: must(oneOf(FORMAT)),
  name: may(text, ""),
  schema: must(schema),
  diagrams: may(list(diagram), []),
});

/** The design as text, ending in a newline. The same design gives the same text. */
export function writeDesign(design: Design): string {
  return `${JSON.stringify(file.write({ format: FORMAT, ...design }), null, 1)}\n`;
}

/** How sure it is that a text is a design file, 0 to 1, from its beginning. */
export function recogniseDesign(head: string): number {
  return /^\s*\{\s*"format"\s*:\s*"drawbridge\/\d+"/.test(head) ? 1 : 0;
}

function invalid(path: string, why: string): Problem {
  return problem("format.invalid", "error", { path: path === "" ? "The file" : path.replace(/^\./, ""), why });
}

function parse(source: string): { readonly value: unknown } | { readonly fault: string } {
  try {
    return { value: JSON.parse(source) };
  } catch (thrown) {
    return { fault: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

/**
 * Reads a design file. What is not as it should be is told with its path and left out; the value is null when nothing can be
 * used: no JSON, another format, a newer one.
 */
export function readDesign(source: string): Report<Design | null> {
  if (source.trim() === "") return { value: null, problems: [problem("input.empty", "error")] };
  const parsed = parse(source);
  if ("fault" in parsed) return { value: null, problems: [invalid("", `it is not JSON (${parsed.fault})`)] };
  const problems: Problem[] = [];
  const format: unknown =
    parsed.value !== null && typeof parsed.value === "object" && "format" in parsed.value && parsed.value.format;
  const found = typeof format === "string" ? NUMBERED.exec(format)?.[1] : undefined;
  if (found === undefined) return { value: null, problems: [invalid("format", `"${FORMAT}" is expected`)] };
  if (Number(found) > 1) return { value: null, problems: [problem("format.too-new", "error", { found, known: 1 })] };
  const read = file.read(parsed.value, "", (path, why) => problems.push(invalid(path, why)));
  if (!read) return { value: null, problems: problems.slice(0, MOST_PROBLEMS) };
  const { value, problems: strays } = withoutStrays(read.schema);
  const design: Design = { name: read.name, schema: value, diagrams: read.diagrams };
  return { value: design, problems: [...problems, ...strays].slice(0, MOST_PROBLEMS) };
}
