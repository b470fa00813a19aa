/** What a reader remembers from one text to the next, so that what did not change is neither read again nor another object. */
import type { Dialect } from "../../../dialects/dialect.ts";
import { type ForeignKey, same, type Schema } from "../../../model/index.ts";
import type { RefNode, TableNode } from "../text/ast.ts";
import type { InlineRef } from "./columns.ts";
import type { Source } from "../text/source.ts";
import type { Context, Told } from "./context.ts";
import type { Files, Owned, SourceFile } from "./files.ts";
import { type TableDraft, tableOf } from "./tables.ts";

interface Made {
  readonly draft: TableDraft;
  readonly told: Told | null;
  /** Its partials were left out. */
  readonly without: boolean;
}

type Scope = Pick<SourceFile, "enums" | "partials" | "tables">;

/** By file: names that mean something else than they did. */
type Changed = ReadonlyMap<string, ReadonlySet<string>>;

/** A relation that made a foreign key, and of which nothing was told. */
export interface Related {
  readonly node: RefNode | InlineRef;
  readonly from: TableDraft;
  readonly to: TableDraft;
  /** Its ends, as what no other relation may have. */
  readonly pair: string;
  /** The name was said. */
  readonly said: boolean;
  readonly key: ForeignKey;
}

export class Memory {
  /** The files, by path. */
  readonly sources = new Map<string, Source>();
  #dialect: Dialect | null = null;
  #scopes = new Map<string, Scope>();
  #made = new Map<TableNode, Made>();
  #before = new Map<TableNode, Made>();
  #related = new Map<object, Related>();
  #relatedBefore = new Map<object, Related>();
  /** Of enums and partials, and of tables. */
  #parts: Changed = new Map();
  #tables: Changed = new Map();
  #schema: Schema | null = null;

  /** A text begins, of which the files have been read. */
  begin(dialect: Dialect, files: Files): void {
    this.#before = dialect === this.#dialect ? this.#made : new Map();
    this.#made = new Map();
    this.#relatedBefore = dialect === this.#dialect ? this.#related : new Map();
    this.#related = new Map();
    this.#dialect = dialect;
    const scopes = new Map<string, Scope>(files.all.map((file) => [file.path, file]));
    const all = (lists: readonly (keyof Scope)[]): Changed =>
      new Map([...scopes].map(([path, scope]) => [path, changed(this.#scopes.get(path), scope, lists)]));
    this.#parts = all(["enums", "partials"]);
    this.#tables = all(["tables"]);
    this.#scopes = scopes;
  }

  /** The table as it was made before, where that is how it would be made now. */
  table(context: Context, owned: Owned<TableNode>): TableDraft {
    const { node, namespace } = owned;
    let made = this.#before.get(node);
    const without = context.without.has(node);
    if (made?.without === without && !concerns(node, this.#parts.get(node.piece.path))) {
      context.namespace(namespace);
      if (made.told) context.again(made.told);
    } else {
      const { value: draft, told } = context.aside(() => tableOf(context, owned));
      if (told) context.again(told);
      made = { draft, told, without };
    }
    this.#made.set(node, made);
    return made.draft;
  }

  relate(related: Related): void {
    this.#related.set(related.node, related);
  }

  /** What a relation was before, if its ends are what they were. */
  related(node: RefNode | InlineRef, drafts: ReadonlyMap<object, TableDraft>): Related | null {
    const known = this.#relatedBefore.get(node);
    if (!known) return null;
    const { from, to } = known;
    if (drafts.get(from.node) !== from || drafts.get(to.node) !== to) return null;
    const names = this.#tables.get(node.piece.path);
    const ends = "from" in node ? [node.from, node.to] : [node.to];
    return ends.some(({ table }) => names?.has(table.at(-1) ?? "")) ? null : known;
  }

  /** The same schema, in which what is equal to what the text before gave is that same object. */
  settle(schema: Schema): Schema {
    const before = this.#schema;
    const settled: Schema = before
      ? {
          ...schema,
          tables: kept(schema.tables, before.tables),
          foreignKeys: kept(schema.foreignKeys, before.foreignKeys),
          types: kept(schema.types, before.types),
          sequences: kept(schema.sequences, before.sequences),
          namespaces: kept(schema.namespaces, before.namespaces),
        }
      : schema;
    return (this.#schema = settled);
  }
}

function kept<T extends { readonly id: string }>(now: readonly T[], before: readonly T[]): readonly T[] {
  let byId: Map<string, T> | null = null;
  const all = now.map((item, at) => {
    let old = before[at];
    if (old?.id !== item.id) old = (byId ??= new Map(before.map((other) => [other.id, other]))).get(item.id);
    return old !== undefined && same(old, item) ? old : item;
  });
  return all.length === before.length && all.every((item, at) => item === before[at]) ? before : all;
}

/** Names that stand for another node than before, or are gone or new. */
function changed(before: Scope | undefined, now: Scope, lists: readonly (keyof Scope)[]): ReadonlySet<string> {
  const names = new Set<string>();
  const compare = (one: ReadonlyMap<string, Owned<unknown>>, other: ReadonlyMap<string, Owned<unknown>> | undefined): void => {
    for (const [key, { node }] of one) if (other?.get(key)?.node !== node) names.add(key.slice(key.lastIndexOf("\0") + 1));
  };
  for (const list of lists) {
    compare(now[list], before?.[list]);
    if (before) compare(before[list], now[list]);
  }
  return names;
}

/** May the table be another one now that these names have changed? A table with partials holds what they name. */
function concerns({ fields }: TableNode, names: ReadonlySet<string> | undefined): boolean {
  if (!names || names.size === 0) return false;
  return fields.some((field) => {
    if (field.kind === "partial" || names.has(field.type?.parts.at(-1) ?? "")) return true;
    return field.settings.some(({ value }) => value?.kind === "name" && names.has(value.parts.at(-2) ?? ""));
  });
}
