/** This part is in charge of letting go: once the server closes, each answer also ends its connection, so that none is kept waiting. */
import type { Socket } from "node:net";
import type { App } from "./instance.ts";

/**
 * Fastify itself refuses new calls and closes idle connections; this closes those with a call under way, after its answer, and those
 * on which nothing was ever said: browsers open them ahead of need, and Node does not count them as idle.
 */
export function drain(app: App): void {
  let closing = false;
  const sockets = new Set<Socket>();
  app.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => {
      sockets.delete(socket);
    });
  });
  app.addHook("preClose", async () => {
    closing = true;
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  });
  app.addHook("onSend", async (_request, reply) => {
    if (closing) void reply.header("connection", "close");
  });
}
