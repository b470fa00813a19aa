/** Topological order: what is needed comes first, otherwise the given order stays. */

export interface Node<T> {
  readonly id: string;
  readonly needs: readonly string[];
  readonly value: T;
}

/** Needs that are not among the nodes are passed over; a cycle is cut where it is first met. */
export function inOrderOfNeed<T>(nodes: readonly Node<T>[]): T[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const done = new Set<string>();
  const out: T[] = [];
  const visit = (node: Node<T>): void => {
    if (done.has(node.id)) return;
    done.add(node.id);
    for (const need of node.needs) {
      const needed = byId.get(need);
      if (needed) visit(needed);
    }
    out.push(node.value);
  };
  nodes.forEach(visit);
  return out;
}
