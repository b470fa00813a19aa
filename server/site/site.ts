/**
 * This part is in charge of the built browser app: its files and how long they may be kept.
 *
 * Files under `assets/` carry a content hash in their names and never change; everything else is asked for again each time and
 * answered by ETag. The build leaves `.br` and `.gz` beside each compressible file, so nothing is compressed while serving.
 */
import fastifyStatic from "@fastify/static";
import type { App } from "../ops/instance.ts";

const YEAR = 31_536_000;

/** Serves the files of `root` (an absolute folder made by the build); a link to a shared design opens the app. */
export async function site(app: App, root: string): Promise<void> {
  await app.register(fastifyStatic, {
    root,
    preCompressed: true,
    index: ["index.html"],
    cacheControl: false,
    setHeaders: (response, path) => {
      const hashed = path.startsWith(`${root}/assets/`);
      response.setHeader("cache-control", hashed ? `public, max-age=${String(YEAR)}, immutable` : "no-cache");
    },
  });
  // DrawDB's links to a shared design, which this app opens too.
  app.get("/editor", async (_request, reply) => reply.sendFile("index.html"));
}
