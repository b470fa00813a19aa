/** A script that has been run in a fresh engine and read back. */
import type { Dialect, Engine, ImportProgress } from "../dialects/dialect.ts";
import { differences } from "../diff/index.ts";
import type { Schema } from "../model/index.ts";
import type { Problem } from "../result/index.ts";

export interface VerifiedScript {
  readonly sql: string;
  readonly statements: number;
  /** Empty when what the engine holds afterwards equals the design. */
  readonly differences: readonly Problem[];
}

/**
 * Writes a design as SQL, runs the script as a person would in an empty engine, reads the catalogue, and compares: to the letter, unless
 * another comparison is given.
 */
export async function verifiedScript(
  dialect: Dialect,
  schema: Schema,
  engine: Engine,
  onProgress: (progress: ImportProgress) => void | Promise<void>,
  compare: (designed: Schema, readBack: Schema) => readonly Problem[] = differences,
): Promise<VerifiedScript> {
  const statements = (await dialect.ddl()).create(schema);
  const sql = (await dialect.ddl()).script(statements);
  if (statements.length === 0) return { sql, statements: 0, differences: [] };
  const { value, problems } = await dialect.importer.run(sql, engine, { loadData: false, onProgress, cancelled: () => false });
  const refused = problems.filter(({ severity }) => severity === "error");
  const findings = value && dialect.verify ? await dialect.verify(engine.query, schema) : [];
  const different = value ? compare(schema, value) : [];
  return {
    sql,
    statements: statements.length,
    differences: [...refused, ...findings.map(({ problem }) => problem), ...different],
  };
}
