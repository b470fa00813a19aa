/** The worker's end of the line: built as a file of its own. */
import { parentPort } from "node:worker_threads";
import type { Answer, Call } from "./api.ts";
import { compact, diff, read } from "./work.ts";

function run(call: Call): unknown {
  switch (call.kind) {
    case "compact":
      return compact(call.updates);
    case "diff":
      return diff(call.state, call.vector);
    case "read":
      return read(call.update);
  }
}

parentPort?.on("message", (call: Call) => {
  let answer: Answer;
  try {
    answer = { id: call.id, value: run(call) };
  } catch (error) {
    answer = { id: call.id, failed: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(answer);
});
