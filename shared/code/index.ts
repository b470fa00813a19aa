/** This part is in charge of a design and its text side by side: what is edited in one is edited in the other. */
export type { DrawingEdits, SizeOf } from "./drawing.ts";
export type { TextEdit } from "../formats/dbml/index.ts";
export { type Aids, type CodeDesign, CodeSession, type Step } from "./session.ts";
