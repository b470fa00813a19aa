/** A design as SQL, and where in it each thing stands. */
import type { Dialect } from "#shared/dialects/dialect.ts";
import { dialectOf } from "#shared/dialects/index.ts";
import type { Schema } from "#shared/model/index.ts";
import type { Problem } from "#shared/result/index.ts";

export interface SqlShown {
  readonly text: string;
  /** Where what is drawn begins, from the first to the last: tables and views by their ids. */
  readonly places: readonly (readonly [id: string, offset: number])[];
  /** What of the design is not said, or said otherwise. */
  readonly lost: readonly Problem[];
}

const DRAWN: ReadonlySet<string> = new Set(["table", "view"]);

export async function sqlOf(design: Schema, to: Dialect): Promise<SqlShown> {
  const from = dialectOf(design.dialect) ?? to;
  // Loaded when it is first asked for: who types DBML needs nothing of it.
  const { convertSchema } = await import("#shared/convert/index.ts");
  const { value: schema, problems: lost } = await convertSchema(design, from, to);
  const { create, script } = await to.ddl();
  const statements = create(schema);
  const text = script(statements);
  const places = new Map<string, number>();
  let next = 0;
  for (const { sql, about } of statements) {
    const at = text.indexOf(sql, next);
    if (at < 0) continue;
    next = at + sql.length;
    if (about && DRAWN.has(about.entity) && !places.has(about.id)) places.set(about.id, at);
  }
  return { text, places: [...places], lost };
}
