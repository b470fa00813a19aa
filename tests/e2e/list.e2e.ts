/** The list at the left: groups by area, folding, what can be done with a row, objects that are not drawn. */
import type { Locator, Page } from "@playwright/test";
import { writeDesign } from "#shared/formats/json/index.ts";
import { areaAt, gridDesign } from "../support/diagrams.ts";
import { dump, importFile } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

/** The count of tables in the status bar. */
const tables = (page: Page, count: number): Locator => page.getByRole("contentinfo").getByText(`${String(count)} tables`);

const list = (page: Page): Locator => page.getByRole("navigation", { name: "Tables" });
const group = (page: Page, name: RegExp): Locator => list(page).getByRole("button", { name });
const rows = (page: Page): Locator => list(page).locator("[data-row]:not([aria-expanded])");

async function openAreas(page: Page): Promise<void> {
  const { schema, diagram } = gridDesign(9);
  const areas = [areaAt("a", [-60, -60], [420, 280], "Inventory"), areaAt("b", [390, -60], [380, 280], "Sales")];
  const text = writeDesign({ name: "Grid", schema, diagrams: [{ ...diagram, areas }] });
  await page.goto("/");
  const file = { name: "grid.json", mimeType: "application/json", buffer: Buffer.from(text) };
  await page.getByLabel("Schema file").setInputFiles(file);
  await page.getByRole("button", { name: "Open the diagram" }).click();
  await expect(page.getByRole("application")).toBeVisible();
}

test("tables stand under their areas; groups fold and the choice between areas and schemas stays over a reload", async ({
  page,
}) => {
  await openAreas(page);
  await expect(group(page, /^Inventory 1/)).toBeVisible();
  await expect(group(page, /^Sales 1/)).toBeVisible();
  await expect(rows(page)).toHaveCount(9);
  await group(page, /^In no area 7/).click();
  await expect(rows(page)).toHaveCount(2);
  await page.reload();
  await expect(rows(page)).toHaveCount(2);
  await group(page, /^Sales/).click({ button: "right" });
  await page.getByRole("menuitemcheckbox", { name: "Group by schema" }).click();
  await expect(group(page, /^Tables 9/)).toBeVisible();
  await page.reload();
  await expect(group(page, /^Tables 9/)).toBeVisible();
});

test("rows are walked by arrows, groups folded by them, and the menu key opens what can be done", async ({ page }) => {
  await openAreas(page);
  await page.keyboard.press("/");
  await page.keyboard.press("ArrowDown");
  await expect(group(page, /^Inventory/)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(rows(page).first()).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(group(page, /^Inventory/)).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(group(page, /^Inventory/)).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  const name = (await rows(page).first().locator(".text").textContent()) ?? "";
  await page.keyboard.press("Shift+F10");
  await expect(page.getByRole("menu", { name })).toBeVisible();
  await page.getByRole("menuitem", { name: /^Rename/ }).click();
  const field = page.getByRole("application").getByLabel("Table name");
  await expect(field).toHaveValue(name);
  await field.fill("goods");
  await field.press("Enter");
  await expect(rows(page).first()).toContainText("goods");
});

test("a row's own button opens its menu; deleting from there can be undone", async ({ page }) => {
  await openAreas(page);
  await rows(page).first().hover();
  await list(page)
    .getByRole("button", { name: /^Actions for/ })
    .nth(1)
    .click();
  await page.getByRole("menuitem", { name: /^Delete/ }).click();
  await expect(tables(page, 8)).toBeVisible();
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await expect(tables(page, 9)).toBeVisible();
});

test("what is not drawn opens in the inspector, is found by name, and is deleted with undo", async ({ page }) => {
  await importFile(page, dump("films.sql"));
  await list(page)
    .getByRole("button", { name: /trigger$/ })
    .first()
    .click();
  await expect(page.getByRole("region", { name: "Object" })).toContainText("trigger");
  await expect(page.getByLabel(/^Definition of/)).toHaveValue(/CREATE TRIGGER/);
  await list(page)
    .getByRole("button", { name: /function$/ })
    .first()
    .click();
  await expect(page.getByLabel(/^Definition of/)).toHaveValue(/CREATE (OR REPLACE )?FUNCTION/);
  const name = await page.getByRole("region", { name: "Object" }).locator(".name").textContent();
  await page.getByLabel("Find a table or column").fill(name ?? "");
  await expect(rows(page).first()).toContainText(name ?? "?");
  await rows(page).first().click({ button: "right" });
  await page.getByRole("menuitem", { name: /^Delete/ }).click();
  await expect(page.getByRole("status").filter({ hasText: `Deleted ${name ?? "?"}` })).toBeVisible();
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await expect(rows(page).first()).toContainText(name ?? "?");
});
