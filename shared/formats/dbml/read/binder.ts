/** A text, and the files that it uses, as a design. */
import { emptySchema, type EnumType, type Schema, type TypeId, type UserType } from "../../../model/index.ts";
import { problem, type Problem } from "../../../result/index.ts";
import type { Design } from "../../json/index.ts";
import type { EnumNode, Pair, ProjectNode, RecordsNode, TableNode, Value } from "../text/ast.ts";
import { idOf } from "../../kit/ids.ts";
import { Context, settle, spanOf, textOf } from "./context.ts";
import { Drawing } from "./diagram.ts";
import { keyOf, type Owned, type SourceFile } from "./files.ts";
import { lend } from "./lent.ts";
import type { Memory } from "./memory.ts";
import { beyondLimit, MOST_LENT } from "./partial-limit.ts";
import { Relations } from "./refs.ts";
import { partialOf, type TableDraft } from "./tables.ts";

/** The text of a pair of that name. */
export const pairText = (pairs: readonly Pair[], key: string): string | null => {
  const pair = pairs.find((item) => item.key.toLowerCase() === key);
  return pair ? textOf(pair.value) : null;
};

/** A design, and what a text has beside it. */
interface Bound {
  readonly design: Design;
  readonly aside: readonly Problem[];
}

/** Makes a design of what the files of a text say. */
export class Binder {
  readonly #context: Context;
  readonly #main: SourceFile;
  readonly #memory: Memory;
  readonly #types: UserType[] = [];

  constructor(context: Context, main: SourceFile, memory: Memory) {
    this.#context = context;
    this.#main = main;
    this.#memory = memory;
  }

