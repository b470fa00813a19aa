/**
 * This part is in charge of the drift between a design and a live database: what differs, in words and grouped by table; what
 * belongs together when one side is taken; and SQL for the other side. It is apart from `diff` because only a dialog needs it.
 */
export { comparable, type Difference, drift, type DriftGroup, type Side } from "./drift.ts";
export { nearer } from "./nearer.ts";
export { changeScript, type ChangeScript, hazards, UNRUN } from "./script.ts";
export { reversed, withNeeds } from "./take.ts";
export { tell, type Told, type ToldGroup, type Voice } from "./tell.ts";
export { attributeWord, counted, entityWord, namesIn, say } from "./words.ts";
