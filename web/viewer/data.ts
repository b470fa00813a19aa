/** What a page holds beside the viewer: the design as its own file says it, and how its dialect calls types in tight places. */
import { type Design, readDesign } from "#shared/formats/json/index.ts";

export interface PageData {
  readonly design: Design;
  readonly dialect: string;
  readonly short: (type: string) => string;
}

interface Written {
  readonly design: unknown;
  readonly dialect: string;
  readonly short: Readonly<Record<string, string>>;
}

/** Reads the data of the page; null when there is none, or it is no design. */
export function readPage(page: Document): PageData | null {
  const text = page.getElementById("design")?.textContent ?? "";
  try {
    const { design, dialect, short } = JSON.parse(text) as Written;
    const { value } = readDesign(JSON.stringify(design));
    const known = new Map(Object.entries(short));
    return value && { design: value, dialect, short: (type) => known.get(type) ?? type };
  } catch {
    // A page that was cut off says so instead of staying blank.
    return null;
  }
}
