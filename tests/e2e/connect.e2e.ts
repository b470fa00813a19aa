/** A live database: connected to, chosen from, imported; what must not be kept is looked for everywhere it could be. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import pg from "pg";
import { type MariadbServer, startMariadb } from "../support/mariadb.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { serious } from "./support/axe.ts";
import { accepted, chooseTable } from "./support/steps.ts";
import { expect, startServer, stopServer, test as base } from "./support/test.ts";

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

const SCRATCH_ACCOUNT = "create user drawbridge_scratch@'%'";
const SCRATCH_GRANT = "grant all on `drawbridge\\_scratch\\_%`.* to drawbridge_scratch@'%'";
const DUMP = `-- MariaDB dump 10.19
CREATE TABLE customer (id int PRIMARY KEY, name varchar(80));
CREATE TABLE sale (id int PRIMARY KEY, customer_id int, total decimal(8,2) CHECK (total > 0),
  FOREIGN KEY (customer_id) REFERENCES customer (id));
CREATE VIEW spent AS SELECT customer_id, sum(total) AS total FROM sale GROUP BY customer_id;
DELIMITER //
CREATE DEFINER=root@localhost TRIGGER tidy BEFORE INSERT ON sale FOR EACH ROW BEGIN SET NEW.total = abs(NEW.total); END//
DELIMITER ;
`;

const test = base.extend<object, { readonly postgres: PostgresServer | null; readonly mariadb: MariadbServer | null }>({
  mariadb: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const mariadb = await startMariadb();
      await use(mariadb);
      await mariadb?.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
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
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${SHOTS}/${name}-${colorScheme}.png` });
  }
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

test("a database is connected to by its address, chosen, imported in part, and remembered without its password", async ({
  page,
  postgres,
  server,
}) => {
  test.skip(postgres === null, "no PostgreSQL 15 here");
  const port = postgres?.port ?? 0;
  const dialog = await openDialog(page);
  await shot(page, "form-empty");
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
  await shot(page, "form-tested");
  expect(await serious(page)).toEqual([]);

  await dialog.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(dialog.getByText("4 of 4 chosen")).toBeVisible();
  await shot(page, "choose");
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
  await shot(page, "opened");

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

/** A database of its own, so that journeys may change it. */
async function ownDatabase(postgres: PostgresServer, name: string): Promise<void> {
  await postgres.psql("postgres", `create database ${name}`);
  await postgres.psql(name, SHOP, { stopOnError: true });
}

const run = (page: Page, command: string): Promise<void> =>
  (async () => {
    // A dialog takes no such key, nor does one that is about to close.
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Search or run" }).fill(command);
    await page.keyboard.press("Enter");
  })();

async function compareAgain(page: Page): Promise<void> {
  await run(page, "Compare with a live database");
  const dialog = dialogOf(page);
  await expect(dialog.getByLabel("Host", { exact: true })).toHaveValue("127.0.0.1");
  await expect(dialog.getByLabel("Password")).toBeFocused();
  await dialog.getByLabel("Password").fill(PASSWORD);
  await page.keyboard.press("Enter");
}

