/**
 * Finds a Chromium for the end-to-end tests and benches: CHROMIUM_PATH, the usual places, Playwright's own, and last Debian's
 * package, installed here when that is allowed (root, with apt-get).
 */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run, say } from "./lib.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

function onThisMachine() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : null;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...PLACES];
  return candidates.find((path) => existsSync(path)) ?? null;
}

async function playwrightsOwn() {
  try {
    const { chromium } = await import("@playwright/test");
    const path = chromium.executablePath();
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** Path of a Chromium, or null with one sentence said about how to get one. */
export async function findBrowser() {
  if (process.env.CHROMIUM_PATH && !existsSync(process.env.CHROMIUM_PATH)) {
    say(`CHROMIUM_PATH names ${process.env.CHROMIUM_PATH}, which does not exist`);
    return null;
  }
  const found = onThisMachine() ?? (await playwrightsOwn());
  if (found) return found;
  if (process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    say("installing Chromium (apt-get install chromium)");
    await run("apt-get", ["update"], { quiet: true });
    await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { quiet: true });
    const installed = onThisMachine();
    if (installed) return installed;
  }
  say("no Chromium was found: install one (for example `npx playwright install chromium`) or set CHROMIUM_PATH to it");
  return null;
}
