/** Two people, two browsers, one design: live, looking only, offline, through a restart of the server, and out again. */
import { type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { serious } from "./support/axe.ts";
import { chooseTable, dump, importFile } from "./support/steps.ts";
import { expect, startServer, test } from "./support/test.ts";
import { joinBy, openShare, renameTable, row, startTogether, sync } from "./support/together.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("a design is edited together, by an editor live, by a viewer not at all, and no longer by who was shut out", async ({
  page,
  browser,
}) => {
  await importFile(page, dump("films.sql"));
  const dialog = await openShare(page);
  expect(await serious(page)).toEqual([]);
  await expect(dialog.getByRole("button", { name: "Work together" })).toBeVisible();
  await page.keyboard.press("Escape");
  const links = await startTogether(page, "Ada King");
  expect(links.edit).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#\/r\/[0-9a-f]{32}\/[\w-]{43}$/);

  const editor = await joinBy(browser, links.edit, "Jo");
  const secret = links.edit.split("/").at(-1) ?? "";
  expect(editor.url()).toContain("#/d/");
  expect(await editor.evaluate(() => JSON.stringify(history.state) + location.href)).not.toContain(secret);
  await expect(sync(editor)).toHaveText("· synced");
  await renameTable(editor, "film", "movie");
  await expect(row(page, "movie")).toBeVisible();
  await renameTable(page, "copy", "tape");
  await expect(row(editor, "tape")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(editor, "copy")).toBeVisible();
  await expect(row(page, "movie")).toBeVisible();

  const viewer = await joinBy(browser, links.view, "Kim");
  await expect(sync(viewer)).toHaveText("· view only");
  await chooseTable(viewer, "movie");
  await expect(viewer.getByLabel("Table name")).toBeDisabled();
  await viewer.keyboard.press("Delete");
  await expect(row(viewer, "movie")).toBeVisible();
  await renameTable(page, "copy", "tape");
  await expect(row(viewer, "tape")).toBeVisible();
  await viewer.reload();
  await expect(sync(viewer)).toHaveText("· view only");
  await expect(row(viewer, "tape")).toBeVisible();

  // The same link again opens the same design, not another copy.
  const design = new URL(viewer.url()).hash;
  await viewer.goto("about:blank");
  await viewer.goto(links.view);
  await expect(viewer).toHaveURL(new RegExp(`${design}$`));

  await openShare(page);
  expect(await serious(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Close the link: May edit" }).click();
  await expect(sync(editor)).toHaveText("· the link was replaced");
  await page.keyboard.press("Escape");
  await renameTable(editor, "tape", "mine");
  await expect(sync(editor)).toHaveText("· the link was replaced, 1 edit stays on this device");
  await expect(row(page, "tape")).toBeVisible();
  const late = await browser.newPage();
  await late.goto(links.edit);
  await late.getByRole("button", { name: "Join" }).click();
  await expect(late.getByRole("alert")).toContainText("Ask for a new link");

  await openShare(page);
  await dialog.getByRole("button", { name: "Stop sharing…" }).click();
  await dialog.getByRole("button", { name: "Stop sharing", exact: true }).click();
  await expect(sync(viewer)).toHaveText("· no longer shared");
  await expect(sync(page)).toHaveCount(0);
  for (const each of [editor, viewer, late]) await each.close();
});

test("both work offline, the server is killed meanwhile, and everything of both is there in the end", async ({ browser }) => {
  const dataDir = await mkdtemp(join(tmpdir(), "drawbridge-together-"));
  let server = await startServer(dataDir);
  const port = new URL(server.address).port;
  const kill = async (process: ChildProcess): Promise<void> => {
    const ended = new Promise((resolve) => process.once("exit", resolve));
    process.kill("SIGKILL");
    await ended;
  };
  const context = await browser.newContext({ baseURL: server.address });
  const one = await context.newPage();
  await importFile(one, dump("films.sql"));
  const { edit } = await startTogether(one, "Ada");
  const two = await joinBy(browser, edit, "Jo");
  await expect(sync(two)).toHaveText("· synced");
  await renameTable(one, "film", "movie");
  await expect(row(two, "movie")).toBeVisible();

  // No network for either.
  await one.context().setOffline(true);
  await two.context().setOffline(true);
  await expect(sync(one)).toHaveText("· offline");
  await renameTable(one, "copy", "tape");
  await expect(sync(one)).toHaveText("· offline, waiting to send 1 edit");
  await renameTable(two, "movie", "picture");
  await expect(sync(two)).toHaveText("· offline, waiting to send 1 edit");
  await two.getByLabel("Comment", { exact: true }).fill("What is shown");
  await two.getByLabel("Comment", { exact: true }).press("Enter");
  await expect(sync(two)).toHaveText("· offline, waiting to send 2 edits");
  await one.context().setOffline(false);
  await two.context().setOffline(false);
  for (const page of [one, two]) {
    await expect(sync(page)).toHaveText("· synced");
    await expect(row(page, "tape")).toBeVisible();
    await expect(row(page, "picture")).toBeVisible();
  }

  // The server dies; both go on, one of them reloads meanwhile; then it is there again.
  await kill(server.process);
  await expect(sync(one)).toHaveText("· offline");
  await renameTable(one, "tape", "disc");
  await renameTable(two, "picture", "show");
  await expect(sync(two)).toHaveText("· offline, waiting to send 1 edit");
  await expect(sync(one)).toHaveText("· offline, waiting to send 1 edit");
  server = await startServer(dataDir, { PORT: port });
  for (const page of [one, two]) {
    await expect(sync(page)).toHaveText("· synced", { timeout: 40_000 });
    await expect(row(page, "disc")).toBeVisible();
    await expect(row(page, "show")).toBeVisible();
  }
  await two.reload();
  await expect(sync(two)).toHaveText("· synced");
  await expect(row(two, "disc")).toBeVisible();
  await two.context().close();
  await context.close();
  await kill(server.process);
  await rm(dataDir, { recursive: true, force: true });
});

test("people see where the others are, what they select and edit, and follow them", async ({ page, browser }) => {
  await importFile(page, dump("films.sql"));
  const { edit } = await startTogether(page, "Ada King");
  const other = await joinBy(browser, edit, "Jo");
  await expect(page.getByRole("button", { name: "Follow Jo" })).toHaveText("Jo");
  await expect(other.getByRole("button", { name: "Follow Ada King" })).toHaveText("AK");

  await chooseTable(other, "film");
  await expect(row(page, "film").getByTitle("Jo is here")).toBeVisible();
  await other.mouse.move(600, 400);
  await expect(page.locator(".pointer", { hasText: "Jo" })).toBeVisible();
  await expect(page.locator(".mark", { hasText: "Jo" })).toBeVisible();
  await chooseTable(page, "film");
  await other.getByLabel("Table name").focus();
  await expect(page.getByText("Jo is editing this.")).toBeVisible();
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "test-results/together.png" });
  await openShare(page);
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "test-results/together-share.png" });
  await page.keyboard.press("Escape");

  // What Jo sees comes to be seen here, until this person moves the view.
  await page.getByRole("button", { name: "Follow Jo" }).click();
  await expect(page.getByText("You see what Jo sees.")).toBeVisible();
  const zoom = (each: Page): Locator => each.getByTitle("Zoom to 100 %");
  await other.mouse.move(600, 400);
  await other.keyboard.down("Control");
  await other.mouse.wheel(0, 300);
  await other.keyboard.up("Control");
  await expect.poll(async () => (await zoom(page).textContent()) === (await zoom(other).textContent())).toBe(true);
  await page.mouse.move(600, 400);
  await page.mouse.wheel(0, 100);
  await expect(page.getByText("You see what Jo sees.")).toHaveCount(0);
  await other.context().close();
  await expect(page.getByRole("button", { name: "Follow Jo" })).toHaveCount(0);
});
