/** SQL to read: coloured, searched and copied, never written. */
import { MariaSQL, MySQL, PostgreSQL, sql, SQLite, type SQLDialect, StandardSQL } from "@codemirror/lang-sql";
import { defaultKeymap } from "@codemirror/commands";
import { bracketMatching, foldGutter, foldKeymap } from "@codemirror/language";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { sameEnds } from "#shared/model/index.ts";
import { highlighting } from "./language.ts";
import { theme } from "./theme.ts";

/** By the ids of dialects: what another one's words are, is said by the standard. */
const WORDS: Readonly<Record<string, SQLDialect>> = { postgres: PostgreSQL, mysql: MySQL, mariadb: MariaSQL, sqlite: SQLite };

/** A place that was gone to from elsewhere. */
const brought = Annotation.define<boolean>();

export interface SqlEditor {
  /** Shows a text; what stays of the one before stays where it stands on the screen. */
  readonly show: (text: string, dialect: string) => void;
  /** Brings a place into view. */
  readonly bring: (offset: number) => void;
  readonly hasFocus: () => boolean;
  readonly close: () => void;
}

/** `picked` hears where a person puts the cursor. */
export function makeSqlEditor(parent: HTMLElement, label: string, picked: (offset: number) => void): SqlEditor {
  const words = new Compartment();
  const extensions = [
    EditorState.readOnly.of(true),
    lineNumbers(),
    foldGutter(),
    drawSelection(),
    bracketMatching(),
    highlightSelectionMatches(),
    keymap.of([...searchKeymap, ...foldKeymap, ...defaultKeymap]),
    words.of([]),
    highlighting,
    theme,
    EditorView.contentAttributes.of({ "aria-label": label, "aria-readonly": "true", spellcheck: "false", tabindex: "0" }),
    EditorView.updateListener.of(({ selectionSet, view, transactions }) => {
      if (selectionSet && view.hasFocus && !transactions.some((one) => one.annotation(brought)))
        picked(view.state.selection.main.head);
    }),
  ];
  const view = new EditorView({ parent, state: EditorState.create({ extensions }) });
  let shown = "";
  return {
    show: (text, dialect) => {
      const changes = difference(view.state.doc.toString(), text);
      const effects = dialect === shown ? [] : words.reconfigure(sql({ dialect: WORDS[dialect] ?? StandardSQL }));
      shown = dialect;
      view.dispatch({ changes, effects, annotations: brought.of(true) });
    },
    bring: (offset) => {
      const at = Math.min(offset, view.state.doc.length);
      view.dispatch({
        selection: { anchor: at },
        effects: EditorView.scrollIntoView(at, { y: "start", yMargin: 40 }),
        annotations: brought.of(true),
      });
    },
    hasFocus: () => view.hasFocus,
    close: () => view.destroy(),
  };
}

/** What leads from one text to another: all between what they begin and end with alike. */
function difference(before: string, after: string): { readonly from: number; readonly to: number; readonly insert: string } {
  const [head, tail] = sameEnds(before, after);
  return { from: head, to: before.length - tail, insert: after.slice(head, after.length - tail) };
}
