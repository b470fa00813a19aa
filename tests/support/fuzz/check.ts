/** What must hold of a report, whatever the text was. */
import { invariants, type Schema } from "#shared/model/index.ts";
import { PROBLEM_SENTENCES, type Problem, type Report, sentence } from "#shared/result/index.ts";
import type { Piece, Splitter } from "#shared/dialects/dialect.ts";

/** More says nothing new to a person. */
const MOST_PROBLEMS = 5000;

function wrongOf(problem: Problem, length: number): string | null {
  if (!Object.hasOwn(PROBLEM_SENTENCES, problem.code)) return `has the code ${problem.code}`;
  const said = sentence(problem);
  const slot = PROBLEM_SENTENCES[problem.code].match(/\{[\w-]+\}/g)?.find((name) => !(name.slice(1, -1) in problem.params));
  if (slot !== undefined) return `does not fill ${slot}: ${said}`;
  if (
    Object.values(problem.params).some((value) => value === undefined || (typeof value === "number" && !Number.isFinite(value)))
  )
    return `says what is no value: ${said}`;
  if (!problem.at) return null;
  const { line, column, offset, length: own } = problem.at;
  const whole = [line, column, offset, own].every(Number.isInteger);
  if (!whole || line < 1 || column < 1 || offset < 0 || own < 0 || offset + own > length)
    return `stands at ${JSON.stringify(problem.at)} in a text of ${String(length)}: ${said}`;
  return null;
}

/** What is wrong with a report; null when nothing is. */
export function wrongReport(report: Report<unknown>, schema: Schema | null, text: string): string | null {
  const { value, problems } = report;
  if (value === undefined || !Array.isArray(problems)) return "is no report";
  if (value === null && problems.length === 0) return "neither holds anything nor says why";
  if (problems.length > MOST_PROBLEMS) return `tells ${String(problems.length)} problems`;
  for (const problem of problems as readonly Problem[]) {
    const wrong = wrongOf(problem, text.length);
    if (wrong !== null) return `has a problem that ${wrong}`;
  }
  if (!schema) return null;
  const [broken] = invariants(schema);
  return broken ? `gives a schema that is not whole: ${sentence(broken)}` : null;
}

const all = (cut: Splitter, text: string, chunk: number): Piece[] => {
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length; at += chunk) pieces.push(...cut.push(text.slice(at, at + chunk)));
  return [...pieces, ...cut.end()];
};

/** Pieces follow each other within the text, and are the same however the text arrives. */
export function wrongPieces(splitter: () => Splitter, text: string, chunk: number): string | null {
  const pieces = all(splitter(), text, text.length || 1);
  let end = 0;
  for (const { span } of pieces) {
    if (span.offset < end || span.offset + span.length > text.length)
      return `cuts a piece at ${JSON.stringify(span)} after ${String(end)}`;
    end = span.offset + span.length;
  }
  const again = all(splitter(), text, chunk);
  return JSON.stringify(again) === JSON.stringify(pieces) ? null : `cuts otherwise where the text arrives by ${String(chunk)}`;
}
