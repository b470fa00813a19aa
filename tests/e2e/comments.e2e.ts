/** Comments: pinned, answered, resolved, read by who may only look; alone, offline, and taken along when a design is shared. */
import type { Locator, Page } from "@playwright/test";
import { serious } from "./support/axe.ts";
import { chooseColumn, chooseTable, dump, importFile } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";
import { joinBy, openShare, row, startTogether, sync } from "./support/together.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const panel = (page: Page): Locator => page.getByRole("region", { name: "All comments" });
const thread = (page: Page, place: string): Locator => page.getByRole("region", { name: `Thread: ${place}` });
/** The button in the top bar; it says how much there is. */
const counts = (page: Page): Locator => page.getByRole("button", { name: /^Comments, / });
const pin = (page: Page, place: string): Locator => page.getByRole("button", { name: new RegExp(`^\\d+ comments? on ${place}`) });

/** Writes what is asked for: by then the field has the focus. */
async function write(page: Page, text: string): Promise<void> {
  const field = panel(page).getByLabel("Write a comment");
  await expect(field).toBeFocused();
  await field.fill(text);
  await page.keyboard.press("Control+Enter");
  await expect(field).toHaveCount(0);
}

test("a commenter calls the owner, who answers and resolves; a viewer reads along and writes nothing", async ({
  page,
  browser,
}) => {
  await importFile(page, dump("films.sql"));
  const links = await startTogether(page, "Ada King");

  const jo = await joinBy(browser, links.comment, "Jo");
  await expect(sync(jo)).toHaveText("· comment only");
  await expect(counts(jo)).toHaveAccessibleName("Comments, 0 open");
  await chooseColumn(jo, "copy", "film_id");
  await expect(jo.getByLabel("Table name")).toBeDisabled();
  await expect(jo.getByText("You may comment on this design, and not change it.")).toBeVisible();
  await jo.keyboard.press("Delete");
  await jo.getByRole("application").focus();
  await jo.keyboard.press("Shift+C");
  const field = panel(jo).getByLabel("Write a comment");
  await field.pressSequentially("Not null? Ask @ad");
  await expect(panel(jo).getByRole("option", { name: "Ada King" })).toBeVisible();
  await jo.keyboard.press("Enter");
  await field.pressSequentially("<b>now</b> https://example.org/why.");
  await expect(field).toHaveValue("Not null? Ask @Ada King <b>now</b> https://example.org/why.");
  await panel(jo).getByRole("button", { name: "Comment", exact: true }).click();
  await expect(thread(jo, "copy.film_id").getByRole("article", { name: /^Jo/ })).toBeVisible();
  await expect(thread(jo, "copy.film_id").getByRole("link")).toHaveAttribute("href", "https://example.org/why");

  // The owner sees that there is something new, where, and that it is for her.
  await expect(counts(page)).toHaveAccessibleName("Comments, 1 open, 1 unread");
  await expect(pin(page, "copy.film_id")).toHaveAccessibleName("1 comment on copy.film_id, not all seen");
  await page.screenshot({ path: "test-results/comments-pin-light.png" });
  await counts(page).click();
  await page.getByRole("tab", { name: "Mentions me" }).click();
  await expect(thread(page, "copy.film_id")).toContainText("1 new");
  expect(await serious(page)).toEqual([]);
  await pin(page, "copy.film_id").click();
  await expect(counts(page)).toHaveAccessibleName("Comments, 1 open");
  await expect(thread(page, "copy.film_id").locator("b")).toHaveText("@Ada King");
  await thread(page, "copy.film_id").getByLabel("Reply").fill("It should be.");
  await page.keyboard.press("Control+Enter");
  await expect(thread(jo, "copy.film_id").getByRole("article", { name: /^Ada King/ })).toContainText("It should be.");
  // What comes in before one's eyes is seen.
  await expect(counts(jo)).toHaveAccessibleName("Comments, 1 open");
  await page.screenshot({ path: "test-results/comments-thread-light.png" });
  expect(await serious(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "test-results/comments-thread-dark.png" });

  const kim = await joinBy(browser, links.view, "Kim");
  await expect(counts(kim)).toHaveAccessibleName("Comments, 1 open, 2 unread");
  await pin(kim, "copy.film_id").click();
  await expect(panel(kim)).toContainText("You may read the comments here, and not write any.");
  await expect(panel(kim).getByRole("textbox")).toHaveCount(0);
  await expect(panel(kim).getByRole("combobox")).toHaveCount(0);
  await expect(panel(kim).getByRole("button", { name: /New comment|Resolve|Delete/ })).toHaveCount(0);
  await kim.keyboard.press("Shift+C");
  await expect(panel(kim).getByLabel("Write a comment")).toHaveCount(0);

  await thread(page, "copy.film_id").getByRole("button", { name: "Resolve" }).click();
  for (const each of [page, jo, kim]) {
    await expect(counts(each)).toHaveAccessibleName("Comments, 0 open");
    await expect(pin(each, "copy.film_id")).toHaveCount(0);
  }
  await jo.getByRole("tab", { name: "Resolved" }).click();
  await expect(thread(jo, "copy.film_id")).toContainText("Resolved by Ada King");
  await thread(jo, "copy.film_id").getByRole("button", { name: "Reopen" }).click();
  await pin(page, "copy.film_id").click();

  // Away, both say something; it meets when they are back.
  await jo.context().setOffline(true);
  await expect(sync(jo)).toHaveText("· offline");
  await thread(jo, "copy.film_id").getByLabel("Reply").fill("From the train");
  await jo.keyboard.press("Control+Enter");
  await expect(panel(jo)).toContainText("1 change of the comments not sent yet");
  await thread(page, "copy.film_id").getByLabel("Reply").fill("From the office");
  await page.keyboard.press("Control+Enter");
  await jo.context().setOffline(false);
  for (const each of [page, jo]) await expect(thread(each, "copy.film_id").getByRole("article")).toHaveCount(4);
  await expect(panel(jo)).not.toContainText("not sent yet");

  await openShare(page);
  expect(await serious(page)).toEqual([]);
  for (const each of [jo, kim]) await each.context().close();
});

