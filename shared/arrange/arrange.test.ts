import { describe, expect, it } from "vitest";
import { generate } from "../../tests/support/generator.ts";
import { arrange, type ArrangeNode, type Positions } from "./arrange.ts";
import { arrangeNew } from "./placing.ts";

function graph(tables: number) {
  const schema = generate({ tables, seed: 7 });
  const nodes = schema.tables.map(({ id, columns }) => ({ id, width: 232, height: 32 + 26 * columns.length }));
  const edges = schema.foreignKeys.map(({ tableId, refTableId }) => ({ from: tableId, to: refTableId }));
  return { nodes, edges };
}

function overlaps(nodes: readonly ArrangeNode[], positions: Positions): number {
  const boxes = nodes
    .map((node) => ({ node, at: positions.get(node.id) as readonly [number, number] }))
    .sort((a, b) => a.at[0] - b.at[0]);
  let count = 0;
  boxes.forEach((a, i) => {
    for (const b of boxes.slice(i + 1)) {
      if (b.at[0] >= a.at[0] + a.node.width) break;
      if (a.at[1] < b.at[1] + b.node.height && b.at[1] < a.at[1] + a.node.height) count += 1;
    }
  });
  return count;
}

const length = (edges: readonly { from: string; to: string }[], positions: Positions): number =>
  edges.reduce((sum, { from, to }) => {
    const [a, b] = [positions.get(from), positions.get(to)];
    return a && b ? sum + Math.hypot(a[0] - b[0], a[1] - b[1]) : sum;
  }, 0) / edges.length;

describe("arrange", () => {
  it.each([1, 2, 12, 60, 400])("places %i tables without overlap, the same each time, on a page", (tables) => {
    const { nodes, edges } = graph(tables);
    const positions = arrange(nodes, edges);
    expect(positions.size).toBe(tables);
    expect(overlaps(nodes, positions)).toBe(0);
    expect([...arrange(nodes, edges)]).toEqual([...positions]);
    const xs = [...positions.values()].map(([x]) => x);
    const ys = [...positions.values()].map(([, y]) => y);
    const ratio = (Math.max(...xs) - Math.min(...xs) + 232) / (Math.max(...ys) - Math.min(...ys) + 292);
    if (tables >= 60) expect(ratio).toBeGreaterThan(0.7);
    if (tables >= 60) expect(ratio).toBeLessThan(6);
  });

  it("keeps what belongs together closer than a plain grid does", () => {
    const { nodes, edges } = graph(60);
    const grid = new Map(nodes.map(({ id }, at) => [id, [(at % 10) * 328, Math.floor(at / 10) * 332] as const]));
    const shuffled = new Map(nodes.map(({ id }, at) => [id, [...grid.values()][(at * 37) % 60] as readonly [number, number]]));
    expect(length(edges, arrange(nodes, edges))).toBeLessThan(length(edges, shuffled));
  });

  it("finds an order in a cycle and in a table that refers to itself", () => {
    const nodes = ["a", "b", "c"].map((id) => ({ id, width: 100, height: 50 }));
    const edges = [
      { from: "a", to: "b" },
      { from: "b", to: "c" },
      { from: "c", to: "a" },
      { from: "a", to: "a" },
    ];
    expect(overlaps(nodes, arrange(nodes, edges))).toBe(0);
  });

  it("places new tables without moving the old", () => {
    const { nodes, edges } = graph(30);
    const standing = new Map([...arrange(nodes.slice(0, 20), edges)]);
    const added = arrangeNew(nodes, edges, standing);
    expect(added.size).toBe(10);
    expect(overlaps(nodes, new Map([...standing, ...added]))).toBe(0);
  });
});
