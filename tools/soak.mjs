/**
 * `npm run soak`: the tests of rooms that take minutes. Those of `tests/soak`, then the quick ones about crashes and hostile clients
 * again, with 20 kills and 100,000 frames of noise.
 */
import { ensureBuilt } from "./build.mjs";
import { runBin, say } from "./lib.mjs";

const RUNS = [
  ["rooms over time", ["run", "--project", "soak"], {}],
  ["crashes", ["run", "--project", "live", "tests/live/rooms-crash.test.ts"], { KILLS: "20" }],
  ["hostile clients", ["run", "--project", "live", "tests/live/rooms-hostile.test.ts"], { FRAMES: "100000" }],
];

await ensureBuilt();
for (const [what, args, environment] of RUNS) {
  say(`soak: ${what}`);
  Object.assign(process.env, environment);
  const { code } = await runBin("vitest", [...args, "--testTimeout=1200000"]);
  if (code !== 0) process.exitCode = 1;
}
