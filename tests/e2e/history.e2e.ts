/** The history of a design: alone and without network, and together while others are there and edit. */
import type { Locator, Page } from "@playwright/test";
import { serious } from "./support/axe.ts";
import { accepted, chooseTable, dump, importFile } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";
import { joinBy, renameTable, row, startTogether, sync } from "./support/together.ts";

const history = (page: Page): Locator => page.getByRole("dialog", { name: "History" });
const version = (page: Page, name: string | RegExp): Locator =>
  history(page).getByRole("listbox", { name: "Versions" }).getByRole("option", { name });
const changes = (page: Page): Locator => history(page).getByRole("list", { name: "What changed, by table" });
const against = (page: Page): Locator => history(page).getByRole("combobox", { name: /^What changed/ });

async function openHistory(page: Page): Promise<void> {
  await page.keyboard.press("Control+Shift+h");
  await expect(history(page)).toBeVisible();
}

async function keep(page: Page, name: string): Promise<void> {
  await history(page).getByLabel("Name for what the design is now").fill(name);
  await history(page).getByRole("button", { name: "Keep" }).click();
  await expect(version(page, new RegExp(`^${name} `))).toHaveAttribute("aria-selected", "true");
}

async function comment(page: Page, table: string, text: string): Promise<void> {
  await chooseTable(page, table);
  await page.getByLabel("Comment", { exact: true }).fill(text);
  await page.getByLabel("Comment", { exact: true }).press("Enter");
}

test("a design of one's own is kept, compared, looked at and restored without network", async ({ page, context }) => {
  await importFile(page, dump("films.sql"));
  await accepted(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);

  await openHistory(page);
  await expect(version(page, /^First one kept here/)).toBeFocused();
  await expect(history(page).getByText("Nothing changed.")).toBeVisible();
  await keep(page, "As imported");
  // What had no name and was the same has given way.
  await expect(version(page, /./)).toHaveCount(1);
  await page.keyboard.press("Escape");

  await renameTable(page, "film", "movie");
  await chooseTable(page, "copy");
  await page.getByRole("application").focus();
  await page.keyboard.press("Delete");
  await expect(row(page, "copy")).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or run" }).fill("History");
  await page.keyboard.press("Enter");
  await keep(page, "Without copies");
  await expect(version(page, /^Without copies/)).toContainText("you · 1 table removed, 1 table changed");
  await expect(changes(page)).toContainText("name: film becomes movie");
  await expect(changes(page)).toContainText("removed table copy 3 columns");
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "test-results/history-light.png" });

  await version(page, /^Without copies/).press("ArrowDown");
  await expect(version(page, /^As imported/)).toBeFocused();
  await against(page).selectOption({ index: 1 });
  await expect(changes(page)).toContainText("removed table copy 3 columns");

  // Looked at, with nothing that can be changed, and back.
  await history(page).getByRole("button", { name: "Look at it" }).click();
  const banner = page.getByRole("region", { name: "A version" });
  await expect(banner).toContainText("You look at As imported");
  await expect(banner.getByRole("button", { name: "Back to the design" })).toBeFocused();
  await chooseTable(page, "copy");
  await expect(page.getByLabel("Table name")).toBeDisabled();
  await page.getByRole("application").focus();
  await page.keyboard.press("Delete");
  await expect(row(page, "copy")).toBeVisible();
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "test-results/history-look-light.png" });
  await banner.getByRole("button", { name: "Back to the design" }).click();
  await expect(row(page, "copy")).toHaveCount(0);
  await expect(page.getByRole("application")).toBeFocused();

  // Restored, told before, as one step.
  await openHistory(page);
  await version(page, /^As imported/).click();
  await history(page).getByRole("button", { name: "Restore…" }).click();
  await expect(changes(page)).toContainText("added table copy 3 columns");
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "test-results/history-restore-light.png" });
  await history(page).getByRole("button", { name: "Restore this version" }).click();
  await expect(page.getByText("Restored As imported")).toBeVisible();
  await expect(row(page, "film")).toBeVisible();
  await expect(row(page, "copy")).toBeVisible();
  await accepted(page);
  await page.keyboard.press("Control+z");
  await expect(row(page, "movie")).toBeVisible();
  await expect(row(page, "copy")).toHaveCount(0);
  await page.keyboard.press("Control+Shift+z");
  await expect(row(page, "film")).toBeVisible();

  // The names are for the person to give and take, also after a reload.
  await context.setOffline(false);
  await page.reload();
  await expect(row(page, "copy")).toBeVisible();
  await openHistory(page);
  await version(page, /^Without copies/).click();
  await history(page).getByRole("button", { name: "Rename…" }).click();
  await history(page).getByLabel("Name of the version").fill("No copies");
  await page.keyboard.press("Enter");
  await expect(version(page, /^No copies/)).toBeVisible();
  await history(page).getByRole("button", { name: "Remove…" }).click();
  await history(page).getByRole("button", { name: "Remove the version" }).click();
  await expect(version(page, /^No copies/)).toHaveCount(0);
  await expect(version(page, /^As imported/)).toBeVisible();
});

