/**
 * What the tools share: the project's folder, running a command, knowing whether something is fresh.
 * Plain JavaScript on Node alone: these files run before anything is installed.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** One line to the person: what is being done. */
export function say(text) {
  process.stdout.write(`drawbridge: ${text}\n`);
}

/**
 * Runs a command in the project's folder and resolves with its exit code and what it printed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean, env?: Record<string, string>, onLine?: (line: string) => void }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks = [];
    const take = (stream) => (chunk) => {
      chunks.push(chunk);
      if (!options.quiet) stream.write(chunk);
    };
    child.stdout.on("data", take(process.stdout));
    child.stderr.on("data", take(process.stderr));
    child.on("error", (error) => resolve({ code: 127, output: `${command}: ${error.message}` }));
    child.on("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString("utf8") }));
  });
}

/** Runs a script of a package that is installed in `node_modules/.bin`. */
export function runBin(name, args, options) {
  const suffix = process.platform === "win32" ? ".cmd" : "";
  return run(join(root, "node_modules", ".bin", name + suffix), args, options);
}

/** Every file below the given paths, sorted; folders of no interest are passed over. */
export function filesBelow(paths) {
  const found = [];
  const visit = (path) => {
    const info = statSync(path, { throwIfNoEntry: false });
    if (!info) return;
    if (info.isFile()) return void found.push(path);
    for (const name of readdirSync(path)) {
      if (name !== "node_modules" && name !== ".git") visit(join(path, name));
    }
  };
  for (const path of paths) visit(join(root, path));
  return found.sort();
}

/** A hash over the names and contents of files. */
export function fingerprint(files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

const stampFile = (name) => join(root, ".cache", `${name}.stamp`);

/** Whether `name` was last made from exactly this fingerprint and what it made is still there. */
export function isFresh(name, print, made) {
  const stamp = stampFile(name);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === print && made.every((path) => existsSync(join(root, path)));
}

export function markFresh(name, print) {
  mkdirSync(dirname(stampFile(name)), { recursive: true });
  writeFileSync(stampFile(name), print);
}
