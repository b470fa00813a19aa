/**
 * `npm run soak`: the tests of rooms that take minutes. Those of `tests/soak`, then the quick ones about crashes and hostile clients
 * again, with 20 kills, 10 s without Redis and 100,000 frames of noise, and the property tests from a place that nobody chose; of them
 * the one of five people at once 3,000 times. Names
 * narrow it: `npm run soak -- crashes Redis`.
 */
import { readFileSync } from "node:fs";
import { ensureBuilt } from "./build.mjs";
import { filesBelow, runBin, say } from "./lib.mjs";

const propertyTests = filesBelow(["shared", "tests/contract"]).filter(
  (file) => file.endsWith(".test.ts") && readFileSync(file, "utf8").includes("/fast-check.ts"),
);

const RUNS = [
  ["rooms over time", ["run", "--project", "soak"], {}],
  [
    "crashes, of files and of PostgreSQL",
    ["run", "--project", "live", "tests/live/rooms-crash.test.ts", "tests/live/rooms-postgres.test.ts"],
    { KILLS: "20" },
  ],
  ["Redis away for 10 s", ["run", "--project", "live", "tests/live/rooms-redis.test.ts"], { OUTAGE_MS: "10000" }],
  ["property tests", ["run", "--project", "unit", "--project", "contract", ...propertyTests], { SEED: "random", CROWDS: "3000" }],
  ["hostile clients", ["run", "--project", "live", "tests/live/rooms-hostile.test.ts"], { FRAMES: "100000" }],
];

const wanted = process.argv.slice(2);
await ensureBuilt();
for (const [what, args, environment] of RUNS) {
  if (wanted.length > 0 && !wanted.some((name) => what.includes(name))) continue;
  say(`soak: ${what}`);
  Object.assign(process.env, environment);
  const { code } = await runBin("vitest", [...args, "--testTimeout=1200000"]);
  if (code !== 0) process.exitCode = 1;
}
