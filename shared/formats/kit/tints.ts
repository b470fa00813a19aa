/** The palette as colours: what a tint is written as, and the tint that is nearest to any colour. */
import type { TintName } from "../../model/index.ts";

const COLOURS: Readonly<Record<TintName, string>> = {
  teal: "#0f766e",
  amber: "#b45309",
  blue: "#1d4ed8",
  violet: "#7c3aed",
  rose: "#be123c",
  green: "#15803d",
  slate: "#64748b",
  orange: "#c2410c",
};

export const colourOf = (tint: TintName): string => COLOURS[tint];

type Rgb = readonly [number, number, number];

function rgb(colour: string): Rgb | null {
  const hex = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(colour)?.[1];
  if (hex === undefined) return null;
  const long = hex.length === 3 ? [...hex].map((c) => c + c).join("") : hex;
  const part = (at: number): number => Number.parseInt(long.slice(at, at + 2), 16);
  return [part(0), part(2), part(4)];
}

/** Hue in degrees, and how much colour there is at all, 0 to 1. */
function hue([r, g, b]: Rgb): { readonly at: number; readonly strength: number } {
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
  const range = most - least;
  if (range === 0) return { at: 0, strength: 0 };
  const sector = most === r ? (g - b) / range : most === g ? 2 + (b - r) / range : 4 + (r - g) / range;
  return { at: (sector * 60 + 360) % 360, strength: range / 255 };
}

const PALETTE = (Object.entries(COLOURS) as [TintName, string][]).map(([tint, colour]) => ({
  tint,
  colour,
  hue: hue(rgb(colour) ?? [0, 0, 0]).at,
}));

/** The tint a person would call this colour; null for what is no colour. */
export function tintOf(colour: string): TintName | null {
  const exact = PALETTE.find((entry) => entry.colour === colour.toLowerCase());
  if (exact) return exact.tint;
  const parts = rgb(colour);
  if (!parts) return null;
  const { at, strength } = hue(parts);
  if (strength < 0.12) return "slate";
  const apart = (other: number): number => Math.min(Math.abs(at - other), 360 - Math.abs(at - other));
  const [first] = PALETTE.filter(({ tint }) => tint !== "slate").sort((a, b) => apart(a.hue) - apart(b.hue));
  return first?.tint ?? null;
}
