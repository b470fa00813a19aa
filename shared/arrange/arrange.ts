/**
 * Automatic layout: a graph of sized boxes in, positions out. Deterministic.
 *
 * Connected parts are found and laid out one by one in layers (referring tables left of those they refer to, after Sugiyama, Tagawa
 * and Toda 1981: cycles cut, layers, barycentre sweeps, columns centred), tall layers are wrapped; then the
 * parts are packed in rows of a page of about 16:10, with lone tables in a tidy grid at the end.
 */

export interface ArrangeNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface ArrangeEdge {
  readonly from: string;
  readonly to: string;
}

export type Positions = ReadonlyMap<string, readonly [x: number, y: number]>;

const GAP_X = 96;
const GAP_Y = 40;
const PART_GAP = 120;
const SWEEPS = 8;
const RATIO = 1.6;

interface Placed {
  readonly node: ArrangeNode;
  x: number;
  y: number;
}

interface Part {
  readonly placed: readonly Placed[];
  readonly width: number;
  readonly height: number;
}

type Links = ReadonlyMap<string, ReadonlySet<string>>;

function linksOf(
  nodes: readonly ArrangeNode[],
  edges: readonly ArrangeEdge[],
  ends: (edge: ArrangeEdge) => readonly [string, string],
): Links {
  const links = new Map<string, Set<string>>(nodes.map(({ id }) => [id, new Set()]));
  for (const edge of edges) {
    const [a, b] = ends(edge);
    if (a !== b && links.has(b)) links.get(a)?.add(b);
  }
  return links;
}

/** Groups of nodes that hang together, largest first, else in the order given. */
function components(nodes: readonly ArrangeNode[], out: Links, into: Links): ArrangeNode[][] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const seen = new Set<string>();
  const found: ArrangeNode[][] = [];
  for (const node of nodes) {
    if (seen.has(node.id)) continue;
    const group: ArrangeNode[] = [];
    const queue = [node.id];
    seen.add(node.id);
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      const member = byId.get(id);
      if (member) group.push(member);
      for (const other of [...(out.get(id) ?? []), ...(into.get(id) ?? [])]) {
        if (!seen.has(other)) {
          seen.add(other);
          queue.push(other);
        }
      }
    }
    found.push(group);
  }
  return found.sort((a, b) => b.length - a.length);
}

/** Layer of each node: the longest way from a node that nothing in the part refers to. Edges that close a cycle do not count. */
function layersOf(part: readonly ArrangeNode[], out: Links): Map<string, number> {
  const layer = new Map<string, number>();
  const state = new Map<string, "open" | "done">();
  const order: string[] = [];
  const back = new Set<string>();
  for (const { id } of part) {
    if (state.has(id)) continue;
    const stack: { readonly id: string; readonly rest: string[] }[] = [{ id, rest: [...(out.get(id) ?? [])] }];
    state.set(id, "open");
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = top.rest.pop();
      if (next === undefined) {
        state.set(top.id, "done");
        order.push(top.id);
        stack.pop();
      } else if (state.get(next) === "open") back.add(`${top.id}\0${next}`);
      else if (!state.has(next)) {
        state.set(next, "open");
        stack.push({ id: next, rest: [...(out.get(next) ?? [])] });
      }
    }
  }
  // Reverse finishing order is topological: what refers comes first.
  for (const id of order.reverse()) {
    const own = layer.get(id) ?? 0;
    layer.set(id, own);
    for (const next of out.get(id) ?? [])
      if (!back.has(`${id}\0${next}`)) layer.set(next, Math.max(layer.get(next) ?? 0, own + 1));
  }
  return layer;
}

