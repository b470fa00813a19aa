/** How many rows an engine holds in the tables of a schema. */
import type { Schema } from "../../model/index.ts";
import type { Dialect, RunQuery } from "../dialect.ts";

export interface RowCount {
  readonly rows: number;
  /** Tables that hold any. */
  readonly tables: number;
}

/** Partitions and children are counted with their parents; foreign tables are not asked. */
export async function countRows(
  run: RunQuery,
  schema: Schema,
  { quote, features }: Pick<Dialect, "quote" | "features">,
): Promise<RowCount> {
  let [rows, tables] = [0, 0];
  const namespaces = new Map(schema.namespaces.map(({ id, name }) => [id, name]));
  for (const { kind, partitionOf, inherits, namespaceId, name } of schema.tables) {
    if (kind !== "table" || partitionOf !== null || inherits.length > 0) continue;
    const space = features.namespaces ? `${quote.identifier(namespaces.get(namespaceId) ?? "")}.` : "";
    const [answer] = await run(`select count(*) from ${space}${quote.identifier(name)}`);
    const count = Number(answer?.[0] ?? 0);
    rows += count;
    if (count > 0) tables += 1;
  }
  return { rows, tables };
}
