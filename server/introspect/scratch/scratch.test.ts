import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MOST_CHARACTERS } from "#shared/api/scratch-limits.ts";
import { type RunningServer, startServer } from "../../../tests/support/server.ts";
import { systemResolver } from "../target/resolve.ts";
import { Line } from "./line.ts";
import { Prover } from "./prove.ts";
import { SCRATCH_LIMITS, ScratchServer } from "./server.ts";

describe("the line to the scratch server", () => {
  it("lets one in at a time, in order, and goes on when one leaves it early", async () => {
    const line = new Line();
    const seen: string[] = [];
    const turns = ["a", "b", "c"].map((name) => {
      const turn = line.enter(name);
      void turn?.come.then(() => seen.push(name));
      return turn;
    });
    await new Promise(setImmediate);
    expect(seen).toEqual(["a"]);
    turns[1]?.leave();
    await new Promise(setImmediate);
    expect(seen).toEqual(["a"]);
    turns[0]?.leave();
    await new Promise(setImmediate);
    expect(seen).toEqual(["a", "b", "c"]);
    turns[2]?.leave();
    expect(line.empty).toBe(true);
  });

  it("has one place for a person, and a few in all", () => {
    const line = new Line();
    const first = line.enter("a");
    expect(line.enter("a")).toBeNull();
    first?.leave();
    const all = Array.from({ length: 20 }, (_, at) => line.enter(String(at)));
    expect(all.filter((turn) => turn !== null)).toHaveLength(9);
  });
});

describe("a scratch server that takes a connection and says nothing", () => {
  it("is given up in time, said to be out of reach, and asked once for all that ask meanwhile", async () => {
    let connections = 0;
    const silent = createServer(() => (connections += 1));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    const said: string[] = [];
    const log = (details: Readonly<Record<string, string>>): void => void said.push(JSON.stringify(details));
    const limits = { ...SCRATCH_LIMITS, connectMs: 200 };
    const prover = new Prover(
      new ScratchServer(`mysql://u:canary@127.0.0.1:${String(port)}`, systemResolver, log, limits),
      log,
      Date.now,
    );
    const answers = await Promise.all([prover.status(), prover.status(), prover.status()]);
    expect(answers.map(({ state }) => state)).toEqual(["failed", "failed", "failed"]);
    expect([connections, said]).toEqual([1, ['{"why":"it does not answer"}']]);
    silent.close();
  });
});

describe("the routes of a server without one", () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  const prove = (body: unknown): Promise<Response> =>
    fetch(`${server.address}/api/scratch/prove`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const OFF = "No database server is set up here to prove files on: the operator has not set SCRATCH_MYSQL_URL.";

  it("say so in one sentence", async () => {
    expect(await (await fetch(`${server.address}/api/scratch`)).json()).toEqual({ state: "absent", error: OFF });
    const answer = await prove({ texts: ["create table t (a int)"] });
    expect([answer.status, await answer.json()]).toEqual([403, { success: false, error: OFF }]);
  });

  it.each([
    ["none", {}, 400],
    ["no text", { texts: [] }, 400],
    ["three", { texts: ["", "", ""] }, 400],
    ["a number", { texts: [1] }, 400],
    ["one that is too long", { texts: ["x".repeat(MOST_CHARACTERS + 1)] }, 400],
    [
      "more than is read",
      { texts: ["x".repeat(MOST_CHARACTERS), "x".repeat(MOST_CHARACTERS), "x".repeat(2 * 1024 * 1024)] },
      413,
    ],
  ])("refuse %s before anything is tried", async (_what, body, status) => {
    const answer = await prove(body);
    const { error } = (await answer.json()) as { readonly error: string };
    expect([answer.status, error.endsWith(".") || error.length > 0]).toEqual([status, true]);
    expect(error.length).toBeLessThan(200);
  });
});
