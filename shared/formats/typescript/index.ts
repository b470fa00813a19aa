/** This part is in charge of types of rows for TypeScript. */
export { typescript } from "./format.ts";
