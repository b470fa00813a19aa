/** The built server as a process, for tests that kill it, count its system calls or measure it. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

export interface ServerProcess {
  readonly child: ChildProcess;
  readonly address: string;
  /** Settles with the exit code once it has ended. */
  readonly ended: Promise<number | null>;
  /** Everything it printed. */
  readonly printed: () => string;
}

/** Starts it on a folder; rejects with what it printed when it ends instead. */
export async function startProcess(dataDir: string, environment: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const child = spawn(process.execPath, [join(root, "dist", "server", "main.js")], {
    env: { PATH: process.env.PATH ?? "", PORT: "0", RATE_LIMIT: "0", DATA_DIR: dataDir, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const address = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      printed += chunk.toString();
      const ready = /ready on (http:\S+)/.exec(printed);
      if (ready?.[1]) resolve(ready[1]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", () => {
      reject(new Error(printed));
    });
  });
  return { child, address, ended, printed: () => printed };
}

/** Ends it as a power cut would. */
export async function killProcess({ child, ended }: ServerProcess): Promise<void> {
  child.kill("SIGKILL");
  await ended;
}

/** Resident memory, megabytes; 0 where the system does not say. */
export function residentMb(pid: number | undefined): number {
  const file = `/proc/${String(pid)}/status`;
  if (!existsSync(file)) return 0;
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(file, "utf8"))?.[1] ?? 0) / 1024;
}

/** Processor time used so far, milliseconds, of all its threads. */
export function cpuMs(pid: number | undefined): number {
  const fields =
    readFileSync(`/proc/${String(pid)}/stat`, "utf8")
      .split(") ")[1]
      ?.split(" ") ?? [];
  // Clock ticks of user and system, 100 a second on Linux.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
