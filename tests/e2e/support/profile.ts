/** A browser with a profile of its own on the disk, as a person has one: what was kept in it is there at the next start. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "@playwright/test";

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the console said that was not mere information. */
  readonly said: readonly string[];
}

export interface Profile {
  /** Starts the browser cold, and gives its one page, still blank. */
  readonly open: () => Promise<Visit>;
  /** Ends the browser where a journey left it open. */
  readonly remove: () => Promise<void>;
}

/** An empty profile. */
export async function newProfile(): Promise<Profile> {
  const folder = await mkdtemp(join(tmpdir(), "drawbridge-profile-"));
  let last: BrowserContext | undefined;
  return {
    async open() {
      const context = (last = await chromium.launchPersistentContext(folder, {
        executablePath: process.env["CHROMIUM_PATH"] ?? "",
        viewport: { width: 1280, height: 720 },
        locale: "en-GB",
        args: [
          "--disable-gpu",
          "--no-first-run",
          "--disable-background-networking",
          // The browser offers the installation at the first visit, as it does once a person has looked around.
          "--bypass-app-banner-engagement-checks",
          ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        ],
      }));
      const [page = await context.newPage()] = context.pages();
      const said: string[] = [];
      context.on("weberror", (error) => said.push(error.error().message));
      context.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") said.push(message.text());
      });
      return { context, page, said };
    },
    async remove() {
      await last?.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Resolves once the service worker has kept the whole shell. */
export const shellKept = (page: Page): Promise<unknown> =>
  page.evaluate(async () => (await navigator.serviceWorker.ready).active?.scriptURL);
