/** The editor in the app's own colours: both themes come from its custom properties. */
import { EditorView } from "@codemirror/view";

const faint = (colour: string, percent: number): string => `color-mix(in srgb, var(${colour}) ${String(percent)}%, transparent)`;

/** A place in the text that something is wrong with. */
const underlined = (colour: string) => ({
  backgroundImage: "none",
  textDecoration: `underline wavy var(${colour})`,
  textUnderlineOffset: "3px",
});

const TEXT = {
  "&": { height: "100%", backgroundColor: "var(--surface)", color: "var(--ink)", fontSize: "12.5px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-code)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: `${faint("--accent", 26)} !important` },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--ink-3)", border: "0" },
  // Selections are painted beneath the lines: what marks a line must let them through.
  ".cm-activeLine": { backgroundColor: faint("--ink", 4) },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--ink)" },
  ".cm-foldPlaceholder": { backgroundColor: "var(--surface-2)", border: "1px solid var(--line)", color: "var(--ink-2)" },
  ".cm-selectionMatch": { backgroundColor: faint("--ink", 12) },
  ".cm-searchMatch": { backgroundColor: faint("--tint-amber", 30) },
  ".cm-searchMatch-selected": { backgroundColor: faint("--tint-amber", 60) },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: faint("--accent", 22), color: "inherit" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: faint("--bad", 22), color: "inherit" },
};

const PROBLEMS = {
  ".cm-lintRange-error": underlined("--bad"),
  ".cm-lintRange-warning": underlined("--warn"),
  ".cm-lintRange-active": { backgroundColor: faint("--bad", 12) },
  ".cm-diagnostic": { padding: "6px 10px", whiteSpace: "normal", maxWidth: "420px" },
  ".cm-diagnostic-error": { borderLeft: "3px solid var(--bad)" },
  ".cm-diagnostic-warning": { borderLeft: "3px solid var(--warn)" },
  ".cm-diagnosticText": { display: "block" },
  ".cm-diagnosticAction": {
    backgroundColor: "var(--surface)",
    color: "var(--accent)",
    border: "1px solid var(--line-strong)",
    borderRadius: "6px",
    padding: "3px 8px",
    margin: "6px 6px 0 0",
  },
  ".cm-diagnosticAction:hover": { backgroundColor: "var(--surface-2)" },
};

const CLOSE = { top: "6px", right: "10px", color: "var(--ink-2)", fontSize: "18px", lineHeight: "1", cursor: "pointer" };

const PANELS = {
  ".cm-tooltip, .cm-panels": {
    backgroundColor: "var(--surface)",
    color: "var(--ink)",
    border: "1px solid var(--line)",
    borderRadius: "var(--radius)",
    fontFamily: "var(--font-ui)",
  },
  ".cm-tooltip": { boxShadow: "var(--shadow)", overflow: "hidden" },
  ".cm-panels.cm-panels-bottom": { borderRadius: "0", borderWidth: "1px 0 0" },
  ".cm-panels.cm-panels-top": { borderRadius: "0", borderWidth: "0 0 1px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--font-code)", fontSize: "12.5px", maxHeight: "220px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "4px 10px", lineHeight: "1.4" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent-soft)", color: "var(--ink)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700", color: "var(--accent)" },
  ".cm-completionDetail": { fontStyle: "normal", color: "var(--ink-2)", marginLeft: "16px" },
  ".cm-panel.cm-search, .cm-panel.cm-dialog": { padding: "8px 34px 8px 12px", fontSize: "12.5px" },
  ".cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label": { margin: "2px 6px 2px 0" },
  ".code-rename, .code-mend": { display: "flex", flexWrap: "wrap", gap: "8px", padding: "8px 12px", alignItems: "center" },
  ".code-mend": { borderLeft: "3px solid var(--bad)" },
  ".cm-panel.cm-dialog label": { fontSize: "12.5px", color: "var(--ink-2)" },
  ".cm-panel.cm-search label": {
    fontSize: "12.5px",
    color: "var(--ink-2)",
    display: "inline-flex",
    alignItems: "center",
    gap: "4px",
  },
  ".cm-panel.cm-search input[type=checkbox]": { margin: "0", accentColor: "var(--accent)" },
  ".cm-panel.cm-search [name=close], .cm-panel.cm-dialog .cm-dialog-close": CLOSE,
  ".cm-textfield, .cm-button": {
    height: "28px",
    background: "var(--surface)",
    color: "var(--ink)",
    border: "1px solid var(--line-strong)",
    borderRadius: "6px",
    padding: "0 8px",
    fontSize: "12.5px",
    verticalAlign: "middle",
  },
  ".cm-panel .cm-textfield": { background: "var(--surface-2)", width: "180px", fontFamily: "var(--font-code)" },
  ".cm-button": { fontWeight: "500", cursor: "pointer", backgroundImage: "none" },
  ".cm-button:hover": { background: "var(--surface-2)" },
};

export const theme = EditorView.theme({ ...TEXT, ...PROBLEMS, ...PANELS });
