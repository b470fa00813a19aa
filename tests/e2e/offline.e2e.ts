import { accepted, chooseTable, dump, importFile } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

test("without network: the same design opens, and the engine still answers", async ({ page, context }) => {
  // The worker keeps the whole shell first: some hundred files, one after another.
  test.setTimeout(180_000);
  await importFile(page, dump("films.sql"));
  await accepted(page);
  // Wait for the thing itself: the engine's largest file in the worker's cache.
  await expect
    .poll(
      () =>
        page.evaluate(
          async () => (await (await caches.open("engines")).keys()).filter(({ url }) => url.endsWith(".wasm")).length,
        ),
      { timeout: 90_000 },
    )
    .toBeGreaterThanOrEqual(1);
  await expect
    .poll(
      () => page.evaluate(async () => (await (await caches.open("engines")).keys()).some(({ url }) => url.endsWith(".snapshot"))),
      { timeout: 90_000 },
    )
    .toBe(true);
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null), { timeout: 90_000 }).toBe(true);
  await context.setOffline(true);
  await page.reload();
  await chooseTable(page, "film");
  await accepted(page);
  await page.getByLabel("Table name").fill("movie");
  await page.getByLabel("Table name").press("Enter");
  await accepted(page);
  await context.setOffline(false);
});
