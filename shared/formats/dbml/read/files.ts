/** The files of a text that uses others: which there are, and what each of them sees under which name. */
import type { EnumNode, FileNode, GroupNode, Name, Piece, Span, StickyNode, TableNode, UseNode } from "../text/ast.ts";
import type { Fault } from "../../kit/faults.ts";
import { resolvePath } from "../../kit/paths.ts";
import { Source } from "../text/source.ts";

/** An element, and the file that it stands in. */
export interface Owned<T> {
  readonly node: T;
  readonly file: SourceFile;
  /** The namespace as it is written; empty where none is. */
  readonly namespace: string;
  readonly name: string;
}

export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly node: FileNode;
  readonly tables: Map<string, Owned<TableNode>>;
  readonly partials: Map<string, Owned<TableNode>>;
  readonly enums: Map<string, Owned<EnumNode>>;
  readonly groups: Map<string, Owned<GroupNode>>;
  readonly stickies: Map<string, Owned<StickyNode>>;
  /** What this file declares itself, for those who use it. */
  readonly uses: { readonly node: UseNode; readonly from: SourceFile }[];
}

/** What names two things apart: namespace and name. */
export const keyOf = (namespace: string, name: string): string => (namespace === "" ? name : `${namespace}\0${name}`);

/** What one list of a file is called in sentences, and under which word it is used. */
const LISTS = [
  ["tables", "The table", "table"],
  ["partials", "The TablePartial", "tablepartial"],
  ["enums", "The Enum", "enum"],
  ["groups", "The TableGroup", "tablegroup"],
  ["stickies", "The note", "note"],
] as const;

type ListName = (typeof LISTS)[number][0];

/** The elements of all pieces of a file. */
function fileOf(pieces: readonly Piece[]): FileNode {
  const file = {
    projects: [],
    tables: [],
    partials: [],
    enums: [],
    refs: [],
    groups: [],
    stickies: [],
    metadata: [],
    records: [],
    uses: [],
    views: [],
    deps: [],
  };
  for (const { elements } of pieces) for (const { list, node } of elements) (file[list] as unknown[]).push(node);
  return file;
}

export class Files {
  readonly #files = new Map<string, SourceFile>();
  readonly #others: ReadonlyMap<string, string>;
  /** What was read before, by path. */
  readonly #sources: Map<string, Source>;
  #usual: ReadonlySet<string> = new Set();
  /** What is wrong with names, and with files that use others. */
  readonly faults: (readonly [Piece, Fault])[] = [];

  constructor(others: ReadonlyMap<string, string>, sources: Map<string, Source>) {
    this.#others = others;
    this.#sources = sources;
  }

  /** The file that a piece stands in. */
  of({ path }: Piece): SourceFile {
    const file = this.#files.get(path);
    if (!file) throw new Error(`no file ${path} was read`);
    return file;
  }

