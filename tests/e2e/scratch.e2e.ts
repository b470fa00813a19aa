import { accepted, chooseTable, dump, importFile } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";
test("scratch", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await importFile(page, dump("films.sql"));
  await chooseTable(page, "rental");
  await page
    .getByRole("navigation", { name: "Tables" })
    .getByRole("button", { name: /^film( |$)/ })
    .click({ modifiers: ["Control"] });
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or run" }).fill("add a relation");
  await page.keyboard.press("Enter");
  await expect(page.getByText("3 tables · 3 relations")).toBeVisible();
  await page.getByRole("button", { name: "Add a pair of columns" }).click();
  await expect(page.getByRole("button", { name: "Remove the pair 2" })).toBeVisible();
  await page.screenshot({ path: "/tmp/edit-relation.png" });
  await page.getByRole("button", { name: "Remove the pair 2" }).click();
  await accepted(page);
});
