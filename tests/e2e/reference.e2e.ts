import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { type Design, readDesign } from "#shared/formats/json/index.ts";
import { type ReferenceFile, referenceFiles, sample } from "../support/reference.ts";
import { beside, counted } from "../support/truth.ts";
import { expect, test } from "./support/test.ts";

const ABSENT = "no reference schemas here: set DRAWBRIDGE_REFERENCE";

/** Counts that differ from the manifest's truth; the contract test says why (the file is two databases, the truth had one). */
const TABLES: Readonly<Record<string, number>> = { apollo_config: 39 };

async function choose(page: Page, { dialect, name, path }: ReferenceFile & { readonly path: string }) {
  await page.goto("/");
  await page.getByLabel("Schema file").setInputFiles(path);
  const read = page.getByLabel("What was read");
  await expect(read, `${dialect}/${name}`).toBeVisible({ timeout: 60_000 });
  return read;
}

/** The open design, as its file. */
async function downloaded(page: Page): Promise<Design | null> {
  await page.keyboard.press("Control+e");
  await page.getByRole("radiogroup", { name: "Export as" }).getByText("Design file").click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download", exact: true }).click(),
  ]);
  return readDesign(await readFile(await download.path(), "utf8")).value;
}

for (const dialect of counted) {
  const files = sample(referenceFiles(dialect), 5);
  test(`reference dumps of ${dialect} become designs with the counts of the real catalogue`, async ({ page }) => {
    test.skip(files.length === 0, ABSENT);
    test.setTimeout(30_000 * files.length);
    for (const file of files) {
      await choose(page, file);
      await page.getByRole("button", { name: "Open the diagram" }).click();
      await expect(page.getByRole("application")).toBeVisible();
      const design = await downloaded(page);
      if (!design) throw new Error(`${file.name}: the design file does not open again`);
      const { read, expected } = beside(file, design.schema);
      expect(read, `${dialect}/${file.name}`).toEqual(expected);
    }
  });
}

test("every reference dump of MySQL arrives in the browser with the tables and columns of the real server", async ({ page }) => {
  const files = referenceFiles("mysql");
  test.skip(files.length === 0, ABSENT);
  test.setTimeout(30_000 * files.length);
  for (const file of files) {
    const read = await choose(page, file);
    const counts = file.truth["mariadb10.11"] ?? {};
    await expect(read, file.name).toContainText(`${String(TABLES[file.name] ?? counts["tables"])} tables`);
    if (!(file.name in TABLES))
      await expect(read, file.name).toContainText(`${Number(counts["columns"]).toLocaleString("en-GB")} columns`);
    await page.getByRole("button", { name: "Discard" }).click();
  }
});
