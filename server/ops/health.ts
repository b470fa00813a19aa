/** This part is in charge of saying how the server is. */
import type { FastifyInstance } from "fastify";

/** `GET /health`: 200 while the process serves, 503 once it has begun to stop. */
export function health(app: FastifyInstance, version: string, draining: () => boolean): void {
  app.get("/health", async (_request, reply) => {
    const stopping = draining();
    return reply
      .code(stopping ? 503 : 200)
      .header("cache-control", "no-store")
      .send({ status: stopping ? "unhealthy" : "healthy", version });
  });
}
