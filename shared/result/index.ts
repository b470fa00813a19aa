/** Result, Report, Problem: how every part says what happened. */
export { PROBLEM_SENTENCES, type ProblemCode } from "./codes.ts";
export { problem, type AboutRef, type Problem, type Severity, type TextSpan } from "./problem.ts";
export { fail, ok, type Report, type Result } from "./result.ts";
export { sentence } from "./sentence.ts";
