import { referenceFiles } from "../support/reference.ts";
import { expect, test } from "./support/test.ts";

/** Counts that differ from the manifest's truth; the contract test says why (apollo_config is two databases, the truth had one). */
const TABLES: Readonly<Record<string, number>> = { pagila: 71, apollo_config: 39 };

const files = [...referenceFiles("postgres"), ...referenceFiles("mysql"), ...referenceFiles("sqlite")];

test("every reference dump arrives in the browser with the tables and columns of the real engine", async ({ page }) => {
  test.skip(files.length === 0, "no reference schemas here: set DRAWBRIDGE_REFERENCE");
  test.setTimeout(400_000);
  for (const { name, dialect, path, truth } of files) {
    const counts = truth["pg18"] ?? truth["mariadb10.11"] ?? truth["sqlite3.40"] ?? {};
    await page.goto("/");
    await page.getByLabel("Schema file").setInputFiles(path);
    const read = page.getByLabel("What was read");
    await expect(read, `${dialect}/${name}`).toBeVisible({ timeout: 60_000 });
    const tables = TABLES[name] ?? counts["tables"];
    await expect(read, `${dialect}/${name}`).toContainText(`${String(tables)} tables`);
    if (!(name in TABLES))
      await expect(read, `${dialect}/${name}`).toContainText(`${Number(counts["columns"]).toLocaleString("en-GB")} columns`);
    await page.getByRole("button", { name: "Discard" }).click();
  }
});
