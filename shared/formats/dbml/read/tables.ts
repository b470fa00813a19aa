/** Tables of the model from tables of a text, with what partials put into them. */
import {
  type CheckConstraint,
  type Column,
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
import type { ColumnNode, IndexNode, Piece, Setting, TableNode } from "../text/ast.ts";
import type { Fault } from "../../kit/faults.ts";
import { tintOf } from "../../kit/tints.ts";
import { type ColumnDraft, columnOf, type ColumnPlace, type InlineRef } from "./columns.ts";
import { idOf, safe } from "../../kit/ids.ts";
import { type Context, settle, spanOf, textOf, type Wanted, wordOf } from "./context.ts";
import { keyOf, type Owned } from "./files.ts";

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

interface Placed<T> {
  readonly node: T;
  readonly piece: Piece;
}

const PART = { descending: false, nulls: null, opclass: null, collation: null } as const;

class Builder {
  readonly #context: Context;
  readonly #owned: Owned<TableNode>;
  readonly #isPartial: boolean;
  readonly #place: ColumnPlace;
  readonly #columns = new Map<string, Column>();
  /** Columns that say that they may be NULL. */
  readonly #nullable = new Set<string>();
  /** Columns that say more than a column holds. */
  readonly #drafts: ColumnDraft[] = [];
  readonly #partials: TableNode[] = [];
  readonly #constraints: Constraint[] = [];
  readonly #indexes: Index[] = [];
  readonly #taken = new Set<string>();
  /** Names that were given, each after `key` or `check`. */
  readonly #used = new Set<string>();

  constructor(context: Context, owned: Owned<TableNode>, isPartial: boolean) {
    this.#context = context;
    this.#owned = owned;
    this.#isPartial = isPartial;
    const namespace = context.namespaceName(owned.namespace);
    const own = `${safe(namespace)}.${safe(owned.name)}`;
    this.#place = { tableId: `table:${own}` as TableId, namespace, table: owned.name, head: `column:${own}.` };
  }

  build(): TableDraft {
    const { node, name, namespace: written } = this.#owned;
    const { tableId: id, namespace } = this.#place;
    this.#collect();
    if (this.#columns.size === 0 && !this.#isPartial && !this.#context.without.has(node))
      this.#tell({ ...spanOf(node), code: "text.value", name: `The table ${name}`, wanted: "at least one column" });
    this.#keys();
    const { comment, tint } = this.#settings();
    const namespaceId = this.#context.namespace(written);
    const columns = [...this.#columns.values()];
    const [constraints, indexes] = [this.#constraints, this.#indexes];
    return {
      id,
      node,
      written,
      namespace,
      name,
      columns: this.#columns,
      refs: this.#drafts.flatMap(({ refs }) => refs),
      sequences: this.#drafts.flatMap(({ sequence }) => sequence ?? []),
      tint,
      taken: this.#taken,
      table: makeTable({ id, namespaceId, name, comment, columns, constraints, indexes }),
    };
  }

  #tell(fault: Fault): void {
    this.#context.tell(this.#owned.node.piece, fault);
  }

  #collect(): void {
    const { fields, piece } = this.#owned.node;
    if (fields.some(({ kind }) => kind === "partial")) this.#injected();
    else for (const field of fields) if (field.kind === "column") this.#column(field, piece);
  }

  #column(node: ColumnNode, piece: Piece): void {
    const { name } = node;
    if (this.#columns.has(name)) {
      this.#tell({ start: node.start, end: node.nameEnd, code: "text.twice", what: "The column", name });
      return;
    }
    const draft = columnOf(this.#context, this.#place, node, piece);
    this.#columns.set(name, draft.column);
    if (draft.nullable) this.#nullable.add(name);
    const { primary, unique, checks, refs, sequence } = draft;
    if (primary || unique || checks.length > 0 || refs.length > 0 || sequence) this.#drafts.push(draft);
  }

  /** Columns where some are injected. */
  #injected(): void {
    const { fields, piece } = this.#owned.node;
    const own = new Set<string>();
    for (const field of fields) if (field.kind === "column") own.add(field.name);
    const all = new Map<string, Placed<ColumnNode>>();
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

  #inject(name: TableNode["name"], own: ReadonlySet<string>, all: Map<string, Placed<ColumnNode>>): void {
    const { files } = this.#context;
    const wanted = files.split(name);
    const partial = files.of(this.#owned.node.piece).partials.get(keyOf(wanted.namespace, wanted.name))?.node;
    if (!partial) {
      this.#tell({ start: name.start + 1, end: name.end, code: "text.missing", what: "TablePartial", name: wanted.name });
      return;
    }
    if (this.#partials.includes(partial)) {
      this.#tell({ ...spanOf(name), code: "text.twice", what: "The TablePartial", name: wanted.name });
      return;
    }
    this.#partials.push(partial);
    for (const field of partial.fields) {
      if (field.kind === "partial" || own.has(field.name)) continue;
      // What is injected last counts, and stands where it is injected.
      all.delete(field.name);
      all.set(field.name, { node: field, piece: partial.piece });
    }
  }

  /** Names that are said come first: what is unnamed goes out of their way. */
  #keys(): void {
    const nodes = [...this.#partials, this.#owned.node];
    for (const list of ["indexes", "checks"] as const) {
      const names = new Set<string>();
      for (const node of nodes) for (const { settings } of node[list]) this.#reserve(settings, names, node.piece);
    }
    const primary = this.#drafts.filter((draft) => draft.primary).map(({ column }) => column);
    if (primary.length > 0) this.#key("primary", primary, null, null);
    for (const { column, unique, checks } of this.#drafts) {
      if (unique) this.#key("unique", [column], null, null);
      for (const expression of checks) this.#check(expression, null, column.name);
    }
    for (const { indexes, piece } of nodes) for (const node of indexes) this.#index(node, piece);
    for (const { checks, piece } of nodes) {
      for (const { expression, settings } of checks) {
        let name: string | null = null;
        const wanted: Wanted = { name: (value) => ((name = textOf(value)) === null ? "a name in quotes" : null) };
        settle(this.#context, piece, "check", settings, wanted, null);
        this.#check(expression, name, null);
      }
    }
  }

  #reserve(settings: readonly Setting[], names: Set<string>, piece: Piece): void {
    const said = settings.find(({ name }) => name === "name");
    const name = said ? textOf(said.value) : null;
    if (!said || name === null) return;
    if (names.has(name)) this.#context.tell(piece, { ...spanOf(said.value ?? said), code: "text.twice", what: "The name", name });
    names.add(name);
    this.#taken.add(name);
  }

  #key(kind: "primary" | "unique", columns: readonly Column[], said: string | null, comment: string | null): void {
    const { dialect } = this.#context;
    const { table } = this.#place;
    const names = (): string[] => columns.map(({ name }) => name);
    const usual = (): string => (kind === "primary" ? primaryName(table, dialect) : uniqueName(table, names(), dialect));
    const name = this.#name("key", said, usual);
    const ids = columns.map(({ id }) => id);
    this.#constraints.push(makeKey({ id: this.#id("constraint", name), kind, name, columns: ids, comment }));
  }

  #check(expression: string, said: string | null, column: string | null): void {
    const name = this.#name("check", said, () => checkName(this.#place.table, column, this.#context.dialect));
    // A check may be called as a key is.
    const kind = this.#used.has(`key ${name}`) ? "check" : "constraint";
    this.#constraints.push(makeCheck({ id: this.#id<CheckConstraint["id"]>(kind, name), name, expression }));
  }

  /** The name that is said, once; else one that is free. */
  #name(kind: "key" | "check", said: string | null, usual: () => string): string {
    const name = said !== null && !this.#used.has(`${kind} ${said}`) ? said : takeName(said ?? usual(), this.#taken);
    this.#used.add(`${kind} ${name}`);
    return name;
  }

  #id<T extends string = ConstraintId>(kind: string, name: string): T {
    return idOf<T>(kind, this.#place.namespace, this.#place.table, name);
  }

  #index(node: IndexNode, piece: Piece): void {
    const said = indexSettings(this.#context, piece, node.settings);
    const { primary, unique, name, method, comment } = said;
    const parts: IndexPart[] = [];
    const columns: (Column | null)[] = [];
    for (const part of node.parts) {
      const column = part.column === null ? undefined : this.#columns.get(part.column);
      if (!column && part.expression === null) {
        const missing = `${this.#place.table}.${part.column ?? ""}`;
        this.#context.tell(piece, { ...spanOf(part), code: "text.missing", what: "column", name: missing });
        continue;
      }
      parts.push({ columnId: column?.id ?? null, expression: column ? null : part.expression, ...PART });
      columns.push(column ?? null);
    }
    if (parts.length < node.parts.length || parts.length === 0) return;
    const plain = columns.filter((column) => column !== null);
    const key = primary || (unique && method === null);
    if (!key || plain.length < parts.length) this.#plainIndex(parts, columns, said);
    else if (!primary) this.#key("unique", plain, name, comment);
    else if (this.#constraints.some(({ kind }) => kind === "primary"))
      this.#context.leave("second primary keys of a table", "it has one; the first counts");
    else this.#key("primary", plain, name, comment);
    if (primary) for (const column of plain) this.#must(column);
  }

  /** A column of a primary key holds no NULL, unless it says that it does. */
  #must({ name }: Column): void {
    const column = this.#columns.get(name);
    if (column && !column.notNull && !this.#nullable.has(name)) this.#columns.set(name, { ...column, notNull: true });
  }

  #plainIndex(parts: readonly IndexPart[], columns: readonly (Column | null)[], said: SaidIndex): void {
    const { dialect } = this.#context;
    const words = (): (string | null)[] => columns.map((column) => column?.name ?? null);
    const name = this.#name("key", said.name, () => indexName(this.#place.table, words(), dialect));
    const method = said.method ?? usualMethod(dialect);
    const id = this.#id<IndexId>("index", name);
    this.#indexes.push(makeIndex({ id, name, unique: said.unique || said.primary, method, parts, comment: said.comment }));
  }

  #settings(): Head {
    const own = headOf(this.#context, "table", this.#owned.node);
    const lent = this.#partials.map((partial) => headOf(this.#context, "table", partial));
    const last = <K extends keyof Head>(key: K): Head[K] =>
      own[key] ?? lent.findLast((head) => head[key] !== null)?.[key] ?? null;
    return { comment: last("comment"), tint: last("tint") };
  }
}

