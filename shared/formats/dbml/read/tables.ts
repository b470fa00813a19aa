/** Tables of the model from tables of a text, with what partials put into them. */
import {
  type CheckConstraint,
  type Column,
  type ColumnId,
  type Constraint,
  type ConstraintId,
  type Index,
  type IndexId,
  type IndexPart,
  makeCheck,
  makeIndex,
  makeKey,
  makeTable,
  type Sequence,
  type Table,
  type TableId,
  type TintName,
} from "../../../model/index.ts";
import { checkName, indexName, primaryName, takeName, uniqueName, usualMethod } from "../../kit/names.ts";
import type { CheckNode, ColumnNode, IndexNode, Note, Setting, Span, TableNode } from "../text/ast.ts";
import { tintOf } from "../../kit/tints.ts";
import { type ColumnDraft, columnOf, type InlineRef } from "./columns.ts";
import { type Context, idOf, settle, spanOf, textOf, wordOf } from "./context.ts";
import { keyOf, type Owned, type SourceFile } from "./files.ts";

export interface TableDraft {
  readonly id: TableId;
  readonly owned: Owned<TableNode>;
  readonly namespace: string;
  readonly name: string;
  readonly columns: Map<string, Column>;
  readonly refs: readonly (InlineRef & { readonly column: string; readonly file: SourceFile })[];
  readonly sequences: readonly Sequence[];
  readonly tint: TintName | null;
  /** Names that its constraints, indexes and relations have. */
  readonly taken: Set<string>;
  readonly table: Table;
}

interface Field {
  readonly node: ColumnNode;
  readonly file: SourceFile;
}

const PART = { descending: false, nulls: null, opclass: null, collation: null } as const;

class Builder {
  readonly fields = new Map<string, Field>();
  readonly indexes: { readonly node: IndexNode; readonly file: SourceFile }[] = [];
  readonly checks: { readonly node: CheckNode; readonly file: SourceFile }[] = [];
  readonly partials: Owned<TableNode>[] = [];
  readonly columns = new Map<string, Column>();
  readonly constraints: Constraint[] = [];
  readonly made: Index[] = [];
  readonly taken = new Set<string>();
  readonly context: Context;
  readonly owned: Owned<TableNode>;
  readonly namespace: string;
  readonly name: string;

  readonly isPartial: boolean;

  constructor(context: Context, owned: Owned<TableNode>, isPartial = false) {
    this.context = context;
    this.isPartial = isPartial;
    this.owned = owned;
    this.namespace = context.namespaceName(owned.namespace);
    this.name = owned.name;
    this.#collect();
  }

