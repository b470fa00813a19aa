/** Pictures among what is exported: the formats that are drawn, and the one that is painted here and not written by a worker. */
import type { Design } from "#shared/formats/json/index.ts";
import type { FormatInfo } from "../../workers/formats/service.ts";

/** Paints a design, as the canvas does; null when `signal` ended it. */
export type PaintPng = (
  choice: {
    readonly design: Design;
    readonly chosen: ReadonlySet<string> | null;
    readonly theme: "light" | "dark";
    readonly scale: number;
  },
  signal: AbortSignal,
) => Promise<{ readonly blob: Blob; readonly width: number; readonly height: number; readonly scale: number } | null>;

export const PNG: FormatInfo = {
  id: "png",
  label: "PNG",
  about: "the diagram in pixels, for documents and messages",
  mediaType: "image/png",
  extension: "png",
  reads: false,
  writes: true,
  variants: [],
};

export const isPicture = ({ mediaType }: FormatInfo): boolean =>
  mediaType.startsWith("image/") || mediaType === "application/pdf";
