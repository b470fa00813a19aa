/** The design as DBML beside the canvas: typed, drawn, broken, and by two people. */
import type { Locator, Page } from "@playwright/test";
import { serious } from "./support/axe.ts";
import { accepted, chooseTable, importText } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";
import { joinBy, renameTable, row, startTogether } from "./support/together.ts";

const DESIGN = `
  CREATE TYPE public.rating AS ENUM ('G', 'PG', 'R');
  CREATE TABLE public.film (film_id integer PRIMARY KEY, title text NOT NULL, year integer, rating public.rating);
  CREATE TABLE public.copy (film_id integer NOT NULL REFERENCES public.film, number integer NOT NULL, shelf text);
  CREATE INDEX new_films ON public.film (year) WHERE (year > 2020);
  CREATE VIEW public.titles AS SELECT film_id, title FROM public.film WHERE year > 2000;`;

const text = (page: Page): Locator => page.getByRole("textbox", { name: "The design as DBML" });
const agreed = (page: Page): Promise<void> => expect(page.getByText("Text and canvas agree.")).toBeVisible();

async function open(page: Page): Promise<void> {
  await page.getByRole("group", { name: "Mode" }).getByRole("button", { name: "Code" }).click();
  await expect(text(page)).toBeFocused();
}

/** Selects a piece of the text. */
async function select(page: Page, piece: string): Promise<void> {
  await page.keyboard.press("Control+F");
  const find = page.getByRole("textbox", { name: "Find" });
  await find.fill("");
  // The panel hears of keys, not of a value that is put in.
  await find.pressSequentially(piece);
  await find.press("Enter");
  await find.press("Escape");
  await expect(text(page)).toBeFocused();
}

test.beforeEach(async ({ page }) => {
  await importText(page, "films.sql", DESIGN);
  await accepted(page);
});

test("what is typed is drawn and proved, and loses nothing that the text cannot say", async ({ page }) => {
  await open(page);
  await expect(text(page)).toContainText("Table film {");
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("\nTable actor {\n  actor_id int [pk]\n  name text\n}\n");
  await expect(row(page, "actor")).toBeVisible();
  await agreed(page);
  await accepted(page);
  expect(await serious(page)).toEqual([]);
  // A new name of a column that a view and a partial index speak of.
  await select(page, "year");
  await page.keyboard.press("F2");
  await page.getByLabel("New name of year").fill("made");
  await page.keyboard.press("Enter");
  await expect(text(page)).toContainText("made integer");
  await accepted(page);
  await page.keyboard.press("Control+E");
  const exported = page.getByRole("dialog").getByRole("textbox").first();
  await expect(exported).toHaveValue(/WHERE \(made > 2020\)/);
  await expect(exported).toHaveValue(/made > 2000/);
  await page.keyboard.press("Escape");
  // A name that is typed over: what mentions it follows, and back.
  await text(page).focus();
  await select(page, "Table film");
  await page.keyboard.type("Table movie");
  await expect(row(page, "movie")).toBeVisible();
  await expect(text(page)).toContainText("> movie.film_id");
  await agreed(page);
  await page.keyboard.press("Control+Z");
  await expect(text(page)).toContainText("> film.film_id");
  await expect(row(page, "film")).toBeVisible();
  // It was the design's own step that was taken back.
  await expect(page.getByRole("button", { name: "Redo", exact: true })).toBeEnabled();
  await page.keyboard.press("Control+Y");
  await expect(row(page, "movie")).toBeVisible();
  await expect(page.getByRole("button", { name: "Redo", exact: true })).toBeDisabled();
  await accepted(page);
});

/** Ends the worker that keeps the text, as running out of memory does. */
async function killText(page: Page, errors: string[]): Promise<void> {
  for (const worker of page.workers())
    await worker.evaluate(() => {
      if (self.name === "text")
        setTimeout(() => {
          throw new Error("out of memory");
        });
    });
  await expect.poll(() => errors.join("\n")).toContain("out of memory");
  errors.length = 0;
}

