/** The editor with all that it can do, put together. */
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, redo, undo } from "@codemirror/commands";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { nextDiagnostic, previousDiagnostic } from "@codemirror/lint";
import { gotoLine, highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension, Prec } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  rectangularSelection,
  type ViewUpdate,
} from "@codemirror/view";
import { sameEnds } from "#shared/model/index.ts";
import { PAUSE_MS } from "../stores/code.svelte.ts";
import { completions } from "./completion.ts";
import { formatted } from "./format.ts";
import { dbml } from "./language.ts";
import { definitionAt } from "./meaning.ts";
import { mend, mending } from "./mend.ts";
import type { Design } from "./offers.ts";
import { PHRASES } from "./phrases.ts";
import { renaming } from "./rename.ts";
import { theme } from "./theme.ts";

export interface Doings {
  readonly design: Design;
  readonly heard: (update: ViewUpdate) => void;
  /** Undo and redo where the text has nothing of its own to take back. */
  readonly undo: () => void;
  readonly redo: () => void;
  readonly rename: (view: EditorView) => void;
  /** Says something to the person until they go on. */
  readonly say: (text: string) => void;
}

export const editable = new Compartment();

export const writing = (may: boolean): Extension => [EditorState.readOnly.of(!may), EditorView.editable.of(true)];

/** To where the name under the cursor is made. */
export function goTo(view: EditorView, at: number): boolean {
  const place = definitionAt(view.state, at);
  if (place === null) return false;
  view.dispatch({ selection: { anchor: place }, scrollIntoView: true, userEvent: "select" });
  return true;
}

export function formatDocument(view: EditorView): boolean {
  const before = view.state.doc.toString();
  const after = formatted(before);
  if (view.state.readOnly || after === before) return true;
  // Line by line, so that the cursor stays where it is.
  const [old, now] = [before.split("\n"), after.split("\n")];
  const [head, tail] = sameEnds(old, now);
  const start = old.slice(0, head).join("\n").length + (head > 0 ? 1 : 0);
  const end = before.length - (tail > 0 ? old.slice(-tail).join("\n").length + 1 : 0);
  const insert = now.slice(head, now.length - tail).join("\n");
  view.dispatch({ changes: { from: Math.min(start, end), to: Math.max(start, end), insert }, userEvent: "format" });
  return true;
}

/** The panel of the search, where something else is put in the place of what is found. */
function replaceIn(view: EditorView): boolean {
  openSearchPanel(view);
  view.dom.querySelector<HTMLInputElement>(".cm-search [name=replace]")?.select();
  return true;
}

export function makeEditor(parent: HTMLElement, text: string, may: boolean, doings: Doings): EditorView {
  const keys = Prec.high(
    keymap.of([
      { key: "Tab", run: acceptCompletion },
      { key: "F12", run: (view) => goTo(view, view.state.selection.main.head) },
      { key: "F2", run: (view) => (doings.rename(view), true) },
      { key: "Shift-Alt-f", run: formatDocument },
      { key: "Ctrl-g", run: gotoLine },
      { key: "Ctrl-h", mac: "Mod-Alt-f", run: replaceIn, scope: "editor search-panel" },
      { key: "Mod-.", run: (view) => mend(view) || (doings.say("Nothing is wrong in the text."), true) },
      { key: "F8", run: nextDiagnostic, shift: previousDiagnostic },
      { key: "Mod-z", run: (view) => undo(view) || (doings.undo(), true) },
      { key: "Mod-y", run: (view) => redo(view) || (doings.redo(), true) },
      { key: "Mod-Shift-z", run: (view) => redo(view) || (doings.redo(), true) },
    ]),
  );
  const extensions: Extension[] = [
    keys,
    editable.of(writing(may)),
    lineNumbers(),
    foldGutter(),
    history({ newGroupDelay: PAUSE_MS }),
    drawSelection(),
    EditorState.allowMultipleSelections.of(true),
    // Ctrl and a click goes to where a name is made.
    EditorView.clickAddsSelectionRange.of(({ altKey, shiftKey }) => altKey && !shiftKey),
    rectangularSelection({ eventFilter: ({ altKey, shiftKey, button }) => altKey && shiftKey && button === 0 }),
    indentUnit.of("  "),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    // Behind these a value or a name comes next.
    autocompletion({
      override: [completions(doings.design)],
      icons: false,
      activateOnCompletion: ({ label }) => /(?:: |[<>-] )$/.test(label),
    }),
    search({ top: true }),
    EditorState.phrases.of(PHRASES),
    highlightActiveLine(),
    highlightSelectionMatches(),
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...completionKeymap,
      indentWithTab,
    ]),
    dbml(),
    renaming,
    mending,
    theme,
    EditorView.contentAttributes.of({
      "aria-label": "The design as DBML",
      "aria-description": "Escape, then Tab, leaves the editor.",
      spellcheck: "false",
      tabindex: "0",
    }),
    EditorView.updateListener.of(doings.heard),
    EditorView.domEventHandlers({
      mousedown: (event, view) => {
        if (!(event.ctrlKey || event.metaKey)) return false;
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
        return at !== null && goTo(view, at);
      },
    }),
  ];
  return new EditorView({ parent, state: EditorState.create({ doc: text, extensions }) });
}
