/**
 * This part is in charge of what every call passes first: its id, the name the server was called by, headers that keep pages and
 * answers harmless, which other origins may read them, and the reading of JSON bodies.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import cors from "@fastify/cors";
import helmet from "@fastify/helmet";
import { type Config, isLoopback } from "../config.ts";
import { refusal } from "./errors.ts";
import type { App } from "./instance.ts";
import { nestsDeeper } from "./json-depth.ts";

/** How deep a body may nest; no request of any client comes near. */
const DEEPEST = 100;

/** What a page of ours may load: itself. WebAssembly is compiled by the engines' workers; inline scripts never run. */
const PAGE_POLICY = {
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

/** What an answer of the API may load or run, were it ever shown as a page: nothing. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** The caller's own id for a call where it is a plain one, else a new one. */
export function callId(request: IncomingMessage): string {
  const said = request.headers["x-request-id"];
  return typeof said === "string" && /^[\w.:-]{1,100}$/.test(said) ? said : randomUUID();
}

/**
 * A page on another site can make its own name lead to 127.0.0.1 and then call us as if it were ours (DNS rebinding). Where only
 * this machine should reach the server, or the operator listed names, other names are refused.
 */
function knownNames(app: App, config: Config): void {
  if (!isLoopback(config.host) && config.allowedHosts.length === 0) return;
  const known = (name: string): boolean =>
    name === "" ||
    name === "[::1]" ||
    isLoopback(name) ||
    name.endsWith(".localhost") ||
    name === config.host ||
    config.allowedHosts.includes(name);
  app.addHook("onRequest", async (request, reply) => {
    if (known(request.hostname.toLowerCase())) return;
    return reply.code(421).send(refusal("This server does not go by that name; its operator can add it to ALLOWED_HOSTS."));
  });
}

/** JSON only, and not nested beyond reason; an empty body is an empty object, as DrawDB's server reads it. */
function jsonBodies(app: App): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser(["application/json", "text/plain"]);
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    const text = body.toString();
    if (text.trim() === "") done(null, {});
    else if (nestsDeeper(text, DEEPEST)) {
      done(Object.assign(new Error(`The body nests deeper than ${String(DEEPEST)} levels.`), { statusCode: 400 }));
    } else void parse(request, text, done);
  });
}

/** Registers all of it; comes before any route. */
export async function edge(app: App, config: Config): Promise<void> {
  app.addHook("onRequest", async (request, reply) => {
    void reply.header("x-request-id", request.id);
  });
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: PAGE_POLICY },
    // Plain http on loopback is the usual way to run; a proxy in front that has TLS sets this itself.
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: "no-referrer" },
  });
  app.addHook("onSend", async (_request, reply) => {
    const type = String(reply.getHeader("content-type") ?? "");
    if (!type.startsWith("application/json")) return;
    void reply.header("content-security-policy", DATA_POLICY);
    if (!reply.hasHeader("cache-control")) void reply.header("cache-control", "no-store");
  });
  const [first] = config.clientUrls;
  if (first !== undefined) {
    await app.register(cors, {
      // As DrawDB's server does: an origin that is not listed is told the first one that is.
      origin: (asking, done) => {
        done(null, asking !== undefined && config.clientUrls.includes(asking) ? asking : first);
      },
      credentials: true,
      methods: ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"],
      exposedHeaders: ["x-request-id"],
      strictPreflight: false,
    });
  }
  knownNames(app, config);
  jsonBodies(app);
}