test("a text whose worker died is opened again, with what was typed", async ({ page, context, pageErrors }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("\n// by hand\n");
  await agreed(page);
  await killText(page, pageErrors);
  await select(page, "year integer");
  await page.keyboard.insertText("made integer");
  const again = page.getByRole("alert").getByRole("button", { name: "Open the text again" });
  await expect(again).toBeVisible();
  expect(await serious(page)).toEqual([]);
  await again.press("Enter");
  await agreed(page);
  await expect(text(page)).toBeFocused();
  await expect(text(page)).toContainText("// by hand");
  await expect(text(page)).toContainText("made integer");
  await accepted(page);
  // What was drawn meanwhile counts; what stood in the text can be had.
  await killText(page, pageErrors);
  await renameTable(page, "copy", "item");
  await again.click();
  await agreed(page);
  await expect(text(page)).toContainText("Table item {");
  await page.getByRole("button", { name: "Copy it" }).click();
  await expect(page.getByText("What stood here before is on the clipboard.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("// by hand");
});

test("the design as SQL of any database follows it, is told what that one does not hold, and is remembered", async ({
  page,
  pageErrors,
}) => {
  await open(page);
  await page.getByLabel("Shown as").selectOption("PostgreSQL SQL");
  const sql = page.getByRole("textbox", { name: "The design as SQL" });
  await expect(sql).toContainText("CREATE TABLE public.film (");
  await expect(sql).toContainText("CREATE VIEW public.titles");
  await renameTable(page, "film", "movie");
  await expect(sql).toContainText("CREATE TABLE public.movie (");
  await page.getByLabel("Shown as").selectOption("MySQL SQL");
  await expect(sql).toContainText("CREATE TABLE `movie` (");
  await page.getByText("What is not the same in MySQL").click();
  await expect(page.getByText("MySQL does not hold 1 views")).toBeVisible();
  expect(await serious(page)).toEqual([]);
  // A person who clicks into a table's statement sees that table.
  await sql.getByText("CREATE TABLE `copy` (").click();
  await expect(page.getByLabel("Table name")).toHaveValue("copy");
  await killText(page, pageErrors);
  await renameTable(page, "copy", "print");
  await page.getByRole("button", { name: "Write it again" }).click();
  await expect(sql).toContainText("CREATE TABLE `print` (");
  await page.reload();
  await expect(sql).toContainText("CREATE TABLE `print` (");
  await page.getByLabel("Shown as").selectOption("DBML");
  await expect(text(page)).toContainText("Table print {");
});

test("a text with a fault is said to have one, and the canvas keeps the design", async ({ page }) => {
  await open(page);
  await select(page, "shelf text");
  await page.keyboard.insertText("shelf text [note: 'where");
  await expect(page.getByText("cannot be read. The canvas shows the design as it was before.")).toBeVisible();
  await expect(page.locator(".cm-lintRange-error").first()).toBeVisible();
  await page.keyboard.press("Control+.");
  await expect(page.getByRole("group", { name: "What is wrong" })).toBeVisible();
  expect(await serious(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(text(page)).toBeFocused();
  // Drawn meanwhile: it comes into the text once that has no fault.
  await renameTable(page, "film", "movie");
  await accepted(page);
  await expect(text(page)).toContainText("Table film {");
  await text(page).focus();
  await select(page, "'where");
  await page.keyboard.insertText("'where']");
  await agreed(page);
  await expect(text(page)).toContainText("Table movie {");
  await expect(text(page)).toContainText("shelf text [note: 'where']");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(text(page)).not.toContainText("[note: 'where']");
});

test("what is drawn comes into the text, and the cursor stays where it is", async ({ page, browser }) => {
  const links = await startTogether(page, "Ann");
  const other = await joinBy(browser, links.edit, "Bob");
  await open(page);
  await select(page, "shelf");
  await page.keyboard.press("ArrowRight");
  await renameTable(other, "film", "movie");
  await expect(text(page)).toContainText("Table movie {");
  await expect(text(page)).toBeFocused();
  await page.keyboard.type("_no");
  await expect(text(page)).toContainText("shelf_no text");
  await chooseTable(other, "copy");
  await expect(other.getByLabel("Name of column 3", { exact: true }).or(other.getByText("shelf_no")).first()).toBeVisible();
  // The cursor's table is selected on the canvas.
  await expect(page.getByLabel("Table name")).toHaveValue("copy");
  await other.context().close();
});
