/** Two schemas in, changes or worded differences out. */
export { differences } from "./compare.ts";
export { diff } from "./diff.ts";
export { type Difference, drift, type DriftGroup, type Side } from "./drift.ts";
export { nearer } from "./nearer.ts";
export { changeScript, type ChangeScript } from "./script.ts";
export { reversed, withNeeds } from "./take.ts";
