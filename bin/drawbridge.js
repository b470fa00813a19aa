#!/usr/bin/env node
/** `npx drawbridge`: sees to it that the bundle is there and fresh, then runs it. What the build says goes to standard error. */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const what = process.argv[2] === "serve" ? "all" : "server";
const { status } = spawnSync(process.execPath, [join(root, "tools", "build.mjs"), what], { stdio: ["ignore", 2, 2] });
if (status === 0) await import(pathToFileURL(join(root, "dist", "server", "cli.js")).href);
else process.exitCode = 1;
