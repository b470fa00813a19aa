/** Several files at once: DBML of several files as one design, and the archive in which DrawDB saves all that it has. */
import { strToU8, zipSync } from "fflate";
import { serious } from "./support/axe.ts";
import { accepted } from "./support/steps.ts";
import { drawdbDiagram } from "../support/drawdb-diagram.ts";
import { expect, test } from "./support/test.ts";

const file = (name: string, text: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });

const MAIN =
  "Project shop {\n  database_type: 'PostgreSQL'\n}\nuse * from './people'\nTable orders {\n  id int [pk]\n  buyer int [ref: > person.id]\n}\n";
const PEOPLE = "use { enum mood } from './moods'\nTable person {\n  id int [pk]\n  mood mood\n}\n";
const MOODS = "Enum mood {\n  glad\n  sad\n}\n";
const LONE = "Table lone {\n  id int [pk]\n}\n";

test("DBML files that are given together open as one design, and what is missing is told", async ({ page }) => {
  await page.goto("/");
  const input = page.getByLabel("Schema file");
  const dialog = page.getByRole("dialog");
  await input.setInputFiles([file("moods.dbml", MOODS), file("shop.dbml", MAIN), file("lone.dbml", LONE)]);
  await expect(dialog.getByText("The file ./people, which is used here, was not found.")).toBeVisible();
  await expect(dialog.getByText("Left out: 2 files, moods.dbml and others (shop.dbml does not use them).")).toBeAttached();
  expect(await serious(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Discard" }).click();

  await input.setInputFiles([
    file("moods.dbml", MOODS),
    file("people.dbml", PEOPLE),
    file("shop.dbml", MAIN),
    file("lone.dbml", LONE),
  ]);
  await expect(dialog.getByLabel("Main file")).toHaveValue("shop.dbml");
  const read = dialog.getByRole("list", { name: "What was read" });
  await expect(read).toContainText("2 tables");
  await dialog.getByLabel("Main file").selectOption("");
  await expect(read).toContainText("3 tables");
  await dialog.getByLabel("Main file").selectOption("shop.dbml");
  await expect(read).toContainText("2 tables");
  await dialog.getByRole("button", { name: "Open the diagram" }).click();
  await accepted(page);
  await expect(page.getByRole("navigation", { name: "Tables" }).getByRole("button", { name: /^person/ })).toBeVisible();
  await expect(page).toHaveTitle(/shop/);
});

const diagram = (title: string, tables: number): string =>
  JSON.stringify(
    drawdbDiagram(
      title,
      Array.from({ length: tables }, (_, id) => `t${String(id)}`),
    ),
  );

test("what DrawDB saved is listed; one of it is opened, or all are kept", async ({ page }) => {
  const files = {
    "diagrams/Shop(1).json": diagram("Shop", 3),
    "diagrams/Library(2).json": diagram("Library", 2),
    "diagrams/Half(3).json": diagram("Half", 2).slice(0, -1),
    "templates/Blog(1).json": diagram("Blog", 1),
  };
  const buffer = Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))));
  await page.goto("/");
  const input = page.getByLabel("Schema file");
  const archive = { name: "2026_10_4_export.zip", mimeType: "application/zip", buffer };
  await input.setInputFiles(archive);
  const dialog = page.getByRole("dialog", { name: "Designs in 2026_10_4_export.zip" });
  await expect(dialog.getByRole("listitem").filter({ hasText: "DrawDB · PostgreSQL" })).toHaveCount(3);
  await expect(dialog).toContainText("diagrams/Half(3).json The object that begins in line 1 is not closed.");
  expect(await serious(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Open Library" }).click();
  await accepted(page);
  await expect(page.getByRole("navigation", { name: "Tables" }).getByRole("button", { name: /^t1/ })).toBeVisible();

  await page.goto("/");
  await input.setInputFiles(archive);
  await dialog.getByRole("button", { name: "Keep all 3" }).click();
  const designs = page.getByRole("dialog", { name: "Designs", exact: true });
  for (const name of ["Shop", "Blog"]) await expect(designs.getByRole("button", { name: new RegExp(`^${name}`) })).toBeVisible();
  await expect(designs.getByRole("button", { name: /^Library/ })).toHaveCount(2);
});
