/** Asking for a new name of what the cursor stands on, in a line below the text. */
import { StateEffect, StateField } from "@codemirror/state";
import { type EditorView, type Panel, showPanel } from "@codemirror/view";

export interface Asked {
  readonly name: string;
  readonly give: (name: string) => void;
}

const ask = StateEffect.define<Asked | null>();

function panel(view: EditorView, { name, give }: Asked): Panel {
  const dom = document.createElement("form");
  dom.className = "code-rename";
  const label = document.createElement("label");
  label.textContent = `New name of ${name} `;
  const input = document.createElement("input");
  input.value = name;
  input.className = "cm-textfield";
  label.append(input);
  const button = document.createElement("button");
  button.type = "submit";
  button.className = "btn primary";
  button.textContent = "Rename";
  dom.append(label, button);
  const close = (): void => {
    view.dispatch({ effects: ask.of(null) });
    view.focus();
  };
  dom.addEventListener("submit", (event) => {
    event.preventDefault();
    const wanted = input.value.trim();
    close();
    if (wanted !== "" && wanted !== name) give(wanted);
  });
  dom.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
  return { dom, mount: () => input.select() };
}

/** The line, where a name is asked for. */
export const renaming = StateField.define<Asked | null>({
  create: () => null,
  update: (value, { effects }) => effects.reduce((now, effect) => (effect.is(ask) ? effect.value : now), value),
  provide: (field) => showPanel.from(field, (asked) => (asked ? (view) => panel(view, asked) : null)),
});

export const askName = (view: EditorView, asked: Asked): void => view.dispatch({ effects: ask.of(asked) });
