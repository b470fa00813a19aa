/**
 * Typing in the DBML of 1,000 tables, in real Chromium on the production build: from the key to the frame that shows it on the canvas,
 * and the longest task of the page's main thread meanwhile, from Chromium's own trace.
 */
import type { CDPSession, Page } from "@playwright/test";
import { writeDesign } from "#shared/formats/json/index.ts";
import { gridDesign } from "../support/diagrams.ts";
import { launch, type Row, serve } from "./support/app.ts";

const TABLES = 1000;
const KEYS = 24;
const KEY_MS = 400;
const AIM_MS = 50;
const FRAME_MS = 16;

const round = (value: number): number => Math.round(value * 10) / 10;

async function open(page: Page, address: string): Promise<void> {
  const { schema, diagram } = gridDesign(TABLES, 10);
  const text = writeDesign({ name: "Bench", schema, diagrams: [diagram] });
  await page.goto(address);
  await page
    .getByLabel("Schema file")
    .setInputFiles({ name: "bench.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "Open the diagram" }).click();
  await page.getByText("accepted the design").waitFor({ timeout: 120_000 });
  await page.getByRole("group", { name: "Mode" }).getByRole("button", { name: "Code" }).click();
  await page.getByText("Text and canvas agree.").waitFor({ timeout: 60_000 });
}

/** What is typed into: how its name stands on the page once the design has it. */
type Labelled = (name: string) => string;
const column: Labelled = (name) => `[aria-label^="Column ${name},"]`;
const table: Labelled = (name) => `[aria-label^="Table ${name},"]`;

/** Puts the cursor behind the name of the first table; gives that name. */
async function placeAtTable(page: Page): Promise<string> {
  const line = page.locator(".cm-line", { hasText: /^Table \w+ / }).first();
  await line.click();
  await page.keyboard.press("Home");
  for (let words = 0; words < 2; words += 1) await page.keyboard.press("Control+ArrowRight");
  const name = /^Table (\w+) /.exec((await line.textContent()) ?? "")?.[1];
  if (name === undefined) throw new Error("the cursor stands in no table");
  await page.locator(table(name)).waitFor();
  return name;
}

/** Puts the cursor behind the name of the first table's last column; gives that name. */
async function place(page: Page): Promise<string> {
  const line = page.locator(".cm-line", { hasText: /^ {2}\w+ \w+/ }).nth(3);
  await line.click();
  await page.keyboard.press("Home");
  await page.keyboard.press("Control+ArrowRight");
  const name = /^ {2}(\w+) /.exec((await line.textContent()) ?? "")?.[1];
  if (name === undefined) throw new Error("the cursor stands in no column");
  // The cursor's table is selected, and its columns stand in the inspector.
  await page.locator(column(name)).waitFor();
  return name;
}

/** Types one letter; milliseconds from the key until the frame after the design has it. */
async function typed(page: Page, shown: string, letter: string): Promise<number> {
  await page.evaluate((label) => {
    const seen = new Promise<number>((resolve) => {
      let pressed = 0;
      addEventListener("keydown", () => (pressed = performance.now()), { capture: true, once: true });
      const look = new MutationObserver(() => {
        if (!document.querySelector(label)) return;
        look.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressed), 0));
      });
      look.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-label"] });
    });
    Object.assign(window, { benchSeen: seen });
  }, shown);
  await page.keyboard.press(letter);
  return page.evaluate(() => (window as unknown as { benchSeen: Promise<number> }).benchSeen);
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds, as all of a trace. */
  readonly ts: number;
  readonly dur?: number;
  readonly args: { readonly name?: string };
}

/** Milliseconds of every task of the page's main thread while `during` runs. */
async function tasks(session: CDPSession, during: () => Promise<void>): Promise<number[]> {
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send("Tracing.start", { categories: "toplevel,__metadata", transferMode: "ReportEvents" } as never);
  await during();
  const ended = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await ended;
  const mains = events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const run = events
    .filter(({ name, pid, tid }) => name.endsWith("RunTask") && mains.some((main) => main.pid === pid && main.tid === tid))
    .sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  // A task is told by each of the loops that run it, one within the other.
  let end = 0;
  const whole = run.filter(({ ts, dur = 0 }) => {
    if (ts < end) return false;
    end = ts + dur;
    return true;
  });
  return whole.map(({ dur = 0 }) => dur / 1000).sort((a, b) => a - b);
}

export async function run({ root, browser }: { readonly root: string; readonly browser: string }): Promise<Row[]> {
  const server = await serve(root);
  const launched = await launch(browser);
  try {
    const page = await launched.newPage({ viewport: { width: 1440, height: 900 } });
    await open(page, server.address);
    let name = await place(page);
    const type = async (count: number, labelled: Labelled): Promise<number[]> => {
      const took: number[] = [];
      for (let key = 0; key < count; key += 1) {
        name += "x";
        took.push(await typed(page, labelled(name), "x"));
        await page.waitForTimeout(KEY_MS);
      }
      return took.sort((a, b) => a - b);
    };
    await type(3, column);
    const session = await page.context().newCDPSession(page);
    let took: number[] = [];
    const all = await tasks(session, async () => {
      took = await type(KEYS, column);
    });
    name = await placeAtTable(page);
    await type(3, table);
    const named = await type(KEYS, table);
    const what = `${String(TABLES)} tables: a letter typed in the text`;
    return [
      { what: `${what}, to the canvas, median`, value: round(took[KEYS >> 1] ?? 0), unit: "ms", aim: AIM_MS },
      { what: `${what}, to the canvas, p90`, value: round(took[Math.floor(KEYS * 0.9)] ?? 0), unit: "ms", aim: AIM_MS },
      { what: `${what}, longest task of the page`, value: round(all.at(-1) ?? 0), unit: "ms", aim: FRAME_MS },
      {
        what: `${what}, tasks over ${String(FRAME_MS)} ms`,
        value: all.filter((ms) => ms > FRAME_MS).length,
        unit: "",
        note: `of ${String(all.length)}, over ${String(KEYS)} letters`,
      },
      {
        what: `${String(TABLES)} tables: a letter of a name that others mention, median`,
        value: round(named[KEYS >> 1] ?? 0),
        unit: "ms",
      },
    ];
  } finally {
    await launched.close();
    server.process.kill();
  }
}
