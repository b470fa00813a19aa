/**
 * `npm test`: installs, builds, sees to a browser, then runs every check and every test.
 *
 * Names of areas narrow it: `npm test -- unit e2e`. What failed is named again at the end; the last line is the sum over all runners.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { findBrowser } from "./browser.mjs";
import { ensureBuilt } from "./build.mjs";
import { root, run, runBin, say } from "./lib.mjs";

const AREAS = ["check", "unit", "contract", "live", "e2e"];

/**
 * What an area's run came to. `failures` names what failed, a line each: its file or check, its title, the first words of why.
 * @typedef {{ passed: number, failures: string[], skipped: number }} Tally
 */

/** @returns {Tally} a runner that broke before it could count has failed once */
function broken(area, code) {
  return { passed: 0, failures: [`${area}: the run itself ended with ${code}`], skipped: 0 };
}

/** A runner that ended badly and names no failure (a file that does not load, an error outside any test) has failed all the same. */
function judged(area, code, tally) {
  if (code !== 0 && tally.failures.length === 0) tally.failures.push(...broken(area, code).failures);
  return tally;
}

function readJson(file) {
  const path = join(root, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
}

const firstLine = (text) =>
  stripVTControlCharacters(text ?? "")
    .trim()
    .split("\n")[0];

async function runCheck() {
  const { code, output } = await run(process.execPath, ["tools/check.mjs"]);
  const passed = output.match(/^drawbridge: ok {3}/gm)?.length ?? 0;
  const failures = Array.from(output.matchAll(/^drawbridge: FAIL (.*)/gm), ([, label]) => `check: ${label}`);
  return judged("check", code, { passed, failures, skipped: 0 });
}

async function runVitest(project) {
  const report = `.cache/vitest-${project}.json`;
  rmSync(join(root, report), { force: true });
  const args = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await runBin("vitest", args);
  const result = readJson(report);
  if (!result) return broken(project, code || 1);
  const failures = result.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (failed.length === 0 && status === "failed") return [`${file}: ${firstLine(message)}`];
    return failed.map((test) => `${file}: ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
  });
  return judged(project, code, {
    passed: result.numPassedTests,
    failures,
    skipped: result.numPendingTests + (result.numTodoTests ?? 0),
  });
}

/** Every test below a suite of Playwright's report that did not end as expected. */
function unexpected(suite) {
  const here = (suite.specs ?? []).filter(({ ok }) => !ok);
  const why = ({ tests }) => tests.flatMap(({ results }) => results.flatMap(({ errors }) => errors))[0]?.message;
  return [
    ...here.map((spec) => `tests/e2e/${spec.file}:${spec.line}: ${spec.title}: ${firstLine(why(spec))}`),
    ...(suite.suites ?? []).flatMap(unexpected),
  ];
}

async function runPlaywright() {
  rmSync(join(root, ".cache/playwright.json"), { force: true });
  const { code } = await runBin("playwright", ["test"]);
  const report = readJson(".cache/playwright.json");
  if (!report) return broken("e2e", code || 1);
  const { expected, flaky, skipped } = report.stats;
  return judged("e2e", code, { passed: expected + flaky, failures: report.suites.flatMap(unexpected), skipped });
}

/** @param {string} area @returns {Promise<Tally>} */
async function runArea(area) {
  say(`testing: ${area}`);
  if (area === "check") return runCheck();
  if (area !== "e2e") return runVitest(area);
  const browser = await findBrowser();
  if (!browser) return { passed: 0, failures: ["e2e: no browser"], skipped: 0 };
  process.env.CHROMIUM_PATH = browser;
  return runPlaywright();
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((area) => !AREAS.includes(area));
if (unknown.length > 0) {
  process.stderr.write(`drawbridge: there is no test area named ${unknown.join(", ")}; there are ${AREAS.join(", ")}\n`);
  process.exit(2);
}

const total = { passed: 0, failures: [], skipped: 0 };
try {
  await ensureBuilt();
  for (const area of AREAS.filter((name) => wanted.length === 0 || wanted.includes(name))) {
    const started = performance.now();
    const { passed, failures, skipped } = await runArea(area);
    total.passed += passed;
    total.failures.push(...failures);
    total.skipped += skipped;
    say(
      `tested: ${area}, ${passed} passed, ${failures.length} failed, ${skipped} skipped, in ${Math.round((performance.now() - started) / 1000)} s`,
    );
  }
} catch (error) {
  total.failures.push(error instanceof Error ? error.message : String(error));
}
for (const failure of total.failures) say(`FAILED ${failure}`);
process.stdout.write(`${total.passed} passed, ${total.failures.length} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failures.length > 0 ? 1 : 0;
