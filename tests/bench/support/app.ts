/** The built app in a real browser, for benches. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "@playwright/test";

/** A number of a bench: see `tools/bench.mjs`. */
export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** A peer, or what cannot be less, measured in the same run. */
  readonly floor?: number;
  readonly aim?: number;
  readonly note?: string;
}

/** Starts the built server on a free port. */
export async function serve(root: string): Promise<{ address: string; process: ChildProcess }> {
  const child = spawn(process.execPath, [join(root, "dist/server/main.js")], {
    env: { ...process.env, PORT: "0", DATA_DIR: mkdtempSync(join(tmpdir(), "drawbridge-bench-")) },
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

/** Chromium without a graphics card. */
export const launch = (browser: string): Promise<Browser> =>
  chromium.launch({
    executablePath: browser,
    args: ["--disable-gpu", "--no-first-run", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
  });