test("a shared version is named, compared and restored while another is there and edits", async ({ page, browser }) => {
  await importFile(page, dump("films.sql"));
  const links = await startTogether(page, "Ada King");
  const other = await joinBy(browser, links.edit, "Jo");
  await expect(sync(other)).toHaveText("· synced");
  await openHistory(other);
  await expect(history(other).getByRole("button", { name: "Shared" })).toHaveAttribute("aria-pressed", "true");
  await keep(other, "Before the split");
  await expect(history(other).getByRole("button", { name: "Remove…" })).toHaveCount(0);
  await other.keyboard.press("Escape");

  await renameTable(page, "film", "movie");
  await renameTable(other, "copy", "tape");
  await expect(row(page, "tape")).toBeVisible();
  await expect(sync(page)).toHaveText("· synced");
  await openHistory(page);
  await expect(version(page, /^Before the split .*Jo/)).toBeVisible();
  await version(page, /^Before the split/).click();
  await against(page).selectOption("now");
  await expect(changes(page)).toContainText("name: copy becomes tape");

  // What Jo does while Ada reads what would change is told as it comes.
  await history(page).getByRole("button", { name: "Restore…" }).click();
  await expect(changes(page)).toContainText("name: movie becomes film");
  await renameTable(other, "rental", "loan");
  await expect(changes(page)).toContainText("name: loan becomes rental");
  // Jo's train goes through a tunnel: this comes later, and is about what both versions have.
  await other.context().setOffline(true);
  await comment(other, "tape", "What is lent");
  await history(page).getByRole("button", { name: "Restore this version" }).click();
  await expect(row(page, "rental")).toBeVisible();
  await other.context().setOffline(false);
  for (const each of [page, other]) {
    await expect(sync(each)).toHaveText("· synced");
    for (const name of ["film", "copy", "rental"]) await expect(row(each, name)).toBeVisible();
    await chooseTable(each, "copy");
    await expect(each.getByLabel("Comment", { exact: true })).toHaveValue("What is lent");
  }
  // Undo takes back the restore, and nothing of Jo's.
  await page.getByRole("button", { name: "Undo" }).first().click();
  for (const name of ["movie", "tape", "loan"]) await expect(row(other, name)).toBeVisible();
  await expect(other.getByLabel("Comment", { exact: true })).toHaveValue("What is lent");

  // Who may look sees the same versions, and restores none.
  const viewer = await joinBy(browser, links.view, "Kim");
  await expect(sync(viewer)).toHaveText("· view only");
  await openHistory(viewer);
  await version(viewer, /^Before the split/).click();
  await expect(history(viewer).getByRole("button", { name: "Restore…" })).toBeDisabled();
  await expect(history(viewer).getByLabel("Name for what the design is now")).toHaveCount(0);
  await viewer.context().close();

  // Where the server cannot be asked, that is said, and what this device has is there.
  await openHistory(other);
  await expect(version(other, /^Before the split/)).toBeVisible();
  await other.context().setOffline(true);
  await history(other).getByRole("button", { name: "Shared" }).click();
  await expect(history(other).getByRole("alert")).toContainText("The server cannot be reached");
  await history(other).getByRole("button", { name: "Show those on this device" }).click();
  await expect(version(other, /^First one kept here/)).toBeVisible();
  expect(await serious(other)).toEqual([]);
  await other.context().close();
});
