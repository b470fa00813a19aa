/** The canvas by pointer and keys: what is painted first, what a drag writes. */
import type { Page } from "@playwright/test";
import { writeDesign } from "#shared/formats/json/index.ts";
import { gridDesign } from "../support/diagrams.ts";
import { expect, test } from "./support/test.ts";

/** The mark and what was true in the moment it was set. */
async function firstFrame(page: Page): Promise<{ readonly tables: number; readonly fonts: boolean }> {
  const found = await page.waitForFunction(() => (window as unknown as { painted?: unknown }).painted);
  return (await found.jsonValue()) as { tables: number; fonts: boolean };
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntriesByName("design-painted"))
        Object.assign(window, {
          painted: {
            ...(entry as PerformanceMark).detail,
            fonts: ["600 12px 'Inter Variable'", "12px 'JetBrains Mono Variable'"].every((font) => document.fonts.check(font)),
          },
        });
    }).observe({ type: "mark" });
  });
});

test("the first whole frame is told with its count of tables, also when there are none", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: /PostgreSQL an empty design/ }).click();
  expect(await firstFrame(page)).toEqual({ tables: 0, fonts: true });
  await page.goto("/");
  const { schema, diagram } = gridDesign(250);
  const text = writeDesign({ name: "Grid", schema, diagrams: [diagram] });
  const file = { name: "grid.json", mimeType: "application/json", buffer: Buffer.from(text) };
  await page.getByLabel("Schema file").setInputFiles(file);
  await page.getByRole("button", { name: "Open the diagram" }).click();
  expect(await firstFrame(page)).toEqual({ tables: 250, fonts: true });
  await page.reload();
  expect(await firstFrame(page)).toEqual({ tables: 250, fonts: true });
});
