/** The columns of a table: its own, and what partials put among them. */
import type { Column } from "../../../model/index.ts";
import type { Fault } from "../../kit/faults.ts";
import type { ColumnNode, Piece, TableNode } from "../text/ast.ts";
import { type ColumnDraft, columnOf, type ColumnPlace } from "./columns.ts";
import { type Context, spanOf } from "./context.ts";
import { keyOf, type Owned } from "./files.ts";

/** The columns of one table under way. */
export interface Fields {
  /** By their names, in their order. */
  readonly columns: Map<string, Column>;
  /** Columns that say that they may be NULL. */
  readonly nullable: ReadonlySet<string>;
  /** Columns that say more than a column holds. */
  readonly drafts: readonly ColumnDraft[];
  readonly partials: readonly TableNode[];
}

/** A column, and where its faults are told. */
interface Placed {
  readonly node: ColumnNode;
  readonly piece: Piece;
}

class Collector implements Fields {
  readonly columns = new Map<string, Column>();
  readonly nullable = new Set<string>();
  readonly drafts: ColumnDraft[] = [];
  readonly partials: TableNode[] = [];
  readonly #context: Context;
  readonly #owned: Owned<TableNode>;
  readonly #place: ColumnPlace;
  readonly #isPartial: boolean;

  constructor(context: Context, owned: Owned<TableNode>, place: ColumnPlace, isPartial: boolean) {
    this.#context = context;
    this.#owned = owned;
    this.#place = place;
    this.#isPartial = isPartial;
  }

  collect(): void {
    const { fields, piece } = this.#owned.node;
    if (fields.some(({ kind }) => kind === "partial")) this.#injected();
    else for (const field of fields) if (field.kind === "column") this.#column(field, piece);
  }

  #column(node: ColumnNode, piece: Piece): void {
    const { name } = node;
    if (this.columns.has(name)) {
      this.#tell({ start: node.start, end: node.nameEnd, code: "text.twice", what: "The column", name });
      return;
    }
    const draft = columnOf(this.#context, this.#place, node, piece);
    this.columns.set(name, draft.column);
    if (draft.nullable) this.nullable.add(name);
    const { primary, unique, checks, refs, sequence } = draft;
    if (primary || unique || checks.length > 0 || refs.length > 0 || sequence) this.drafts.push(draft);
  }

  /** Columns where some are injected. */
  #injected(): void {
    const { fields, piece } = this.#owned.node;
    const own = new Set<string>();
    for (const field of fields) if (field.kind === "column") own.add(field.name);
    const all = new Map<string, Placed>();
    const local = new Set<string>();
    for (const field of fields) {
      if (field.kind === "column") {
        const { name } = field;
        if (local.has(name)) this.#tell({ start: field.start, end: field.nameEnd, code: "text.twice", what: "The column", name });
        else all.set(name, { node: field, piece });
        local.add(name);
      } else if (this.#context.without.has(this.#owned.node)) continue;
      else if (this.#isPartial)
        this.#tell({ ...spanOf(field.name), code: "text.place", what: "A TablePartial", why: "only a table may name one" });
      else this.#inject(field.name, own, all);
    }
    for (const { node, piece: from } of all.values()) this.#column(node, from);
  }

  #inject(name: TableNode["name"], own: ReadonlySet<string>, all: Map<string, Placed>): void {
    const { files } = this.#context;
    const wanted = files.split(name);
    const partial = files.of(this.#owned.node.piece).partials.get(keyOf(wanted.namespace, wanted.name))?.node;
    if (!partial) {
      this.#tell({ start: name.start + 1, end: name.end, code: "text.missing", what: "TablePartial", name: wanted.name });
      return;
    }
    if (this.partials.includes(partial)) {
      this.#tell({ ...spanOf(name), code: "text.twice", what: "The TablePartial", name: wanted.name });
      return;
    }
    this.partials.push(partial);
    for (const field of partial.fields) {
      if (field.kind === "partial" || own.has(field.name)) continue;
      // What is injected last counts, and stands where it is injected.
      all.delete(field.name);
      all.set(field.name, { node: field, piece: partial.piece });
    }
  }

  #tell(fault: Fault): void {
    this.#context.tell(this.#owned.node.piece, fault);
  }
}

/** Reads the columns of a table, or of a partial looked at by itself, which injects none. */
export function fieldsOf(context: Context, owned: Owned<TableNode>, place: ColumnPlace, isPartial: boolean): Fields {
  const fields = new Collector(context, owned, place, isPartial);
  fields.collect();
  return fields;
}