test("connected again, what differs is told, taken or kept, and undone in one step", async ({ page, postgres }) => {
  test.skip(postgres === null, "no PostgreSQL 15 here");
  if (!postgres) return;
  const database = "drift";
  await ownDatabase(postgres, database);
  const dialog = await openDialog(page);
  await dialog.getByLabel("Address").fill(address(postgres.port, database));
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Open the diagram" }).click();
  await accepted(page);

  await compareAgain(page);
  await expect(dialog.getByText("The database and the design are equal.")).toBeVisible();
  await shot(page, "drift-equal");
  await dialog.getByRole("button", { name: "Close" }).last().click();

  await postgres.psql(
    database,
    `alter table customer alter email type varchar(320), add born date; drop table archive.old_sale;
     create table parcel (id int primary key, sale_id int not null references sale);`,
    { stopOnError: true },
  );
  await chooseTable(page, "sale");
  await page.getByLabel("Table name").fill("purchase");
  await page.getByLabel("Table name").press("Enter");
  await compareAgain(page);
  await expect(dialog.getByText(/^0 of \d+ taken from the database$/)).toBeVisible();
  await expect(dialog.getByText("public.customer", { exact: true })).toBeVisible();
  await dialog.getByRole("button", { name: "column email" }).click();
  await expect(dialog.getByText("type: text in the design, character varying(320) in the database")).toBeVisible();
  await shot(page, "drift");
  expect(await serious(page)).toEqual([]);

  await dialog.getByRole("checkbox", { name: /^Take foreign key parcel_sale_id_fkey/ }).check();
  await expect(dialog.getByText(/^1 of \d+ taken from the database, and 1 more that they need$/)).toBeVisible();
  await dialog.getByRole("checkbox", { name: /^Take column born/ }).check();
  await dialog.getByRole("button", { name: "SQL for the database…" }).click();
  const sql = await dialog.getByLabel("SQL for the database").inputValue();
  expect(sql).toContain("It has not been run");
  expect(sql).toContain("ALTER TABLE public.sale RENAME TO purchase");
  expect(sql).toContain("CREATE TABLE archive.old_sale");
  expect(sql).not.toContain("parcel");
  await shot(page, "drift-sql");
  expect(await serious(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Back" }).click();
  await dialog.getByRole("button", { name: "Take 3 into the design" }).click();
  await expect(page.getByText(/Took 3 differences from/)).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Tables" }).getByRole("button", { name: /^parcel/ })).toBeVisible();
  await accepted(page);
  await page.getByRole("button", { name: "Undo", exact: true }).first().click();
  await expect(page.getByRole("navigation", { name: "Tables" }).getByRole("button", { name: /^parcel/ })).toHaveCount(0);
  await expect(page.getByRole("navigation", { name: "Tables" }).getByRole("button", { name: /^purchase/ })).toBeVisible();

  await compareAgain(page);
  await dialog.getByRole("button", { name: "All", exact: true }).click();
  await dialog.getByRole("button", { name: /^Take \d+ into the design/ }).click();
  await accepted(page);
  await compareAgain(page);
  await expect(dialog.getByText("The database and the design are equal.")).toBeVisible();
  expect(await kept(page)).not.toContain("Pa55");
});

test("where no server may reach the database, a query's answer is pasted", async ({ page, postgres }) => {
  test.skip(postgres === null, "no PostgreSQL 15 here");
  if (!postgres) return;
  const folder = await mkdtemp(join(tmpdir(), "drawbridge-off-"));
  const closed = await startServer(folder, { DB_PROXY: "off" });
  await page.goto(closed.address);
  await page.getByRole("button", { name: "Connect to a database…" }).click();
  const dialog = dialogOf(page);
  await expect(dialog.getByRole("alert")).toContainText("does not connect to databases (DB_PROXY=off)");
  await shot(page, "form-off");
  await dialog.getByRole("button", { name: "Paste a query's answer instead…" }).click();
  await dialog.getByLabel("Version").selectOption("15");
  const query = await dialog.getByLabel("Query").inputValue();
  const client = new pg.Client({ host: "127.0.0.1", port: postgres.port, user: "postgres", database: "shop" });
  await client.connect();
  const answer = String((await client.query<{ answer: string }>(query)).rows[0]?.answer);
  await client.end();
  expect(answer).not.toContain(ROW);
  await dialog.getByLabel("Answer", { exact: true }).fill(answer.slice(0, 2000));
  await dialog.getByRole("button", { name: "Read the answer" }).click();
  await expect(dialog.getByRole("alert")).toContainText("The answer was cut off after 2000 characters.");
  await shot(page, "paste-clipped");
  expect(await serious(page)).toEqual([]);
  await dialog.getByLabel("Answer", { exact: true }).fill(`answer\n"${answer.replaceAll('"', '""')}"`);
  await dialog.getByRole("button", { name: "Read the answer" }).click();
  await expect(dialog.getByText("4 of 4 chosen")).toBeVisible();
  await dialog.getByRole("button", { name: "Open the diagram" }).click();
  await accepted(page);
  await stopServer(closed);
  await rm(folder, { recursive: true, force: true });
});

test("MariaDB is read with the account that the dialog recommends", async ({ page, mariadb }) => {
  test.skip(mariadb === null, "no MariaDB here");
  if (!mariadb) return;
  await mariadb.script("mysql", "create database shop");
  await mariadb.script(
    "shop",
    `create table customer (id int auto_increment primary key, name varchar(80)); insert into customer values (1, '${ROW}');
     create table sale (id int primary key, customer_id int, foreign key (customer_id) references customer (id));`,
  );
  const dialog = await openDialog(page);
  await dialog.getByLabel("Address").fill(`mariadb://reader:${PASSWORD}@127.0.0.1:${String(mariadb.port)}/shop`);
  await dialog.getByText("An account that reads the schema and no row").click();
  await dialog.getByRole("button", { name: "Copy the statements" }).click();
  const recipe = await page.evaluate(() => navigator.clipboard.readText());
  expect(await mariadb.script("mysql", recipe.replace("choose one", PASSWORD))).toBe("");
  await dialog.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(dialog.getByText("2 of 2 chosen")).toBeVisible();
  await expect(dialog.getByText(/^MariaDB \d+/)).toBeVisible();
  await shot(page, "choose-mariadb");
  await dialog.getByRole("button", { name: "Open the diagram" }).click();
  await expect(page.getByText("2 tables · 1 relation")).toBeVisible();
  expect(await kept(page)).not.toContain("Pa55");
  await run(page, "Compare with a live database");
  await dialog.getByLabel("Password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("The database and the design are equal.")).toBeVisible();
});

test("a dump is proved on the server that the operator named, without its rows; what is refused is told by line", async ({
  page,
  mariadb,
}) => {
  test.skip(mariadb === null, "no MariaDB here");
  if (!mariadb) return;
  const folder = await mkdtemp(join(tmpdir(), "drawbridge-scratch-"));
  await mariadb.script("mysql", `${SCRATCH_ACCOUNT} identified by '${PASSWORD}'; ${SCRATCH_GRANT};`);
  const url = `mariadb://drawbridge_scratch:${encodeURIComponent(PASSWORD)}@127.0.0.1:${String(mariadb.port)}`;
  const named = await startServer(folder, { SCRATCH_MYSQL_URL: url });
  const dialog = dialogOf(page);
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.postData() ?? ""));
  const read = async (text: string): Promise<void> => {
    await page.goto(named.address);
    await page
      .getByLabel("Schema file")
      .setInputFiles({ name: "shop.sql", mimeType: "application/sql", buffer: Buffer.from(text) });
  };

  await read(`${DUMP}; INSERT INTO customer VALUES (1, '${ROW}');`);
  await dialog.getByRole("button", { name: /^Prove on MariaDB 1\d\.\d+\.\d+$/ }).click();
  await expect(dialog.getByRole("status")).toHaveText(/MariaDB \S+ took all 4 statements, and says the same design · [\d.]+ s/);
  await shot(page, "scratch-proved");
  expect(await serious(page)).toEqual([]);
  expect(sent.join()).toContain("CREATE VIEW spent");
  expect(sent.join()).not.toContain(ROW);
  await dialog.getByRole("button", { name: "Open the diagram" }).click();
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await dialog.getByRole("button", { name: /^Prove on/ }).click();
  await expect(dialog.getByText(/took all \d+ statements, and says the same design/)).toBeVisible();
  await expect(dialog.getByText(/Written, not run/)).toHaveCount(0);
  await shot(page, "scratch-export");

  await read(`${DUMP};\n\nCREATE TABLE sale (id int);\nGRANT ALL ON *.* TO someone;`);
  await dialog.getByRole("button", { name: /^Prove on/ }).click();
  await expect(dialog.getByRole("status")).toContainText(
    /refused 1 of 5 statements; 1 more was not run; the rest is the same design/,
  );
  await expect(dialog.getByText(/^line 11 MariaDB \S+ refused this statement: Table 'sale' already exists/)).toBeVisible();
  await expect(dialog.getByText(/^line 12 Left out: GRANT ALL/).last()).toBeVisible();
  await shot(page, "scratch-refused");
  expect(await serious(page)).toEqual([]);

  const many = Array.from({ length: 1_500 }, (_, at) => `CREATE TABLE t${String(at)} (id int PRIMARY KEY);`).join("\n");
  await read(`${DUMP}\n${many}\nINSERT INTO t1 VALUES (1);`);
  await dialog.getByRole("button", { name: /^Prove on/ }).click();
  await expect(dialog.getByText(/^[1-9]\d* statements · 0 refused$/)).toBeVisible();
  await shot(page, "scratch-running");
  await dialog.getByRole("button", { name: "Cancel the proof" }).click();
  await expect(dialog.getByRole("button", { name: /^Prove on/ })).toBeFocused();
  const session = await mariadb.connect();
  await expect.poll(() => session.run("show databases like 'drawbridge%'")).toEqual([]);
  await session.close();
  await stopServer(named);
  await rm(folder, { recursive: true, force: true });
  expect(named.printed()).not.toContain("Pa55");
});
