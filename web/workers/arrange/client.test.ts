import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { arrange, type Positions } from "#shared/arrange/index.ts";
import { generate } from "../../../tests/support/generator.ts";
import { bundled, workerOf } from "../../../tests/support/web-worker.ts";
import { arrangeInWorker } from "./client.ts";

const schema = generate({ tables: 40 });
const graph = {
  nodes: schema.tables.map(({ id, columns }) => ({ id: id as string, width: 232, height: 33 + 26 * columns.length })),
  edges: schema.foreignKeys.map(({ tableId, refTableId }) => ({ from: tableId as string, to: refTableId as string })),
  standing: new Map() as Positions,
  view: null,
};
/** Answers nothing, ever, and cannot be asked to stop. */
const STUCK = "addEventListener('message', () => { for (;;); });";

let script = "";
beforeAll(async () => {
  script = await bundled(join(import.meta.dirname, "worker.ts"));
});

/** A worker of this script, and whether it was ended. */
function started(source: string) {
  const state = { started: 0, ended: 0 };
  const start = (): Worker => {
    state.started += 1;
    const worker = workerOf(source);
    worker.addEventListener("terminated", () => (state.ended += 1));
    return worker;
  };
  return { start, state };
}

describe("the layout's worker", () => {
  it("gives what the layout gives, and ends", async () => {
    const { start, state } = started(script);
    const answer = await arrangeInWorker(graph, {}, start);
    expect(answer).toEqual({ ok: true, value: arrange(graph.nodes, graph.edges) });
    expect(state).toEqual({ started: 1, ended: 1 });
  });

  it("leaves what stands where it is", async () => {
    const standing: Positions = new Map([["t0", [10, 20]]]);
    const answer = await arrangeInWorker({ ...graph, standing }, {}, started(script).start);
    expect(answer.ok && [answer.value.size, answer.value.has("t0")]).toEqual([39, false]);
  });

  it.each([
    ["that crashes while it works", "addEventListener('message', () => { throw new Error('out of memory'); });", "out of memory"],
    ["that cannot start", "throw new Error('no such module');", "no such module"],
  ])("one %s is one problem", async (_, source, message) => {
    const { start, state } = started(source);
    const answer = await arrangeInWorker(graph, {}, start);
    expect(answer).toMatchObject({ ok: false, problem: { code: "layout.crashed", params: { message } } });
    expect(state.ended).toBe(1);
  });

  it("an error inside the layout is one problem", async () => {
    const broken = { ...graph, nodes: null as unknown as typeof graph.nodes };
    const answer = await arrangeInWorker(broken, {}, started(script).start);
    expect(answer).toMatchObject({ ok: false, problem: { code: "layout.crashed" } });
  });

  it("one that never answers is given up and ended", async () => {
    const { start, state } = started(STUCK);
    const answer = await arrangeInWorker(graph, { ms: 50 }, start);
    expect(answer).toMatchObject({ ok: false, problem: { code: "layout.timeout", params: { seconds: 0.05 } } });
    expect(state.ended).toBe(1);
  });

  it("cancelling ends it in the middle of its work", async () => {
    const { start, state } = started(STUCK);
    const stop = new AbortController();
    const answer = arrangeInWorker(graph, { signal: stop.signal }, start);
    stop.abort();
    expect(await answer).toMatchObject({ ok: false, problem: { code: "layout.cancelled" } });
    expect(state).toEqual({ started: 1, ended: 1 });
  });

  it("what was cancelled before it began starts nothing", async () => {
    const { start, state } = started(script);
    const answer = await arrangeInWorker(graph, { signal: AbortSignal.abort() }, start);
    expect(answer).toMatchObject({ ok: false, problem: { code: "layout.cancelled" } });
    expect(state.started).toBe(0);
  });
});
