/** Two people work apart on the same things and meet again: what collided is told, and settled one by one. */
import type { Locator, Page } from "@playwright/test";
import { serious } from "./support/axe.ts";
import { chooseTable, dump, importFile } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";
import { joinBy, renameTable, row, startTogether, sync } from "./support/together.ts";

async function newTable(page: Page): Promise<void> {
  await page.getByRole("application").focus();
  await page.keyboard.press("t");
  await expect(row(page, "table_1")).toBeVisible();
  await page.keyboard.press("Escape");
}

const names = (page: Page): Promise<string[]> =>
  page.getByRole("navigation", { name: "Tables" }).getByRole("button").allTextContents();

test("what collided while two worked apart is told after a reload offline, settled one by one, and both end with one design", async ({
  browser,
  address,
}) => {
  // Pages of their own: a page without network reports that it has none.
  const ada = await (await browser.newContext({ baseURL: address })).newPage();
  await importFile(ada, dump("films.sql"));
  const { edit } = await startTogether(ada, "Ada");
  const jo = await joinBy(browser, edit, "Jo");
  await expect(sync(jo)).toHaveText("· synced");
  await expect(ada.getByRole("button", { name: "Follow Jo" })).toBeVisible();
  await jo.evaluate(async () => (await navigator.serviceWorker.ready).scope);

  await ada.context().setOffline(true);
  await jo.context().setOffline(true);
  await renameTable(ada, "film", "movie");
  await newTable(ada);
  await chooseTable(ada, "rental");
  await ada.keyboard.press("Delete");
  await expect(sync(ada)).toHaveText("· offline, waiting to send 3 edits");
  await renameTable(jo, "film", "picture");
  await newTable(jo);
  await chooseTable(jo, "rental");
  await jo.getByLabel("Comment", { exact: true }).fill("What is lent");
  await jo.getByLabel("Comment", { exact: true }).press("Enter");
  await expect(sync(jo)).toHaveText("· offline, waiting to send 3 edits");
  // What they were together at is kept on the device.
  await jo.reload();
  await expect(row(jo, "picture")).toBeVisible();

  await ada.context().setOffline(false);
  await expect(sync(ada)).toHaveText("· synced");
  await expect(ada.getByRole("button", { name: "Came together" })).toHaveCount(0);
  await jo.context().setOffline(false);
  await expect(sync(jo)).toHaveText("· synced");
  const notice = jo.getByRole("status").filter({ hasText: "collided" });
  await expect(notice).toContainText("Ada changed 3 tables, you changed 3.");
  await expect(notice).toContainText("3 things collided.");
  await jo.emulateMedia({ colorScheme: "light" });
  expect(await serious(jo)).toEqual([]);
  await jo.screenshot({ path: "test-results/merge-notice-light.png" });
  await notice.getByRole("button", { name: "See what came together" }).click();

  const report = jo.getByRole("dialog", { name: "What came together" });
  for (const colorScheme of ["light", "dark"] as const) {
    await jo.emulateMedia({ colorScheme });
    expect(await serious(jo)).toEqual([]);
    await jo.screenshot({ path: `test-results/merge-report-${colorScheme}.png` });
  }
  const choices = (title: string): Locator => report.getByRole("group", { name: title });
  // Whoever wrote last won; either way the other value is there to take.
  await choices("You and Ada both changed the name of table film").getByRole("button", { name: "Keep Ada’s" }).click();
  await expect(row(ada, "movie")).toBeVisible();
  await choices("Ada deleted table rental, which you changed").getByRole("button", { name: "Bring it back" }).click();
  await expect(report).toContainText("1 of 3 still to settle");
  await expect(report).toContainText("Settled: Bring it back with the changes");

  // It is still there tomorrow, and so is what was settled.
  await jo.reload();
  await jo.getByRole("button", { name: "1 to settle" }).click();
  await choices("You and Ada each have a table named table_1").getByRole("button", { name: "Rename mine" }).click();
  await expect(report).toContainText("Everything that collided is settled.");
  await jo.screenshot({ path: "test-results/merge-settled-dark.png" });
  await jo.keyboard.press("Escape");
  await expect(sync(jo)).toHaveText("· synced");
  for (const each of [ada, jo])
    for (const name of ["movie", "rental", "table_1", "table_2"]) await expect(row(each, name)).toBeVisible();
  expect(await names(jo)).toEqual(await names(ada));
  await chooseTable(ada, "rental");
  await expect(ada.getByLabel("Comment", { exact: true })).toHaveValue("What is lent");
  // A choice is an edit like any other.
  await jo.getByRole("button", { name: "Undo" }).click();
  await expect(row(ada, "table_2")).toHaveCount(0);
  await jo.getByRole("button", { name: "Came together" }).click();
  await report.getByRole("button", { name: "Dismiss the report" }).click();
  await expect(jo.getByRole("button", { name: "Came together" })).toHaveCount(0);
  await jo.context().close();
  await ada.context().close();
});
