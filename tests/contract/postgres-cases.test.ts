import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { invariants, type Schema } from "#shared/model/index.ts";
import { Prover } from "#shared/proof/index.ts";
import { type Report, sentence } from "#shared/result/index.ts";
import { openPglite } from "../support/pglite.ts";
import { wholeScript } from "#shared/dialects/kit/whole.ts";

const CASES = join(import.meta.dirname, "..", "fixtures", "postgres");
const quiet = { loadData: false, onProgress: () => undefined, cancelled: () => false };

async function read(text: string): Promise<Report<Schema | null>> {
  const { engine, close } = await openPglite(postgres.needs(text));
  const report = await postgres.importer.run(text, engine, quiet);
  await close();
  return report;
}

/** Each folder holds `in.sql`, and what comes of it: `out.sql`, written again, and `report.txt`. */
describe.each(readdirSync(CASES))("the case %s", (name) => {
  it("is read, told, written and read again, equal", async () => {
    const { value, problems } = await read(await readFile(join(CASES, name, "in.sql"), "utf8"));
    const told = problems.map((problem) => `${problem.severity} ${String(problem.at?.line ?? "-")}: ${sentence(problem)}\n`);
    const report = told.join("").replaceAll(/PostgreSQL \d[\d.]*/g, "PostgreSQL");
    await expect(report).toMatchFileSnapshot(join(CASES, name, "report.txt"));
    if (!value) throw new Error("nothing was read");
    expect(invariants(value)).toEqual([]);
    const written = await wholeScript(postgres, value);
    await expect(written).toMatchFileSnapshot(join(CASES, name, "out.sql"));
    // In the order it is written: the importer would find another by itself.
    const { engine, close } = await openPglite(postgres.needs(written));
    const refused = await new Prover(postgres, engine).prove(value);
    await close();
    expect(refused).toEqual([]);
    const back = await read(written);
    expect(back.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(back.value).toEqual(value);
  });
});
