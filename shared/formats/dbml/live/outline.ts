/** Where the elements of a text stand, found by what they are called. */
import type { Dialect } from "../../../dialects/dialect.ts";
import type {
  ColumnNode,
  Endpoint,
  EnumNode,
  FileNode,
  GroupNode,
  Name,
  Piece,
  RefNode,
  Setting,
  Span,
  StickyNode,
  TableNode,
} from "../text/ast.ts";
import { parsePieces } from "../text/file.ts";
import { idOf } from "../../kit/ids.ts";

/** A relation where it stands: an element of its own, or a setting of a column. */
export type RefPlace = Span & {
  readonly table: TableNode | null;
  readonly column: { readonly settings: readonly Setting[]; readonly end: number } | null;
  readonly node: RefNode | null;
};

function fileOf(pieces: readonly Piece[]): FileNode {
  const lists: FileNode = {
    ...{ projects: [], tables: [], partials: [], enums: [], refs: [], groups: [] },
    ...{ stickies: [], metadata: [], records: [], uses: [], views: [], deps: [] },
  };
  for (const { elements } of pieces) for (const { list, node } of elements) (lists[list] as unknown[]).push(node);
  return lists;
}

/** The pieces of a text, at the offsets of the text. */
export const piecesOf = (text: string): readonly Piece[] => parsePieces(text, { path: "", shift: 0, told: -1 }, () => false);

/** Where in a text the type of a column is written; null where none is. `shift`: of the column's piece. */
export function typeSpan(text: string, { nameEnd, end, type, settings }: ColumnNode, shift = 0): Span | null {
  if (!type) return null;
  const first = settings[0] && settings[0].start + shift;
  const [from, to] = [nameEnd + shift, end + shift];
  const open = first === undefined ? to : text.lastIndexOf("[", first);
  // Old files have settings without brackets.
  const bracketed = first !== undefined && open > from && text.slice(open + 1, first).trim() === "";
  const part = text.slice(from, first === undefined ? to : bracketed ? open : first);
  const start = from + part.length - part.trimStart().length;
  return { start, end: start + part.trim().length };
}

export class Outline {
  readonly file: FileNode;
  readonly text: string;
  /** By the id that the reader gives them. */
  readonly tables = new Map<string, TableNode>();
  readonly enums = new Map<string, EnumNode>();
  readonly groups = new Map<string, GroupNode>();
  readonly stickies = new Map<string, StickyNode>();
  readonly #aliases = new Map<string, TableNode>();
  readonly #usual: ReadonlySet<string>;
  readonly #default: string;
  /** Ids of names that were asked for before, in this outline or the one it follows: of a thousand elements few are new. */
  readonly #ids: WeakMap<Name, string>;

  /** Offsets are those of the pieces. `before`: of a text of the same dialect, some of whose pieces are these. */
  constructor(text: string, pieces: readonly Piece[], { features }: Dialect, before: Outline | null = null) {
    this.text = text;
    this.#ids = before ? before.#ids : new WeakMap();
    this.file = fileOf(pieces);
    this.#default = features.defaultNamespace;
    this.#usual = new Set(["public", features.defaultNamespace]);
    for (const node of this.file.tables) {
      this.tables.set(this.#idAt("table", node.name), node);
      if (node.alias) this.#aliases.set(this.#id("table", node.alias.parts), node);
    }
    for (const node of this.file.enums) this.enums.set(this.#idAt("type", node.name), node);
    for (const node of this.file.groups) this.groups.set(node.name.parts.at(-1) ?? "", node);
    for (const node of this.file.stickies) this.stickies.set(node.name.parts.at(-1) ?? "", node);
  }

  #id(kind: string, parts: readonly string[]): string {
    const [namespace, name] = this.split(parts);
    return idOf(kind, namespace, name);
  }

  #idAt(kind: string, name: Name): string {
    let id = this.#ids.get(name);
    if (id === undefined) this.#ids.set(name, (id = this.#id(kind, name.parts)));
    return id;
  }

  /** The namespace as a design has it, and the name. */
  split(parts: readonly string[]): readonly [namespace: string, name: string] {
    const written = parts.slice(0, -1).join(".");
    return [written === "" || this.#usual.has(written) ? this.#default : written, parts.at(-1) ?? ""];
  }

  /** The table that is meant; `byAlias`: by its other name. */
  named(parts: readonly string[]): { readonly node: TableNode; readonly byAlias: boolean } | null {
    const id = this.#id("table", parts);
    const node = this.tables.get(id);
    if (node) return { node, byAlias: false };
    const other = this.#aliases.get(id);
    return other ? { node: other, byAlias: true } : null;
  }

  /** The enum that is meant. */
  enumeration(parts: readonly string[]): EnumNode | null {
    return this.enums.get(this.#id("type", parts)) ?? null;
  }

  /** What tells two tables apart. */
  idOf(node: TableNode): string {
    return this.#idAt("table", node.name);
  }

  /** Every relation, by both its ends. */
  relations(): ReadonlyMap<string, RefPlace> {
    const found = new Map<string, RefPlace>();
    const put = (from: string | null, to: string | null, place: RefPlace): void => {
      if (from !== null && to !== null) found.set(endsKey(from, to), place);
    };
    for (const table of this.file.tables)
      for (const field of table.fields) {
        if (field.kind !== "column") continue;
        for (const setting of field.settings) {
          if (setting.value?.kind !== "link" || setting.name !== "ref") continue;
          const own = this.#end({ table: table.name.parts, columns: [field.name] }, table);
          put(own, this.#end(setting.value.to, table), {
            start: setting.start,
            end: setting.end,
            table,
            column: field,
            node: null,
          });
        }
      }
    for (const node of this.file.refs)
      put(this.#end(node.from, null), this.#end(node.to, null), {
        start: node.start,
        end: node.end,
        table: null,
        column: null,
        node,
      });
    return found;
  }

  #end({ table, columns }: Pick<Endpoint, "table" | "columns">, own: TableNode | null): string | null {
    const node = table.length === 0 ? own : this.named(table)?.node;
    return node ? endKey(this.idOf(node), columns) : null;
  }
}

/** One end of a relation, told apart from all others. */
export const endKey = (tableId: string, columns: readonly string[]): string => JSON.stringify([tableId, ...columns]);
/** A relation told apart from all others, whichever way it points. */
export const endsKey = (one: string, other: string): string => (one < other ? one + other : other + one);

/** The last part of a name as it is written. */
export const lastOf = (name: Name): string => name.parts.at(-1) ?? "";
