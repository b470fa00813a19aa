/** A text read in the engine of its dialect, or by the reader that stands for it; with every refusal, said. */
import type { Dialect } from "#shared/dialects/dialect.ts";
import { type DialectId, dialects } from "#shared/dialects/index.ts";
import type { Schema } from "#shared/model/index.ts";
import { sentence } from "#shared/result/index.ts";
import { openEngine } from "../../server/engines/index.ts";
import { openPglite } from "./pglite.ts";

const quiet = { loadData: false, onProgress: () => undefined, cancelled: () => false };

export async function readWhole(
  id: DialectId,
  text: string,
): Promise<{ readonly schema: Schema; readonly refused: readonly string[] }> {
  const dialect: Dialect = dialects[id];
  const { engine, close } = await (id === "postgres" ? openPglite(dialect.needs(text)) : openEngine(id, []));
  const { value, problems } = await dialect.importer.run(text, engine, quiet);
  const findings = value && dialect.verify ? await dialect.verify(engine.query, value) : [];
  await close();
  if (!value) throw new Error("nothing was read");
  const refused = [...problems.filter(({ severity }) => severity !== "note"), ...findings.map(({ problem }) => problem)];
  return { schema: value, refused: refused.map(sentence) };
}
