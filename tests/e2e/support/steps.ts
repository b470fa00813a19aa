/** Steps that several journeys share, in the words a person would use. */
import { join } from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";

export const dump = (name: string): string => join(import.meta.dirname, "..", "..", "fixtures", "dumps", name);

/** Opens the start page and reads a text as a file of that name. */
export const importText = (page: Page, name: string, text: string): Promise<void> =>
  importFile(page, { name, mimeType: "application/sql", buffer: Buffer.from(text) });

/** Opens the start page and reads a file through the file dialog. */
export async function importFile(page: Page, file: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.goto("/");
  await page.getByLabel("Schema file").setInputFiles(file);
  await page.getByRole("button", { name: "Open the diagram" }).click();
  await expect(page.getByRole("application")).toBeVisible();
}

export const verdict = (page: Page): Locator => page.getByRole("contentinfo").getByRole("button").first();

export async function accepted(page: Page): Promise<void> {
  await expect(verdict(page)).toContainText("accepted the design", { timeout: 45_000 });
}

/** Selects a table by its row in the list. */
export async function chooseTable(page: Page, name: string): Promise<void> {
  await page
    .getByRole("navigation", { name: "Tables" })
    .getByRole("button", { name: new RegExp(`^${name}( |$)`) })
    .click();
  await expect(page.getByLabel("Table name")).toHaveValue(name);
}

export async function chooseColumn(page: Page, table: string, column: string): Promise<void> {
  await chooseTable(page, table);
  await page.getByRole("button", { name: new RegExp(`^Column ${column},`) }).click();
}
