/** The design file as a value. */
import { problem, type Report } from "../../result/index.ts";
import type { Format, ReadOptions } from "../format.ts";
import { type Design, readDesign, recogniseDesign, writeDesign } from "./index.ts";

/** A design of a database that this version does not know cannot be opened. */
function read(text: string, { dialects }: ReadOptions): Report<Design | null> {
  const { value, problems } = readDesign(text);
  if (value === null || dialects.some(({ id }) => id === value.schema.dialect)) return { value, problems };
  const why = `${value.schema.dialect} is not a dialect that this version knows`;
  return { value: null, problems: [...problems, problem("format.invalid", "error", { path: "schema.dialect", why })] };
}

export const json: Format = {
  id: "json",
  label: "Design file",
  about: "everything, with places, colours, areas and notes; opens again, equal",
  extensions: ["drawbridge.json", "json"],
  mediaType: "application/json",
  reader: { recognise: recogniseDesign, read },
  writer: {
    variants: [],
    losses: {},
    hold: (design) => ({ design, lost: new Map() }),
    print: writeDesign,
  },
};
