/** Real workers for tests in Node: threads that speak as a browser's `Worker` does, to the page and to the code inside. */
import { Worker as Thread } from "node:worker_threads";
import { build } from "esbuild";

/** What a worker's global scope offers, over the thread's port. */
const SCOPE = `
const { parentPort } = require("node:worker_threads");
const heard = new Map();
globalThis.self = globalThis;
globalThis.postMessage = (data, transfer) => parentPort.postMessage(data, transfer);
globalThis.addEventListener = (type, listener) => {
  const relay = (data) => listener({ type, data, origin: "" });
  heard.set(listener, relay);
  if (type === "message") parentPort.on("message", relay);
};
globalThis.removeEventListener = (type, listener) => parentPort.off("message", heard.get(listener));
`;

/** A thread as the browser's worker: message and error events, and an end at once. */
class ThreadWorker extends EventTarget {
  readonly #thread: Thread;

  constructor(script: string) {
    super();
    this.#thread = new Thread(SCOPE + script, { eval: true });
    this.#thread.on("message", (data) => this.dispatchEvent(new MessageEvent("message", { data })));
    this.#thread.on("error", ({ message }: Error) => this.dispatchEvent(Object.assign(new Event("error"), { message })));
  }

  postMessage(data: unknown, transfer: readonly ArrayBuffer[] = []): void {
    this.#thread.postMessage(data, transfer);
  }

  terminate(): void {
    this.dispatchEvent(new Event("terminated"));
    void this.#thread.terminate();
  }
}

/** A worker that runs this script; the browser's type, of which callers use what is here. */
export const workerOf = (script: string): Worker => new ThreadWorker(script) as unknown as Worker;

/** The script of a worker's own file, bundled as the build does it. */
export async function bundled(file: string): Promise<string> {
  const { outputFiles } = await build({ entryPoints: [file], bundle: true, write: false, format: "iife", logLevel: "error" });
  return outputFiles[0]?.text ?? "";
}
