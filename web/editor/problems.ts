/** Faults of the text, underlined, with the edits that mend one where that is certain. */
import type { Action, Diagnostic } from "@codemirror/lint";
import type { ChangeSet } from "@codemirror/state";
import { type Problem, sentence } from "#shared/result/index.ts";
import { fixes } from "./fixes.ts";
import type { Design } from "./offers.ts";

/** `moved` leads from the text that the problems are of to the one that is there. */
export function diagnostics(problems: readonly Problem[], moved: ChangeSet, design: Design): Diagnostic[] {
  return problems.flatMap((problem): Diagnostic[] => {
    const { at, severity } = problem;
    if (!at || severity === "note" || at.offset > moved.length) return [];
    const from = moved.mapPos(at.offset, 1);
    const to = Math.max(from, moved.mapPos(Math.min(moved.length, at.offset + at.length), -1));
    return [{ from, to, severity, message: sentence(problem), actions: actions(problem, design) }];
  });
}

/** What is offered is made of the text as it is when it is asked for. */
function actions(problem: Problem, design: Design): Action[] {
  return fixes(problem, design).map(({ name, changes }) => ({
    name,
    apply: (view, from, to) => {
      if (view.state.readOnly) return;
      const made = changes(view.state.doc, from, to);
      if (made) view.dispatch({ changes: made, scrollIntoView: true, userEvent: "input.fix" });
    },
  }));
}
