/** Automatic layout in a worker: a thousand tables must not hold up a frame. */
import type { arrange, ArrangeEdge, ArrangeNode, arrangeNew, Positions } from "#shared/arrange/index.ts";
import type { Result } from "#shared/result/index.ts";
import { layoutResult } from "../layout-ending.ts";
import { askOnce, type Patience } from "../line.ts";

/** Ten thousand tables take a second; what takes this long will not end. */
const PATIENCE_MS = 30_000;

/** What the worker offers. */
interface Remote {
  readonly arrange: (...given: Parameters<typeof arrange>) => Promise<Positions>;
  readonly arrangeNew: (...given: Parameters<typeof arrangeNew>) => Promise<Positions>;
}

interface Graph {
  readonly nodes: readonly ArrangeNode[];
  readonly edges: readonly ArrangeEdge[];
  /** What stands already, and stays. */
  readonly standing: Positions;
  /** The middle of what a person sees; null where nobody looks. */
  readonly view: { readonly x: number; readonly y: number } | null;
}

const startWorker = (): Worker => new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "arrange" });

/** Positions for the nodes that do not stand yet. The worker lives as long as the work. */
export async function arrangeInWorker(
  { nodes, edges, standing, view }: Graph,
  { signal, ms = PATIENCE_MS }: Patience = {},
  start: () => Worker = startWorker,
): Promise<Result<Positions>> {
  const ending = await askOnce<Remote, Positions>(
    start,
    (remote) => (standing.size === 0 ? remote.arrange(nodes, edges) : remote.arrangeNew(nodes, edges, standing, view)),
    { signal, ms },
  );
  return layoutResult(ending);
}
