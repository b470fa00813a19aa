/** The schema model: plain data that everything else reads or makes. The glossary heads `schema.ts`. */
export type * from "./ids.ts";
export type * from "./schema.ts";
export type * from "./diagram.ts";
export type * from "./change.ts";
export { lookup, type Lookup } from "./lookup.ts";
export { emptySchema, makeCheck, makeColumn, makeForeignKey, makeIndex, makeKey, makeTable } from "./make.ts";
export { adopt } from "./adopt.ts";
export { allIds, match } from "./match.ts";
export { apply } from "./apply.ts";
export { invariants } from "./invariants.ts";
export {
  altered,
  created,
  dropped,
  type Identified,
  isPart,
  PART_KINDS,
  PARTS,
  type PartKind,
  partList,
  TOP,
  TOP_KINDS,
  type TopKind,
  topList,
} from "./parts.ts";
export { same, sameEnds } from "./same.ts";
