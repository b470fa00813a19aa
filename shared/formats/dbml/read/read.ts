/** A text, and the files that it uses, as a design. */
import type { Dialect } from "../../../dialects/dialect.ts";
import { emptySchema, type EnumType, type Schema, type TypeId } from "../../../model/index.ts";
import { problem, type Problem, type Report, sentence } from "../../../result/index.ts";
import type { ReadOptions } from "../../format.ts";
import type { Design } from "../../json/index.ts";
import type { EnumNode, Pair, ProjectNode, TableNode, Value } from "../text/ast.ts";
import type { Fault } from "../text/lexer.ts";
import { Context, idOf, settle, textOf } from "./context.ts";
import { Drawing } from "./diagram.ts";
import { Files, keyOf, type Owned, type SourceFile } from "./files.ts";
import { spansOf } from "../../kit/lines.ts";
import { Relations } from "./refs.ts";
import { partialOf, type TableDraft, tableOf } from "./tables.ts";

/** As many problems are told; the rest are counted. */
const MOST_PROBLEMS = 100;

const plainName = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, "");

/** `PostgreSQL`, `postgres`, `MariaDB 10.11`: the dialect that is meant, or null. */
function dialectCalled(name: string, dialects: readonly Dialect[]): Dialect | null {
  const wanted = plainName(name);
  if (wanted === "") return null;
  const named = dialects.find(({ id, label }) => [id, label].some((word) => plainName(word) === wanted));
  return named ?? dialects.find(({ id, label }) => [id, label].some((word) => wanted.startsWith(plainName(word)))) ?? null;
}

const pairText = (pairs: readonly Pair[], key: string): string | null => {
  const pair = pairs.find((item) => item.key.toLowerCase() === key);
  return pair ? textOf(pair.value) : null;
};

class Binder {
  readonly #context: Context;
  readonly #main: SourceFile;
  readonly #problems: Problem[];

  constructor(context: Context, main: SourceFile, problems: Problem[]) {
    this.#context = context;
    this.#main = main;
    this.#problems = problems;
  }

