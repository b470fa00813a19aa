/**
 * The drift between a design and a live database, in words: what each has, grouped by table. Every difference carries the change
 * that would bring the design to the database.
 */
import type { Dialect } from "../dialects/dialect.ts";
import type { Change, Schema } from "../model/index.ts";
import { diff, keysNotNull } from "../diff/index.ts";
import { tell, type Told, type Voice } from "./tell.ts";

/** Who has it: only the database, only the design, or both, each in its own way. */
export type Side = "database" | "design" | "both";

/** What the one side has, or attribute by attribute how the two differ. */
export interface Difference extends Told {
  readonly side: Side;
}

export interface DriftGroup {
  readonly key: string;
  /** `public.customer`; for what hangs on no table, its kind. */
  readonly name: string;
  readonly differences: readonly Difference[];
}

/** Types as the engine prints them, and keys as it makes them: two ways to write one thing are no difference. */
export function comparable(schema: Schema, { types }: Dialect): Schema {
  const tables = keysNotNull(schema).tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => {
      const type = types.canonical(column.type);
      return type === column.type ? column : { ...column, type };
    }),
  }));
  return { ...schema, tables };
}

const VOICE: Voice = {
  altered: (attribute, was, is) => `${attribute}: ${was} in the design, ${is} in the database`,
  reordered: (was, is) => [`${was} in the design`, `${is} in the database`],
};

const SIDES: Readonly<Record<Change["kind"], Side>> = { create: "database", drop: "design", alter: "both", reorder: "both" };

/**
 * What a design and a live database do not share. `live` has the design's ids where the two are the same (`adopt`); the design
 * is best as its engine prints it. Tables and views of the names in `left` are not looked at.
 */
export function drift(design: Schema, live: Schema, dialect: Dialect, left: readonly string[] = []): readonly DriftGroup[] {
  const unseen = new Set(left);
  return tell(diff(comparable(design, dialect), comparable(live, dialect)), design, live, VOICE)
    .filter(({ name }) => !unseen.has(name))
    .map(({ key, name, told }) => ({ key, name, differences: told.map((one) => ({ ...one, side: SIDES[one.change.kind] })) }));
}
