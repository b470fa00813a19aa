/**
 * This part is in charge of DBML, the language of dbml.dbdiagram.io: the whole of it as of 10.2 is read, by a reader written for speed
 * and for errors that say where and what; designs are written for readers of several ages, with a list of what is lost.
 */
export { dbml } from "./format.ts";
export { createReader, type DbmlReader, readDbml } from "./read/reader.ts";
export { recogniseDbml } from "./recognise.ts";
export { type Level, LEVELS, LOSSES, LOST_BELOW } from "./write/level.ts";
export { writeDbml } from "./write/write.ts";
