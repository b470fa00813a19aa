/** What tables of other files bring into a design. */
import type { EnumNode, TableNode } from "../text/ast.ts";
import { enumOf } from "./columns.ts";
import { type Context, spanOf } from "./context.ts";
import { keyOf, type Owned } from "./files.ts";
import type { TableDraft } from "./tables.ts";

/** The nodes of tables, and those of the partials that they name. */
function nodesOf({ files }: Context, drafts: readonly TableDraft[]): ReadonlySet<TableNode> {
  const nodes = new Set(drafts.map(({ node }) => node));
  for (const { fields, piece } of [...nodes])
    for (const field of fields) {
      if (field.kind !== "partial") continue;
      const { namespace, name } = files.split(field.name);
      const partial = files.of(piece).partials.get(keyOf(namespace, name));
      if (partial) nodes.add(partial.node);
    }
  return nodes;
}

/**
 * Adds the enums that columns are of to those of a design: a table that is used brings them, named or not, for without them it is
 * none. Of two that are called the same the first counts.
 */
export function lend(context: Context, drafts: readonly TableDraft[], enums: Set<Owned<EnumNode>>): void {
  const taken = new Set([...enums].map(({ namespace, name }) => keyOf(namespace, name)));
  const told = new Set<Owned<EnumNode>>();
  for (const { fields, piece } of nodesOf(context, drafts)) {
    const file = context.files.of(piece);
    for (const field of fields) {
      if (field.kind !== "column" || field.type?.args !== "") continue;
      const owned = enumOf(context, file, field.type.parts);
      if (!owned || enums.has(owned) || told.has(owned)) continue;
      const { node, namespace, name } = owned;
      const key = keyOf(namespace, name);
      if (!taken.has(key)) {
        taken.add(key);
        enums.add(owned);
        continue;
      }
      told.add(owned);
      context.tell(node.piece, { ...spanOf(node.name), code: "text.twice", what: "The Enum", name });
    }
  }
}
