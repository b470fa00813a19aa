/**
 * pg_dump as WebAssembly, in a thread that may wait: it writes to its server and reads the answer in one go. What it writes goes to
 * the starter of the thread (`pg-dump.ts`), which has the connection; what the server said comes back through the same port.
 */
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { pgDump } from "@electric-sql/pglite-tools/pg_dump";

const { port, answered, args } = workerData;

/** What pgDump uses of a PGlite. It sets back the search path of a session that it shares; here the session is its own. */
const connection = {
  query: () => Promise.resolve({ rows: [{ search_path: "public" }] }),
  exec: () => Promise.resolve([]),
  execProtocolRawStream(bytes, { onRawData }) {
    Atomics.store(answered, 0, 0);
    port.postMessage(bytes.slice());
    Atomics.wait(answered, 0, 0);
    for (let said = receiveMessageOnPort(port); said; said = receiveMessageOnPort(port)) onRawData(said.message);
  },
};

const file = await pgDump({ pg: connection, args });
parentPort.postMessage(await file.text());
