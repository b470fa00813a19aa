/** What is told of a change besides its statements. */
import type { Change, Schema } from "../../../model/index.ts";
import type { Remarks } from "../../dialect.ts";
import { sequenceRisks } from "./change-sequences.ts";
import { isReplaced } from "./change-types.ts";
import { detourOf } from "./detour.ts";
import type { Context } from "./in-place.ts";
import { namesOf } from "./names.ts";
import { replaceRisks } from "./replaced.ts";

function risksOf(change: Change, context: Context): readonly string[] {
  if (change.kind !== "alter") return [];
  const { entity } = change;
  if (entity === "sequence") return sequenceRisks(change.before, change.after, context);
  if (entity !== "type" || change.before.kind !== "enum" || change.after.kind !== "enum") return [];
  return isReplaced(change.before, change.after, context) ? replaceRisks(change.before, change.after, context) : [];
}

export function remarks(change: Change, schemas: { readonly before: Schema; readonly after: Schema }): Remarks {
  const context = { before: namesOf(schemas.before), after: namesOf(schemas.after) };
  const { hindrance } = detourOf(change, context);
  return { risks: hindrance === null ? risksOf(change, context) : [], hindrance };
}
