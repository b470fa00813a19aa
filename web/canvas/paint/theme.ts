/** The colours, fonts and signs of the painter: read from the design's tokens, and chosen, when one of them changes. */
import type { TintName } from "#shared/model/index.ts";

const NAMES = [
  "paper",
  "dot",
  "surface",
  "surface-2",
  "line",
  "line-strong",
  "ink",
  "ink-2",
  "ink-3",
  "accent",
  "accent-soft",
  "bad",
  "bad-soft",
  "warn-soft",
  "edge",
  "area",
] as const;
const TINTS: readonly TintName[] = ["teal", "amber", "blue", "violet", "rose", "green", "slate", "orange"];

/** How the ends of relations are drawn. */
export type Notation = "crow" | "minmax" | "idef1x" | "arrow";

export interface Theme {
  readonly color: Readonly<Record<(typeof NAMES)[number], string>>;
  readonly tint: Readonly<Record<TintName, string>>;
  readonly ui: string;
  readonly code: string;
  readonly notation: Notation;
}

/** The fonts that a frame is painted in, each as the browser is asked for it. */
export const fontsOf = ({ ui, code }: Theme): readonly string[] => [`12px ${ui}`, `600 12px ${ui}`, `12px ${code}`];

export function readTheme(element: Element, notation: Notation): Theme {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    color: Object.fromEntries(NAMES.map((name) => [name, token(name)])) as Theme["color"],
    tint: Object.fromEntries(TINTS.map((name) => [name, token(`tint-${name}`)])) as Theme["tint"],
    ui: token("font-ui"),
    code: token("font-code"),
    notation,
  };
}