/** What the settings of an index say. */
interface SaidIndex {
  readonly primary: boolean;
  readonly unique: boolean;
  readonly name: string | null;
  readonly method: string | null;
  readonly comment: string | null;
}

function indexSettings(context: Context, piece: Piece, settings: readonly Setting[]): SaidIndex {
  let [primary, unique] = [false, false];
  let name: string | null = null;
  let method: string | null = null;
  let comment: string | null = null;
  const wanted: Wanted = {
    pk: () => ((primary = true), null),
    "primary key": () => ((primary = true), null),
    unique: () => ((unique = true), null),
    name: (value) => ((name = textOf(value)) === null ? "a name in quotes" : null),
    type: (value) => ((method = wordOf(value)?.toLowerCase() ?? null) === null ? "a word, such as btree" : null),
    note: (value) => ((comment = textOf(value)) === null ? "a text in quotes" : null),
  };
  if (settings.length > 0) settle(context, piece, "index", settings, wanted, null);
  return { primary, unique, name, method, comment };
}

interface Head {
  readonly comment: string | null;
  readonly tint: TintName | null;
}

const NO_HEAD: Head = { comment: null, tint: null };

/** The note and the colour of a table or partial. */
function headOf(context: Context, what: string, { settings, notes, piece }: TableNode): Head {
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
  settle(context, piece, what, settings, wanted, aside);
  for (const [at, note] of notes.entries()) {
    if (at > 0 || comment !== null) context.tell(piece, { ...spanOf(note), code: "text.twice", what: "The", name: "note" });
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
  if (owned.node.alias) context.leave("other names of tables", "relations name the tables themselves");
  return new Builder(context, owned, false).build();
}
