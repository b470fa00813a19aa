/** Mutated texts over all readers, in processes that are ended and begun again where a text holds one up or ends it. */
import { fork } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { referenceFolder } from "../reference.ts";
import { cpuMs } from "../relay-process.ts";
import type { Asked, Said } from "./worker.ts";

export interface Failure {
  readonly at: number;
  readonly reader: string;
  readonly why: string;
  /** Where the text was put, to read it again. */
  readonly file: string;
}

const folder = join(import.meta.dirname, "..", "..", "..");
const cache = join(folder, ".cache", "fuzz");

/** A text that takes so much processor time, milliseconds, holds the reader up. */
const HANG_MS = 2500;
/** And so long by the clock, on a machine that is busy with other things. */
const HANG_CLOCK_MS = 30_000;
const LOOK_MS = 200;
/** After so many the rest says nothing new. */
const MOST_FAILURES = 20;

async function built(): Promise<string> {
  const outfile = join(cache, `worker-${String(process.pid)}.mjs`);
  await build({
    entryPoints: [join(import.meta.dirname, "worker.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "error",
  });
  return outfile;
}

interface Ended {
  readonly done: boolean;
  readonly at: number;
  readonly why: string;
}

/** Runs one process to its end; `hear` gets what it says. */
function one(file: string, asked: Asked, hear: (said: Said) => void): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = fork(file, [], {
      env: { ...process.env, DRAWBRIDGE_REFERENCE: referenceFolder() ?? "" },
      serialization: "advanced",
    });
    let at = asked.from;
    let [begun, done] = [false, false];
    let why = "the process ended";
    let began = { clock: Date.now(), cpu: Infinity };
    const watch = setInterval(() => {
      const cpu = process.platform === "linux" && child.exitCode === null ? cpuMs(child.pid) : 0;
      if (began.cpu === Infinity) began = { ...began, cpu };
      const held = cpu - began.cpu > HANG_MS || Date.now() - began.clock > HANG_CLOCK_MS;
      if (!held || !began.cpu) return;
      why = `was not done after ${String(Math.round(cpu - began.cpu))} ms`;
      child.kill("SIGKILL");
    }, LOOK_MS);
    child.on("message", (message) => {
      const said = message as Said;
      if (said.kind === "begins") {
        at = said.at;
        begun = true;
        began = { clock: Date.now(), cpu: Infinity };
      } else if (said.kind === "done") done = true;
      hear(said);
    });
    child.once("exit", () => {
      clearInterval(watch);
      if (begun) resolve({ done, at, why });
      else reject(new Error("the readers could not be made ready"));
    });
    child.send(asked);
  });
}

export interface Outcome {
  readonly failures: readonly Failure[];
  /** How many texts each reader read. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Reads `count` texts of a seed. */
export async function fuzz(count: number, seed: number, first = 0): Promise<Outcome> {
  mkdirSync(cache, { recursive: true });
  const file = await built();
  const failures: Failure[] = [];
  const counts: Record<string, number> = {};
  const put = async (at: number, why: string): Promise<void> => {
    let [reader, text] = ["", ""];
    await one(file, { seed, from: at, to: at + 1, folder, show: true }, (said) => {
      if (said.kind === "text") ({ reader, text } = said);
    });
    const name = join(cache, `${reader.replaceAll(" ", "-")}-${String(seed)}-${String(at)}.txt`);
    writeFileSync(name, text);
    failures.push({ at, reader, why, file: name });
  };
  for (let from = first; from < first + count && failures.length < MOST_FAILURES;) {
    const wrong: { at: number; why: string }[] = [];
    const ended = await one(file, { seed, from, to: first + count, folder, show: false }, (said) => {
      if (said.kind === "wrong") wrong.push(said);
      else if (said.kind === "begins") counts[said.reader] = (counts[said.reader] ?? 0) + 1;
    });
    if (!ended.done) wrong.push(ended);
    for (const { at, why } of wrong.slice(0, MOST_FAILURES)) await put(at, why);
    from = ended.done ? first + count : ended.at + 1;
  }
  return { failures, counts };
}
