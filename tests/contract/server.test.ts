import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { buildServer, memoryOf, spawnBuiltServer } from "../support/server-process.ts";

let folder: string;
const running: ChildProcess[] = [];

beforeAll(async () => {
  await buildServer();
  folder = await mkdtemp(join(tmpdir(), "drawbridge-process-"));
});

afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function spawnServer(environment: Record<string, string>, args: readonly string[] = []) {
  const started = spawnBuiltServer(folder, environment, args);
  running.push(started.child);
  return started;
}

describe("the server as a process", () => {
  it("takes at most 90 MB when it is idle, its first calls included", async () => {
    const { child, address } = spawnServer({});
    for (const path of ["/health", "/api/docs", "/metrics"]) expect((await fetch((await address) + path)).status).toBe(200);
    const megabytes = memoryOf(child).now;
    console.log(`idle server: ${megabytes.toFixed(0)} MB`);
    expect(megabytes).toBeLessThanOrEqual(90);
  });

  it("names every wrong value and ends with 2, without repeating a secret", async () => {
    const { code, printed } = spawnServer({ PORT: "99999", LOG_LEVEL: "loud", DATABASE_URL: "mysql://root:hunter2@db" });
    expect(await code).toBe(2);
    expect(printed.err.trim().split("\n")).toHaveLength(3);
    for (const name of ["PORT", "LOG_LEVEL", "DATABASE_URL"]) expect(printed.err).toContain(name);
    expect(printed.err + printed.out).not.toContain("hunter2");
  });

  it("prints its variables", async () => {
    const { code, printed } = spawnServer({}, ["--help"]);
    expect(await code).toBe(0);
    expect(printed.out).toContain("DATA_DIR");
  });

  it.each([
    [{ HOST: "0.0.0.0", DB_PROXY: "private-ok" }, true],
    [{ HOST: "0.0.0.0" }, false],
    [{}, false],
  ])("says when it opens databases to whoever reaches it: %o", async (environment, said) => {
    const { child, code, address, printed } = spawnServer(environment as Record<string, string>);
    await address;
    child.kill("SIGTERM");
    expect(await code).toBe(0);
    expect(printed.out.includes("put a login in front of it")).toBe(said);
  });

  it("ends with a sentence when its port is taken", async () => {
    const first = spawnServer({});
    const { port } = new URL(await first.address);
    const second = spawnServer({ PORT: port, DATA_DIR: "elsewhere" });
    expect(await second.code).toBe(1);
    expect(second.printed.out).toContain("the port is taken");
    first.child.kill("SIGKILL");
  });

  it("ends with a sentence when another server has its folder, and takes it over from one that was killed", async () => {
    const first = spawnServer({});
    await first.address;
    const second = spawnServer({});
    expect(await second.code).toBe(1);
    expect(second.printed.out).toMatch(/cannot start: .* is in use by another Drawbridge/);
    first.child.kill("SIGKILL");
    await first.code;
    await spawnServer({}).address;
  });

  it("asked to stop, more than once, it finishes the call under way, takes no other, and lets its folder go", async () => {
    const { child, code, address, printed } = spawnServer({ LOG_LEVEL: "info" });
    const { hostname, port } = new URL(await address);
    const body = JSON.stringify({ filename: "a", content: "x".repeat(10_000) });
    const socket = connect(Number(port), hostname);
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk.toString()));
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.write(
      `POST /gists HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${String(body.length)}\r\nExpect: 100-continue\r\n\r\n`,
    );
    await expect.poll(() => answer).toContain("100 Continue");
    socket.write(body.slice(0, 5_000));
    child.kill("SIGTERM");
    await expect.poll(() => printed.out).toContain("stopping");
    child.kill("SIGINT");
    child.kill("SIGTERM");
    await expect.poll(async () => fetch(await address).then(String, () => "refused")).toBe("refused");
    socket.write(body.slice(5_000));
    await closed;
    expect(answer).toContain("HTTP/1.1 200 OK");
    expect(answer).toContain('"success":true');
    expect(await code).toBe(0);
    const again = spawnServer({});
    const id = /"id":"(\w+)"/.exec(answer)?.[1] ?? "";
    expect((await fetch(`${await again.address}/gists/${id}`)).status).toBe(200);
  });

  it("does not wait for ever for a call that does not end", async () => {
    const { child, code, address } = spawnServer({ DRAIN_SECONDS: "1" });
    const { hostname, port } = new URL(await address);
    const socket = connect(Number(port), hostname);
    socket.on("error", () => undefined);
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.write(
      "POST /gists HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\nExpect: 100-continue\r\n\r\n",
    );
    await expect.poll(() => answer).toContain("100 Continue");
    child.kill("SIGTERM");
    expect(await code).toBe(1);
  });
});