  design(): Bound {
    const [project = null, ...others] = this.#main.node.projects;
    for (const { start, piece } of others)
      this.#context.tell(piece, { start, end: start + 7, code: "text.twice", what: "The", name: "Project" });
    const drafts = new Map<object, TableDraft>();
    const tables = unique(this.#main.tables.values());
    this.#limit(tables);
    for (const owned of tables) drafts.set(owned.node, this.#memory.table(this.#context, owned));
    const enums = new Set(this.#main.enums.values());
    if (this.#context.files.all.length > 1) lend(this.#context, [...drafts.values()], enums);
    for (const owned of enums) this.#enum(owned);
    if (this.#main.partials.size > 0)
      this.#context.leave("table partials", "their columns stand in the tables that name them", this.#main.partials.size);
    const relations = new Relations(this.#context, drafts, this.#memory);
    for (const owned of this.#main.partials.values()) if (owned.file === this.#main) relations.partial(this.#partial(owned));
    for (const draft of drafts.values()) relations.inline(draft);
    const visited = unique([this.#main, ...this.#context.files.all]);
    for (const file of visited)
      for (const node of file.node.refs)
        if (file === this.#main || within(node, file, drafts, this.#context)) relations.stated(node);
    const all = [...drafts.values(), ...relations.joining];
    const drawing = new Drawing(this.#context, drafts);
    for (const file of visited) for (const node of file.node.metadata) drawing.metadata(node);
    const name = project && pairText(project.pairs, "diagram");
    const diagram = drawing.diagram(name, all, unique(this.#main.groups.values()), unique(this.#main.stickies.values()));
    const aside = this.#beside(project, drafts);
    const schema = this.#memory.settle({
      ...emptySchema(this.#context.dialect.id),
      tables: all.map(({ table }) => table),
      foreignKeys: relations.keys,
      types: this.#types,
      sequences: all.flatMap(({ sequences }) => sequences),
      namespaces: this.#namespaces(),
    });
    return { design: { name: project?.name?.parts.join(".") ?? "", schema, diagrams: diagram ? [diagram] : [] }, aside };
  }

  #limit(tables: readonly Owned<TableNode>[]): void {
    const beyond = beyondLimit(this.#context.files, tables);
    this.#context.without = beyond.tables;
    if (!beyond.first) return;
    const { piece, name } = beyond.first;
    this.#context.tell(piece, { ...spanOf(name), code: "text.partials", most: MOST_LENT.toLocaleString("en") });
  }

  /** Its columns are counted where tables name it: its faults alone are told here. */
  #partial(owned: Owned<TableNode>): TableDraft {
    const apart = new Context(this.#context.dialect, this.#context.files);
    const draft = partialOf(apart, owned);
    this.#context.again({ ...apart.told, leftovers: [] });
    return draft;
  }

  #namespaces(): Schema["namespaces"] {
    if (this.#context.namespaces.size === 0) this.#context.namespace("");
    return [...this.#context.namespaces.values()];
  }

  #enum({ node, namespace, name }: Owned<EnumNode>): void {
    const values = new Set<string>();
    for (const { name: said, settings } of node.values) {
      const text = said.parts.join(".");
      if (values.has(text))
        this.#context.tell(node.piece, { ...spanOf(said), code: "text.twice", what: "The value", name: text });
      values.add(text);
      if (settings.length > 0)
        settle(this.#context, node.piece, "value", settings, { note: (value) => this.#valueNote(value) }, null);
    }
    if (node.values.length === 0)
      this.#context.tell(node.piece, {
        ...spanOf(node),
        code: "text.value",
        name: `The Enum ${name}`,
        wanted: "at least one value",
      });
    if (!this.#context.dialect.features.enums) return;
    const written = this.#context.namespaceName(namespace);
    const type: EnumType = {
      id: idOf<TypeId>("type", written, name),
      kind: "enum",
      namespaceId: this.#context.namespace(namespace),
      name,
      values: [...values],
      comment: null,
      dependsOn: [],
    };
    this.#types.push(type);
  }

  #valueNote(said: Value | null): string | null {
    if (textOf(said) === null) return "a text in quotes";
    this.#context.leave("notes of values", "a value has none");
    return null;
  }

  /** What has no place in a design. */
  #beside(project: ProjectNode | null, drafts: ReadonlyMap<object, TableDraft>): Problem[] {
    const context = this.#context;
    const { node } = this.#main;
    if (project && project.notes.length > 0) context.leave("notes of the project", "a design has none");
    for (const { key, value } of project?.pairs ?? [])
      if (project && value && textOf(value) === null && value.kind !== "other")
        context.tell(project.piece, { ...spanOf(value), code: "text.value", name: key, wanted: "a text in quotes" });
    const others = project?.pairs.filter(({ key }) => !["database_type", "diagram", "note"].includes(key.toLowerCase())) ?? [];
    if (others.length > 0) context.leave("settings of the project", "a design has no place for them", others.length);
    if (node.views.length > 0) context.leave("diagram views", "a design has one diagram of everything", node.views.length);
    if (node.deps.length > 0) context.leave("dependencies between tables", "a design has none", node.deps.length);
    const left = new Map<string, { readonly what: string; readonly why: string; count: number }>();
    const records = this.#records(drafts);
    for (const { what, why, count } of context.told.leftovers) {
      const known = left.get(what);
      if (known) known.count += count;
      else left.set(what, { what: what.charAt(0).toUpperCase() + what.slice(1), why, count });
    }
    const problems = [...left.values()].map((params) => problem("text.beside", "note", params));
    if (records.tables > 0) problems.push(problem("import.rows-beside", "note", records));
    return problems;
  }

  /** Rows that stand beside the design, and of how many tables. */
  #records(drafts: ReadonlyMap<object, TableDraft>): { readonly rows: number; readonly tables: number } {
    const { files } = this.#context;
    const all: RecordsNode[] = [];
    for (const { node } of drafts.values()) for (const records of node.records) all.push(records);
    for (const file of files.all) {
      for (const records of file.node.records) {
        const { table, piece } = records;
        const found = table && files.split(table);
        if (found && !file.tables.has(keyOf(found.namespace, found.name)))
          this.#context.tell(piece, { ...spanOf(table), code: "text.missing", what: "table", name: table.parts.join(".") });
        all.push(records);
      }
    }
    return { rows: all.reduce((sum, { rows }) => sum + rows, 0), tables: all.length };
  }
}

const unique = <T>(items: Iterable<T>): T[] => [...new Set(items)];

/** Both tables of a relation of another file are in the design; one that is in none of the files is told where the relation is read. */
function within(
  node: SourceFile["node"]["refs"][number],
  file: SourceFile,
  drafts: ReadonlyMap<object, TableDraft>,
  { files }: Context,
): boolean {
  return [node.from, node.to].every(({ table }) => {
    const { namespace, name } = files.split({ parts: table });
    const owned = file.tables.get(keyOf(namespace, name));
    return owned === undefined || drafts.has(owned.node);
  });
}
