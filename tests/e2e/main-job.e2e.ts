import { readFile } from "node:fs/promises";
import { accepted, chooseColumn, chooseTable, dump, importFile, verdict } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

test("first visit: a template becomes a proved diagram", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Drawbridge" })).toBeVisible();
  await page.getByRole("button", { name: /Web shop/ }).click();
  await accepted(page);
  await expect(page.getByText("6 tables · 7 relations")).toBeVisible();
  const marks = await page.evaluate(() => performance.getEntriesByType("mark").map(({ name }) => name));
  expect(marks).toContain("design-painted");
  expect(marks).toContain("design-proved");
});

test("a dump by file dialog: what was read, kept and refused is told", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("Schema file").setInputFiles(dump("films.sql"));
  const report = page.getByRole("dialog", { name: "Reading films.sql" });
  await expect(report.getByLabel("What was read")).toContainText("3 tables");
  await expect(report).toContainText("1 function");
  await expect(report).toContainText("1 trigger");
  await expect(report).toContainText("line 63");
  await expect(report).toContainText("lost_function() does not exist");
  await report.getByText("Remarks").click();
  await expect(report).toContainText("1 data statements were set aside");
  await report.getByRole("button", { name: "Open the diagram" }).click();
  await accepted(page);
  await chooseTable(page, "film");
  await expect(page.getByLabel("Comment", { exact: true })).toHaveValue("One film; many copies");
});

test("a dump dropped on the page", async ({ page }) => {
  await page.goto("/");
  const text = await readFile(dump("films.sql"), "utf8");
  const data = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], "dropped.sql"));
    return transfer;
  }, text);
  await page.dispatchEvent("body", "drop", { dataTransfer: data });
  await expect(page.getByRole("dialog", { name: "Reading dropped.sql" })).toContainText("3 tables");
});

test("what is no schema gets a sentence", async ({ page }) => {
  await page.goto("/");
  await page
    .getByLabel("Schema file")
    .setInputFiles({ name: "photo.sql", mimeType: "image/jpeg", buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 1, 2, 3]) });
  await expect(page.getByRole("alert")).toContainText("photo.sql is not a schema that can be read here");
  await page.getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByRole("heading", { name: "Drawbridge" })).toBeVisible();
});

test("an edit is refused on its column, mended by the offered fix, undone and redone", async ({ page }) => {
  await importFile(page, dump("films.sql"));
  await accepted(page);
  await chooseColumn(page, "copy", "film_id");
  await page.getByLabel("Type of film_id").fill("text");
  await page.getByLabel("Type of film_id").press("Enter");
  await expect(verdict(page)).toContainText("PostgreSQL refused 1 statement");
  await expect(page.getByRole("region", { name: "Problems here" })).toContainText("incompatible types");
  await page.getByRole("region", { name: "Problems here" }).getByRole("button", { name: "Change to int4" }).click();
  await accepted(page);
  await expect(page.getByLabel("Type of film_id")).toHaveValue("integer");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(verdict(page)).toContainText("refused");
  await page.getByRole("button", { name: "Undo" }).click();
  await accepted(page);
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(verdict(page)).toContainText("refused");
});

test("designed by keyboard alone, from nothing", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: /PostgreSQL an empty design/ }).click();
  await expect(page.getByRole("application")).toBeVisible();
  await page.keyboard.press("t");
  await page.getByLabel("Table name").first().fill("person");
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Column name").first()).toHaveValue("id");
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Type of id").first()).toHaveValue("bigint");
  await page.keyboard.press("Tab");
  await page.getByLabel("Column name").first().fill("full_name");
  await page.keyboard.press("Enter");
  await accepted(page);
  await page.keyboard.press("n");
  await expect(page.getByRole("checkbox", { name: "Not null" })).toBeChecked();
  await page.keyboard.press("Control+z");
  await expect(page.getByRole("checkbox", { name: "Not null" })).not.toBeChecked();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or run" }).fill("new enum");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("navigation", { name: "Tables" })).toContainText("status");
  await accepted(page);
});

test("what was designed is there after a reload, and deleting can be undone", async ({ page }) => {
  await importFile(page, dump("films.sql"));
  await chooseTable(page, "rental");
  await page.getByLabel("Table name").fill("loan");
  await page.getByLabel("Table name").press("Enter");
  await expect(page.getByText("Saved on this device")).toBeVisible();
  await page.reload();
  await chooseTable(page, "loan");
  await page.getByRole("application").focus();
  await page.keyboard.press("Delete");
  await expect(page.getByText("2 tables · 1 relation")).toBeVisible();
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("3 tables · 2 relations")).toBeVisible();
});

test("the design file opens again, equal; designs are renamed, copied and deleted", async ({ page }) => {
  await importFile(page, dump("films.sql"));
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Export" });
  await dialog.getByText("Design file", { exact: true }).click();
  await expect(dialog.getByRole("status")).toContainText("Everything of this design is in it");
  const first = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name: "Download" }).click()]);
  const file = await first[0].path();
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.goto("/");
  await page
    .getByLabel("Schema file")
    .setInputFiles({ name: "again.json", mimeType: "application/json", buffer: await readFile(file) });
  await page.getByRole("button", { name: "Open the diagram" }).click();
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const second = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name: "Download" }).click()]);
  expect(await readFile(await second[0].path(), "utf8")).toEqual(await readFile(file, "utf8"));
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("Control+Shift+O");
  const designs = page.getByRole("dialog", { name: "Designs" });
  await designs.getByRole("button", { name: "Duplicate" }).first().click();
  await expect(designs.getByText("films copy")).toBeVisible();
  await designs.getByRole("button", { name: "Delete films copy" }).click();
  await expect(designs.getByText("films copy")).toBeHidden();
});
