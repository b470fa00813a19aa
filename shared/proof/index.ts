/** The engine's word on a design, and on the script that is exported of it. */
export { verifiedScript, type VerifiedScript } from "./export.ts";
export { differencesButSpelling } from "./respelled.ts";
export { settled } from "./settle.ts";
export { Prover, type Refused } from "./prover.ts";
