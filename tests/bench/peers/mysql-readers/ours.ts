/** Drawbridge's own reader: the schema that it makes. */
import { dialects } from "#shared/dialects/index.ts";
import { noEngine } from "#shared/dialects/kit/no-engine.ts";
import { mariadbCounts } from "../../../support/counts.ts";
import { measure } from "./read.ts";

const { mariadb } = dialects;
const quiet = { loadData: false, onProgress: () => undefined, cancelled: () => false };

await measure(async (text) => {
  const { value, problems } = await mariadb.importer.run(text, noEngine(mariadb.label), quiet);
  if (!value) throw new Error("nothing was read");
  const counts = mariadbCounts(value);
  const comments = (counts["col_comments"] ?? 0) + (counts["tbl_comments"] ?? 0);
  return { counts: { ...counts, comments }, errors: problems.filter(({ code }) => code === "import.refused").length };
});
