/** A real Redis for tests, on a free port and kept nowhere: Debian's package, installed here when that is allowed. */
import { execFile, type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { promisify } from "node:util";
import { freePort } from "./ports.ts";

const run = promisify(execFile);
const PROGRAM = "/usr/bin/redis-server";
const STARTS_WITHIN_MS = 20_000;

/** What a client needs to say, so that a test can see that it is written nowhere. */
export const REDIS_PASSWORD = "redis-hunter3";

export interface RedisServer {
  readonly url: string;
  /** Ends it as a power cut would; what it held is gone. */
  readonly kill: () => Promise<void>;
  /** Starts it again on its port. */
  readonly start: () => Promise<void>;
}

/** True when the program is here or could be installed; said on stderr when not. */
async function installed(): Promise<boolean> {
  if (existsSync(PROGRAM)) return true;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    process.stderr.write("installing Redis (apt-get install redis-server)\n");
    // The package would start a server of its own otherwise.
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
    await run("apt-get", ["update"]).catch(() => undefined);
    await run("apt-get", ["install", "-y", "--no-install-recommends", "redis-server"], { env }).catch(() => undefined);
    if (existsSync(PROGRAM)) return true;
  }
  process.stderr.write("SKIPPED: no Redis here; install Debian's redis-server to run these tests\n");
  return false;
}

function started(port: number): Promise<ChildProcess> {
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--requirepass", REDIS_PASSWORD, "--dir", tmpdir()];
  const server = spawn(PROGRAM, [...options, "--save", "", "--appendonly", "no"], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let said = "";
    const late = setTimeout(() => reject(new Error(`Redis did not start: ${said}`)), STARTS_WITHIN_MS);
    server.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (!said.includes("Ready to accept connections")) return;
      clearTimeout(late);
      said = "";
      resolve(server);
    });
    server.once("exit", () => {
      clearTimeout(late);
      reject(new Error(said));
    });
  });
}

/** Starts one; null (and said so) when its program cannot be had. */
export async function startRedis(): Promise<RedisServer | null> {
  if (!(await installed())) return null;
  const port = await freePort();
  let server: ChildProcess | null = await started(port);
  return {
    url: `redis://:${REDIS_PASSWORD}@127.0.0.1:${String(port)}`,
    kill: async () => {
      const running = server;
      server = null;
      if (!running) return;
      const ended = new Promise((resolve) => running.once("exit", resolve));
      running.kill("SIGKILL");
      await ended;
    },
    start: async () => {
      server ??= await started(port);
    },
  };
}
