/**
 * No text makes a reader throw, takes it more than 2 s, or leaves its report untrue: mutated texts over every reader there is. `FUZZ` says
 * how many (`npm run soak -- fuzz`: 100,000), `SEED` where they begin. What fails lies in `.cache/fuzz`.
 */
import { expect, it } from "vitest";
import { formats } from "#shared/formats/index.ts";
import { dialects } from "#shared/dialects/index.ts";
import { fuzz } from "../support/fuzz/run.ts";

const COUNT = Number(process.env["FUZZ"] ?? 1500);
const asked = process.env["SEED"];
const seed = asked === "random" ? Math.floor(Math.random() * 1000) : Number(asked ?? 5);

it(`reads ${String(COUNT)} mutated texts`, { timeout: 7_200_000 }, async () => {
  const { failures, counts } = await fuzz(COUNT, seed);
  if (COUNT > 10_000) process.stdout.write(`${JSON.stringify(counts)}\n`);
  expect(failures.map(({ reader, at, why, file }) => `${reader} ${String(at)}: ${why.slice(0, 500)}\n${file}`)).toEqual([]);
  const read = Object.values(formats).filter(({ reader }) => reader !== null);
  expect(Object.keys(counts)).toEqual(
    expect.arrayContaining([...read.map(({ id }) => id), ...Object.keys(dialects).map((id) => `${id} statements`)]),
  );
});
