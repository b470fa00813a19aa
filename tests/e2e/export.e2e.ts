import { readFile } from "node:fs/promises";
import { startPostgres } from "../support/postgres.ts";
import { accepted, chooseColumn, dump, importFile } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

test("the exported SQL was run, says so, and runs in a real PostgreSQL", async ({ page }) => {
  const server = await startPostgres(15);
  test.skip(server === null, "no PostgreSQL 15 here: install Debian's postgresql-15");
  if (!server) return;
  try {
    await importFile(page, dump("films.sql"));
    await accepted(page);
    await chooseColumn(page, "copy", "shelf");
    await page.getByLabel("Column name").fill("Regal № 1");
    await page.getByLabel("Column name").press("Enter");
    await accepted(page);
    await page.getByRole("button", { name: "Export", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Export" });
    await expect(dialog.getByRole("status")).toContainText("read back equal", { timeout: 45_000 });
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("button", { name: "Download" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("films.sql");
    const sql = await readFile(await download.path(), "utf8");
    await server.psql("postgres", "create database exported");
    expect(await server.psql("exported", sql)).toBe("");
    const there = await server.dump("exported");
    for (const word of ['"Regal № 1" text', "film_touch", "copy_film_id_fkey", "rental_customer_idx", "'PG'"])
      expect(there).toContain(word);
  } finally {
    await server.stop();
  }
});

test("the same file again changes nothing; a newer one keeps places and is one undo step", async ({ page }) => {
  await importFile(page, dump("films.sql"));
  await accepted(page);
  const text = await readFile(dump("films.sql"), "utf8");
  const again = async (content: string): Promise<void> => {
    await page.keyboard.press("Control+o");
    await page
      .getByLabel("Schema file")
      .setInputFiles({ name: "films.sql", mimeType: "text/plain", buffer: Buffer.from(content) });
    await page.getByRole("button", { name: "Update the open design" }).click();
  };
  await again(text);
  await expect(page.getByText("Nothing differs from the design")).toBeVisible();
  await again(`${text}\nALTER TABLE public.film ADD COLUMN length smallint;\nCREATE TABLE public.shop (id int PRIMARY KEY);`);
  await expect(page.getByText("4 tables · 2 relations")).toBeVisible();
  await accepted(page);
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect(page.getByText("3 tables · 2 relations")).toBeVisible();
});
