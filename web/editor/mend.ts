/** What is wrong at the cursor, or next after it, with what mends it, in a line below the text: the same as its tooltip, for the keyboard. */
import { type Diagnostic, forEachDiagnostic } from "@codemirror/lint";
import { type EditorState, StateEffect, StateField } from "@codemirror/state";
import { EditorView, type Panel, showPanel } from "@codemirror/view";

interface Found {
  readonly diagnostic: Diagnostic;
  readonly from: number;
  readonly to: number;
}

const show = StateEffect.define<Found | null>();

/** In the line of the cursor, else the next one, else the first. */
export function problemAt(state: EditorState): Found | null {
  const line = state.doc.lineAt(state.selection.main.head);
  let [here, first]: [Found | null, Found | null] = [null, null];
  forEachDiagnostic(state, (diagnostic, from, to) => {
    const found = { diagnostic, from, to };
    first ??= found;
    if (to >= line.from) here ??= found;
  });
  return here ?? first;
}

function panel(view: EditorView, { diagnostic, from, to }: Found): Panel {
  const dom = document.createElement("div");
  dom.className = "code-mend";
  dom.setAttribute("role", "group");
  dom.setAttribute("aria-label", "What is wrong");
  const message = document.createElement("span");
  message.textContent = diagnostic.message;
  dom.append(message);
  const close = (): void => {
    view.dispatch({ effects: show.of(null) });
    view.focus();
  };
  const button = (name: string, run: () => void): void => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn";
    made.textContent = name;
    made.addEventListener("click", run);
    dom.append(made);
  };
  for (const { name, apply } of diagnostic.actions ?? [])
    button(name, () => {
      apply(view, from, to);
      close();
    });
  button("Close", close);
  dom.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
  return { dom, mount: () => dom.querySelector("button")?.focus() };
}

/** The line, until it is closed or the text is another. */
export const mending = StateField.define<Found | null>({
  create: () => null,
  update: (value, { docChanged, effects }) =>
    effects.reduce((now, effect) => (effect.is(show) ? effect.value : now), docChanged ? null : value),
  provide: (field) => showPanel.from(field, (found) => (found ? (view) => panel(view, found) : null)),
});

/** Goes to what is wrong and says what mends it; false where nothing is. */
export function mend(view: EditorView): boolean {
  const found = problemAt(view.state);
  if (!found) return false;
  view.dispatch({
    selection: { anchor: found.from, head: found.to },
    effects: [show.of(found), EditorView.scrollIntoView(found.from, { y: "nearest", yMargin: 40 })],
  });
  return true;
}
