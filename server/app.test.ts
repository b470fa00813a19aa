import { writeFile } from "node:fs/promises";
import { get } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, startServer } from "../tests/support/server.ts";

let server: RunningServer;
let base: string;

beforeAll(async () => {
  server = await startServer();
  base = server.address;
  const assets = join(server.folder, "web", "assets");
  await writeFile(join(assets, "main-abc.js"), "export {};");
  await writeFile(join(assets, "main-abc.js.gz"), gzipSync("export {};"));
});

afterAll(async () => {
  await server.close();
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

  it("opens a link to a shared design", async () => {
    expect(await (await fetch(`${base}/editor?shareId=abc`)).text()).toContain("<title>Drawbridge</title>");
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
