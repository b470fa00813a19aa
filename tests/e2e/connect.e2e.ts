/** A live database: connected to, chosen from, imported; what must not be kept is looked for everywhere it could be. */
import { mkdir } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { accepted, chooseTable } from "./support/steps.ts";
import { expect, test as base } from "./support/test.ts";

const PASSWORD = "canary-Pa55/w@rd#1";
const ROW = "row-canary-9c21";
const SHOTS = process.env["SHOTS"];

const SHOP = `
  create table customer (id int generated always as identity primary key, name text not null, email text unique);
  create table sale (id int generated always as identity primary key, customer_id int not null references customer, total numeric(8,2));
  create index sale_by_customer on sale (customer_id);
  create view totals as select customer_id, sum(total) from sale group by 1;
  insert into customer (name, email) values ('${ROW}', 'a@example.com');
  create schema archive; create table archive.old_sale (id int primary key, note text);
  create function archive.tidy() returns trigger language plpgsql as 'begin return new; end';
  create trigger tidy before insert on archive.old_sale for each row execute function archive.tidy();
`;

const test = base.extend<object, { readonly postgres: PostgresServer | null }>({
  postgres: [
    // Playwright reads the fixture's needs from the pattern, so an empty one must stand here.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const postgres = await startPostgres(15);
      if (postgres) {
        await postgres.psql("postgres", `create role reader login password '${PASSWORD}'; create database shop;`);
        await postgres.psql("shop", SHOP, { stopOnError: true });
        await postgres.psql(
          "postgres",
          `copy (select unnest(array['host all postgres 127.0.0.1/32 trust', 'host all all 127.0.0.1/32 scram-sha-256'])) to '${postgres.data}/pg_hba.conf';
           alter system set log_statement = 'all'; select pg_reload_conf();`,
        );
      }
      await use(postgres);
      await postgres?.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
});
test.use({ permissions: ["clipboard-read", "clipboard-write"] });

async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  await mkdir(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}/${name}.png` });
}

async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}

const dialogOf = (page: Page): Locator => page.getByRole("dialog");

async function openDialog(page: Page): Promise<Locator> {
  await page.goto("/");
  await page.getByRole("button", { name: "Connect to a database…" }).click();
  await expect(dialogOf(page).getByLabel("Address")).toBeFocused();
  return dialogOf(page);
}

const address = (port: number, database = ""): string =>
  `postgresql://reader:${PASSWORD}@127.0.0.1:${String(port)}${database === "" ? "" : `/${database}`}`;

/** Everything this browser keeps of the page, as text. */
const kept = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const parts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), location.href, document.cookie];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name ?? "");
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error("no database"));
      });
      for (const store of database.objectStoreNames) {
        const rows = await new Promise<unknown[]>((resolve) => {
          const request = database.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => resolve(request.result as unknown[]);
        });
        for (const row of rows)
          for (const value of Object.values(row as object))
            parts.push(value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value));
      }
      database.close();
    }
    return parts.join("\n");
  });

for (const scheme of ["light", "dark"] as const) {
  test.describe(`in the ${scheme} theme`, () => {
    test.use({ colorScheme: scheme });

    test("a database is connected to by its address, chosen, imported in part, and remembered without its password", async ({
      page,
      postgres,
      server,
    }) => {
      test.skip(postgres === null, "no PostgreSQL 15 here");
      const port = postgres?.port ?? 0;
      const dialog = await openDialog(page);
      await shot(page, `form-empty-${scheme}`);
      expect(await serious(page)).toEqual([]);

      await dialog.getByLabel("Address").fill(address(port));
      await expect(dialog.getByLabel("Address")).toHaveValue(`postgresql://reader@127.0.0.1:${String(port)}`);
      await expect(dialog.getByLabel("Password")).toHaveValue(PASSWORD);
      await expect(dialog.getByText("The password was taken out of the address.")).toBeVisible();
      await expect(dialog.getByText(/this machine or in a private network/)).toBeVisible();
      await dialog.getByText("An account that reads the schema and no row").click();
      await expect(dialog.getByText(/CREATE ROLE reader LOGIN/)).toBeVisible();
      await dialog.getByRole("button", { name: "Test" }).click();
      await expect(dialog.getByText(/PostgreSQL 15\.\d+ answered in \d+ ms, not encrypted · 1 database/)).toBeVisible();
      await shot(page, `form-tested-${scheme}`);
      expect(await serious(page)).toEqual([]);

      await dialog.getByRole("button", { name: "Connect", exact: true }).click();
      await expect(dialog.getByText("4 of 4 chosen")).toBeVisible();
      await shot(page, `choose-${scheme}`);
      expect(await serious(page)).toEqual([]);
      await dialog.getByLabel("Find tables").fill("sale");
      await dialog.getByRole("button", { name: "None found" }).click();
      await expect(dialog.getByText("2 of 4 chosen")).toBeVisible();
      await dialog.getByLabel("Find tables").fill("");
      await dialog.getByRole("checkbox", { name: /^sale/ }).check();
      await expect(dialog.getByText("3 of 4 chosen")).toBeVisible();
      await expect(dialog.getByRole("list", { name: "What was read" })).toContainText("2 tables");
      await dialog.getByRole("button", { name: "Open the diagram" }).click();
      await expect(page.getByRole("application")).toBeVisible();
      await accepted(page);
      await expect(page.getByLabel("Name of the design")).toHaveValue("shop");
      await chooseTable(page, "sale");
      await shot(page, `opened-${scheme}`);

      const everything = `${await kept(page)}\n${server.printed()}`;
      for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), "Pa55", ROW]) expect(everything).not.toContain(secret);
      expect(everything).toContain("127.0.0.1");
      expect(postgres?.log()).not.toMatch(/(select|copy).*\bfrom (public\.)?customer/i);

      await page.goto("/");
      await page.getByRole("button", { name: "Connect to a database…" }).click();
      const recent = page.getByRole("list", { name: "Recent connections" });
      await recent.getByRole("button", { name: `shop on 127.0.0.1:${String(port)}`, exact: true }).click();
      await expect(dialog.getByLabel("User")).toHaveValue("reader");
      await expect(dialog.getByLabel("Password")).toHaveValue("");
      await expect(dialog.getByLabel("Password")).toBeFocused();
      await recent.getByRole("button", { name: /^Forget/ }).click();
      await expect(recent).toHaveCount(0);
      expect(await page.evaluate(() => localStorage.getItem("drawbridge.connections"))).toBe("[]");
    });
  });
}

test("what goes wrong is said with what to check next, and nothing is lost", async ({ page, postgres }) => {
  test.skip(postgres === null, "no PostgreSQL 15 here");
  const dialog = await openDialog(page);
  await dialog.getByLabel("Address").fill(address(postgres?.port ?? 0, "shop"));
  await dialog.getByLabel("Password").fill("wrong");
  await dialog.getByLabel("Password").press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("password authentication failed");
  await expect(dialog.getByRole("alert")).toContainText("Check the user and the password.");
  await shot(page, "form-refused");
  await dialog.getByLabel("Port").fill("1");
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  await dialog.getByRole("button", { name: "Test" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Check the host, the port and the firewall");
  await expect(dialog.getByLabel("User")).toHaveValue("reader");
});
