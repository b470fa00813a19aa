/** Part of a thing changed, the rest of it left: what a text says of a thing is less than the thing. */
import { type Identified, type Index, type IndexPart, PARTS, same } from "../model/index.ts";

/** The attributes that a change is about, put onto the thing as it is. */
export function merged<T extends Identified>(full: T, before: Identified, after: Identified): T {
  const [was, next] = [before as unknown as Record<string, unknown>, after as unknown as Record<string, unknown>];
  const isTable = "columns" in full && "constraints" in full;
  const changed = Object.keys(next).filter((key) => !(isTable && isPartList(key)) && !same(was[key], next[key]));
  const made = { ...full, ...Object.fromEntries(changed.map((key) => [key, next[key]])) };
  return "parts" in full && changed.includes("parts") ? withParts(made, full as unknown as Index) : made;
}

const isPartList = (key: string): boolean => (Object.values(PARTS) as readonly string[]).includes(key);

/** Parts of an index keep the order and the operator class that the text does not say. */
function withParts<T extends Identified>(made: T, { parts: old }: Index): T {
  const { parts } = made as unknown as Index;
  const key = ({ columnId, expression }: IndexPart): string => JSON.stringify([columnId, expression?.replaceAll("`", "")]);
  const known = new Map(old.map((part) => [key(part), part]));
  return { ...made, parts: parts.map((part) => known.get(key(part)) ?? part) };
}
