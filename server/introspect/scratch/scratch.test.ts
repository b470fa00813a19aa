import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MOST_CHARACTERS } from "#shared/api/scratch-limits.ts";
import { type RunningServer, startServer } from "../../../tests/support/server.ts";
import { Line } from "./line.ts";

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
