/** The menus: the app's own, and those of what is selected, by pointer and by keys. */
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { writeDesign } from "#shared/formats/json/index.ts";
import { areaAt, gridDesign, noteAt } from "../support/diagrams.ts";
import { expect, test } from "./support/test.ts";

/** The count of tables in the status bar. */
const tables = (page: Page, count: number): Locator => page.getByRole("contentinfo").getByText(`${String(count)} tables`);

const table = (page: Page, id: string): Locator => page.locator(`[data-table="${id}"]`);
const item = (page: Page, name: string | RegExp): Locator => page.getByRole("menuitem", { name });
const undo = (page: Page): Locator => page.getByRole("banner").getByRole("button", { name: "Undo" });

/** Nine tables in three rows; an area around the first, a note beside the last. */
async function open(page: Page): Promise<void> {
  const { schema, diagram } = gridDesign(9);
  const pieces = {
    areas: [areaAt("area", [-60, -60], [420, 280], "Sales")],
    notes: [noteAt("note", [0, 700], [220, 110], "Ask Ann")],
  };
  const text = writeDesign({ name: "Grid", schema, diagrams: [{ ...diagram, ...pieces }] });
  await page.goto("/");
  const file = { name: "grid.json", mimeType: "application/json", buffer: Buffer.from(text) };
  await page.getByLabel("Schema file").setInputFiles(file);
  await page.getByRole("button", { name: "Open the diagram" }).click();
  await expect(table(page, "t8")).toBeAttached();
}

/** A point of the design as a point of the page. */
async function onPage(page: Page, x: number, y: number): Promise<readonly [number, number]> {
  return page.getByRole("list", { name: "Tables in view" }).evaluate(
    (layer, world) => {
      const canvas = (layer.parentElement as HTMLElement).getBoundingClientRect();
      const { a: zoom, e, f } = new DOMMatrix((layer as HTMLElement).style.transform);
      return [canvas.left + e + world.x * zoom, canvas.top + f + world.y * zoom] as const;
    },
    { x, y },
  );
}

async function rightClick(page: Page, x: number, y: number): Promise<void> {
  await page.mouse.click(...(await onPage(page, x, y)), { button: "right" });
}

test("the app's menu is walked by keys: it opens on its first entry, goes into a menu and back, and gives the focus back", async ({
  page,
}) => {
  await open(page);
  const button = page.getByRole("button", { name: "Menu", exact: true });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu", { name: "Drawbridge" })).toBeVisible();
  await expect(button).toHaveAttribute("aria-expanded", "true");
  await expect(item(page, /^Export/)).toBeFocused();
  await page.keyboard.press("End");
  await expect(item(page, "About Drawbridge")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(item(page, /^Export/)).toBeFocused();
  await page.keyboard.press("e");
  await expect(item(page, "Edit")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(item(page, "Undo")).toBeFocused();
  await expect(item(page, "Undo")).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("ArrowLeft");
  await expect(item(page, "Edit")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect(button).toBeFocused();
});

test("every command stands in the app's menu, with its keys", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Menu", exact: true }).click();
  await item(page, "View").hover();
  await expect(item(page, "Show everything")).toHaveAttribute("aria-keyshortcuts", "F");
  await item(page, "Show everything").hover();
  expect(
    (await new AxeBuilder({ page }).analyze()).violations.filter(({ impact }) => /serious|critical/.test(impact ?? "")),
  ).toEqual([]);
  await page.mouse.click(700, 500);
  await expect(page.getByRole("menu")).toHaveCount(0);
});

test("a table's menu colours, copies and deletes it, each taken back by undo", async ({ page }) => {
  await open(page);
  await rightClick(page, 40, 12);
  const name = (await page.getByLabel("Table name").inputValue()) || "?";
  await expect(page.getByRole("menu", { name })).toBeVisible();
  await item(page, "Colour").click();
  await page.getByRole("menuitemcheckbox", { name: "Amber" }).click();
  await expect(page.getByRole("radio", { name: "amber" })).toBeChecked();
  await rightClick(page, 40, 12);
  await item(page, /^Duplicate/).click();
  await expect(tables(page, 10)).toBeVisible();
  await undo(page).click();
  await rightClick(page, 40, 12);
  await item(page, /^Delete/).click();
  await expect(tables(page, 8)).toBeVisible();
  await undo(page).click();
  await expect(tables(page, 9)).toBeVisible();
});

test("the menu key opens the menu of the selection; several tables keep their selection under a right click", async ({
  page,
}) => {
  await open(page);
  await table(page, "t1").focus();
  await page.keyboard.press("Shift+F10");
  await expect(item(page, /^Rename/)).toBeFocused();
  await page.keyboard.press("s");
  await page.keyboard.press("s");
  await expect(item(page, /^Select the related/)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Selection" })).toContainText(/\d tables/);
  const count = await page.getByRole("region", { name: "Selection" }).getByRole("heading").textContent();
  await rightClick(page, 440, 12);
  await expect(page.getByRole("region", { name: "Selection" }).getByRole("heading")).toHaveText(count ?? "");
  await item(page, /^Delete/).click();
  await undo(page).click();
  await expect(tables(page, 9)).toBeVisible();
});

test("relation, column, area, note and the empty canvas have menus of their own", async ({ page }) => {
  await open(page);
  await rightClick(page, 40, 45);
  await expect(page.getByRole("menu", { name: "Column" })).toBeVisible();
  await expect(item(page, /^Primary key/)).toHaveAttribute("aria-keyshortcuts", "P");
  await page.keyboard.press("Escape");
  await rightClick(page, -40, -40);
  await item(page, "Select the tables in the area").click();
  await expect(page.getByLabel("Table name")).toBeVisible();
  await rightClick(page, -40, -40);
  await item(page, "Colour").click();
  await page.getByRole("menuitemcheckbox", { name: "Violet" }).click();
  await expect(undo(page)).toHaveAttribute("title", "Undo: Colour: violet");
  await rightClick(page, 30, 740);
  await item(page, /^Delete/).click();
  await expect(page.getByRole("status").filter({ hasText: "Deleted 1 note" })).toBeVisible();
  await undo(page).click();
  await rightClick(page, -40, 400);
  await item(page, "New table here").click();
  await expect(tables(page, 10)).toBeVisible();
  const added = page.locator('[data-table]:not([data-table^="t"])');
  const box = (await added.boundingBox()) ?? { x: 0, y: 0 };
  const [x, y] = await onPage(page, -40, 400);
  expect(Math.hypot(box.x - x, box.y - y)).toBeLessThan(3);
});
