/** The built server as a process of its own, as an operator runs it. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "..", "..");

/** Builds the server where its bundle is stale. */
export async function buildServer(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(root, "tools", "build.mjs"), "server"]);
}

/** The built server as a process, with what it has printed; `code` settles when it has ended. */
export function spawnBuiltServer(folder: string, environment: Record<string, string>, args: readonly string[] = []) {
  const child = spawn(process.execPath, [join(root, "dist", "server", "main.js"), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", PORT: "0", ...environment },
  });
  const printed = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => (printed.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (printed.err += chunk.toString()));
  const code = new Promise<number | null>((resolve) => child.once("close", resolve));
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.on("data", () => {
      const ready = /ready on (http:\S+)/.exec(printed.out);
      if (ready?.[1]) resolve(ready[1]);
    });
    child.once("exit", () => {
      reject(new Error(printed.out + printed.err));
    });
  });
  address.catch(() => undefined);
  return { child, printed, code, address };
}

/** Megabytes that a process holds, and the most it ever held. */
export function memoryOf({ pid }: ChildProcess): { readonly now: number; readonly most: number } {
  const status = readFileSync(`/proc/${String(pid)}/status`, "utf8");
  const of = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
  return { now: of("VmRSS"), most: of("VmHWM") };
}
