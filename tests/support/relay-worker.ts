/** The relay's worker as the build makes it: a worker thread cannot run TypeScript itself. Built once for a run of tests. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..", "..");
const file = join(root, ".cache", "tests", `relay-worker-${String(process.pid)}.mjs`);

/** The built file. */
export async function relayWorker(): Promise<string> {
  if (existsSync(file)) return file;
  await build({
    entryPoints: [join(root, "server", "relay", "compactor", "worker.ts")],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "error",
  });
  return file;
}
