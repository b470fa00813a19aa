/**
 * This part is in charge of two versions of one design: what changed from one to the other, in words, with what is drawn as well;
 * making a design again what it was, as one edit; and which of the versions that were taken by themselves stay.
 */
export {
  type ChangeGroup,
  compareVersions,
  type Comparison,
  type Line,
  type LineGroup,
  type LineKind,
  tellChanges,
  type VersionContent,
} from "./compare.ts";
export { type Desk, makeAgain } from "./again.ts";
export { type Taken, thinned } from "./thin.ts";
