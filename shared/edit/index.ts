/** What a person does to a design: pure functions from a schema to changes that keep it consistent. */
export { addColumn, dropColumn, moveColumn, patchColumn, renameColumn } from "./columns.ts";
export { addCheck, addIndex, primaryKey, togglePrimary, toggleUnique, uniqueOf } from "./keys.ts";
export { cutOut, duplicate, pasteInto } from "./copies.ts";
export { createTable, dropTables, patchTable } from "./tables.ts";
export { createEnum, patchType, renameType } from "./types.ts";
export { addPair, connect, type End, meantBy, patchForeignKey, removePair, setPair } from "./relations.ts";
