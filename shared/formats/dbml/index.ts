/**
 * This part is in charge of DBML, the language of dbml.dbdiagram.io: the whole of it as of 10.2 is read, by a reader written for speed
 * and for errors that say where and what; designs are written for readers of several ages, with a list of what is lost; a text that is
 * edited beside its design (`live/`) says what it says under the design's ids, and follows it line by line.
 */
export { dbml } from "./format.ts";
export { createReader, type DbmlReader, readDbml } from "./read/reader.ts";
export { drawnOf } from "./live/design-drawn.ts";
export type { Drawn, DrawnGroup } from "./live/drawn.ts";
export { edited, type TextEdit } from "./live/edits.ts";
export { follow } from "./live/follow.ts";
export { Speaker } from "./live/speaker.ts";
export { recogniseDbml } from "./recognise.ts";
export { hold } from "./write/hold.ts";
export { type Level, LEVELS, LOSSES, LOST_BELOW } from "./write/level.ts";
export { printDbml, writeDbml } from "./write/write.ts";
