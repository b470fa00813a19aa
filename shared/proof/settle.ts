/** A design as its engine prints it, so that it can be compared with a database that prints the same way. */
import type { Dialect, Engine } from "../dialects/dialect.ts";
import { adopt, type Schema } from "../model/index.ts";
import type { Report } from "../result/index.ts";

/**
 * Runs the design's own script (or has it read, where no engine of the dialect runs) and reads it back under the design's ids.
 * Where part of it is refused the design stays as it was typed, and the problems say why.
 */
export async function settled(dialect: Dialect, schema: Schema, engine: Engine): Promise<Report<Schema>> {
  const statements = (await dialect.ddl()).create(schema);
  if (statements.length === 0) return { value: schema, problems: [] };
  const { value, problems } = await dialect.importer.run((await dialect.ddl()).script(statements), engine, {
    loadData: false,
    onProgress: () => undefined,
    cancelled: () => false,
  });
  const refused = problems.filter(({ severity }) => severity === "error");
  return value === null || refused.length > 0
    ? { value: schema, problems: refused }
    : { value: adopt(value, schema, null), problems: [] };
}
