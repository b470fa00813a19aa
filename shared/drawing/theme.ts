/** The colours of pictures: the tokens of the design, as data. A test holds them against the style sheet of the app. */
import type { TintName } from "../model/index.ts";

export type ColourName =
  "paper" | "surface" | "line" | "line-strong" | "ink" | "ink-2" | "ink-3" | "edge" | "warn-soft" | `tint-${TintName}`;

export type PictureTheme = Readonly<Record<ColourName, string>>;

export const THEMES: Readonly<Record<"light" | "dark", PictureTheme>> = {
  light: {
    paper: "#f6f5f2",
    surface: "#ffffff",
    line: "#e6e3dd",
    "line-strong": "#cfcbc3",
    ink: "#1d1c1a",
    "ink-2": "#5f5b54",
    "ink-3": "#6f6a61",
    edge: "#b3aea4",
    "warn-soft": "#fbf0d4",
    "tint-teal": "#0f766e",
    "tint-amber": "#b45309",
    "tint-blue": "#1d4ed8",
    "tint-violet": "#7c3aed",
    "tint-rose": "#be123c",
    "tint-green": "#15803d",
    "tint-slate": "#64748b",
    "tint-orange": "#c2410c",
  },
  dark: {
    paper: "#151618",
    surface: "#1d1f22",
    line: "#2c2f33",
    "line-strong": "#3c4046",
    ink: "#ecebe8",
    "ink-2": "#a9a7a1",
    "ink-3": "#8f8c86",
    edge: "#5a5d63",
    "warn-soft": "#352c0b",
    "tint-teal": "#14b8a6",
    "tint-amber": "#f59e0b",
    "tint-blue": "#60a5fa",
    "tint-violet": "#a78bfa",
    "tint-rose": "#fb7185",
    "tint-green": "#4ade80",
    "tint-slate": "#94a3b8",
    "tint-orange": "#fb923c",
  },
};
