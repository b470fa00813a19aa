import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build } from "./app.ts";
import { configHelp, readConfig } from "./config.ts";

let folder: string;
let app: FastifyInstance;
let base: string;
let draining = false;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "drawbridge-site-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<!doctype html><title>Drawbridge</title>");
  await writeFile(join(folder, "assets", "main-abc.js"), "export {};");
  await writeFile(join(folder, "assets", "main-abc.js.gz"), gzipSync("export {};"));
  app = await build({ webRoot: folder, version: "1.2.3", draining: () => draining });
  base = await app.listen({ host: "127.0.0.1", port: 0 });
});

afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

describe("the built app", () => {
  it("comes with a policy that runs no inline script and compiles WebAssembly", async () => {
    const answer = await fetch(base);
    const policy = answer.headers.get("content-security-policy") ?? "";
    const scripts = policy.split(";").find((part) => part.startsWith("script-src"));
    expect(answer.status).toBe(200);
    expect(scripts).toBe("script-src 'self' 'wasm-unsafe-eval'");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("x-powered-by")).toBeNull();
  });

  it("asks for the page again each time and answers 304 by ETag", async () => {
    const first = await fetch(base);
    expect(first.headers.get("cache-control")).toBe("no-cache");
    const etag = first.headers.get("etag") ?? "";
    expect(etag).not.toBe("");
    // fetch adds `cache-control: no-cache` to a conditional request; a browser's own does not.
    const again = await new Promise<number | undefined>((resolve, reject) => {
      get(base, { headers: { "if-none-match": etag } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).on("error", reject);
    });
    expect(again).toBe(304);
  });

  it("keeps hashed assets for a year and sends what the build compressed", async () => {
    const answer = await fetch(`${base}/assets/main-abc.js`, { headers: { "accept-encoding": "gzip" } });
    expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(answer.headers.get("content-encoding")).toBe("gzip");
    expect(answer.headers.get("content-type")).toContain("javascript");
    expect(await answer.text()).toBe("export {};");
  });

  it.each(["/..%2f..%2fetc/passwd", "/%2e%2e/package.json", "/assets/..%5c..%5cindex.html", "/nothing"])(
    "gives nothing outside its folder: %s",
    async (path) => {
      const answer = await fetch(base + path);
      expect([400, 403, 404]).toContain(answer.status);
      expect(await answer.text()).not.toContain("root:");
    },
  );
});

describe("GET /health", () => {
  it("is healthy while serving and unhealthy while stopping", async () => {
    expect(await (await fetch(`${base}/health`)).json()).toEqual({ status: "healthy", version: "1.2.3" });
    draining = true;
    const stopping = await fetch(`${base}/health`);
    draining = false;
    expect(stopping.status).toBe(503);
  });
});

describe("readConfig", () => {
  it("needs nothing", () => {
    expect(readConfig({}).config).toEqual({ host: "127.0.0.1", port: 3001 });
  });

  it("names every wrong value", () => {
    const { config, wrong } = readConfig({ HOST: "a b", PORT: "99999" });
    expect(config).toBeNull();
    expect(wrong).toHaveLength(2);
    expect(wrong.join()).toContain("HOST=a b");
    expect(wrong.join()).toContain("PORT=99999");
  });

  it("is described by --help", () => {
    expect(configHelp()).toContain("PORT");
  });
});
