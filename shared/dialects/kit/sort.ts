/**
 * Topological order: what is needed comes first, like stays with like, otherwise the given order stays.
 *
 * Things that need each other in a circle are made in two steps, as `pg_dump` does: one of them is created in a form that needs
 * less (a view with the right columns and no query), and completed when the others are there.
 */

export interface Node<T> {
  readonly id: string;
  readonly needs: readonly string[];
  readonly value: T;
  /** Nodes of one group come together as far as their needs allow. */
  readonly group?: string;
  /** How to make it in two steps. Of several in a circle, the one with the lowest rank is taken. */
  readonly split?: Split<T> | null;
}

export interface Split<T> {
  readonly rank: number;
  /** What the first step needs. */
  readonly needs: readonly string[];
  readonly steps: () => { readonly first: T; readonly rest: T };
}

/** Needs that are not among the nodes are passed over; a circle in which nothing can be made in two steps is cut where it is met. */
export function inOrderOfNeed<T>(nodes: readonly Node<T>[]): T[] {
  return together(circles(nodes)).flatMap((circle) => (circle.length === 1 ? circle.map(({ value }) => value) : opened(circle)));
}

function opened<T>(circle: readonly Node<T>[]): T[] {
  const [weak] = circle.filter(({ split }) => split).sort((a, b) => (a.split?.rank ?? 0) - (b.split?.rank ?? 0));
  if (!weak?.split) return circle.map(({ value }) => value).reverse();
  const { needs } = weak.split;
  const { first, rest } = weak.split.steps();
  return [...inOrderOfNeed(circle.map((node) => (node === weak ? { id: node.id, needs, value: first } : node))), rest];
}

type Circle<T> = readonly Node<T>[];

interface Mark<T> {
  readonly node: Node<T>;
  readonly index: number;
  low: number;
  /** How many of the node's needs were looked at. */
  next: number;
  closed: boolean;
}

/**
 * Strongly connected components (Tarjan), each after those that it needs; a node in no circle is alone. A chain may be as long as
 * there are tables, so the walk keeps a stack of its own.
 */
function circles<T>(nodes: readonly Node<T>[]): Circle<T>[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const marks = new Map<string, Mark<T>>();
  const open: Mark<T>[] = [];
  const found: Circle<T>[] = [];
  for (const root of nodes) {
    if (marks.has(root.id)) continue;
    const path: Mark<T>[] = [];
    const enter = (node: Node<T>): void => {
      const mark = { node, index: marks.size, low: marks.size, next: 0, closed: false };
      marks.set(node.id, mark);
      open.push(mark);
      path.push(mark);
    };
    enter(root);
    for (let at = path.at(-1); at; at = path.at(-1)) {
      const need = byId.get(at.node.needs[at.next] ?? "");
      const known = need && marks.get(need.id);
      if (at.next < at.node.needs.length) {
        at.next += 1;
        if (need && !known) enter(need);
        else if (known && !known.closed) at.low = Math.min(at.low, known.index);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above) above.low = Math.min(above.low, at.low);
      if (at.low < at.index) continue;
      const circle = open.splice(open.lastIndexOf(at));
      for (const mark of circle) mark.closed = true;
      found.push(circle.map(({ node }) => node));
    }
  }
  return found;
}

/** Circles that come in an order of need, in one that changes from group to group as seldom as it can. */
function together<T>(list: readonly Circle<T>[]): Circle<T>[] {
  const of = new Map(list.flatMap((circle) => circle.map(({ id }) => [id, circle] as const)));
  const groupOf = (circle: Circle<T>): string => circle[0]?.group ?? "";
  const groups = new Set(list.map(groupOf));
  const done = new Set<Circle<T>>();
  const ready = (circle: Circle<T>): boolean =>
    circle.every(({ needs }) => needs.every((id) => (of.get(id) ?? circle) === circle || done.has(of.get(id) ?? circle)));
  for (let left = list; left.length > 0; left = left.filter((circle) => !done.has(circle))) {
    for (const group of groups) for (const circle of left) if (groupOf(circle) === group && ready(circle)) done.add(circle);
  }
  return [...done];
}