  #collect(): void {
    const { node, file } = this.owned;
    const own = new Set<string>();
    for (const field of node.fields) if (field.kind === "column") own.add(field.column.name.parts.at(-1) ?? "");
    const local = new Set<string>();
    for (const field of node.fields) {
      if (field.kind === "partial") {
        if (this.isPartial)
          file.tell({ ...spanOf(field.name), code: "text.place", what: "A TablePartial", why: "only a table may name one" });
        else this.#inject(field.name, own);
        continue;
      }
      const name = field.column.name.parts.at(-1) ?? "";
      if (local.has(name)) file.tell({ ...spanOf(field.column.name), code: "text.twice", what: "The column", name });
      else this.fields.set(name, { node: field.column, file });
      local.add(name);
    }
    for (const item of node.indexes) this.indexes.push({ node: item, file });
    for (const item of node.checks) this.checks.push({ node: item, file });
    if (this.fields.size === 0 && !this.isPartial)
      file.tell({
        start: node.start,
        end: node.end,
        code: "text.value",
        name: `The table ${this.name}`,
        wanted: "at least one column",
      });
  }

  #inject(name: TableNode["name"], own: ReadonlySet<string>): void {
    const { file } = this.owned;
    const wanted = this.context.files.split(name);
    const partial = file.partials.get(keyOf(wanted.namespace, wanted.name));
    const span = { start: name.start + 1, end: name.end };
    if (!partial) {
      file.tell({ ...span, code: "text.missing", what: "TablePartial", name: wanted.name });
      return;
    }
    if (this.partials.includes(partial)) {
      file.tell({ ...span, start: name.start, code: "text.twice", what: "The TablePartial", name: wanted.name });
      return;
    }
    this.partials.push(partial);
    for (const field of partial.node.fields) {
      if (field.kind === "partial") continue;
      const column = field.column.name.parts.at(-1) ?? "";
      if (own.has(column)) continue;
      // What is injected last counts, and stands where it is injected.
      this.fields.delete(column);
      this.fields.set(column, { node: field.column, file: partial.file });
    }
    for (const item of partial.node.indexes) this.indexes.push({ node: item, file: partial.file });
    for (const item of partial.node.checks) this.checks.push({ node: item, file: partial.file });
  }

  build(): TableDraft {
    const { context, owned, namespace, name } = this;
    const id = idOf<TableId>("table", namespace, name);
    const place = { tableId: id, namespace, table: name };
    const drafts: ColumnDraft[] = [];
    const refs: TableDraft["refs"][number][] = [];
    for (const { node, file } of this.fields.values()) {
      const draft = columnOf(context, { ...place, file }, node);
      drafts.push(draft);
      this.columns.set(draft.column.name, draft.column);
      for (const ref of draft.refs) refs.push({ ...ref, column: draft.column.name, file });
    }
    this.#keys(drafts);
    const { comment, tint } = this.#settings();
    const table = makeTable({
      id,
      namespaceId: context.namespace(owned.namespace),
      name,
      comment,
      columns: [...this.columns.values()],
      constraints: this.constraints,
      indexes: this.made,
    });
    const sequences = drafts.flatMap(({ sequence }) => sequence ?? []);
    return { id, owned, namespace, name, columns: this.columns, refs, sequences, tint, taken: this.taken, table };
  }

  /** Names that are said come first: what is unnamed goes out of their way. */
  #keys(drafts: readonly ColumnDraft[]): void {
    const said = [...this.indexes, ...this.checks].flatMap(({ node }) => node.settings.find(({ name }) => name === "name") ?? []);
    for (const { value } of said) this.taken.add(textOf(value) ?? "");
    const primary = drafts.filter((draft) => draft.primary).map(({ column }) => column.id);
    if (primary.length > 0) this.#key("primary", primary, null, null);
    for (const { column, unique, checks } of drafts) {
      if (unique) this.#key("unique", [column.id], null, null);
      for (const expression of checks) this.#check(expression, null, column.name);
    }
    for (const { node, file } of this.indexes) this.#index(node, file);
    for (const { node, file } of this.checks) {
      let name: string | null = null;
      settle(
        file,
        "check",
        node.settings,
        { name: (value) => ((name = textOf(value)) === null ? "a name in quotes" : null) },
        null,
      );
      this.#check(node.expression, name, null);
    }
  }

  #key(kind: "primary" | "unique", columns: readonly ColumnId[], said: string | null, comment: string | null): void {
    const { dialect } = this.context;
    const names = [...this.columns.values()].filter(({ id }) => columns.includes(id));
    const inOrder = columns.map((id) => names.find((column) => column.id === id)?.name ?? "");
    const usual = kind === "primary" ? primaryName(this.name, dialect) : uniqueName(this.name, inOrder, dialect);
    const name = said ?? takeName(usual, this.taken);
    this.constraints.push(makeKey({ id: this.#id("constraint", name), kind, name, columns, comment }));
  }

  #check(expression: string, said: string | null, column: string | null): void {
    const name = said ?? takeName(checkName(this.name, column, this.context.dialect), this.taken);
    this.constraints.push(makeCheck({ id: this.#id<CheckConstraint["id"]>("constraint", name), name, expression }));
  }

  #id<T extends string = ConstraintId>(kind: string, name: string): T {
    return idOf<T>(kind, this.namespace, this.name, name);
  }

  #index(node: IndexNode, file: SourceFile): void {
    let [primary, unique] = [false, false];
    let name: string | null = null;
    let method: string | null = null;
    let comment: string | null = null;
    settle(
      file,
      "index",
      node.settings,
      {
        pk: () => ((primary = true), null),
        "primary key": () => ((primary = true), null),
        unique: () => ((unique = true), null),
        name: (value) => ((name = textOf(value)) === null ? "a name in quotes" : null),
        type: (value) => ((method = wordOf(value)?.toLowerCase() ?? null) === null ? "a word, such as btree" : null),
        note: (value) => ((comment = textOf(value)) === null ? "a text in quotes" : null),
      },
      null,
    );
    const parts: IndexPart[] = [];
    for (const part of node.parts) {
      const column = part.column === null ? undefined : this.columns.get(part.column);
      if (column) parts.push({ ...PART, columnId: column.id, expression: null });
      else if (part.expression !== null) parts.push({ ...PART, columnId: null, expression: part.expression });
      else
        file.tell({
          start: part.start,
          end: part.end,
          code: "text.missing",
          what: "column",
          name: `${this.name}.${part.column ?? ""}`,
        });
    }
    if (parts.length < node.parts.length || parts.length === 0) return;
    const plain = parts.flatMap(({ columnId }) => columnId ?? []);
    const key = primary || (unique && method === null);
    if (!key || plain.length < parts.length) this.#plainIndex(parts, { name, method, unique: unique || primary, comment });
    else if (!primary) this.#key("unique", plain, name, comment);
    else if (this.constraints.some(({ kind }) => kind === "primary"))
      this.context.leave("second primary keys of a table", "it has one; the first counts");
    else this.#key("primary", plain, name, comment);
    if (primary) for (const id of plain) this.#must(id);
  }

  /** A column of a primary key holds no NULL, unless it says that it does. */
  #must(id: ColumnId): void {
    for (const [name, column] of this.columns) {
      if (column.id !== id || column.notNull) continue;
      const said = this.fields.get(name)?.node.settings.some((setting) => setting.name === "null") ?? false;
      if (!said) this.columns.set(name, { ...column, notNull: true });
    }
  }

  #plainIndex(
    parts: readonly IndexPart[],
    said: {
      readonly name: string | null;
      readonly method: string | null;
      readonly unique: boolean;
      readonly comment: string | null;
    },
  ): void {
    const { dialect } = this.context;
    const byId = new Map([...this.columns.values()].map(({ id, name }) => [id, name]));
    const words = parts.map(({ columnId }) => (columnId === null ? null : (byId.get(columnId) ?? null)));
    const name = said.name ?? takeName(indexName(this.name, words, dialect), this.taken);
    const method = said.method ?? usualMethod(dialect);
    this.made.push(
      makeIndex({ id: this.#id<IndexId>("index", name), name, unique: said.unique, method, parts, comment: said.comment }),
    );
  }

  #settings(): { readonly comment: string | null; readonly tint: TintName | null } {
    const { node, file } = this.owned;
    const own = headOf(this.context, file, "table", node.settings, node.notes);
    const lent = this.partials.map((partial) =>
      headOf(this.context, partial.file, "table", partial.node.settings, partial.node.notes),
    );
    const last = <K extends "comment" | "tint">(key: K) => own[key] ?? lent.findLast((head) => head[key] !== null)?.[key] ?? null;
    return { comment: last("comment"), tint: last("tint") };
  }
}

