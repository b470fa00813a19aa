/** The editor's own words, as the rest of the app would say them. */
export const PHRASES = {
  next: "Next",
  previous: "Previous",
  all: "Select all",
  "match case": "Match case",
  regexp: "Pattern",
  "by word": "Whole words",
  replace: "Replace",
  "replace all": "Replace all",
  close: "Close",
  go: "Go",
  "folded code": "folded lines",
  unfold: "Unfold",
  "replaced $ matches": "Replaced $ places",
  "replaced match on line $": "Replaced in line $",
  "current match": "Found",
  "on line": "in line",
} as const;
