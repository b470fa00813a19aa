import { defineConfig } from "@playwright/test";
import { findBrowser } from "./tools/browser.mjs";

/** Journeys on the production build, in the system's Chromium. Each worker starts a server of its own (tests/e2e/support). */
process.env.CHROMIUM_PATH ??= (await findBrowser()) ?? "";

const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.e2e.ts",
  outputDir: "test-results",
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: ".cache/playwright.json" }]],
  use: {
    viewport: { width: 1280, height: 720 },
    locale: "en-GB",
    timezoneId: "UTC",
    // Recording every journey takes a quarter of the time of all: `TRACE=1 npx playwright test …` does it for the one that is looked into.
    trace: process.env.TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        ...(asRoot ? ["--no-sandbox"] : []),
      ],
    },
  },
});
