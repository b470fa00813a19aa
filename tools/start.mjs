/** `npm start`: installs and builds what is missing, then serves the app. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { root } from "./lib.mjs";

try {
  await ensureBuilt();
} catch (error) {
  process.stderr.write(`drawbridge: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

const server = spawn(process.execPath, ["--enable-source-maps", join(root, "dist/server/main.js"), ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill(signal));
server.on("close", (code) => process.exit(code ?? 1));
