/** Automatic layout in a worker: a thousand tables must not hold up a frame. */
import { wrap } from "comlink";
import type { arrange, ArrangeEdge, ArrangeNode, arrangeNew, Positions } from "#shared/arrange/index.ts";

/** Positions for the nodes that do not stand yet. The worker lives as long as the work. */
export async function arrangeInWorker(
  nodes: readonly ArrangeNode[],
  edges: readonly ArrangeEdge[],
  standing: Positions,
): Promise<Positions> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "arrange" });
  try {
    const remote = wrap<{ arrange: typeof arrange; arrangeNew: typeof arrangeNew }>(worker);
    return await (standing.size === 0 ? remote.arrange(nodes, edges) : remote.arrangeNew(nodes, edges, standing));
  } finally {
    worker.terminate();
  }
}