  design(project: ProjectNode | null): Design {
    const tables = unique(this.#main.tables.values());
    const drafts = new Map<object, TableDraft>();
    for (const owned of tables) drafts.set(owned.node, tableOf(this.#context, owned));
    for (const owned of unique(this.#main.enums.values())) this.#enum(owned);
    if (this.#main.partials.size > 0)
      this.#context.leave("table partials", "their columns stand in the tables that name them", this.#main.partials.size);
    const relations = new Relations(this.#context, drafts);
    for (const owned of this.#main.partials.values()) if (owned.file === this.#main) relations.partial(this.#partial(owned));
    for (const draft of drafts.values()) relations.inline(draft);
    const visited = unique([this.#main, ...this.#context.files.all]);
    for (const file of visited)
      for (const node of file.node.refs)
        if (file === this.#main || within(node, file, drafts, this.#context)) relations.stated(file, node);
    const all = [...drafts.values(), ...relations.joining];
    const drawing = new Drawing(this.#context, drafts);
    for (const file of visited) for (const node of file.node.metadata) drawing.metadata(file, node);
    const name = project && pairText(project.pairs, "diagram");
    const diagram = drawing.diagram(name, all, unique(this.#main.groups.values()), unique(this.#main.stickies.values()));
    this.#beside(project);
    const schema: Schema = {
      ...emptySchema(this.#context.dialect.id),
      tables: all.map(({ table, columns }) => ({ ...table, columns: [...columns.values()] })),
      foreignKeys: relations.keys,
      types: this.#context.dialect.features.enums ? this.#context.types : [],
      sequences: all.flatMap(({ sequences }) => sequences),
      namespaces: this.#namespaces(),
    };
    return { name: project?.name?.parts.join(".") ?? "", schema, diagrams: diagram ? [diagram] : [] };
  }

  /** Its columns are counted where tables name it. */
  #partial(owned: Owned<TableNode>): TableDraft {
    return partialOf(new Context(this.#context.dialect, this.#context.files), owned);
  }

  #namespaces(): Schema["namespaces"] {
    if (this.#context.namespaces.size === 0) this.#context.namespace("");
    return [...this.#context.namespaces.values()];
  }

  #enum({ node, file, namespace, name }: Owned<EnumNode>): void {
    const values: string[] = [];
    for (const value of node.values) {
      const text = value.name.parts.join(".");
      if (values.includes(text))
        file.tell({ start: value.name.start, end: value.name.end, code: "text.twice", what: "The value", name: text });
      else values.push(text);
      settle(file, "value", value.settings, { note: (said) => this.#valueNote(said) }, null);
    }
    if (node.values.length === 0)
      file.tell({ start: node.start, end: node.end, code: "text.value", name: `The Enum ${name}`, wanted: "at least one value" });
    if (!this.#context.dialect.features.enums) return;
    const written = this.#context.namespaceName(namespace);
    const type: EnumType = {
      id: idOf<TypeId>("type", written, name),
      kind: "enum",
      namespaceId: this.#context.namespace(namespace),
      name,
      values,
      comment: null,
      dependsOn: [],
    };
    this.#context.types.push(type);
  }

  #valueNote(said: Value | null): string | null {
    if (textOf(said) === null) return "a text in quotes";
    this.#context.leave("notes of values", "a value has none");
    return null;
  }

  /** What has no place in a design. */
  #beside(project: ProjectNode | null): void {
    const context = this.#context;
    const { node } = this.#main;
    if (project && project.notes.length > 0) context.leave("notes of the project", "a design has none");
    for (const { key, value } of project?.pairs ?? [])
      if (value && textOf(value) === null && value.kind !== "other")
        this.#main.tell({ start: value.start, end: value.end, code: "text.value", name: key, wanted: "a text in quotes" });
    const others = project?.pairs.filter(({ key }) => !["database_type", "diagram", "note"].includes(key.toLowerCase())) ?? [];
    if (others.length > 0) context.leave("settings of the project", "a design has no place for them", others.length);
    if (node.views.length > 0) context.leave("diagram views", "a design has one diagram of everything", node.views.length);
    if (node.deps.length > 0) context.leave("dependencies between tables", "a design has none", node.deps.length);
    for (const file of context.files.all) {
      for (const { rows, table } of file.node.records) {
        const found = table && context.files.split(table);
        if (found && !file.tables.has(keyOf(found.namespace, found.name)))
          file.tell({ start: table.start, end: table.end, code: "text.missing", what: "table", name: table.parts.join(".") });
        context.rows += rows;
        context.rowTables += 1;
      }
    }
    for (const { what, why, count } of context.leftovers.values())
      this.#problems.push(problem("text.beside", "note", { what: what.charAt(0).toUpperCase() + what.slice(1), count, why }));
    if (context.rowTables > 0)
      this.#problems.push(problem("import.rows-beside", "note", { rows: context.rows, tables: context.rowTables }));
  }
}

const unique = <T>(items: Iterable<T>): T[] => [...new Set(items)];

/** Both tables of a relation of another file are in the design. */
function within(
  node: SourceFile["node"]["refs"][number],
  file: SourceFile,
  drafts: ReadonlyMap<object, TableDraft>,
  { files }: Context,
): boolean {
  return [node.from, node.to].every(({ table }) => {
    const { namespace, name } = files.split({ parts: table });
    const owned = file.tables.get(keyOf(namespace, name));
    return owned !== undefined && drafts.has(owned.node);
  });
}

/** Faults as problems, in the order of the text. */
function faultsOf(file: SourceFile, main: boolean): Problem[] {
  const faults = distinct(file.faults);
  const spans = spansOf(file.text, faults);
  const lineOf = spansOf(
    file.text,
    faults.map((fault) => (fault.code === "text.unclosed" ? { start: fault.from, end: fault.from } : fault)),
  );
  return faults.map((fault, at) => {
    const params = paramsOf(fault, lineOf[at]?.line ?? 1);
    const told = problem(fault.code, "error", params, { at: spans[at] ?? null });
    if (main) return told;
    return problem("text.elsewhere", "error", { file: file.path, line: spans[at]?.line ?? 1, why: sentence(told) });
  });
}

/** In the order of the text; what several tables found wrong with one partial is told once. */
function distinct(faults: readonly Fault[]): Fault[] {
  const order = [...faults].sort((a, b) => a.start - b.start || a.end - b.end);
  return order.filter(({ start, end, code }, at) => {
    const before = order[at - 1];
    return before?.start !== start || before.end !== end || before.code !== code;
  });
}

function paramsOf(fault: Fault, line: number): Problem["params"] {
  const { start: _start, end: _end, code: _code, ...params } = fault;
  return fault.code === "text.unclosed" ? { what: fault.what, line } : params;
}

/**
 * Reads a DBML text as well as it can be read. What is wrong is told with its place, what a design cannot hold by its number; the value
 * is null when there is nothing in the text. Never throws, and takes time in proportion to the text.
 */
export function readDbml(text: string, { dialects, files = new Map(), path = "main.dbml" }: ReadOptions): Report<Design | null> {
  if (text.trim() === "") return { value: null, problems: [problem("input.empty", "error")] };
  const problems: Problem[] = [];
  const [first] = dialects;
  if (!first) throw new Error("readDbml needs a dialect");
  let dialect = first;
  const all = new Files(files);
  const main = all.open(path, text, ({ projects }) => {
    const called = pairText(projects[0]?.pairs ?? [], "database_type");
    const found = called === null ? first : dialectCalled(called, dialects);
    if (!found) problems.push(problem("text.dialect", "warning", { name: called ?? "", dialect: first.label }));
    dialect = found ?? first;
    return new Set(["public", dialect.features.defaultNamespace]);
  });
  const [project = null, ...others] = main.node.projects;
  for (const { start } of others) main.tell({ start, end: start + 7, code: "text.twice", what: "The", name: "Project" });
  const design = new Binder(new Context(dialect, all), main, problems).design(project);
  const told = all.all.flatMap((file) => faultsOf(file, file === main));
  const kept = told.slice(0, MOST_PROBLEMS);
  const more = all.more + told.length - kept.length;
  if (more > 0) kept.push(problem("text.more", "error", { count: more }));
  const nothing = design.schema.tables.length + design.schema.types.length === 0 && told.length > 0;
  return { value: nothing ? null : design, problems: [...kept, ...problems] };
}
