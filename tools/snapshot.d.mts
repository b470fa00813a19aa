/** Makes the data folder of an empty PGlite in `.cache`, where there is none of this PGlite's version. */
export function ensureSnapshot(): Promise<void>;
