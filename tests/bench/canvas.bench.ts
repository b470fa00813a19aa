/**
 * Opening and moving large designs in real Chromium, on the production build. The floor of a frame is an empty page that only
 * asks for frames, in the same browser and run.
 */
import type { Page } from "@playwright/test";
import { arrange } from "#shared/arrange/index.ts";
import { writeDesign } from "#shared/formats/json/index.ts";
import type { Diagram, DiagramId, TableId } from "#shared/model/index.ts";
import { generate } from "../support/generator.ts";
import { launch, type Row, serve } from "./support/app.ts";

const MOVE_MS = 4000;
const OPENINGS = 5;
/** Milliseconds between two events, and how many may be under way. */
const EVENT_MS = 12;
const MOST_OPEN = 3;

interface BenchDesign {
  readonly text: string;
  readonly layoutMs: number;
  readonly boxes: readonly { readonly x: number; readonly y: number }[];
}

function designFile(tables: number): BenchDesign {
  const schema = generate({ tables, columns: 10 });
  const nodes = schema.tables.map(({ id, columns }) => ({ id: id as string, width: 260, height: 33 + 26 * columns.length }));
  const edges = schema.foreignKeys.map(({ tableId, refTableId }) => ({ from: tableId as string, to: refTableId as string }));
  const started = performance.now();
  const positions = arrange(nodes, edges) as Diagram["positions"];
  const layoutMs = performance.now() - started;
  const diagram: Diagram = {
    id: "main" as DiagramId,
    name: "Main",
    positions,
    tints: new Map<TableId, never>(),
    areas: [],
    notes: [],
  };
  const boxes = [...positions.values()].map(([x, y]) => ({ x, y }));
  return { text: writeDesign({ name: `Bench ${String(tables)}`, schema, diagrams: [diagram] }), layoutMs, boxes };
}

const round = (value: number): number => Math.round(value * 10) / 10;
const at = (sorted: readonly number[], share: number): number =>
  round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);

/** Frame deltas while `during` runs in the page. */
async function frames(page: Page, during: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const seen: number[] = [];
    let last = performance.now();
    const step = (now: number): void => {
      seen.push(now - last);
      last = now;
      if (!("benchStop" in window)) requestAnimationFrame(step);
    };
    Object.assign(window, { benchFrames: seen });
    requestAnimationFrame(step);
  });
  await during();
  const seen = await page.evaluate(() => {
    Object.assign(window, { benchStop: true });
    return (window as unknown as { benchFrames: number[] }).benchFrames;
  });
  await page.evaluate(() => {
    delete (window as unknown as { benchStop?: boolean }).benchStop;
  });
  return seen.slice(5).sort((a, b) => a - b);
}

/** Does something over and over, oftener than frames are painted: an event that waits for the one before skips every other frame. */
async function again(event: (step: number) => Promise<void>): Promise<void> {
  const started = Date.now();
  const open = new Set<Promise<void>>();
  for (let step = 0; Date.now() - started < MOVE_MS; step += 1) {
    const one = event(step);
    open.add(one);
    void one.then(() => open.delete(one));
    while (open.size > MOST_OPEN) await Promise.race(open);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, started + step * EVENT_MS - Date.now())));
  }
  await Promise.all(open);
}

/** Pans by wheel, in circles. */
async function pan(page: Page): Promise<void> {
  await page.mouse.move(640, 360);
  await again((step) => page.mouse.wheel(Math.sin(step / 20) * 60, Math.cos(step / 20) * 60));
}

/** Zooms by wheel, from where the view stands to a twentieth of it and back, again and again. */
async function zoom(page: Page): Promise<void> {
  await page.mouse.move(640, 360);
  await page.keyboard.down("Control");
  await again((step) => page.mouse.wheel(0, Math.sin(step / 20) * 30));
  await page.keyboard.up("Control");
}

/** Drags what is at a point, in circles. */
async function drag(page: Page, { x, y }: { readonly x: number; readonly y: number }): Promise<void> {
  await page.mouse.move(x, y);
  await page.mouse.down();
  await again((step) => page.mouse.move(x + Math.sin(step / 20) * 80, y + Math.cos(step / 20) * 80));
  await page.mouse.up();
}

