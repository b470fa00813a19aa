/** A whole schema as one script. */
import type { Schema } from "../../model/index.ts";
import type { Dialect } from "../dialect.ts";

/** The script that makes a schema in an empty database: statements in dependency order, grouped and headed. */
export async function wholeScript({ ddl }: Pick<Dialect, "ddl">, schema: Schema): Promise<string> {
  const { script, create } = await ddl();
  return script(create(schema));
}
