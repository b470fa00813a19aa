/** The formats that there are: a line each. Menus, the command line, recognition and the property tests go through this list. */
import type { Format } from "./format.ts";
import { dbml } from "./dbml/index.ts";
import { json } from "./json/format.ts";

export { type Format, writeAs } from "./format.ts";

export const formats = { json, dbml } satisfies Readonly<Record<string, Format>>;

export type FormatId = keyof typeof formats;

/** The format of an id; undefined for what is none. */
export const formatOf = (id: string): Format | undefined => (Object.hasOwn(formats, id) ? formats[id as FormatId] : undefined);
