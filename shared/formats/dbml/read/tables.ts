/** Tables of the model from tables of a text, with what partials put into them. */
import { type Column, makeTable, type Sequence, type Table, type TableId, type TintName } from "../../../model/index.ts";
import { safe } from "../../kit/ids.ts";
import { tintOf } from "../../kit/tints.ts";
import type { TableNode } from "../text/ast.ts";
import type { ColumnPlace, InlineRef } from "./columns.ts";
import { type Context, settle, spanOf, textOf, type Wanted } from "./context.ts";
import { fieldsOf } from "./fields.ts";
import type { Owned } from "./files.ts";
import { keysOf } from "./keys.ts";

export interface TableDraft {
  readonly id: TableId;
  readonly node: TableNode;
  /** The namespace as it is written; empty where none is. */
  readonly written: string;
  readonly namespace: string;
  readonly name: string;
  readonly columns: ReadonlyMap<string, Column>;
  readonly refs: readonly InlineRef[];
  readonly sequences: readonly Sequence[];
  readonly tint: TintName | null;
  /** Names that its constraints and indexes have. */
  readonly taken: ReadonlySet<string>;
  readonly table: Table;
}

function build(context: Context, owned: Owned<TableNode>, isPartial: boolean): TableDraft {
  const { node, name, namespace: written } = owned;
  const namespace = context.namespaceName(written);
  const own = `${safe(namespace)}.${safe(name)}`;
  const id = `table:${own}` as TableId;
  const place: ColumnPlace = { tableId: id, namespace, table: name, head: `column:${own}.` };
  const fields = fieldsOf(context, owned, place, isPartial);
  const { columns, drafts, partials } = fields;
  if (columns.size === 0 && !isPartial && !context.without.has(node)) {
    const wanted = "at least one column";
    context.tell(node.piece, { ...spanOf(node), code: "text.value", name: `The table ${name}`, wanted });
  }
  const { constraints, indexes, taken } = keysOf(context, place, [...partials, node], fields);
  const { comment, tint } = headOf(context, partials, node);
  const namespaceId = context.namespace(written);
  return {
    id,
    node,
    written,
    namespace,
    name,
    columns,
    refs: drafts.flatMap(({ refs }) => refs),
    sequences: drafts.flatMap(({ sequence }) => sequence ?? []),
    tint,
    taken,
    table: makeTable({ id, namespaceId, name, comment, columns: [...columns.values()], constraints, indexes }),
  };
}

interface Head {
  readonly comment: string | null;
  readonly tint: TintName | null;
}

const NO_HEAD: Head = { comment: null, tint: null };

/** The note and the colour of a table: its own, else those of the last partial that says one. */
function headOf(context: Context, partials: readonly TableNode[], node: TableNode): Head {
  const own = ownHead(context, node);
  const lent = partials.map((partial) => ownHead(context, partial));
  const last = <K extends keyof Head>(key: K): Head[K] => own[key] ?? lent.findLast((head) => head[key] !== null)?.[key] ?? null;
  return { comment: last("comment"), tint: last("tint") };
}

/** What a table or partial says itself. */
function ownHead(context: Context, { settings, notes, piece }: TableNode): Head {
  if (settings.length + notes.length === 0) return NO_HEAD;
  let comment: string | null = null;
  let tint: TintName | null = null;
  const wanted: Wanted = {
    note: (value) => ((comment = textOf(value)) === null ? "a text in quotes" : null),
    headercolor: (value) => {
      tint = value?.kind === "colour" ? tintOf(value.text) : null;
      return tint === null ? "a colour, such as #1d4ed8" : null;
    },
    dep: () => {
      context.leave("dependencies between tables", "a design has none");
      return null;
    },
  };
  const aside = (): void => {
    context.leave("settings of a person's own", "a design has no place for them");
  };
  settle(context, piece, "table", settings, wanted, aside);
  for (const [at, note] of notes.entries()) {
    if (at > 0 || comment !== null) context.tell(piece, { ...spanOf(note), code: "text.twice", what: "The", name: "note" });
    else comment = note.text;
  }
  return { comment, tint };
}

/** What a partial says, looked at by itself: its faults are told though no table names it. */
export function partialOf(context: Context, owned: Owned<TableNode>): TableDraft {
  return build(context, owned, true);
}

/** One table. Relations are not in it: they need all tables. */
export function tableOf(context: Context, owned: Owned<TableNode>): TableDraft {
  if (owned.node.alias) context.leave("other names of tables", "relations name the tables themselves");
  return build(context, owned, false);
}
