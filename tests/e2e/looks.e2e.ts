import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { serious } from "./support/axe.ts";
import { accepted, chooseColumn, dump, importFile } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

const dist = join(import.meta.dirname, "..", "..", "dist", "web");
const BUDGET = 170 * 1024;

test("axe finds nothing serious on the first screen", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Drawbridge" })).toBeVisible();
  expect(await serious(page)).toEqual([]);
});

test("axe finds nothing serious in the editor and its dialogs", async ({ page }) => {
  test.slow();
  await importFile(page, dump("films.sql"));
  await accepted(page);
  expect(await serious(page)).toEqual([]);
  await chooseColumn(page, "copy", "film_id");
  expect(await serious(page)).toEqual([]);
  for (const name of ["Relations", "Indexes"]) {
    await page.getByRole("tab", { name }).click();
    expect(await serious(page)).toEqual([]);
  }
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await expect(page.getByText("read back equal")).toBeVisible({ timeout: 45_000 });
  expect(await serious(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Search or run" })).toBeFocused();
  expect(await serious(page)).toEqual([]);
});

test("the first load is within its budget of JavaScript", async ({ page }) => {
  const loaded = new Set<string>();
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith(".js") && pathname !== "/sw.js") loaded.add(pathname);
  });
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Drawbridge" })).toBeVisible();
  const scripts = /src="([^"]+\.js)"|modulepreload[^>]+href="([^"]+)"/g;
  for (const match of readFileSync(join(dist, "index.html"), "utf8").matchAll(scripts)) loaded.add(match[1] ?? match[2] ?? "");
  const total = [...loaded].reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path)), { level: 9 }).length, 0);
  console.log(
    `first load: ${String(Math.round(total / 1024))} KB of gzipped JavaScript in ${String(loaded.size)} files of ${String(readdirSync(join(dist, "assets")).length)}`,
  );
  expect(total).toBeLessThanOrEqual(BUDGET);
});
