/** The real command line, as a person calls it, in a folder of its own. */
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CommandLine {
  readonly run: (args: readonly string[], input?: string | Uint8Array) => Promise<Ran>;
  /** Writes a file there, folders on the way included, and gives its path. */
  readonly file: (name: string, content: string | Uint8Array) => Promise<string>;
  readonly path: (name: string) => string;
  readonly close: () => Promise<void>;
}

const PROGRAM = join(import.meta.dirname, "..", "..", "bin", "drawbridge.js");

export async function commandLine(): Promise<CommandLine> {
  const folder = await mkdtemp(join(tmpdir(), "drawbridge-cli-"));
  const path = (name: string): string => join(folder, name);
  return {
    path,
    run: (args, input = "") =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: folder });
        const out: Buffer[] = [];
        const err: Buffer[] = [];
        child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
        child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
        child.on("error", reject);
        child.on("close", (code) => {
          resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() });
        });
        child.stdin.end(input);
      }),
    async file(name, content) {
      await mkdir(dirname(path(name)), { recursive: true });
      await writeFile(path(name), content);
      return path(name);
    },
    close: () => rm(folder, { recursive: true }),
  };
}
