/** Faults of the text, underlined, with the edit that mends one where that is certain. */
import type { Action, Diagnostic } from "@codemirror/lint";
import type { ChangeSet, Text } from "@codemirror/state";
import { type Problem, sentence } from "#shared/result/index.ts";
import { headNamed } from "./places.ts";

/** `moved` leads from the text that the problems are of to the one that is there. */
export function diagnostics(problems: readonly Problem[], moved: ChangeSet): Diagnostic[] {
  return problems.flatMap((problem): Diagnostic[] => {
    const { at, severity } = problem;
    if (!at || severity === "note" || at.offset > moved.length) return [];
    const from = moved.mapPos(at.offset, 1);
    const to = moved.mapPos(Math.min(moved.length, at.offset + at.length), -1);
    return [{ from, to: Math.max(from, to), severity, message: sentence(problem), actions: actions(problem) }];
  });
}

function actions({ code, params }: Problem): Action[] {
  if (!code.endsWith(".missing")) return [];
  const name = String(params["name"] ?? "");
  if (params["what"] === "table")
    return [
      {
        name: `Create the table ${name}`,
        apply: (view) => {
          const at = view.state.doc.length;
          const lead = view.state.doc.line(view.state.doc.lines).length === 0 ? "\n" : "\n\n";
          view.dispatch({ changes: { from: at, insert: `${lead}Table ${name} {\n  id integer [pk]\n}\n` } });
        },
      },
    ];
  const [table = "", column = ""] = [name.slice(0, name.lastIndexOf(".")), name.slice(name.lastIndexOf(".") + 1)];
  if (params["what"] !== "column" || table === "") return [];
  return [
    {
      name: `Add the column ${column} to ${table}`,
      apply: (view) => {
        const at = lastLine(view.state.doc, table);
        if (at !== null) view.dispatch({ changes: { from: at, insert: `  ${column} integer\n` } });
      },
    },
  ];
}

/** Where the columns of a table end: a line with a blank in it, or the one that closes it. */
function lastLine(doc: Text, table: string): number | null {
  const head = headNamed(doc, table);
  if (!head) return null;
  for (let number = head.line.number + 1; number <= doc.lines; number += 1) {
    const { text, from } = doc.line(number);
    if (text.trim() === "" || /^\s*(?:\}|indexes\b|checks\b|note\b)/i.test(text)) return from;
  }
  return null;
}
