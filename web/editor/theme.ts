/** The editor in the app's own colours: both themes come from its custom properties. */
import { EditorView } from "@codemirror/view";

export const theme = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--surface)", color: "var(--ink)", fontSize: "12.5px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-code)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--accent-soft) !important" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--ink-3)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--surface-2)" },
  ".cm-foldPlaceholder": { backgroundColor: "var(--surface-2)", border: "1px solid var(--line)", color: "var(--ink-2)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--bad)", textUnderlineOffset: "3px" },
  ".cm-tooltip, .cm-panels": {
    backgroundColor: "var(--surface)",
    color: "var(--ink)",
    border: "1px solid var(--line)",
    borderRadius: "8px",
    fontFamily: "var(--font-ui)",
  },
  ".cm-panels": { borderRadius: "0", borderWidth: "1px 0 0" },
  ".cm-tooltip-autocomplete ul": { fontFamily: "var(--font-code)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent-soft)", color: "var(--ink)" },
  ".cm-diagnostic": { borderLeft: "3px solid var(--bad)", padding: "6px 10px", whiteSpace: "normal", maxWidth: "420px" },
  ".cm-diagnosticAction": {
    backgroundColor: "transparent",
    color: "var(--accent)",
    border: "1px solid var(--line)",
    borderRadius: "6px",
    padding: "2px 8px",
  },
  ".cm-searchMatch": { backgroundColor: "var(--accent-soft)" },
  ".cm-textfield, .cm-button": {
    background: "var(--surface)",
    color: "var(--ink)",
    border: "1px solid var(--line)",
    borderRadius: "6px",
  },
});
