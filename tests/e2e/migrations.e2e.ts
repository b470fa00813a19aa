/** A folder of migrations: chosen, replayed step by step, looked at over time, and taken as a design with a history. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { zipSync } from "fflate";
import { serious } from "./support/axe.ts";
import { accepted } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

const fixture = (name: string): string => join(import.meta.dirname, "..", "fixtures", "migrations", name, "folder");
const dialog = (page: Page): Locator => page.getByRole("dialog", { name: /^(Migrations of|Reading) / });
const slider = (page: Page): Locator => dialog(page).getByRole("slider", { name: "Migration" });
const changes = (page: Page): Locator => dialog(page).getByRole("list", { name: "What changed, by table" });
const after = (page: Page): Locator => dialog(page).getByRole("region", { name: "The design after it" });

function zipOf(root: string): Buffer {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  return Buffer.from(zipSync(Object.fromEntries(paths.map((path) => [path.slice(root.length + 1), readFileSync(path)]))));
}

test("a folder is replayed, looked at step by step, and opens with its history", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Drawbridge" })).toBeVisible();
  await page.keyboard.press("Control+o");
  await page.getByLabel("Folder of migrations").setInputFiles(fixture("prisma"));
  await expect(dialog(page)).toContainText("Prisma · 4 migrations in migrations");
  await expect(slider(page)).toHaveAttribute("aria-valuetext", "4 of 4: rename_mail, 1 refused", { timeout: 45_000 });
  await expect(dialog(page)).toContainText(/Replayed in PostgreSQL [\d.]+, 1 statement refused\./);
  await expect(changes(page)).toContainText("name: mail becomes email");
  await expect(after(page)).toContainText("line 3 PostgreSQL");
  await expect(after(page)).toContainText('column "nickname" of relation "Author" does not exist');
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await serious(page)).toEqual([]);
  }

  // By keys alone: back to a step that changes rows only, then one more, and that state is taken.
  await expect(dialog(page).getByRole("button", { name: "Open the last state" })).toBeFocused();
  await slider(page).focus();
  await page.keyboard.press("ArrowLeft");
  await expect(dialog(page)).toContainText("It changes nothing of the schema.");
  await page.keyboard.press("ArrowLeft");
  await expect(slider(page)).toHaveAttribute("aria-valuetext", "2 of 4: posts");
  await expect(changes(page)).toContainText("table Post");
  await expect(after(page).getByRole("list", { name: "What was read" })).toContainText("2 tables");
  await dialog(page).getByRole("button", { name: "Open it as of posts" }).click();
  await accepted(page);

  await page.keyboard.press("Control+Shift+h");
  const versions = page.getByRole("dialog", { name: "History" }).getByRole("listbox", { name: "Versions" });
  await expect(versions.getByRole("option")).toHaveText([/^20230302101500 posts .*1 table added/, /^20230105090000 init/]);
  await expect(page.getByRole("list", { name: "What changed, by table" })).toContainText("table Post");
  expect(await serious(page)).toEqual([]);
});

/** A folder of the disk, dropped on the page as a file manager does it. */
async function drop(page: Page, folder: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await session.send("Input.dispatchDragEvent", { type, x: 400, y: 300, data });
}

test("a folder that is dropped, and an archive, are read the same way, and one that holds none says why", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Drawbridge" })).toBeVisible();
  await drop(page, fixture("golang-migrate"));
  await expect(slider(page)).toHaveAttribute("aria-valuetext", "3 of 3: rename", { timeout: 45_000 });
  await expect(dialog(page)).toContainText("Read as MySQL would: no engine of it runs here, nothing was refused.");
  await page.keyboard.press("Escape");

  const buffer = zipOf(fixture("numbered"));
  await page.getByLabel("Schema file").setInputFiles({ name: "shop.zip", mimeType: "application/zip", buffer });
  await expect(slider(page)).toHaveAttribute("aria-valuetext", "4 of 4: last", { timeout: 45_000 });
  await dialog(page).getByText("About the folder").click();
  await expect(dialog(page)).toContainText("Two migrations are of version 2: 2_also.sql and 2_second.sql.");
  await dialog(page).getByLabel("Read as").selectOption("mysql");
  await expect(dialog(page)).toContainText("Read as MySQL would: no engine of it runs here", { timeout: 45_000 });
  await dialog(page).getByRole("button", { name: "Discard" }).click();
  await expect(dialog(page)).toHaveCount(0);

  const back = Buffer.from(zipSync({ "1_a.down.sql": Buffer.from("drop table a;") }));
  await page.getByLabel("Schema file").setInputFiles({ name: "back.zip", mimeType: "application/zip", buffer: back });
  await expect(dialog(page).getByRole("alert")).toHaveText(
    "back.zip holds no migrations that can be replayed here: all of its files lead back (down, undo). Add those that lead forward.",
  );
  expect(await serious(page)).toEqual([]);
  await dialog(page).getByRole("button", { name: "Close" }).first().click();
  await page
    .getByLabel("Schema file")
    .setInputFiles({ name: "x.zip", mimeType: "application/zip", buffer: buffer.subarray(0, 40) });
  await expect(dialog(page).getByRole("alert")).toContainText("it is no zip archive, or a damaged one.");
});
