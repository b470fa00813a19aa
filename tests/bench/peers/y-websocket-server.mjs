/** @y/websocket-server as its own bin starts it, on a free port, without persistence. */
import process from "node:process";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { setupWSConnection } from "@y/websocket-server/utils";

// The version of `ws` that comes with it.
const require = createRequire(createRequire(import.meta.url).resolve("@y/websocket-server/utils"));
const { WebSocketServer, Server } = require("ws");

const server = createServer();
const sockets = new (WebSocketServer ?? Server)({ server });
sockets.on("connection", setupWSConnection);
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`ready on http://127.0.0.1:${server.address().port}\n`);
});