/** The header of the table that stands nearest to the middle of the canvas, in pixels of the page. */
async function header(page: Page, boxes: BenchDesign["boxes"]): Promise<{ x: number; y: number }> {
  const view = await page.evaluate(async () => {
    // The keys before this asked for a frame; the layer follows when it is painted.
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    const { left, top, width, height } = document.querySelector("[role=application]")?.getBoundingClientRect() ?? new DOMRect();
    const layer = document.querySelector<HTMLElement>("[role=application] ul");
    const { a: zoom, e, f } = new DOMMatrix(layer?.style.transform);
    return { left, top, width, height, zoom, e, f };
  });
  const onPage = boxes.map(({ x, y }) => ({
    x: view.left + view.e + (x + 40) * view.zoom,
    y: view.top + view.f + (y + 12) * view.zoom,
  }));
  const from = ({ x, y }: { x: number; y: number }): number =>
    Math.hypot(x - view.left - view.width / 2, y - view.top - view.height / 2);
  return onPage.reduce((best, one) => (from(one) < from(best) ? one : best));
}

/** Milliseconds of processor time of the main thread so far; the counter starts when the session does. */
async function workMeter(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  // Not the time on the clock: that one counts what other processes took meanwhile.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
  };
}

async function design(page: Page, address: string, tables: number, floor: number): Promise<Row[]> {
  const { text, layoutMs, boxes } = designFile(tables);
  await page.goto(address);
  await page
    .getByLabel("Schema file")
    .setInputFiles({ name: "bench.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "Open the diagram" }).click();
  await page.getByRole("application").waitFor();
  const opened: number[] = [];
  for (let time = 0; time < OPENINGS; time += 1) {
    await page.reload();
    const painted = await page.waitForFunction(() => performance.getEntriesByName("design-painted")[0]?.startTime, undefined, {
      timeout: 60_000,
    });
    opened.push(Number(await painted.jsonValue()));
  }
  opened.sort((a, b) => a - b);
  // The first verdict runs in a worker on the same cores: up to a thousand tables it is waited for, beyond it runs alongside.
  if (tables <= 1000) {
    await page.waitForFunction(() => performance.getEntriesByName("design-proved").length > 0, undefined, { timeout: 180_000 });
  }
  const worked = await workMeter(page);
  const rows: Row[] = [
    { what: `${String(tables)} tables: layout in Node`, value: round(layoutMs), unit: "ms", aim: 2000 },
    {
      what: `${String(tables)} tables: reload to design-painted, median of ${String(OPENINGS)}`,
      value: round(opened[Math.floor(OPENINGS / 2)] ?? 0),
      unit: "ms",
      aim: tables > 1000 ? 3000 : 1200,
    },
  ];
  const measure = async (what: string, keys: readonly string[], move: () => Promise<void>): Promise<void> => {
    await page.getByRole("application").focus();
    for (const key of keys) await page.keyboard.press(key);
    const before = await worked();
    const deltas = await frames(page, move);
    const cpu = (await worked()) - before;
    const note = `median ${String(at(deltas, 0.5))}, ${String(deltas.length)} frames`;
    rows.push(
      {
        what: `${String(tables)} tables: frame while ${what}, p95`,
        value: at(deltas, 0.95),
        unit: "ms",
        floor,
        aim: Math.max(16.7, floor),
        note,
      },
      {
        what: `${String(tables)} tables: main-thread CPU a frame, ${what}`,
        value: round(cpu / Math.max(1, deltas.length)),
        unit: "ms",
        aim: 4,
      },
    );
  };
  await measure("panning, everything", ["f"], () => pan(page));
  await measure("panning, 100 %", ["Control+0"], () => pan(page));
  await measure("zooming, 100 % to 5 %", ["f", "Control+0"], () => zoom(page));
  await measure("dragging a table, 100 %", ["f", "Control+0"], async () => drag(page, await header(page, boxes)));
  await page.getByTitle(/^Undo: Move/).click();
  await measure("dragging all tables, everything", ["f", "Control+a"], async () => drag(page, await header(page, boxes)));
  await page.getByTitle(/^Undo: Move/).click();
  return rows;
}

export async function run({ root, browser }: { readonly root: string; readonly browser: string }): Promise<Row[]> {
  const server = await serve(root);
  const launched = await launch(browser);
  try {
    const page = await launched.newPage({ viewport: { width: 1280, height: 720 } });
    const floor = at(await frames(page, () => pan(page)), 0.95);
    return [
      { what: "an empty page: frame, p95 (the floor)", value: floor, unit: "ms" },
      ...(await design(page, server.address, 1000, floor)),
      ...(await design(page, server.address, 10_000, floor)),
    ];
  } finally {
    await launched.close();
    server.process.kill();
  }
}
