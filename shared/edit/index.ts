/** What a person does to a design: pure functions from a schema to changes that keep it consistent. */
export { addColumn, generate, giveIdentity, dropColumn, moveColumn, patchColumn } from "./columns.ts";
export { misfits, retype } from "./retype.ts";
export { addIndex, addPart, makePart, movePart, patchIndex, patchPart, removePart, setMethod, toggleInclude } from "./indexes.ts";
export {
  addCheck,
  addExclusion,
  addKey,
  patchConstraint,
  primaryKey,
  setKeyColumns,
  togglePrimary,
  toggleUnique,
  uniqueOf,
} from "./keys.ts";
export { moved } from "./lists.ts";
export { freeName } from "./names.ts";
export { collationNamed } from "./collations.ts";
export { cutOut, duplicate, pasteInto } from "./copies.ts";
export { createTable, dropTables, patchTable } from "./tables.ts";
export { renameColumn, renameRelation, renameSequence } from "./renames.ts";
export { renameType, renameValue } from "./type-renames.ts";
export { createSequence, createType, patchSequence, patchType, typeKinds } from "./types.ts";
export { createView, followed, patchView, setQuery } from "./views.ts";
export { usedBy, type User } from "./used-by.ts";
export { addPair, connect, type End, meantBy, patchForeignKey, removePair, setPair } from "./relations.ts";
export { pick } from "./pick.ts";
