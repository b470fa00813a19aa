/**
 * How long the page stands still while a dump of 1,000 tables becomes a design on screen: the longest task of the main thread, as
 * the browser itself reports them, from the choice of the file until the diagram is painted. Work in workers is not counted.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { writeDesign } from "#shared/formats/json/index.ts";
import { gridDesign } from "../support/diagrams.ts";
import { generate } from "../support/generator.ts";
import { wholeScript } from "#shared/dialects/kit/whole.ts";
import { launch, type Row, serve } from "./support/app.ts";

const TABLES = 1000;
/** No frame longer than this. */
const AIM_MS = 50;

interface Input {
  readonly what: string;
  readonly file: string;
}

/** Files on disk: what a test hands over as bytes is made in the page, on the thread that is measured. */
async function inputs(folder: string): Promise<readonly Input[]> {
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const sql = await wholeScript(postgres, generate({ tables: TABLES }));
  const { schema, diagram } = gridDesign(TABLES, 10);
  const json = writeDesign({ name: "Bench", schema, diagrams: [diagram] });
  return [
    { what: "a dump", file: file("bench.sql", sql) },
    { what: "a design file", file: file("bench.json", json) },
  ];
}

/** The tasks over 50 ms since the last call: how long each took. */
const longTasks = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    const { tasks } = window as unknown as { tasks: number[] };
    return tasks.splice(0);
  });

async function one(page: Page, address: string, { what, file }: Input): Promise<Row[]> {
  await page.goto(address);
  await page.getByRole("heading", { name: "Drawbridge" }).waitFor();
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
    });
  });
  await page.getByLabel("Schema file").setInputFiles(file);
  const open = page.getByRole("button", { name: "Open the diagram" });
  await open.waitFor({ timeout: 300_000 });
  const reading = await longTasks(page);
  await page.waitForTimeout(200);
  await open.click();
  await page.waitForFunction(() => performance.getEntriesByName("design-painted").length > 0, undefined, { timeout: 60_000 });
  await page.waitForTimeout(500);
  const opening = await longTasks(page);
  const row = (during: string, tasks: readonly number[]): Row => ({
    what: `${what} of ${String(TABLES)} tables: longest task while ${during}`,
    value: Math.round(Math.max(0, ...tasks)),
    unit: "ms",
    aim: AIM_MS,
    note: `${String(tasks.length)} over 50 ms: ${tasks.map((ms) => String(Math.round(ms))).join(" ")}`,
  });
  return [row("it is read", reading), row("it is laid out, stored and painted", opening)];
}

export async function run({ root, browser }: { readonly root: string; readonly browser: string }): Promise<Row[]> {
  const server = await serve(root);
  const folder = mkdtempSync(join(tmpdir(), "drawbridge-import-"));
  const launched = await launch(browser);
  try {
    const rows: Row[] = [];
    for (const input of await inputs(folder)) {
      const page = await launched.newPage({ viewport: { width: 1280, height: 720 } });
      rows.push(...(await one(page, server.address, input)));
      await page.close();
    }
    return rows;
  } finally {
    await launched.close();
    rmSync(folder, { recursive: true, force: true });
    server.process.kill();
  }
}
