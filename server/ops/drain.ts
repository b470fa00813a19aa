/** This part is in charge of letting go: once the server closes, each answer also ends its connection, so that none is kept waiting. */
import type { App } from "./instance.ts";

/** Fastify itself refuses new calls and closes idle connections; this closes those with a call under way, after its answer. */
export function drain(app: App): void {
  let closing = false;
  app.addHook("preClose", async () => {
    closing = true;
  });
  app.addHook("onSend", async (_request, reply) => {
    if (closing) void reply.header("connection", "close");
  });
}