/** Pulls nodes that nothing refers to beside what they refer to, so that no edge is longer than need be. */
function tightened(part: readonly ArrangeNode[], layer: Map<string, number>, out: Links, into: Links): void {
  for (const { id } of part) {
    if ((into.get(id)?.size ?? 0) > 0) continue;
    const next = [...(out.get(id) ?? [])].map((other) => layer.get(other) ?? 0);
    if (next.length > 0) layer.set(id, Math.max(0, Math.min(...next) - 1));
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function uncrossed(columns: ArrangeNode[][], out: Links, into: Links): void {
  const place = new Map<string, number>();
  const remember = (column: readonly ArrangeNode[]): void =>
    column.forEach(({ id }, at) => place.set(id, (at + 0.5) / column.length));
  columns.forEach(remember);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const order = sweep % 2 === 0 ? columns : [...columns].reverse();
    for (const column of order) {
      const weight = new Map(
        column.map(({ id }) => {
          const around = [...(out.get(id) ?? []), ...(into.get(id) ?? [])].flatMap((other) => place.get(other) ?? []);
          return [id, around.length === 0 ? (place.get(id) ?? 0) : mean(around)] as const;
        }),
      );
      column.sort((a, b) => (weight.get(a.id) ?? 0) - (weight.get(b.id) ?? 0) || (a.id < b.id ? -1 : 1));
      remember(column);
    }
  }
}

/** Splits layers that are much taller than the part should be into several columns. */
function wrapped(columns: readonly ArrangeNode[][]): ArrangeNode[][] {
  const area = columns.flat().reduce((sum, { width, height }) => sum + (width + GAP_X) * (height + GAP_Y), 0);
  const limit = Math.max(900, Math.sqrt(area / RATIO) * 1.15);
  return columns.flatMap((column) => {
    const parts: ArrangeNode[][] = [[]];
    let height = 0;
    for (const node of column) {
      if (height > 0 && height + node.height > limit) {
        parts.push([]);
        height = 0;
      }
      parts.at(-1)?.push(node);
      height += node.height + GAP_Y;
    }
    return parts;
  });
}

function layered(part: readonly ArrangeNode[], out: Links, into: Links): Part {
  const layer = layersOf(part, out);
  tightened(part, layer, out, into);
  const columns: ArrangeNode[][] = [];
  for (const node of part) (columns[layer.get(node.id) ?? 0] ??= []).push(node);
  const full = columns.filter((column) => column.length > 0);
  uncrossed(full, out, into);
  const wide = wrapped(full);
  const heights = wide.map((column) => column.reduce((sum, { height }) => sum + height + GAP_Y, -GAP_Y));
  const height = Math.max(...heights);
  const placed: Placed[] = [];
  let x = 0;
  wide.forEach((column, at) => {
    const width = Math.max(...column.map((node) => node.width));
    let y = (height - (heights[at] ?? 0)) / 2;
    for (const node of column) {
      placed.push({ node, x: x + (width - node.width) / 2, y });
      y += node.height + GAP_Y;
    }
    x += width + GAP_X;
  });
  return { placed, width: x - GAP_X, height };
}

/** Lone nodes in columns of even height, in the order given. */
function grid(nodes: readonly ArrangeNode[]): Part {
  const area = nodes.reduce((sum, { width, height }) => sum + (width + GAP_Y) * (height + GAP_Y), 0);
  const limit = Math.max(...nodes.map(({ height }) => height), Math.sqrt(area / RATIO));
  const placed: Placed[] = [];
  let [x, y, width, height] = [0, 0, 0, 0];
  for (const node of nodes) {
    if (y > 0 && y + node.height > limit) {
      x += width + GAP_Y;
      [y, width] = [0, 0];
    }
    placed.push({ node, x, y });
    y += node.height + GAP_Y;
    width = Math.max(width, node.width);
    height = Math.max(height, y - GAP_Y);
  }
  return { placed, width: x + width, height };
}

/** Parts in rows, like words on a page. */
function packed(parts: readonly Part[]): Positions {
  const area = parts.reduce((sum, { width, height }) => sum + (width + PART_GAP) * (height + PART_GAP), 0);
  const page = Math.max(...parts.map(({ width }) => width), Math.sqrt(area * RATIO));
  const positions = new Map<string, readonly [number, number]>();
  let [x, y, row] = [0, 0, 0];
  for (const part of parts) {
    if (x > 0 && x + part.width > page) {
      y += row + PART_GAP;
      [x, row] = [0, 0];
    }
    for (const item of part.placed) positions.set(item.node.id, [Math.round(x + item.x), Math.round(y + item.y)]);
    x += part.width + PART_GAP;
    row = Math.max(row, part.height);
  }
  return positions;
}

/** Positions for all nodes, with no two boxes overlapping. */
export function arrange(nodes: readonly ArrangeNode[], edges: readonly ArrangeEdge[]): Positions {
  if (nodes.length === 0) return new Map();
  const out = linksOf(nodes, edges, ({ from, to }) => [from, to]);
  const into = linksOf(nodes, edges, ({ from, to }) => [to, from]);
  const groups = components(nodes, out, into);
  const lone = groups.filter((group) => group.length === 1).flat();
  const parts = groups.filter((group) => group.length > 1).map((group) => layered(group, out, into));
  return packed(lone.length === 0 ? parts : [...parts, grid(lone)]);
}

/** Plain rows below what stands, for the nodes that do not stand yet: nothing to find, nothing that can go wrong. */
export function tile(nodes: readonly ArrangeNode[], standing: Positions): Positions {
  const fresh = nodes.filter(({ id }) => !standing.has(id));
  const bottom = Math.max(0, ...nodes.map(({ id, height }) => (standing.get(id)?.[1] ?? -Infinity) + height + PART_GAP));
  if (fresh.length === 0) return new Map();
  return new Map(grid(fresh).placed.map(({ node, x, y }) => [node.id, [Math.round(x), Math.round(y + bottom)] as const]));
}

/** What hangs together, by edges in any direction. */
export function connected(nodes: readonly ArrangeNode[], edges: readonly ArrangeEdge[]): ArrangeNode[][] {
  const out = linksOf(nodes, edges, ({ from, to }) => [from, to]);
  return components(
    nodes,
    out,
    linksOf(nodes, edges, ({ from, to }) => [to, from]),
  );
}
