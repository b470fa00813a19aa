/**
 * `npm run soak`: the tests of rooms that take minutes. Those of `tests/soak`, then the quick ones about crashes and hostile clients
 * again, with 20 kills and 100,000 frames of noise, and the property tests from a place that nobody chose.
 */
import { readFileSync } from "node:fs";
import { ensureBuilt } from "./build.mjs";
import { filesBelow, runBin, say } from "./lib.mjs";

const propertyTests = filesBelow(["shared", "tests/contract"]).filter(
  (file) => file.endsWith(".test.ts") && readFileSync(file, "utf8").includes("/fast-check.ts"),
);

const RUNS = [
  ["rooms over time", ["run", "--project", "soak"], {}],
  ["crashes", ["run", "--project", "live", "tests/live/rooms-crash.test.ts"], { KILLS: "20" }],
  ["property tests", ["run", "--project", "unit", "--project", "contract", ...propertyTests], { SEED: "random" }],
  ["hostile clients", ["run", "--project", "live", "tests/live/rooms-hostile.test.ts"], { FRAMES: "100000" }],
];

await ensureBuilt();
for (const [what, args, environment] of RUNS) {
  say(`soak: ${what}`);
  Object.assign(process.env, environment);
  const { code } = await runBin("vitest", [...args, "--testTimeout=1200000"]);
  if (code !== 0) process.exitCode = 1;
}
