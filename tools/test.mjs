/**
 * `npm test`: installs, builds, sees to a browser, then runs every check and every test.
 *
 * Names of areas narrow it: `npm test -- unit e2e`. The last line is the sum over all runners.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findBrowser } from "./browser.mjs";
import { ensureBuilt } from "./build.mjs";
import { root, run, runBin, say } from "./lib.mjs";

const AREAS = ["check", "unit", "contract", "live", "e2e"];

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** @returns {Tally} a runner that broke before it could count has failed once */
function broken(code) {
  return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

function readJson(file) {
  const path = join(root, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
}

async function runCheck() {
  const { code, output } = await run(process.execPath, ["tools/check.mjs"]);
  const passed = output.match(/^drawbridge: ok {3}/gm)?.length ?? 0;
  const failed = output.match(/^drawbridge: FAIL /gm)?.length ?? 0;
  return { passed, failed: failed || (code === 0 ? 0 : 1), skipped: 0 };
}

async function runVitest(project) {
  const report = `.cache/vitest-${project}.json`;
  rmSync(join(root, report), { force: true });
  const args = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await runBin("vitest", args);
  const result = readJson(report);
  if (!result) return broken(code || 1);
  const counted = {
    passed: result.numPassedTests,
    failed: result.numFailedTests,
    skipped: result.numPendingTests + (result.numTodoTests ?? 0),
  };
  // A file that fails to load has no tests in it to count.
  if (code !== 0 && counted.failed === 0) counted.failed = Math.max(1, result.numFailedTestSuites ?? 1);
  return counted;
}

async function runPlaywright() {
  rmSync(join(root, ".cache/playwright.json"), { force: true });
  const { code } = await runBin("playwright", ["test"]);
  const stats = readJson(".cache/playwright.json")?.stats;
  if (!stats) return broken(code || 1);
  const counted = { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
  if (code !== 0 && counted.failed === 0) counted.failed = 1;
  return counted;
}

/** @param {string} area @returns {Promise<Tally>} */
async function runArea(area) {
  say(`testing: ${area}`);
  if (area === "check") return runCheck();
  if (area !== "e2e") return runVitest(area);
  const browser = await findBrowser();
  if (!browser) return { passed: 0, failed: 1, skipped: 0 };
  process.env.CHROMIUM_PATH = browser;
  return runPlaywright();
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((area) => !AREAS.includes(area));
if (unknown.length > 0) {
  process.stderr.write(`drawbridge: there is no test area named ${unknown.join(", ")}; there are ${AREAS.join(", ")}\n`);
  process.exit(2);
}

const total = { passed: 0, failed: 0, skipped: 0 };
try {
  await ensureBuilt();
  for (const area of AREAS.filter((name) => wanted.length === 0 || wanted.includes(name))) {
    const tally = await runArea(area);
    for (const key of Object.keys(total)) total[key] += tally[key];
  }
} catch (error) {
  process.stderr.write(`drawbridge: ${error instanceof Error ? error.message : String(error)}\n`);
  total.failed += 1;
}
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
