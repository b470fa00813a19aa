/** Two schemas in, changes or worded differences out. */
export { differences } from "./compare.ts";
export { diff } from "./diff.ts";
export { keysNotNull } from "./keys.ts";
