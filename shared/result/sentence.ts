import { PROBLEM_SENTENCES } from "./codes.ts";
import type { Problem } from "./problem.ts";

/** The problem's sentence in English, plain text. A slot without a value shows as it is written, so that tests catch it. */
export function sentence(problem: Problem): string {
  return PROBLEM_SENTENCES[problem.code].replace(/\{([\w-]+)\}/g, (slot, name: string) => String(problem.params[name] ?? slot));
}