test("alone, comments stay on the device, outlive what they are about, and go along when the design is shared", async ({
  page,
  browser,
}) => {
  await importFile(page, dump("films.sql"));
  await expect(counts(page)).toHaveAccessibleName("Comments, 0 open");
  await counts(page).click();
  await expect(panel(page)).toContainText("No comments yet");
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "test-results/comments-empty-light.png" });
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await chooseTable(page, "film");
  await page.getByRole("region", { name: "Comments here" }).getByRole("button", { name: "Write one" }).click();
  await write(page, "Is a film one row?");
  const film = thread(page, "film");
  await film.getByRole("button", { name: /^Edit the comment/ }).click();
  await film.getByLabel("Edit the comment").last().fill("Is a copy a film?");
  await film.getByRole("button", { name: "Save" }).click();
  await expect(film.getByRole("article")).toContainText("Is a copy a film?");
  await film.getByLabel("Reply").fill("x".repeat(4001));
  await expect(film.getByRole("alert")).toHaveText(/4,000 characters at most: take 1 out/);
  await film.getByLabel("Reply").fill("And a box?");
  await film.getByRole("button", { name: "Reply", exact: true }).click();
  await film.getByRole("button", { name: "Delete the comment: And a box?" }).click();
  await expect(film.getByRole("article")).toHaveCount(1);
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(film.getByRole("article")).toHaveCount(2);

  // A place, by the canvas's own menu.
  await page.getByRole("button", { name: "Close the comments" }).click();
  const canvas = page.getByRole("application");
  await canvas.click({ button: "right", position: { x: 40, y: 40 } });
  await page.getByRole("menuitem", { name: "Comment here…" }).click();
  await write(page, "Room for orders");
  await expect(pin(page, "a place on the canvas")).toBeVisible();

  await page.reload();
  await expect(counts(page)).toHaveAccessibleName("Comments, 2 open");
  await chooseTable(page, "film");
  await page.getByRole("application").focus();
  await page.keyboard.press("Delete");
  await expect(row(page, "film")).toHaveCount(0);
  await page.keyboard.press("Shift+M");
  await expect(thread(page, "was on film")).toBeVisible();
  await thread(page, "was on film").getByRole("button").first().click();
  await expect(thread(page, "was on film").getByRole("article").first()).toContainText("Is a copy a film?");

  const { comment } = await startTogether(page, "Ada");
  const jo = await joinBy(browser, comment, "Jo");
  await expect(counts(jo)).toHaveAccessibleName("Comments, 2 open, 3 unread");
  await jo.keyboard.press("Shift+M");
  await jo.getByRole("button", { name: "Mark all as seen" }).click();
  await expect(counts(jo)).toHaveAccessibleName("Comments, 2 open");
  await jo.reload();
  await expect(counts(jo)).toHaveAccessibleName("Comments, 2 open");
  await jo.context().close();
});
