/** Hocuspocus with its defaults, on a free port, without persistence. */
import process from "node:process";
import { Server } from "@hocuspocus/server";

const server = new Server({ port: 0, address: "127.0.0.1", quiet: true });
await server.listen();
process.stdout.write(`ready on http://127.0.0.1:${server.address.port}\n`);
