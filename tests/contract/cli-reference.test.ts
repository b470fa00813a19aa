/** The command line over reference files (a few; all under `npm run soak`): the counts of the real engine's catalogue, in the design file that it writes. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { readDesign } from "#shared/formats/json/index.ts";
import { referenceFiles, sample } from "../support/reference.ts";
import { beside, counted } from "../support/truth.ts";

const drawbridge = join(import.meta.dirname, "..", "..", "bin", "drawbridge.js");
const run = promisify(execFile);

/** What the command prints. A file of which something was refused exits with 1 and is written all the same. */
async function convert(path: string): Promise<string> {
  const options = { maxBuffer: 1 << 28 };
  const ran = run(process.execPath, [drawbridge, "convert", path, "--to", "json"], options);
  return (await ran.catch((failed: unknown) => failed as { readonly stdout: string })).stdout;
}

describe.each(counted)("drawbridge convert over the reference files of %s", (dialect) => {
  it.each(sample(referenceFiles(dialect), 3))("$name", async (file) => {
    const { value, problems } = readDesign(await convert(file.path));
    expect(problems).toEqual([]);
    if (!value) throw new Error("no design was written");
    const { read, expected } = beside(file, value.schema);
    expect(read).toEqual(expected);
  });
});
