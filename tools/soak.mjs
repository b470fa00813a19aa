/**
 * `npm run soak`: the tests of rooms that take minutes. Those of `tests/soak`, then the quick ones about crashes and hostile clients
 * again, with 20 kills, 10 s without Redis and 100,000 frames of noise, the property tests from a place that nobody chose (of them the one
 * of five people at once 3,000 times), 100,000 mutated texts over all readers, and every reference file where `npm test` has a few. Names
 * narrow it: `npm run soak -- crashes Redis fuzz`.
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
  ["fuzz of all readers", ["run", "--project", "contract", "tests/contract/fuzz.test.ts"], { FUZZ: "100000", SEED: "random" }],
  [
    "every reference file on the command line",
    ["run", "--project", "contract", "tests/contract/cli-reference.test.ts"],
    { WHOLE: "1" },
  ],
  ["every reference file as SQL of MariaDB", ["run", "--project", "live", "tests/live/convert-mariadb.test.ts"], { WHOLE: "1" }],
  ["every reference file in the browser", ["test", "tests/e2e/reference.e2e.ts"], { WHOLE: "1" }, "playwright"],
  ["hostile clients", ["run", "--project", "live", "tests/live/rooms-hostile.test.ts"], { FRAMES: "100000" }],
];

const wanted = process.argv.slice(2);
await ensureBuilt();
for (const [what, args, environment, runner = "vitest"] of RUNS) {
  if (wanted.length > 0 && !wanted.some((name) => what.includes(name))) continue;
  say(`soak: ${what}`);
  Object.assign(process.env, environment);
  const { code } = await runBin(runner, runner === "vitest" ? [...args, "--testTimeout=1200000"] : args);
  if (code !== 0) process.exitCode = 1;
}
