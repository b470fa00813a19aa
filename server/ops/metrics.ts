/**
 * This part is in charge of numbers for Prometheus. Endpoints are named by the route's template, never by the address asked for,
 * so that a scanner cannot fill the memory with labels.
 */
import { timingSafeEqual } from "node:crypto";
import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";
import { type Config, isLoopback } from "../config.ts";
import { refusal } from "./errors.ts";
import type { App } from "./instance.ts";

const SIZES = [100, 1_000, 10_000, 100_000, 1_000_000];

/** The registry that features add their own numbers to. */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

function countCalls(app: App, registry: Registry): void {
  const registers = [registry];
  const byEndpoint = ["method", "endpoint"] as const;
  const total = new Counter({
    name: "http_requests_total",
    help: "Answered calls.",
    labelNames: [...byEndpoint, "status"],
    registers,
  });
  const seconds = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time to an answer.",
    labelNames: byEndpoint,
    registers,
  });
  const size = (name: string, help: string) => new Histogram({ name, help, labelNames: byEndpoint, buckets: SIZES, registers });
  const asked = size("http_request_size_bytes", "Length of a request's body.");
  const answered = size("http_response_size_bytes", "Length of an answer's body.");
  const errors = new Counter({
    name: "errors_total",
    help: "Answers with a status of 400 and above.",
    labelNames: ["type", "severity"],
    registers,
  });
  app.addHook("onResponse", async (request, reply) => {
    const labels = { method: request.method, endpoint: request.routeOptions.url ?? "unknown" };
    total.inc({ ...labels, status: String(reply.statusCode) });
    seconds.observe(labels, reply.elapsedTime / 1000);
    asked.observe(labels, Number(request.headers["content-length"] ?? 0));
    answered.observe(labels, Number(reply.getHeader("content-length") ?? 0));
    if (reply.statusCode >= 500) errors.inc({ type: "server", severity: "error" });
    else if (reply.statusCode >= 400) errors.inc({ type: "client", severity: "warning" });
  });
}

function sameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Counts every call and answers `GET /metrics` to who has the token, or without one to this machine. */
export function metrics(app: App, config: Config, registry: Registry): void {
  countCalls(app, registry);
  app.get("/metrics", async (request, reply) => {
    // A proxy on this machine calls from loopback too, but says for whom.
    const local = isLoopback(request.ip.replace(/^::ffff:/, "")) && request.headers["x-forwarded-for"] === undefined;
    const allowed =
      config.metricsToken === null ? local : sameText(request.headers.authorization ?? "", `Bearer ${config.metricsToken}`);
    if (!allowed) return reply.code(401).send(refusal("The metrics are for the operator: send METRICS_TOKEN as a bearer token."));
    return reply
      .type(registry.contentType)
      .header("cache-control", "no-store")
      .send(await registry.metrics());
  });
}
