/** Keys, checks and indexes of a table: what its columns say, its blocks, and those of its partials. */
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
} from "../../../model/index.ts";
import { idOf } from "../../kit/ids.ts";
import { checkName, indexName, primaryName, takeName, uniqueName, usualMethod } from "../../kit/names.ts";
import type { IndexNode, Piece, Setting, TableNode } from "../text/ast.ts";
import type { ColumnPlace } from "./columns.ts";
import { type Context, settle, spanOf, textOf, type Wanted, wordOf } from "./context.ts";
import type { Fields } from "./fields.ts";

/** What stands in a table beside its columns. */
export interface Keys {
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  /** Names that they have. */
  readonly taken: ReadonlySet<string>;
}

const PART = { descending: false, nulls: null, opclass: null, collation: null } as const;

class KeyReader implements Keys {
  readonly constraints: Constraint[] = [];
  readonly indexes: Index[] = [];
  readonly taken = new Set<string>();
  readonly #context: Context;
  readonly #place: ColumnPlace;
  readonly #fields: Fields;
  /** Names that were given, each after `key` or `check`. */
  readonly #used = new Set<string>();

  constructor(context: Context, place: ColumnPlace, fields: Fields) {
    this.#context = context;
    this.#place = place;
    this.#fields = fields;
  }

  /** Names that are said come first: what is unnamed goes out of their way. */
  read(nodes: readonly TableNode[]): void {
    for (const list of ["indexes", "checks"] as const) {
      const names = new Set<string>();
      for (const node of nodes) for (const { settings } of node[list]) this.#reserve(settings, names, node.piece);
    }
    const primary = this.#fields.drafts.filter((draft) => draft.primary).map(({ column }) => column);
    if (primary.length > 0) this.#key("primary", primary, null, null);
    for (const { column, unique, checks } of this.#fields.drafts) {
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
    this.taken.add(name);
  }

  #key(kind: "primary" | "unique", columns: readonly Column[], said: string | null, comment: string | null): void {
    const { dialect } = this.#context;
    const { table } = this.#place;
    const names = (): string[] => columns.map(({ name }) => name);
    const usual = (): string => (kind === "primary" ? primaryName(table, dialect) : uniqueName(table, names(), dialect));
    const name = this.#name("key", said, usual);
    const ids = columns.map(({ id }) => id);
    this.constraints.push(makeKey({ id: this.#id("constraint", name), kind, name, columns: ids, comment }));
  }

  #check(expression: string, said: string | null, column: string | null): void {
    const name = this.#name("check", said, () => checkName(this.#place.table, column, this.#context.dialect));
    // A check may be called as a key is.
    const kind = this.#used.has(`key ${name}`) ? "check" : "constraint";
    this.constraints.push(makeCheck({ id: this.#id<CheckConstraint["id"]>(kind, name), name, expression }));
  }

  /** The name that is said, once; else one that is free. */
  #name(kind: "key" | "check", said: string | null, usual: () => string): string {
    const name = said !== null && !this.#used.has(`${kind} ${said}`) ? said : takeName(said ?? usual(), this.taken);
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
      const column = part.column === null ? undefined : this.#fields.columns.get(part.column);
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
    else if (this.constraints.some(({ kind }) => kind === "primary"))
      this.#context.leave("second primary keys of a table", "it has one; the first counts");
    else this.#key("primary", plain, name, comment);
    if (primary) for (const column of plain) this.#must(column);
  }

  /** A column of a primary key holds no NULL, unless it says that it does. */
  #must({ name }: Column): void {
    const column = this.#fields.columns.get(name);
    if (column && !column.notNull && !this.#fields.nullable.has(name))
      this.#fields.columns.set(name, { ...column, notNull: true });
  }

  #plainIndex(parts: readonly IndexPart[], columns: readonly (Column | null)[], said: SaidIndex): void {
    const { dialect } = this.#context;
    const words = (): (string | null)[] => columns.map((column) => column?.name ?? null);
    const name = this.#name("key", said.name, () => indexName(this.#place.table, words(), dialect));
    const method = said.method ?? usualMethod(dialect);
    const id = this.#id<IndexId>("index", name);
    this.indexes.push(makeIndex({ id, name, unique: said.unique || said.primary, method, parts, comment: said.comment }));
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

/** Reads what `nodes` say, a table and before it its partials. A column of `fields` that is in a primary key becomes NOT NULL. */
export function keysOf(context: Context, place: ColumnPlace, nodes: readonly TableNode[], fields: Fields): Keys {
  const keys = new KeyReader(context, place, fields);
  keys.read(nodes);
  return keys;
}
