import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { importFile, verdict } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

const DUMP = join(import.meta.dirname, "..", "fixtures", "mysql", "mysqldump-8", "in.sql");

test("a mysqldump becomes a design that says nothing proved it, and goes out as SQL again", async ({ page }) => {
  await importFile(page, DUMP);
  await expect(page.getByText("3 tables · 0 relations")).toBeVisible();
  await expect(verdict(page)).toContainText("No MySQL runs in a browser: not proved");
  await page
    .getByRole("navigation", { name: "Tables" })
    .getByRole("button", { name: /^customer( |$)/ })
    .click();
  await page.getByLabel("Table name").fill("buyer");
  await page.getByLabel("Table name").press("Enter");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Export" });
  await expect(dialog.getByRole("status")).toContainText("Written, not run: no MySQL runs in a browser");
  const [download] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name: "Download" }).click()]);
  const sql = await readFile(await download.path(), "utf8");
  for (const words of [
    "CREATE TABLE `buyer` (",
    "`kind` enum('a','b,c','d''e') NOT NULL DEFAULT 'a'",
    "PARTITION BY RANGE",
    "DELIMITER ;;",
  ])
    expect(sql).toContain(words);
});

test("a dump of MariaDB is known as such", async ({ page }) => {
  await importFile(page, join(import.meta.dirname, "..", "fixtures", "mysql", "mariadb-dump", "in.sql"));
  await expect(verdict(page)).toContainText("No MariaDB runs in a browser: not proved");
});
