/** What every step of a conversion works with. */
import type { Dialect, Equivalents } from "../dialects/dialect.ts";
import type { EntityRef, Schema, Table, TableId } from "../model/index.ts";
import type { Tally } from "./losses.ts";

export interface Context {
  readonly from: Dialect;
  readonly to: Dialect;
  readonly fromWords: Equivalents;
  readonly toWords: Equivalents;
  readonly schema: Schema;
  readonly tally: Tally;
  /** Two servers of one family: types and expressions stay what they are. */
  readonly family: boolean;
}

export const aboutPart = (entity: EntityRef["entity"], id: string, table: Table): EntityRef => ({
  entity,
  id,
  ownerId: table.id,
});

/** Does the other dialect have comments on this? */
export const commented = ({ toWords }: Context, entity: string): boolean => toWords.comments.includes(entity);

/** A comment as the other dialect holds it; one that it does not hold is counted. Spaces at the ends of lines say nothing. */
export function commentIn(comment: string | null, entity: string, context: Context): string | null {
  const holds = commented(context, entity);
  context.tally.when(comment !== null && !holds, "comments");
  const lines = (holds ? (comment ?? "") : "").split("\n");
  const text = lines
    .map((line) => line.trimEnd())
    .join("\n")
    .trimEnd();
  return text === "" ? null : text;
}

export type ById = ReadonlyMap<TableId, Table>;
