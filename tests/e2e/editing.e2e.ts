/** Editing in the inspector: indexes, keys, types, what uses what, areas and notes. */
import type { Locator, Page } from "@playwright/test";
import { serious } from "./support/axe.ts";
import { accepted, chooseColumn, chooseTable, importText } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

const DESIGN = `
  CREATE TYPE public.rating AS ENUM ('G', 'PG', 'R');
  CREATE TABLE public.film (film_id integer PRIMARY KEY, title text NOT NULL, year integer, rating public.rating DEFAULT 'G'::public.rating);
  CREATE TABLE public.copy (film_id integer NOT NULL REFERENCES public.film, number integer NOT NULL, shelf text);
  CREATE VIEW public.titles AS SELECT film_id, title FROM public.film WHERE rating <> 'R'::public.rating;`;

const undo = (page: Page): Locator => page.getByRole("button", { name: "Undo", exact: true });

test.beforeEach(async ({ page }) => {
  await importText(page, "films.sql", DESIGN);
  await accepted(page);
});

test("an index is made over several columns, sorted, said more about, and taken back step by step", async ({ page }) => {
  await chooseTable(page, "film");
  await page.getByRole("tab", { name: "Indexes" }).click();
  await page.getByLabel("Add an index on").selectOption("title");
  const index = page.getByRole("group", { name: "Index film_title_idx" });
  await index.getByLabel("Add a column to film_title_idx").selectOption("year");
  await index.getByLabel("Add an expression to film_title_idx").fill("lower(title)");
  await index.getByLabel("Add an expression to film_title_idx").press("Enter");
  const parts = page.getByRole("list", { name: "Parts of film_title_idx" }).getByRole("listitem");
  await expect(parts).toHaveCount(3);
  await accepted(page);
  await index.getByRole("button", { name: "Move year", exact: true }).press("ArrowUp");
  await expect(index.getByLabel("Column 1 of film_title_idx")).toHaveValue(/./);
  await expect(parts.first().getByRole("button", { name: "Move year", exact: true })).toBeFocused();
  await index.getByLabel("Direction of year").selectOption("desc");
  await index.getByRole("button", { name: "More about year" }).click();
  await index.getByLabel("NULLs of year").selectOption("last");
  await index.getByRole("button", { name: "More about title" }).click();
  await index.getByLabel("Operator class of title").fill("text_pattern_ops");
  await index.getByLabel("Operator class of title").press("Enter");
  await index.getByLabel("Include a column in film_title_idx").selectOption("rating");
  await accepted(page);
  expect(await serious(page)).toEqual([]);
  await index.getByRole("button", { name: "Remove lower(title)" }).click();
  await expect(parts).toHaveCount(2);
  await undo(page).click();
  await expect(parts).toHaveCount(3);
  await accepted(page);
});

test("a key of several columns is made, ordered and checked at commit", async ({ page }) => {
  await chooseTable(page, "copy");
  await page.getByRole("tab", { name: "Indexes" }).click();
  await page.getByLabel("Add a primary key on").selectOption("number");
  const key = page.getByRole("group", { name: "Primary key copy_pkey" });
  await key.getByLabel("Add a column to copy_pkey").selectOption("film_id");
  await accepted(page);
  await key.getByRole("button", { name: "Move film_id", exact: true }).press("ArrowUp");
  await expect(page.getByRole("list", { name: "Columns of copy_pkey" }).getByRole("listitem").first()).toHaveText("film_id");
  await key.getByLabel("When copy_pkey is checked").selectOption("deferred");
  await accepted(page);
  await expect(page.getByLabel("Add a primary key on")).toHaveCount(0);
  await page.getByLabel("Add a unique key on").selectOption("shelf");
  await page.getByRole("group", { name: "Unique key copy_shelf_key" }).getByText("NULLs are equal").click();
  await page.getByLabel("New exclusion").fill("USING gist (int4range(number, number, '[]') WITH &&)");
  await page.getByLabel("New exclusion").press("Enter");
  await accepted(page);
  expect(await serious(page)).toEqual([]);
});

test("what uses a column is told, and each is a way there; a rename reaches all of it", async ({ page }) => {
  await chooseColumn(page, "film", "film_id");
  const users = page.getByRole("region", { name: "Used by" });
  await expect(users.getByRole("button")).toHaveText(["copy.film_id", "view titles", "key film_pkey"]);
  await page.getByLabel("Column name").fill("id");
  await page.getByLabel("Column name").press("Enter");
  await accepted(page);
  await expect(users.getByRole("button")).toHaveText(["copy.film_id", "view titles", "key film_pkey"]);
  expect(await serious(page)).toEqual([]);
  await users.getByRole("button", { name: "view titles" }).click();
  await expect(page.getByLabel("Query of titles")).toHaveValue(/SELECT id AS film_id,/);
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await expect(page.getByText("read back equal")).toBeVisible({ timeout: 45_000 });
  await page.keyboard.press("Escape");
  await undo(page).click();
  await expect(page.getByLabel("Query of titles")).toHaveValue(/SELECT film_id,/);
  await accepted(page);
});

