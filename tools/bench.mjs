/**
 * `npm run bench`: runs every `tests/bench/*.bench.ts` on the production build, prints its numbers as a table, and keeps them in
 * `tests/bench/results/<name>.json`. A name narrows it: `npm run bench -- canvas`.
 *
 * A bench exports `run({ root, browser }): Promise<Row[]>`, a row being `{ what, value, unit, floor?, aim?, note? }`: `floor` or a
 * peer measured in the same run, `aim` the number the product answers to.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { findBrowser } from "./browser.mjs";
import { ensureBuilt } from "./build.mjs";
import { root, say } from "./lib.mjs";

const folder = join(root, "tests", "bench");
const wanted = process.argv.slice(2);

/** Benches are TypeScript that imports the product's own code; they are bundled before they run. */
async function load(file, into) {
  const { build } = await import("esbuild");
  const outfile = join(root, ".cache", "bench", `${basename(into)}-${basename(file)}.mjs`);
  await build({
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
  return import(pathToFileURL(outfile).href);
}

function print(name, rows) {
  process.stdout.write(`\n${name}\n`);
  for (const { what, value, unit, floor, aim, note } of rows) {
    const beside = floor === undefined ? "" : `  floor ${floor} ${unit} (×${(value / floor).toFixed(2)})`;
    const goal = aim === undefined ? "" : `  aim ≤ ${aim} ${unit} ${value <= aim ? "met" : "NOT MET"}`;
    process.stdout.write(`  ${what.padEnd(58)} ${String(value).padStart(9)} ${unit}${beside}${goal}${note ? `  ${note}` : ""}\n`);
  }
}

await ensureBuilt();
const browser = await findBrowser();
const temporary = mkdtempSync(join(tmpdir(), "drawbridge-bench-"));
const files = readdirSync(folder).filter((name) => name.endsWith(".bench.ts"));
try {
  for (const file of files) {
    const name = file.replace(/\.bench\.ts$/, "");
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    say(`bench: ${name}`);
    // How many processes wanted a core in the minute before: numbers of a busy machine can be told by it.
    const [busy = 0] = loadavg();
    const { run } = await load(join(folder, file), temporary);
    const rows = await run({ root, browser });
    print(name, rows);
    mkdirSync(join(folder, "results"), { recursive: true });
    const machine = { cores: cpus().length, cpu: cpus()[0]?.model ?? "", node: process.version, load: Number(busy.toFixed(1)) };
    writeFileSync(join(folder, "results", `${name}.json`), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
process.exit(0);
