/**
 * This part is in charge of folders of migrations: which tool's a folder is, what its steps are and in which order they are run,
 * what is left out and why; and of replaying them one after the other in an engine, telling what each changed.
 */
export { isWalked, isWanted, recogniseMigrations, sampleOf } from "./recognise.ts";
export { replay, type ReplayProgress, type Replayed, type ReplayedStep } from "./replay.ts";
export type { FolderFile, MigrationSet, Step } from "./types.ts";