/** The note and the colour of a table or partial. */
function headOf(
  context: Context,
  file: SourceFile,
  what: string,
  settings: readonly Setting[],
  notes: readonly Note[],
): { readonly comment: string | null; readonly tint: TintName | null } {
  let comment: string | null = null;
  let tint: TintName | null = null;
  settle(
    file,
    what,
    settings,
    {
      note: (value) => ((comment = textOf(value)) === null ? "a text in quotes" : null),
      headercolor: (value) => {
        tint = value?.kind === "colour" ? tintOf(value.text) : null;
        return tint === null ? "a colour, such as #1d4ed8" : null;
      },
      dep: () => {
        context.leave("dependencies between tables", "a design has none");
        return null;
      },
    },
    () => context.leave("settings of a person's own", "a design has no place for them"),
  );
  for (const [at, note] of notes.entries()) {
    const span: Span = { start: note.start, end: note.end };
    if (at > 0 || comment !== null) file.tell({ ...span, code: "text.twice", what: "The", name: "note" });
    else comment = note.text;
  }
  return { comment, tint };
}

/** What a partial says, looked at by itself: its faults are told though no table names it. */
export function partialOf(context: Context, owned: Owned<TableNode>): TableDraft {
  return new Builder(context, owned, true).build();
}

/** One table. Relations are not in it: they need all tables. */
export function tableOf(context: Context, owned: Owned<TableNode>): TableDraft {
  const { node } = owned;
  if (node.alias) context.leave("other names of tables", "relations name the tables themselves");
  for (const { rows } of node.records) {
    context.rows += rows;
    context.rowTables += 1;
  }
  return new Builder(context, owned).build();
}
