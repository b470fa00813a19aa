import AxeBuilder from "@axe-core/playwright";
import { accepted, chooseTable, dump, importFile } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("a design by a link: shared, opened in another browser, listed and deleted", async ({ page, browser, address }) => {
  await importFile(page, dump("films.sql"));
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Share" });
  await dialog.getByRole("button", { name: "Share and copy the link" }).click();
  await expect(dialog.getByRole("status")).toHaveText("Link copied.");
  const link = await dialog.getByLabel("Link", { exact: true }).inputValue();
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#\/g\/[0-9a-f]{32}$/);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id }) => id)).toEqual([]);
  await page.keyboard.press("Escape");

  await chooseTable(page, "film");
  await page.getByLabel("Table name").fill("changed_later");
  await page.getByLabel("Table name").press("Enter");

  const other = await browser.newContext();
  const guest = await other.newPage();
  await guest.goto(link);
  await guest.getByRole("button", { name: "Open the diagram" }).click();
  await accepted(guest);
  await chooseTable(guest, "film");
  await expect(guest.getByText("changed_later")).toHaveCount(0);
  expect(guest.url()).toContain("#/d/");

  // The same design by a link as DrawDB makes it.
  const id = link.slice(-32);
  await guest.goto(`${address}/editor?shareId=${id}`);
  await expect(guest.getByRole("button", { name: "Open the diagram" })).toBeVisible();
  await guest.keyboard.press("Escape");

  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("menuitem", { name: "Start page" }).click();
  await page.getByRole("button", { name: "Shared links" }).click();
  await page.getByRole("button", { name: /^Delete the link to films/ }).click();
  await expect(page.getByText("There is none.")).toBeVisible();

  await guest.goto("about:blank");
  await guest.goto(link);
  await expect(guest.getByRole("alert")).toHaveText(/There is no shared design at this link/);
  await guest.getByRole("button", { name: "Cancel" }).click();
  await expect(guest.getByRole("heading", { name: "Drawbridge" })).toBeVisible();
  await other.close();
});