test("an enum's value is renamed as a rename, and types, sequences and views are made", async ({ page }) => {
  await page.getByRole("application").focus();
  await page.keyboard.press("Escape");
  const types = page.getByRole("region", { name: "Types" });
  await types.getByText("rating").click();
  await types.getByLabel("Value 1 of rating").fill("all");
  await types.getByLabel("Value 1 of rating").press("Enter");
  await expect(undo(page)).toHaveAttribute("title", "Undo: Rename the value G");
  await accepted(page);
  await types.getByLabel("New value of rating").fill("PG-13");
  await types.getByLabel("New value of rating").press("Enter");
  await types.getByRole("button", { name: "Move PG-13", exact: true }).press("ArrowUp");
  await expect(types.getByLabel("Value 3 of rating")).toHaveValue("PG-13");
  await types.getByLabel("New value of rating").fill("R");
  await types.getByLabel("New value of rating").press("Enter");
  await expect(types.getByRole("alert")).toHaveText("rating has the value R already.");
  await accepted(page);
  await types.getByLabel("Add a type").selectOption("composite");
  await types.getByLabel("New field of composite_1").fill("street");
  await types.getByLabel("New field of composite_1").press("Enter");
  await types.getByLabel("Add a type").selectOption("domain");
  await types.getByLabel("New check of domain_1").fill("VALUE <> ''");
  await types.getByLabel("New check of domain_1").press("Enter");
  await types.getByLabel("Collation of domain_1").fill("C");
  await types.getByLabel("Collation of domain_1").press("Enter");
  await types.getByLabel("Add a type").selectOption("range");
  await page.getByRole("button", { name: "Add a sequence" }).click();
  await page.getByLabel("Options of sequence_1").fill("START WITH 100");
  await page.getByLabel("Options of sequence_1").press("Enter");
  await accepted(page);
  expect(await serious(page)).toEqual([]);
  await chooseColumn(page, "film", "rating");
  await expect(page.getByLabel("Default of rating")).toHaveValue("'all'::public.rating");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or run" }).fill("new view");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("View name")).toHaveValue("film_view");
  await accepted(page);
  await page
    .getByLabel("Query of film_view")
    .fill("SELECT title, count(*) AS copies FROM public.film JOIN public.copy USING (film_id) GROUP BY 1");
  await page.getByLabel("Query of film_view").press("Control+Enter");
  await expect(page.getByRole("region", { name: "View" })).toContainText("2 columns");
  await page.getByText("Materialized", { exact: true }).click();
  await accepted(page);
});

test("a key's new type is given to what refers to it, in one step", async ({ page }) => {
  await chooseColumn(page, "film", "film_id");
  await page.getByLabel("Type of film_id").fill("uuid");
  await page.getByLabel("Type of film_id").press("Enter");
  const offer = page.getByText("A referring column has another type: copy.film_id.");
  await offer.getByRole("button", { name: "Change it to uuid" }).click();
  await expect(offer).toBeHidden();
  await chooseColumn(page, "copy", "film_id");
  await expect(page.getByLabel("Type of film_id")).toHaveValue("uuid");
  await undo(page).click();
  await expect(page.getByLabel("Type of film_id")).toHaveValue("integer");
  await expect(undo(page)).toBeDisabled();
  await chooseColumn(page, "copy", "number");
  await page.getByLabel("Is number generated").selectOption("stored");
  await page.getByLabel("Expression of number").fill("film_id * 2");
  await page.getByLabel("Expression of number").press("Enter");
  await accepted(page);
  await page.getByLabel("Is number generated").selectOption("no");
  await page.getByLabel("Identity of number").selectOption("always");
  await chooseColumn(page, "copy", "shelf");
  await page.getByLabel("Collation of shelf").fill("C");
  await page.getByLabel("Collation of shelf").press("Enter");
  await expect(page.getByLabel("Collation of shelf")).toHaveValue('pg_catalog."C"');
  await accepted(page);
  expect(await serious(page)).toEqual([]);
});

test("an area and a note are edited in the inspector", async ({ page }) => {
  const run = async (name: string): Promise<void> => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Search or run" }).fill(name);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
  };
  await run("new area");
  const area = page.getByRole("region", { name: "Area" });
  await area.getByLabel("Area name").fill("Everything");
  await area.getByLabel("Area name").press("Enter");
  await area.getByLabel("Left").fill("-4000");
  await area.getByLabel("Left").press("Enter");
  await area.getByLabel("Top").fill("-4000");
  await area.getByLabel("Top").press("Enter");
  await area.getByLabel("Width").fill("9000");
  await area.getByLabel("Width").press("Enter");
  await area.getByLabel("Height").fill("9000");
  await area.getByLabel("Height").press("Enter");
  await expect(area).toContainText("3 tables");
  await area.getByRole("radio", { name: "violet" }).click();
  await area.getByRole("button", { name: "Fit to its tables" }).click();
  await expect(area).toContainText("3 tables");
  expect(Number(await area.getByLabel("Width").inputValue())).toBeLessThan(2000);
  expect(await serious(page)).toEqual([]);
  await area.getByRole("button", { name: "Select its tables" }).click();
  await expect(page.getByRole("region", { name: "Selection" })).toContainText("3 tables");
  await run("new note");
  const note = page.getByRole("region", { name: "Note" });
  await note.getByLabel("Note text").fill("Films are never deleted");
  await note.getByLabel("Note text").press("Control+Enter");
  await note.getByRole("radio", { name: "rose" }).click();
  expect(await serious(page)).toEqual([]);
  await note.getByRole("button", { name: "Delete the note" }).click();
  await expect(page.getByRole("region", { name: "The design" })).toBeVisible();
  await undo(page).click();
});
