import { describe, expect, it } from "vitest";
import { arrange, type ArrangeNode, type Positions, tile } from "./arrange.ts";
import { arrangeNew } from "./placing.ts";

const node = (id: string, width = 232, height = 200): ArrangeNode => ({ id, width, height });

/** Thirty tables in a dense block of six columns, with no room for one more between them. */
const old = Array.from({ length: 30 }, (_, at) => node(`old${String(at)}`));
const standing: Positions = new Map(old.map(({ id }, at) => [id, [(at % 6) * 260, Math.floor(at / 6) * 230] as const]));

function gaps(nodes: readonly ArrangeNode[], positions: Positions): number {
  const boxes = nodes.map(({ id, width, height }) => {
    const [x, y] = positions.get(id) ?? [NaN, NaN];
    return { x, y, right: x + width, bottom: y + height };
  });
  const between = boxes.flatMap((a, at) =>
    boxes.slice(at + 1).map((b) => Math.max(a.x - b.right, b.x - a.right, a.y - b.bottom, b.y - a.bottom)),
  );
  return Math.min(...between);
}
const middle = ([x, y]: readonly [number, number]) => ({ x: x + 116, y: y + 100 });

describe("new tables", () => {
  it("stand beside what they refer to, over nothing", () => {
    const fresh = [node("new")];
    const added = arrangeNew([...old, ...fresh], [{ from: "new", to: "old5" }], standing);
    const [at, to] = [middle(added.get("new")!), middle(standing.get("old5")!)];
    expect(Math.hypot(at.x - to.x, at.y - to.y)).toBeLessThan(450);
    expect(gaps([...old, ...fresh], new Map([...standing, ...added]))).toBeGreaterThan(0);
  });

  it("that hang together stay together, beside what one of them refers to", () => {
    const fresh = ["a", "b", "c"].map((id) => node(id));
    const edges = [
      { from: "a", to: "b" },
      { from: "b", to: "c" },
      { from: "c", to: "old29" },
    ];
    const added = arrangeNew([...old, ...fresh], edges, standing);
    expect(added.get("a")![1]).toBe(added.get("c")![1]);
    expect(Math.abs(added.get("a")![0] - added.get("c")![0])).toBeLessThan(900);
    expect(Math.hypot(added.get("c")![0] - 1300, added.get("c")![1] - 920)).toBeLessThan(1000);
    expect(gaps([...old, ...fresh], new Map([...standing, ...added]))).toBeGreaterThan(0);
  });

  it("that are joined to nothing come where a person looks", () => {
    const added = arrangeNew([...old, node("new")], [], standing, { x: 5000, y: -3000 });
    expect(middle(added.get("new")!)).toEqual({ x: 5000, y: -3000 });
    const crowded = arrangeNew([...old, node("new")], [], standing, { x: 900, y: 100 });
    expect(crowded.get("new")![1]).toBeLessThan(0);
    for (const one of old) expect(gaps([one, node("new")], new Map([...standing, ...crowded]))).toBeGreaterThanOrEqual(40);
  });

  it("go below everything where nobody looks", () => {
    const added = arrangeNew([...old, node("a"), node("b")], [], standing);
    expect(Math.min(...[...added.values()].map(([, y]) => y))).toBeGreaterThan(4 * 230 + 200);
  });

  it("are laid out as a whole when nothing stands", () => {
    expect(arrangeNew(old, [], new Map())).toEqual(arrange(old, []));
  });

  it("get the same places each time", () => {
    const nodes = [...old, ...["a", "b", "c"].map((id) => node(id))];
    const edges = [{ from: "b", to: "old7" }];
    expect([...arrangeNew(nodes, edges, standing)]).toEqual([...arrangeNew(nodes, edges, standing)]);
  });
});

it("plain rows are below what stands and overlap nothing", () => {
  const fresh = ["a", "b", "c", "d"].map((id) => node(id));
  const added = tile([...old, ...fresh], standing);
  expect(added.size).toBe(4);
  expect(gaps([...old, ...fresh], new Map([...standing, ...added]))).toBeGreaterThan(0);
  expect(tile(old, standing)).toEqual(new Map());
});
