/**
 * This part is in charge of the built browser app: its files, how long they may be kept, and what a page of ours may load.
 *
 * Files under `assets/` carry a content hash in their names and never change; everything else is asked for again each time and
 * answered by ETag. The build leaves `.br` and `.gz` beside each compressible file, so nothing is compressed while serving.
 */
import helmet from "@fastify/helmet";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

const YEAR = 31_536_000;

/** What a page of ours may load: itself. WebAssembly is compiled by the engines' workers; inline scripts never run. */
const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
  // Components set element styles; scripts stay strict.
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", "data:", "blob:"],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  workerSrc: ["'self'"],
  manifestSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'self'"],
};

/** Serves the files of `root` (an absolute folder made by the build) with security headers. */
export async function site(app: FastifyInstance, root: string): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
    // Plain http on loopback is the usual way to run; a proxy in front that has TLS sets this itself.
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: "no-referrer" },
  });
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
}
