/** The app of the device: what an audit of an installable app looks at, and what an installed one does. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { newProfile, type Profile, shellKept } from "./support/profile.ts";
import { accepted, chooseTable, dump, importFile, verdict } from "./support/steps.ts";
import { expect, startServer, stopServer, test } from "./support/test.ts";

const MOST_MS = 2_000;
/** Cold starts until three in a row have a median within the limit: what else runs on the machine can only add to them. */
const TRIES = 9;

const medianOfLast = (times: readonly number[]): number => times.slice(-3).toSorted((a, b) => a - b)[1] ?? Infinity;

const profiles: Profile[] = [];
async function profile(): Promise<Profile> {
  const made = await newProfile();
  profiles.push(made);
  return made;
}
test.afterEach(async () => {
  for (const made of profiles.splice(0)) await made.remove();
});

/** Milliseconds from the navigation of a cold browser to a first screen that answers. */
async function coldStart(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: "commit" });
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          // It is on screen, and the page is free to answer: a frame and a task have gone by.
          if (document.querySelector("main h1 ~ *") && document.querySelector("button.file"))
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

test("the first screen answers within two seconds of a cold start, silent and without a shift", async ({ address }) => {
  const times: number[] = [];
  while (times.length < 3 || (medianOfLast(times) > MOST_MS && times.length < TRIES)) {
    const { context, page, said } = await (await profile()).open();
    times.push(Math.round(await coldStart(page, address)));
    const shifted = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { readonly value: number }).value;
          }).observe({ type: "layout-shift", buffered: true });
          requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum))));
        }),
    );
    expect(shifted).toBeLessThan(0.01);
    if (times.length === 1) {
      await importFile(page, dump("films.sql"));
      await accepted(page);
    }
    expect(said).toEqual([]);
    await context.close();
  }
  const median = medianOfLast(times);
  console.log(`cold start to a first screen that answers: ${times.join(", ")} ms, median ${String(median)} ms`);
  expect(median).toBeLessThanOrEqual(MOST_MS);
});

test("files are served to be kept as long as they hold, and the page says what it is", async ({ page, request }) => {
  await page.goto("/");
  await expect(page).toHaveTitle("Drawbridge");
  const head = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    viewport: document.querySelector<HTMLMetaElement>("meta[name=viewport]")?.content,
    description: (document.querySelector<HTMLMetaElement>("meta[name=description]")?.content.length ?? 0) > 40,
    script: document.querySelector<HTMLScriptElement>("script[src]")?.getAttribute("src") ?? "",
  }));
  expect(head).toMatchObject({ lang: "en", viewport: "width=device-width, initial-scale=1", description: true });
  const kept = async (path: string): Promise<string | undefined> => (await request.get(path)).headers()["cache-control"];
  expect(await kept(head.script)).toBe("public, max-age=31536000, immutable");
  for (const path of ["/", "/sw.js", "/manifest.webmanifest", "/offline.json", "/icons/any-192.png"])
    expect([path, await kept(path)]).toEqual([path, "no-cache"]);
  expect((await request.get("/manifest.webmanifest")).headers()["content-type"]).toContain("application/manifest+json");
});

test("it can be installed, says so only while the browser offers it, and opens the device's files", async ({ address }) => {
  const folder = await mkdtemp(join(tmpdir(), "drawbridge-files-"));
  const { context, page, said } = await (await profile()).open();
  await page.goto(address);
  await shellKept(page);
  const session = await context.newCDPSession(page);
  const { errors, data } = await session.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  expect((await session.send("Page.getInstallabilityErrors")).installabilityErrors).toEqual([]);
  const manifest = JSON.parse(data ?? "") as { readonly icons: readonly { readonly src: string; readonly sizes: string }[] };
  for (const { src, sizes } of manifest.icons.filter(({ sizes }) => sizes !== "any")) {
    const real = await page.evaluate(async (path) => {
      const { width, height } = await createImageBitmap(await (await fetch(path)).blob());
      return `${String(width)}x${String(height)}`;
    }, src);
    expect([src, real]).toEqual([src, sizes]);
  }

  const entry = page.getByRole("button", { name: "Install as an app" });
  await expect(entry).toBeVisible();
  const browser = await context.browser()?.newBrowserCDPSession();
  // The protocol's type of Playwright does not have this part yet.
  const pwa = (method: string, params: object): Promise<unknown> =>
    browser!.send(method as "Browser.getVersion", params as never);
  await pwa("PWA.install", { manifestId: `${address}/`, installUrlOrBundleUrl: `${address}/` });
  // What the browser says to the page where its own sheet did it.
  await page.evaluate(() => window.dispatchEvent(new Event("appinstalled")));
  await expect(entry).toBeHidden();
  await page.reload();
  await shellKept(page);

  // The device opens two files with the app: the window that is there reads the first and says so.
  const films = join(folder, "films.sql");
  await writeFile(films, "CREATE TABLE film (id integer PRIMARY KEY, title text NOT NULL);");
  await pwa("PWA.launchFilesInApp", { manifestId: `${address}/`, files: [films] });
  await expect(page.getByRole("dialog", { name: "Reading films.sql" })).toBeVisible();
  await page.getByRole("button", { name: "Open the diagram" }).click();
  await accepted(page);
  const other = join(folder, "shop.dbml");
  await writeFile(other, "Table users {\n  id integer [primary key]\n}\n");
  await pwa("PWA.launchFilesInApp", { manifestId: `${address}/`, files: [other] });
  await expect(page.getByRole("dialog", { name: "Reading shop.dbml" })).toBeVisible();
  expect(context.pages()).toHaveLength(1);
  expect(said).toEqual([]);
  await context.close();
  await rm(folder, { recursive: true });
});

