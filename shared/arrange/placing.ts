/** Places for what is new among what stands: near what it refers to, else in view, over nothing. Nothing that stands is moved. */
import { arrange, type ArrangeEdge, type ArrangeNode, connected, type Positions } from "./arrange.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Block extends Point {
  readonly width: number;
  readonly height: number;
}

/** Between what stands and what is put beside it. */
const GAP = 40;
const CELL = 512;
/** So far is looked for room, in quarters of the block's own size; after that it goes below everything. */
const RINGS = 120;

/** What is taken, in cells, so that asking for room does not ask every table. */
class Ground {
  readonly #cells = new Map<string, Block[]>();
  #bottom = -Infinity;
  #left = Infinity;

  take(block: Block): void {
    this.#bottom = Math.max(this.#bottom, block.y + block.height);
    this.#left = Math.min(this.#left, block.x);
    for (const key of cells(block)) {
      const held = this.#cells.get(key);
      if (held) held.push(block);
      else this.#cells.set(key, [block]);
    }
  }

  /** A top left below everything. */
  below(): Point {
    return { x: this.#left, y: this.#bottom + 3 * GAP };
  }

  /** The top left of the free place nearest to a middle. */
  near(size: Pick<Block, "width" | "height">, { x, y }: Point): Point {
    const [stepX, stepY] = [Math.max(20, size.width / 4), Math.max(20, size.height / 4)];
    const at = (right: number, down: number): Block => ({
      ...size,
      x: Math.round(x - size.width / 2 + right * stepX),
      y: Math.round(y - size.height / 2 + down * stepY),
    });
    for (let ring = 0; ring <= RINGS; ring += 1) {
      let best: { readonly block: Block; readonly far: number } | null = null;
      for (const [right, down] of ringAt(ring)) {
        const far = Math.hypot(right * stepX, down * stepY);
        if (best && best.far <= far) continue;
        const block = at(right, down);
        if (this.#isFree(block)) best = { block, far };
      }
      if (best) return best.block;
    }
    return this.below();
  }

  #isFree(block: Block): boolean {
    const wide = { x: block.x - GAP, y: block.y - GAP, width: block.width + 2 * GAP, height: block.height + 2 * GAP };
    return cells(wide).every((key) => !this.#cells.get(key)?.some((other) => overlaps(wide, other)));
  }
}

const overlaps = (a: Block, b: Block): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function cells({ x, y, width, height }: Block): string[] {
  const keys: string[] = [];
  for (let column = Math.floor(x / CELL); column <= Math.floor((x + width) / CELL); column += 1)
    for (let row = Math.floor(y / CELL); row <= Math.floor((y + height) / CELL); row += 1)
      keys.push(`${String(column)},${String(row)}`);
  return keys;
}

/** The steps of a square around the middle. */
function ringAt(ring: number): (readonly [right: number, down: number])[] {
  if (ring === 0) return [[0, 0]];
  const steps: (readonly [number, number])[] = [];
  for (let at = -ring; at <= ring; at += 1) steps.push([at, -ring], [at, ring]);
  for (let at = 1 - ring; at < ring; at += 1) steps.push([-ring, at], [ring, at]);
  return steps;
}

const middleOf = ({ x, y, width, height }: Block): Point => ({ x: x + width / 2, y: y + height / 2 });

function meanOf(points: readonly Point[]): Point | null {
  if (points.length === 0) return null;
  const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }));
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/**
 * Positions for the nodes that have none. What hangs together is put beside what it is joined to; what is joined to nothing that
 * stands comes as near as can be to `view`, the middle of what a person sees, or below everything when that is null.
 */
export function arrangeNew(
  nodes: readonly ArrangeNode[],
  edges: readonly ArrangeEdge[],
  standing: Positions,
  view: Point | null = null,
): Positions {
  const fresh = nodes.filter(({ id }) => !standing.has(id));
  const blocks = new Map<string, Block>();
  for (const { id, width, height } of nodes) {
    const at = standing.get(id);
    if (at) blocks.set(id, { x: at[0], y: at[1], width, height });
  }
  if (blocks.size === 0) return arrange(fresh, edges);
  const ground = new Ground();
  for (const block of blocks.values()) ground.take(block);
  const placed = new Map<string, readonly [number, number]>();
  const put = (group: readonly ArrangeNode[], wanted: Point | null): void => {
    const inner = arrange(group, edges);
    const size = extent(group, inner);
    const corner = wanted ? ground.near(size, wanted) : ground.below();
    for (const { id, width, height } of group) {
      const [x, y] = inner.get(id) ?? [0, 0];
      const block = { x: corner.x + x, y: corner.y + y, width, height };
      placed.set(id, [block.x, block.y]);
      ground.take(block);
    }
  };
  const alone: ArrangeNode[] = [];
  for (const group of connected(fresh, edges)) {
    const ids = new Set(group.map(({ id }) => id));
    const joined = edges.flatMap(({ from, to }) => (ids.has(from) ? [to] : ids.has(to) ? [from] : []));
    const wanted = meanOf(joined.flatMap((id) => blocks.get(id) ?? []).map(middleOf));
    if (wanted) put(group, wanted);
    else alone.push(...group);
  }
  if (alone.length > 0) put(alone, view);
  return placed;
}

function extent(group: readonly ArrangeNode[], positions: Positions): { readonly width: number; readonly height: number } {
  const ends = group.map(({ id, width, height }) => {
    const [x, y] = positions.get(id) ?? [0, 0];
    return { right: x + width, bottom: y + height };
  });
  return { width: Math.max(...ends.map(({ right }) => right)), height: Math.max(...ends.map(({ bottom }) => bottom)) };
}
