/** Which files of a folder are worth reading, by their paths. */
import { isWalked, isWanted as isMigration } from "#shared/migrations/index.ts";

/** Files that one tool writes to be opened by it again: DrawDB keeps its own in two folders of an archive. */
export const isDesign = (path: string): boolean =>
  isWalked(path) && /(\.ddb|^[^/]+\.json|(^|\/)(diagrams|templates)\/[^/]+\.json)$/i.test(path);
export const isModule = (path: string): boolean => isWalked(path) && /\.dbml$/i.test(path);
/** Is a file worth reading? Others are known by their names alone. */
export const isWanted = (path: string): boolean => isMigration(path) || isDesign(path) || isModule(path);
