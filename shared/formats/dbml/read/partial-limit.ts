/** How much partials may give to the tables that name them: a short text can name a long partial a thousand times. */
import type { Name, Piece, TableNode } from "../text/ast.ts";
import { type Files, keyOf, type Owned } from "./files.ts";

/** As many columns as all partials may give together. */
export const MOST_LENT = 200_000;
/** What is as long to write as a column of many settings counts as one. */
const LENGTH = 100;

/** Tables that go without their partials, and where the first of these is named. */
export interface BeyondLimit {
  readonly tables: ReadonlySet<TableNode>;
  readonly first: { readonly piece: Piece; readonly name: Name } | null;
}

/** The tables, in their order, from the one on with which partials would give more than they may. */
export function beyondLimit(files: Files, tables: Iterable<Owned<TableNode>>): BeyondLimit {
  const beyond = new Set<TableNode>();
  let first: BeyondLimit["first"] = null;
  let lent = 0;
  for (const { node, file } of tables) {
    for (const field of node.fields) {
      if (field.kind !== "partial") continue;
      const { namespace, name } = files.split(field.name);
      const partial = file.partials.get(keyOf(namespace, name))?.node;
      if (partial) lent += Math.max(partial.fields.length, (partial.end - partial.start) / LENGTH);
      if (lent <= MOST_LENT) continue;
      first ??= { piece: node.piece, name: field.name };
      beyond.add(node);
      break;
    }
  }
  return { tables: beyond, first };
}
