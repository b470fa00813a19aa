import type { Page } from "@playwright/test";
import { accepted, chooseTable, dump, importFile } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

async function renameTable(page: Page, from: string, to: string): Promise<void> {
  await chooseTable(page, from);
  await page.getByLabel("Table name").fill(to);
  await page.getByLabel("Table name").press("Enter");
}

const row = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Tables" }).getByRole("button", { name: new RegExp(`^${name}( |$)`) });

test("two tabs edit one design: each sees the other's edits, and a reload finds both", async ({ page, context }) => {
  await importFile(page, dump("films.sql"));
  await accepted(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole("application")).toBeVisible();
  await renameTable(page, "film", "movie");
  await expect(row(other, "movie")).toBeVisible();
  await renameTable(other, "movie", "picture");
  await expect(row(page, "picture")).toBeVisible();
  await other.close();
  await page.reload();
  await expect(row(page, "picture")).toBeVisible();
});

test("a device that is full is told of, nothing is lost, and saving goes on by itself when there is room", async ({ page }) => {
  await importFile(page, dump("films.sql"));
  await accepted(page);
  // Chromium counts small writes against no quota, so the refusal is made where the browser would make it.
  await page.evaluate(() => {
    const add = Reflect.get(IDBObjectStore.prototype, "add");
    Reflect.set(window, "makeRoom", () => Reflect.set(IDBObjectStore.prototype, "add", add));
    Reflect.set(IDBObjectStore.prototype, "add", () => {
      throw new DOMException("The disk is full.", "QuotaExceededError");
    });
  });
  await renameTable(page, "film", "movie");
  await expect(page.getByText("Not saved")).toBeVisible();
  await page.evaluate(() => (Reflect.get(window, "makeRoom") as () => void)());
  // No edit is made meanwhile: the next try is the app's own.
  await expect(page.getByText("Saved on this device")).toBeVisible();
  await page.reload();
  await expect(row(page, "movie")).toBeVisible();
});
