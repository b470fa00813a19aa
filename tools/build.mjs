/**
 * Builds what is stale: the engine snapshot, the browser app (dist/web), the server and the command line (dist/server).
 * `ensureBuilt()` is what start and test call; run as a script it is `npm run build`, or `build.mjs server` for the command line.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { filesBelow, fingerprint, isFresh, markFresh, root, runBin, say } from "./lib.mjs";

const SHARED_INPUTS = ["shared", "package-lock.json", "package.json"];
/** The one library that goes into the bundle: whole, it takes 22 MB of a server's memory; the part in use takes 3. */
const BUNDLED = "typebox";

const isSource = (file) => !/\.test\.ts$/.test(file) && !/\.md$/.test(file);

async function buildWeb() {
  const print = fingerprint(
    filesBelow([
      "web",
      "tools/snapshot.mjs",
      "tools/viewer.mjs",
      "tools/vite",
      "vite.config.ts",
      "svelte.config.js",
      ...SHARED_INPUTS,
    ]).filter(isSource),
  );
  if (isFresh("web", print, ["dist/web/index.html", "dist/web/sw.js"])) return;
  say("building the app");
  const { code, output } = await runBin("vite", ["build", "--logLevel", "warn"], { quiet: true });
  if (code !== 0) throw new Error(`vite build failed:\n${output}`);
  markFresh("web", print);
}

async function buildServer() {
  const entries = ["server/main.ts", "server/cli/main.ts", "server/relay/compactor/worker.ts"];
  const print = fingerprint(
    filesBelow([
      "server",
      "web/viewer",
      "web/canvas",
      "web/ui/tokens.css",
      "tools/build.mjs",
      "tools/viewer.mjs",
      ...SHARED_INPUTS,
    ]).filter(isSource),
  );
  if (isFresh("server", print, ["dist/server/main.js", "dist/server/cli.js", "dist/server/relay-worker.js"])) return;
  say("building the server");
  const { build } = await import("esbuild");
  const { viewerForServer } = await import("./viewer.mjs");
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const installed = Object.keys({ ...dependencies, ...optionalDependencies });
  const outputs = { "server/main.ts": "main", "server/cli/main.ts": "cli", "server/relay/compactor/worker.ts": "relay-worker" };
  // Chunks have hashes in their names: those of earlier builds would stay.
  rmSync(join(root, "dist", "server"), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: entries.map((entry) => ({ in: entry, out: outputs[entry] })),
    outdir: "dist/server",
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    external: installed.filter((name) => name !== BUNDLED),
    splitting: true,
    sourcemap: true,
    logLevel: "warning",
    loader: { ".sql": "text" },
    plugins: [viewerForServer],
  });
  markFresh("server", print);
}

async function buildSnapshot() {
  const file = join(root, "tools", "snapshot.mjs");
  if (!existsSync(file)) return;
  const { ensureSnapshot } = await import(pathToFileURL(file).href);
  await ensureSnapshot();
}

/** Installs, then builds whatever is not fresh. Says what it does; says nothing when all is fresh. */
export async function ensureBuilt() {
  await ensureServerBuilt();
  await buildWeb();
}

/** What the command line needs: everything but the browser's app. */
export async function ensureServerBuilt() {
  await ensureInstalled();
  await buildSnapshot();
  await buildServer();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    // The command line's own start: `server` leaves the app out, and neither says that all is well.
    const [, , wanted] = process.argv;
    await (wanted === "server" ? ensureServerBuilt() : ensureBuilt());
    if (wanted === undefined) say("everything is built: dist/web, dist/server");
  } catch (error) {
    process.stderr.write(`drawbridge: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