  #tell(piece: Piece, fault: Fault): void {
    this.faults.push([piece, fault]);
  }

  get all(): readonly SourceFile[] {
    return [...this.#files.values()];
  }

  /** `a.b.c` is `c` in the namespace `a.b`. */
  split({ parts }: Pick<Name, "parts">): { readonly namespace: string; readonly name: string } {
    if (parts.length === 1) return { namespace: "", name: parts[0] ?? "" };
    const namespace = parts.slice(0, -1).join(".");
    return { namespace: this.#usual.has(namespace) ? "" : namespace, name: parts.at(-1) ?? "" };
  }

  /**
   * Reads a file, those that are one with it, and all that they use. `usual` tells how the default namespace may be called, once the
   * file is read.
   */
  open(path: string, text: string, beside: readonly string[], usual: (node: FileNode) => ReadonlySet<string>): SourceFile {
    const first = this.#read(path, text, usual);
    const one = [first];
    for (const other of beside) if (!this.#files.has(other)) one.push(this.#read(other, this.#others.get(other) ?? "", null));
    for (const file of this.#files.values()) this.#link(file);
    if (one.length > 1) this.#join(one);
    // What is used is seen when all files know what they declare; a few rounds carry it over files that hand on what they use.
    for (let round = 0; round < this.#files.size; round += 1) {
      let changed = false;
      for (const file of this.#files.values()) changed = this.#import(file) || changed;
      if (!changed) break;
    }
    if (one.length > 1) this.#join(one);
    for (const file of this.#files.values()) {
      this.#missing(file);
      this.#clashes(file);
    }
    return first;
  }

  /** Files that are one: what each declares or uses is seen in all. */
  #join(files: readonly SourceFile[]): void {
    for (const [list, what] of LISTS) {
      const all = new Map<string, Owned<FileNode[typeof list][number]>>();
      for (const file of files)
        for (const [key, owned] of file[list] as typeof all) {
          const { node } = owned;
          if (!all.has(key)) all.set(key, owned);
          else if (all.get(key) !== owned)
            this.#tell(node.piece, { ...spanOf(node.name), code: "text.twice", what, name: owned.name });
        }
      for (const file of files) for (const [key, owned] of all) (file[list] as typeof all).set(key, owned);
    }
  }

  #read(path: string, text: string, usual: ((node: FileNode) => ReadonlySet<string>) | null): SourceFile {
    let source = this.#sources.get(path);
    if (!source) this.#sources.set(path, (source = new Source(path)));
    const pieces = source.read(text);
    const node = fileOf(pieces);
    if (usual) this.#usual = usual(node);
    const file: SourceFile = {
      path,
      text,
      pieces,
      node,
      tables: new Map(),
      partials: new Map(),
      enums: new Map(),
      groups: new Map(),
      stickies: new Map(),
      uses: [],
    };
    this.#files.set(path, file);
    this.#declare(file);
    return file;
  }

  #declare(file: SourceFile): void {
    for (const [list, what] of LISTS) {
      const known = file[list] as Map<string, Owned<FileNode[typeof list][number]>>;
      for (const node of file.node[list]) {
        const owned = { node, file, ...this.split(node.name) };
        const key = keyOf(owned.namespace, owned.name);
        if (known.has(key)) this.#tell(node.piece, { ...spanOf(node.name), code: "text.twice", what, name: owned.name });
        else known.set(key, owned);
      }
    }
    for (const owned of [...file.tables.values()]) {
      const alias = owned.node.alias && this.split(owned.node.alias);
      if (!alias) continue;
      const key = keyOf(alias.namespace, alias.name);
      if (file.tables.has(key))
        this.#tell(owned.node.piece, { ...spanOf(owned.node.alias), code: "text.twice", what: "The table", name: alias.name });
      else file.tables.set(key, owned);
    }
  }

  /** Finds the files that a file uses, and reads them. */
  #link(file: SourceFile): void {
    for (const node of file.node.uses) {
      const path = resolvePath(file.path, node.path);
      const found = [path, `${path}.dbml`].find((name) => this.#files.has(name) || this.#others.has(name));
      if (found === undefined) {
        this.#tell(node.piece, { ...spanOf(node.pathSpan), code: "text.file", name: node.path });
        continue;
      }
      file.uses.push({ node, from: this.#files.get(found) ?? this.#read(found, this.#others.get(found) ?? "", null) });
    }
  }

  /** Takes in what is used; true when something new came. */
  #import(file: SourceFile): boolean {
    let changed = false;
    for (const { node, from } of file.uses) {
      for (const [list, , word] of LISTS) {
        const own = file[list] as Map<string, unknown>;
        for (const [key, item] of this.#offered(from, list)) {
          const as = this.#nameFor(node, word, key, item);
          if (as === null || own.has(as)) continue;
          own.set(as, item);
          changed = true;
        }
      }
    }
    return changed;
  }

  /** What others see of a file: its own, and what it uses again. */
  #offered(file: SourceFile, list: ListName): readonly (readonly [string, Owned<unknown>])[] {
    const again = file.uses.filter(({ node }) => node.again);
    const known = [...(file[list] as Map<string, Owned<unknown>>)];
    return known.filter(
      ([key, item]) =>
        item.file === file ||
        again.some(({ node, from }) => (from[list] as Map<string, unknown>).has(key) || this.#renames(node)),
    );
  }

  #renames(node: UseNode): boolean {
    return node.items?.some(({ alias }) => alias !== null) ?? false;
  }

  #nameFor(node: UseNode, word: string, key: string, item: Owned<unknown>): string | null {
    if (node.items === null) return key;
    for (const wanted of node.items) {
      if (wanted.kind === "schema" && item.namespace === this.split({ parts: [...wanted.name.parts, ""] }).namespace) return key;
      if (wanted.kind !== word) continue;
      const { namespace, name } = this.split(wanted.name);
      if (keyOf(namespace, name) !== key) continue;
      const as = wanted.alias && this.split(wanted.alias);
      return as ? keyOf(as.namespace, as.name) : key;
    }
    return null;
  }

  /** Tells of names that stand for something else already where they are used. */
  #clashes(file: SourceFile): void {
    for (const { node, from } of file.uses)
      for (const [list, what, word] of LISTS)
        for (const [key, item] of this.#offered(from, list)) {
          // By its other name a table is known in its own file alone.
          const as = key === keyOf(item.namespace, item.name) ? this.#nameFor(node, word, key, item) : null;
          const known = as === null ? item : (file[list] as Map<string, Owned<unknown>>).get(as);
          if (known !== item)
            this.#tell(node.piece, { ...spanOf(node.pathSpan), code: "text.twice", what, name: known?.name ?? "" });
        }
  }

  /** Tells of names that the used file does not have. */
  #missing(file: SourceFile): void {
    for (const { node, from } of file.uses) {
      for (const item of node.items ?? []) {
        const list = LISTS.find(([, , word]) => word === item.kind)?.[0];
        if (list === undefined) continue;
        const { namespace, name } = this.split(item.name);
        if (!from[list].has(keyOf(namespace, name)))
          this.#tell(node.piece, {
            ...spanOf(item.name),
            code: "text.missing",
            what: item.kind,
            name: item.name.parts.join("."),
          });
      }
    }
  }
}

const spanOf = (span: Span | null): Span => ({ start: span?.start ?? 0, end: span?.end ?? 0 });
