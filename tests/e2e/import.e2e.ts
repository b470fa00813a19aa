/** What a person may say about an import: what the text is of, and whether its rows are tried. */
import { writeDesign } from "#shared/formats/json/index.ts";
import { gridDesign } from "../support/diagrams.ts";
import { dump } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

const text = (name: string, content: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(content) });

test("a text that could be of any database is read as what a person says, and so is the next one", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("Schema file").setInputFiles(text("plain.sql", "CREATE TABLE film (id integer, title varchar(80));"));
  const report = page.getByRole("dialog", { name: "Reading plain.sql" });
  await expect(report.getByLabel("What was read")).toContainText("1 tables");
  await expect(report.getByLabel("Read as")).toHaveValue("postgres");
  await report.getByLabel("Read as").selectOption("SQLite");
  await expect(report.getByLabel("What was read")).toContainText("1 tables");
  await report.getByRole("button", { name: "Discard" }).click();
  await page.reload();
  await page.getByLabel("Schema file").setInputFiles(text("next.sql", "CREATE TABLE actor (id integer);"));
  const next = page.getByRole("dialog", { name: "Reading next.sql" });
  await expect(next.getByLabel("What was read")).toContainText("1 tables");
  await expect(next.getByLabel("Read as")).toHaveValue("sqlite");
  await next.getByRole("button", { name: "Open the diagram" }).click();
  await expect(page.getByRole("contentinfo")).toContainText("SQLite", { timeout: 45_000 });
});

test("rows are set aside until a person has them tried; then they are counted, and what does not fit is refused", async ({
  page,
}) => {
  await page.goto("/");
  const sql = `CREATE TABLE film (id integer PRIMARY KEY, title text NOT NULL);
CREATE TABLE copy (id integer PRIMARY KEY, film_id integer REFERENCES film);
INSERT INTO film VALUES (1, 'Up'), (2, 'Heat');
INSERT INTO copy VALUES (1, 1);
INSERT INTO copy VALUES (2, 99);
COPY film (id, title) FROM stdin;
3\tAlien
\\.
`;
  await page.getByLabel("Schema file").setInputFiles(text("rows.sql", sql));
  const report = page.getByRole("dialog", { name: "Reading rows.sql" });
  await expect(report.getByLabel("What was read")).toContainText("2 tables");
  await report.getByText("Remarks").click();
  await expect(report).toContainText("4 data statements were set aside");
  await report.getByLabel("Try the rows of the dump too").check();
  await expect(report.getByRole("heading", { name: "Refused (1)" })).toBeVisible();
  await expect(report).toContainText("line 5");
  await expect(report).toContainText("violates foreign key constraint");
  await report.getByText("Remarks").click();
  await expect(report).toContainText("4 rows in 2 tables were loaded and fit the design");
  await report.getByRole("button", { name: "Open the diagram" }).click();
  await expect(page.getByRole("contentinfo")).toContainText("2 tables · 1 relation");
});

test("a design file is read and opened; what is broken in it is told", async ({ page }) => {
  const { schema, diagram } = gridDesign(30);
  const json = writeDesign({ name: "Thirty", schema, diagrams: [diagram] });
  await page.goto("/");
  await page.getByLabel("Schema file").setInputFiles(text("thirty.json", json.slice(0, json.length / 2)));
  await expect(page.getByRole("alert")).toContainText("it is not JSON");
  await page.getByRole("button", { name: "Close" }).last().click();
  await page.getByLabel("Schema file").setInputFiles(text("thirty.json", json));
  const report = page.getByRole("dialog", { name: "Reading thirty.json" });
  await expect(report.getByLabel("What was read")).toContainText("30 tables");
  await report.getByRole("button", { name: "Open the diagram" }).click();
  await expect(page.getByLabel("Name of the design")).toHaveValue("Thirty");
});

test("a text of another tool is opened, and written again with what it does not hold", async ({ page }) => {
  const dbml = "Project Shop {\n  database_type: 'SQLite'\n}\n\nTable maker {\n  id integer [pk]\n}\n";
  await page.goto("/");
  await page.getByLabel("Schema file").setInputFiles(text("shop.dbml", dbml));
  const report = page.getByRole("dialog", { name: "Reading shop.dbml" });
  await expect(report.getByLabel("Read as")).toHaveValue("dbml");
  await expect(report.getByLabel("For the database")).toHaveValue("sqlite");
  await report.getByRole("button", { name: "Open the diagram" }).click();
  await expect(page.getByLabel("Name of the design")).toHaveValue("Shop");
  await page.keyboard.press("Control+e");
  const dialog = page.getByRole("dialog", { name: "Export" });
  await dialog.getByText("DBML", { exact: true }).click();
  await expect(dialog.getByLabel("DBML of the design")).toHaveValue(/Table maker \{\n {2}id INTEGER \[pk\]\n\}/);
  await expect(dialog.getByRole("status")).toContainText("Everything of this design is in it");
  await dialog.getByLabel("Written as").selectOption("DBML 8");
  await expect(dialog.getByRole("status")).toContainText("does not hold 1 places");
  const [download] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name: "Download" }).click()]);
  expect(download.suggestedFilename()).toBe("Shop.dbml");
});

test("pasted text is read as what is chosen before", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Drawbridge" })).toBeVisible();
  await page.keyboard.press("Control+o");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Text", { exact: true }).fill("create table film (id int);");
  await dialog.getByLabel("Read as").selectOption("MariaDB");
  await dialog.getByRole("button", { name: "Read it" }).click();
  await expect(dialog.getByLabel("Read as")).toHaveValue("mariadb");
  await dialog.getByRole("button", { name: "Open the diagram" }).click();
  await expect(page.getByRole("contentinfo")).toContainText("No MariaDB runs in a browser");
});

test("cancel ends an import at once, and the next one starts afresh", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("Schema file").setInputFiles(dump("films.sql"));
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /Cancel|Discard/ })
    .click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByLabel("Schema file").setInputFiles(dump("films.sql"));
  await expect(page.getByLabel("What was read")).toContainText("3 tables");
});