test("what is shared with it is read here and never reaches the server", async ({ page, server, address }) => {
  await page.goto("/");
  await shellKept(page);
  const before = server.printed().length;
  // A share is a navigation that posts a form. A page of another origin makes the same one.
  const share = async (fields: string): Promise<void> => {
    await page.goto("about:blank");
    await page.setContent(
      `<form method="post" enctype="multipart/form-data" action="${address}/share">${fields}<button>Share</button></form>`,
    );
  };
  await share('<input type="file" name="file" multiple>');
  const films = (name: string) => ({ name, mimeType: "application/sql", buffer: Buffer.from("CREATE TABLE film (id int);") });
  await page.locator("input").setInputFiles([films("films – café.sql"), films("b.sql")]);
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page.getByRole("dialog", { name: "Reading films – café.sql" })).toBeVisible();
  await expect(page.getByText("One file at a time: this is films – café.sql.")).toBeVisible();
  await expect(page).toHaveURL(`${address}/`);
  expect(await page.evaluate(() => caches.has("opened"))).toBe(false);

  await share('<input name="title" value="A table"><textarea name="text">CREATE TABLE shared (id int)</textarea>');
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page.getByRole("dialog", { name: "Reading shared.sql" })).toBeVisible();
  await page.getByRole("button", { name: "Open the diagram" }).click();
  await expect(page.getByRole("application")).toBeVisible();

  await share('<input name="text" value="">');
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page.getByText("Nothing was shared that can be read here")).toBeVisible();
  expect(server.printed().slice(before)).not.toContain('"/share"');
  await page.goto("/?do=import");
  await expect(page.getByRole("dialog", { name: "Import" })).toBeVisible();
});

/** A server that goes away in the middle of a journey, and at its end in any case. */
const leaving = test.extend<{ going: { readonly address: string; readonly leave: () => Promise<void> } }>({
  // Playwright reads the fixture's needs from the pattern, so an empty one must stand here.
  // eslint-disable-next-line no-empty-pattern
  going: async ({}, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), "drawbridge-offline-"));
    const server = await startServer(dataDir);
    let there = true;
    const leave = async (): Promise<void> => {
      if (there) await stopServer(server);
      there = false;
    };
    await use({ address: server.address, leave });
    await leave();
    await rm(dataDir, { recursive: true });
  },
});

leaving("visited once, made available, and started cold without network: it opens, proves and exports", async ({ going }) => {
  const made = await profile();
  const first = await made.open();
  await first.page.goto(going.address);
  await shellKept(first.page);
  await first.page.getByRole("button", { name: "Make available offline" }).click();
  const dialog = first.page.getByRole("dialog", { name: "Without network" });
  const fetchIt = dialog.getByRole("button", { name: "Make available offline" });
  await expect(dialog.getByRole("status")).toContainText(/[\d.]+ MB of [\d.]+ MB\s+on this device/);
  // Slow enough to be stopped: what is whole by then stays.
  const session = await first.context.newCDPSession(first.page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 5,
    downloadThroughput: 500_000,
    uploadThroughput: 500_000,
  });
  await fetchIt.click();
  const share = async (): Promise<number> => Number(await dialog.getByRole("progressbar").getAttribute("value"));
  const before = await share();
  await expect.poll(share).toBeGreaterThan(before);
  await dialog.getByRole("button", { name: "Stop" }).click();
  await expect(fetchIt).toBeVisible();
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  await fetchIt.click();
  await expect(dialog.getByText(/All of it is on this device: [\d.]+ MB/)).toBeVisible({ timeout: 60_000 });
  await first.context.close();
  await going.leave();

  // Nothing answers at that address any more, and nothing of the engines was ever run in this profile.
  const { context, page, said } = await made.open();
  await context.setOffline(true);
  await page.goto(going.address);
  await page.getByRole("button", { name: /^Web shop/ }).click();
  await accepted(page);
  await chooseTable(page, "product");
  await page.getByLabel("Table name").fill("renamed");
  await page.getByLabel("Table name").press("Enter");
  await expect(verdict(page)).toContainText("accepted the design");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await expect(page.getByText("read back equal")).toBeVisible({ timeout: 45_000 });
  await page.keyboard.press("Escape");
  for (const [keys, name] of [
    ["Control+,", "Settings"],
    ["?", "Keys"],
    ["Control+o", "Import"],
  ] as const) {
    await page.keyboard.press(keys);
    await expect(page.getByRole("dialog", { name })).toBeVisible();
    await page.keyboard.press("Escape");
  }
  expect(said).toEqual([]);
  await context.close();
});
