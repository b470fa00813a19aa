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
