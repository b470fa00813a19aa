/** The app fell over, or what is stored is broken: never a white page, and the design can be carried away. */
import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { readDesign } from "#shared/formats/json/index.ts";
import type { Page } from "@playwright/test";
import { accepted, dump, importFile } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

async function exported(page: Page): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export the design" }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test("a stored design that cannot be read is told, and leaves as it is", async ({ page }) => {
  await importFile(page, dump("films.sql"));
  await expect(page.getByText("Saved on this device")).toBeVisible();
  await page.evaluate(async () => {
    const id = location.hash.slice(4);
    const open = indexedDB.open("drawbridge");
    await new Promise((done) => (open.onsuccess = done));
    const change = open.result.transaction("updates", "readwrite");
    change.objectStore("updates").add({ design: id, update: new Uint8Array([9, 9, 9, 255, 255, 255, 255]) });
    await new Promise((done) => (change.oncomplete = done));
    open.result.close();
  });
  await page.reload();
  await expect(page.getByRole("heading", { name: "This design cannot be opened" })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
  const { name, bytes } = await exported(page);
  expect(name).toBe("design.yjs");
  expect(bytes.includes(Buffer.from("film_touch"))).toBe(true);
  await page.getByRole("button", { name: "Start page" }).click();
  await expect(page.getByRole("heading", { name: "Drawbridge" })).toBeVisible();
});

test("an error while the editor is drawn shows what happened; the design leaves whole, and a reload brings it back", async ({
  page,
}) => {
  await importFile(page, dump("films.sql"));
  await accepted(page);
  await expect(page.getByText("Saved on this device")).toBeVisible();
  // A browser that takes the canvas away.
  await page.addInitScript(() => {
    if (sessionStorage.getItem("broken") !== "yes") return;
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await page.evaluate(() => sessionStorage.setItem("broken", "yes"));
  await page.reload();
  await expect(page.getByRole("heading", { name: "Something went wrong in the app" })).toBeVisible();
  await expect(page.getByText("this browser has no 2D canvas")).toBeVisible();
  const { name, bytes } = await exported(page);
  expect(name).toBe("films.json");
  expect(readDesign(bytes.toString()).value?.schema.tables).toHaveLength(3);
  await page.evaluate(() => sessionStorage.clear());
  await page.getByRole("button", { name: "Reload" }).click();
  await accepted(page);
});

test("an error that nobody expected is said, and its details can be copied", async ({ page, context, pageErrors }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Drawbridge" })).toBeVisible();
  await page.evaluate(() => {
    setTimeout(() => {
      throw new RangeError("nobody expected this");
    });
  });
  const toast = page.getByRole("status").filter({ hasText: "Something went wrong: nobody expected this" });
  await toast.getByRole("button", { name: "Copy the details" }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/RangeError: nobody expected this\n\s+at /);
  expect(pageErrors.splice(0)).toEqual(["nobody expected this"]);
});
