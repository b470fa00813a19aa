import { accepted, chooseTable, dump, importFile } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

test("tables are copied within a design, cut, and carried into another one", async ({ page }) => {
  await importFile(page, dump("films.sql"));
  await accepted(page);
  await chooseTable(page, "film");
  await page
    .getByRole("navigation", { name: "Tables" })
    .getByRole("button", { name: /^copy( |$)/ })
    .click({ modifiers: ["Control"] });
  await page.getByRole("application").focus();
  await page.keyboard.press("Control+c");
  await expect(page.getByText("Copied 2 tables")).toBeVisible();
  await page.keyboard.press("Control+v");
  await expect(page.getByText("5 tables · 3 relations")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Tables" })).toContainText("film_2");
  await accepted(page);
  await page.keyboard.press("Control+z");
  await expect(page.getByText("3 tables · 2 relations")).toBeVisible();

  await page.goto("/");
  await page.getByRole("button", { name: /PostgreSQL an empty design/ }).click();
  await page.getByRole("application").focus();
  await page.keyboard.press("Control+v");
  await expect(page.getByText("2 tables · 1 relation")).toBeVisible();
  await accepted(page);
  await page.keyboard.press("Control+x");
  await expect(page.getByText("0 tables · 0 relations")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(page.getByText("2 tables · 1 relation")).toBeVisible();
});

test("what is no table is not pasted, and another engine's tables are not either", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/");
  await page.getByRole("button", { name: /SQLite an empty design/ }).click();
  await page.getByRole("application").focus();
  await page.evaluate(() => navigator.clipboard.writeText("a shopping list"));
  await page.keyboard.press("Control+v");
  await expect(page.getByText("There is nothing on the clipboard that goes into a design")).toBeVisible();
  await page.keyboard.press("t");
  await expect(page.getByRole("application").getByLabel("Table name")).toBeFocused();
  // The palette opens over a name that is being typed, too.
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or run" }).fill("copy");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Copied table_1")).toBeVisible();
  await page.goto("/");
  await page.getByRole("button", { name: /PostgreSQL an empty design/ }).click();
  await page.getByRole("application").focus();
  await page.keyboard.press("Control+v");
  await expect(page.getByText("The clipboard holds tables of SQLite; this design is for PostgreSQL.")).toBeVisible();
});
