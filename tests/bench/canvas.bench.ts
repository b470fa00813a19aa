/**
 * Opening and moving large designs in real Chromium, on the production build. The floor of a frame is an empty page that only
 * asks for frames, in the same browser and run.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { arrange } from "#shared/arrange/index.ts";
import { writeDesign } from "#shared/formats/json/index.ts";
import type { Diagram, DiagramId, TableId } from "#shared/model/index.ts";
import { generate } from "../support/generator.ts";

interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly floor?: number;
  readonly aim?: number;
  readonly note?: string;
}

const PAN_MS = 4000;
const OPENINGS = 5;

function designFile(tables: number): { readonly text: string; readonly layoutMs: number } {
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
  return { text: writeDesign({ name: `Bench ${String(tables)}`, schema, diagrams: [diagram] }), layoutMs };
}

async function serve(root: string): Promise<{ address: string; process: ChildProcess }> {
  const child = spawn(process.execPath, [join(root, "dist/server/main.js")], {
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const address = await new Promise<string>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      const ready = /ready on (http:\S+)/.exec(chunk.toString());
      if (ready?.[1]) resolve(ready[1]);
    });
  });
  return { address, process: child };
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

/** Pans by wheel, in circles, as fast as events are taken. */
async function pan(page: Page): Promise<void> {
  await page.mouse.move(640, 360);
  const until = Date.now() + PAN_MS;
  for (let step = 0; Date.now() < until; step += 1) {
    await page.mouse.wheel(Math.sin(step / 20) * 60, Math.cos(step / 20) * 60);
  }
}

/** Milliseconds of main-thread work so far; the counter starts when the session does. */
async function workMeter(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
  };
}

async function design(page: Page, address: string, tables: number, floor: number): Promise<Row[]> {
  const { text, layoutMs } = designFile(tables);
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
  for (const [view, keys] of [
    ["everything", "f"],
    ["100 %", "Control+0"],
  ] as const) {
    await page.getByRole("application").focus();
    await page.keyboard.press(keys);
    const before = await worked();
    const deltas = await frames(page, () => pan(page));
    const cpu = (await worked()) - before;
    rows.push(
      {
        what: `${String(tables)} tables: frame while panning, ${view}, p95`,
        value: at(deltas, 0.95),
        unit: "ms",
        floor,
        aim: Math.max(16.7, floor),
        note: `median ${String(at(deltas, 0.5))}, ${String(deltas.length)} frames`,
      },
      {
        what: `${String(tables)} tables: main-thread CPU a frame, ${view}`,
        value: round(cpu / Math.max(1, deltas.length)),
        unit: "ms",
        aim: 4,
      },
    );
  }
  return rows;
}

export async function run({ root, browser }: { readonly root: string; readonly browser: string }): Promise<Row[]> {
  const server = await serve(root);
  const launched = await chromium.launch({
    executablePath: browser,
    args: [
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
  });
  try {
    const page = await launched.newPage({ viewport: { width: 1280, height: 720 } });
    await page.goto(`${server.address}/health`);
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
