/** Steps of journeys in which several people work on one design, each with a browser of their own. */
import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import { chooseTable } from "./steps.ts";

/** What the top bar says of the connection. */
export const sync = (page: Page): Locator => page.locator("[data-sync]");
const share = (page: Page): Locator => page.getByRole("dialog", { name: "Share" });

export async function openShare(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  return share(page);
}

interface Links {
  readonly edit: string;
  readonly comment: string;
  readonly view: string;
}

/** Starts working together as someone; gives the links. */
export async function startTogether(page: Page, name: string): Promise<Links> {
  const dialog = await openShare(page);
  await dialog.getByLabel("Your name, as the others see it").fill(name);
  await dialog.getByRole("button", { name: "Work together" }).click();
  await expect(sync(page)).toHaveText("· synced");
  const link = (title: string): Promise<string> => dialog.getByLabel(`Link: ${title}`, { exact: true }).inputValue();
  const links = { edit: await link("May edit"), comment: await link("May comment"), view: await link("May look") };
  await page.keyboard.press("Escape");
  return links;
}

/** Another person with a browser of their own, by a link. */
export async function joinBy(browser: Browser, link: string, name: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel("Your name, as the others see it").fill(name);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByRole("application")).toBeVisible();
  return page;
}

/** A table's row in the list. */
export const row = (page: Page, name: string): Locator =>
  page.getByRole("navigation", { name: "Tables" }).getByRole("button", { name: new RegExp(`^${name}( |$)`) });

export async function renameTable(page: Page, from: string, to: string): Promise<void> {
  await chooseTable(page, from);
  await page.getByLabel("Table name").fill(to);
  await page.getByLabel("Table name").press("Enter");
}
