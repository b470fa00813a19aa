/** What is wrong in the files that were read, as problems. */
import { problem, type Problem, sentence } from "../../../result/index.ts";
import { spansOf } from "../../kit/lines.ts";
import type { Piece } from "../text/ast.ts";
import type { Fault } from "../../kit/faults.ts";
import type { Files, SourceFile } from "./files.ts";

/** As many problems are told; the rest are counted. */
const MOST_PROBLEMS = 100;

type Told = readonly (readonly [Piece, Fault])[];

/** A fault where it stands now. */
function placed({ shift }: Piece, fault: Fault): Fault {
  if (shift === 0) return fault;
  const at = { start: fault.start + shift, end: fault.end + shift };
  return fault.code === "text.unclosed" ? { ...fault, ...at, from: fault.from + shift } : { ...fault, ...at };
}

/** In the order of the text; what several tables found wrong with one partial is told once. */
function distinct(faults: readonly Fault[]): Fault[] {
  const order = [...faults].sort((a, b) => a.start - b.start || a.end - b.end);
  return order.filter(({ start, end, code }, at) => {
    const before = order[at - 1];
    return before?.start !== start || before.end !== end || before.code !== code;
  });
}

function paramsOf(fault: Fault, line: number): Problem["params"] {
  const { start: _start, end: _end, code: _code, ...params } = fault;
  return fault.code === "text.unclosed" ? { what: fault.what, line } : params;
}

function problemsOf({ text, path }: SourceFile, faults: readonly Fault[], main: boolean): Problem[] {
  const spans = spansOf(text, faults);
  const lineOf = spansOf(
    text,
    faults.map((fault) => (fault.code === "text.unclosed" ? { start: fault.from, end: fault.from } : fault)),
  );
  return faults.map((fault, at) => {
    const params = paramsOf(fault, lineOf[at]?.line ?? 1);
    const told = problem(fault.code, "error", params, { at: spans[at] ?? null });
    if (main) return told;
    return problem("text.elsewhere", "error", { file: path, line: spans[at]?.line ?? 1, why: sentence(told) });
  });
}

/** The faults of all files, each in the order of its text; after the first hundred, how many more there are. */
export function problemsIn(files: Files, main: SourceFile, told: Told): Problem[] {
  const others = new Map<string, Fault[]>();
  for (const [piece, fault] of [...files.faults, ...told]) {
    const list = others.get(piece.path);
    if (list) list.push(placed(piece, fault));
    else others.set(piece.path, [placed(piece, fault)]);
  }
  const problems: Problem[] = [];
  let more = 0;
  for (const file of files.all) {
    const faults: Fault[] = [];
    for (const piece of file.pieces) {
      for (const fault of piece.faults) faults.push(placed(piece, fault));
      more += piece.more;
    }
    const all = distinct(faults.concat(others.get(file.path) ?? []));
    const kept = all.slice(0, MOST_PROBLEMS - problems.length);
    more += all.length - kept.length;
    problems.push(...problemsOf(file, kept, file === main));
  }
  if (more > 0) problems.push(problem("text.more", "error", { count: more }));
  return problems;
}
