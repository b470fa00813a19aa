/** Makes sure that the dependencies of package-lock.json are installed. */
import { join } from "node:path";
import { fingerprint, isFresh, markFresh, root, run, say } from "./lib.mjs";

export async function ensureInstalled() {
  const print = fingerprint([join(root, "package-lock.json")]);
  if (isFresh("install", print, ["node_modules/vite/package.json"])) return;
  say("installing dependencies (npm ci), about a minute the first time");
  const { code, output } = await run("npm", ["ci", "--no-audit", "--no-fund"], { quiet: true });
  if (code !== 0) {
    process.stderr.write(output);
    throw new Error("npm ci failed; what it said is above. Check the network, then run the same command again.");
  }
  markFresh("install", print);
}
