/**
 * `npm run check`: everything fast that must hold before a commit. With `--land`: without the slower whole-tree surveys.
 * Independent checks run two at a time; the output of one that fails is shown whole, the others stay one line.
 */
import { ensureInstalled } from "./install.mjs";
import { runBin, say } from "./lib.mjs";

const CHECKS = [
  ["types: web", "svelte-check", ["--tsconfig", "web/tsconfig.json", "--output", "human", "--fail-on-warnings"]],
  ["lint", "eslint", [".", "--max-warnings", "0", "--cache", "--cache-location", ".cache/eslint", "--cache-strategy", "content"]],
  ["format", "prettier", ["--check", ".", "--log-level", "warn", "--cache", "--cache-location", ".cache/prettier"]],
  ["types: shared", "tsc", ["-p", "shared"]],
  ["types: server", "tsc", ["-p", "server"]],
  ["types: service worker", "tsc", ["-p", "web/tsconfig.sw.json"]],
  ["types: tests", "tsc", ["-p", "tests"]],
  ["directions", "depcruise", ["--config", ".dependency-cruiser.cjs", "--output-type", "err", "shared", "server", "web"]],
];
const SURVEYS = [["unused", "knip", ["--no-progress"]]];

await ensureInstalled();
const queue = process.argv.includes("--land") ? [...CHECKS] : [...CHECKS, ...SURVEYS];
let failed = 0;

async function work() {
  for (let check = queue.shift(); check; check = queue.shift()) {
    const [label, bin, args] = check;
    const started = performance.now();
    const { code, output } = await runBin(bin, args, { quiet: true });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (code !== 0) failed += 1;
    say(`${code === 0 ? "ok  " : "FAIL"} ${label} (${seconds} s)`);
    if (code !== 0) process.stdout.write(`${output}\n`);
  }
}

await Promise.all([work(), work()]);
if (failed > 0) process.exitCode = 1;
