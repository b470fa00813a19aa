/** The `test` of every journey: a server of the built product on a free port, and a page that must stay free of errors. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base } from "@playwright/test";

export { expect } from "@playwright/test";

const serverFile = join(import.meta.dirname, "..", "..", "..", "dist", "server", "main.js");

interface BuiltServer {
  readonly address: string;
  readonly process: ChildProcess;
  /** Everything it has printed and logged so far. */
  readonly printed: () => string;
}

/** Starts the built server on a free port and resolves once it is ready. */
export async function startServer(dataDir: string, environment: Readonly<Record<string, string>> = {}): Promise<BuiltServer> {
  const child = spawn(process.execPath, [serverFile], {
    env: { ...process.env, PORT: "0", DATA_DIR: dataDir, LOG_LEVEL: "info", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  child.stderr.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
    process.stderr.write(chunk);
  });
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const ready = /ready on (http:\S+)/.exec(printed);
      if (ready?.[1]) resolve(ready[1]);
    });
    child.once("exit", (code) => {
      reject(new Error(`the server ended with ${String(code)}: ${printed}`));
    });
  });
  return { address, process: child, printed: () => printed };
}

/** Asks a server to end, and waits for it. */
export async function stopServer({ process: child }: BuiltServer): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

interface WorkerFixtures {
  readonly server: BuiltServer;
  readonly address: string;
}

interface TestFixtures {
  /** Errors and warnings of the page's console so far; a journey fails at its end when there is one. */
  readonly pageErrors: string[];
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    // Playwright reads the fixture's needs from the pattern, so an empty one must stand here.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const dataDir = await mkdtemp(join(tmpdir(), "drawbridge-e2e-"));
      const server = await startServer(dataDir);
      await use(server);
      await stopServer(server);
      await rm(dataDir, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
  address: [
    async ({ server }, use) => {
      await use(server.address);
    },
    { scope: "worker" },
  ],
  baseURL: async ({ address }, use) => {
    await use(address);
  },
  pageErrors: [
    async ({ context }, use) => {
      const errors: string[] = [];
      context.on("weberror", (error) => errors.push(error.error().message));
      context.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      await use(errors);
      if (errors.length > 0) throw new Error(`the page reported:\n${errors.join("\n")}`);
    },
    { auto: true },
  ],
});
