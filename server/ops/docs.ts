/**
 * This part is in charge of describing the API: the OpenAPI document is made of the schemas that validate, and `/api/docs` is one
 * static page over it, without scripts.
 */
import swagger from "@fastify/swagger";
import { docsPage } from "./docs-page.ts";
import type { App } from "./instance.ts";

/** Gathers the schemas of the routes that are registered after it and carry a tag. */
export async function describe(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    hideUntagged: true,
    openapi: {
      openapi: "3.1.0",
      info: { title: "Drawbridge", version, description: "Gists, live databases and health of a Drawbridge server." },
    },
  });
}

/** `GET /api/docs` for people and `GET /api/docs/openapi.json` for tools. */
export function docs(app: App): void {
  app.get("/api/docs", async (_request, reply) =>
    reply.type("text/html; charset=utf-8").header("cache-control", "no-cache").send(docsPage(app.swagger())),
  );
  app.get("/api/docs/openapi.json", async () => app.swagger());
}
