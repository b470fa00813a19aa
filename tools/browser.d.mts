/** Path of a Chromium, or null with one sentence said about how to get one. */
export function findBrowser(): Promise<string | null>;
