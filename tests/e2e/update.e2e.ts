/** A newer version of the app: it waits for a person, and takes nothing from anyone. */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import Fastify from "fastify";
import { site } from "../../server/site/site.ts";
import { shellKept } from "./support/profile.ts";
import { accepted, chooseTable, dump, importFile } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

const dist = join(import.meta.dirname, "..", "..", "dist", "web");

/** What the next build of a changed page would leave: another page, and a worker that lists it under another revision. */
async function buildAnew(root: string): Promise<void> {
  const [page, worker] = [join(root, "index.html"), join(root, "sw.js")];
  const html = await readFile(page, "utf8");
  for (const file of [page, worker]) for (const ending of [".br", ".gz"]) await rm(file + ending, { force: true });
  await writeFile(page, html.replace("<title>", '<meta name="build" content="2" /><title>'));
  const script = await readFile(worker, "utf8");
  const changed = script.replace(/("\/index\.html",revision:")\w+"/, '$1second"');
  expect(changed).not.toBe(script);
  await writeFile(worker, changed);
}

const build = (page: Page): Promise<number> => page.locator("meta[name=build]").count();
const notice = (page: Page) => page.getByRole("status", { name: "New version" });
const engines = (page: Page): Promise<string[]> =>
  page.evaluate(async () => (await (await caches.open("engines")).keys()).map(({ url }) => new URL(url).pathname));

interface Served {
  readonly root: string;
  readonly address: string;
}

/** A server whose files may change while it runs. */
const changing = test.extend<{ served: Served }>({
  // Playwright reads the fixture's needs from the pattern, so an empty one must stand here.
  // eslint-disable-next-line no-empty-pattern
  served: async ({}, use) => {
    const root = await mkdtemp(join(tmpdir(), "drawbridge-site-"));
    await cp(dist, root, { recursive: true, filter: (path) => !path.endsWith(".map") });
    const app = Fastify({ forceCloseConnections: true });
    await site(app as unknown as Parameters<typeof site>[0], root);
    const address = await app.listen({ port: 0, host: "127.0.0.1" });
    await use({ root, address });
    await app.close();
    await rm(root, { recursive: true });
  },
  baseURL: async ({ served }, use) => {
    await use(served.address);
  },
});

changing(
  "a new version waits until a person loads it, then every tab has it and no edit is lost",
  async ({ page, context, served }) => {
    await importFile(page, dump("films.sql"));
    await accepted(page);
    await shellKept(page);
    const other = await context.newPage();
    await other.goto(page.url());
    await expect(other.getByRole("application")).toBeVisible();
    // An engine's file as the version before called it.
    const { old, now } = await page.evaluate(async () => {
      const { engines } = (await (await fetch("/offline.json")).json()) as { readonly engines: readonly [string, number][] };
      const now = engines.find(([path]) => path.includes("/sql-wasm-"))?.[0] ?? "";
      const old = now.replace(/-.{8}\.wasm$/, "-OldHash0.wasm");
      await (await caches.open("engines")).put(old, new Response("old"));
      return { old, now };
    });
    expect(now).toContain("sql-wasm");

    await buildAnew(served.root);
    // The page asks when it is looked at again.
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await expect(notice(page)).toBeVisible();
    await expect(notice(other)).toBeVisible();
    expect(await engines(page)).toContain(now);
    expect([await build(page), await build(other)]).toEqual([0, 0]);

    // Another tab is in the middle of reading a file: nothing happens to it.
    await other.keyboard.press("Control+o");
    await expect(other.getByRole("dialog", { name: "Import" })).toBeVisible();
    await notice(page).getByRole("button", { name: "Load it" }).click();
    await expect(page.getByText("The new version waits")).toBeVisible();
    await other.keyboard.press("Escape");

    // A name that is typed and not yet left is an edit too.
    await chooseTable(other, "film");
    await other.getByLabel("Table name").fill("movie");
    await notice(page).getByRole("button", { name: "Load it" }).click();
    await expect.poll(() => build(page)).toBe(1);
    await expect.poll(() => build(other)).toBe(1);
    for (const tab of [page, other]) {
      await expect(tab.getByRole("navigation", { name: "Tables" }).getByRole("button", { name: /^movie( |$)/ })).toBeVisible();
      await expect(notice(tab)).toBeHidden();
    }
    expect(await engines(page)).not.toContain(old);
  },
);

changing("put off, it stays in the menu, and a reload does not bring it", async ({ page, served }) => {
  await importFile(page, dump("films.sql"));
  await shellKept(page);
  await buildAnew(served.root);
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await notice(page).getByRole("button", { name: "Later" }).click();
  await expect(notice(page)).toBeHidden();
  await page.reload();
  await expect(page.getByRole("application")).toBeVisible();
  expect(await build(page)).toBe(0);
  await notice(page).getByRole("button", { name: "Later" }).click();
  await page.getByRole("button", { name: "Menu" }).click();
  // Whatever a page fetches meanwhile must not keep the old version's worker awake.
  await page.evaluate(() => setInterval(() => void fetch("/icon.svg").catch(() => undefined), 5));
  await page.getByRole("menuitem", { name: "Load the new version" }).click();
  await expect.poll(() => build(page)).toBe(1);
});
