/** A diagram as a design. */
import type { Dialect } from "../../dialects/dialect.ts";
import { problem, type Report } from "../../result/index.ts";
import type { ReadOptions } from "../format.ts";
import type { Design } from "../json/index.ts";
import { SchemaDraft } from "../kit/draft.ts";
import { Faults, Leftovers } from "../kit/faults.ts";
import { meantType } from "../kit/foreign-types.ts";
import { freeName } from "../kit/names.ts";
import type { TableDraft } from "../kit/table-draft.ts";
import { Relations } from "./relations.ts";
import type { Diagram, Entity, Name } from "./text/ast.ts";
import { Parser } from "./text/parser.ts";
import { diagramIn, type Source } from "./text/source.ts";
import { decoded, withCommas } from "./words.ts";

/** A table, with what the diagram says of its columns. */
export interface ReadTable {
  readonly draft: TableDraft;
  /** Columns marked as parts of foreign keys. */
  readonly foreign: Set<string>;
}

/** Tables by the names that the text has for them. */
export class Tables {
  readonly #draft: SchemaDraft;
  readonly #known = new Map<string, ReadTable>();

  constructor(draft: SchemaDraft) {
    this.#draft = draft;
  }

  /** `alias`: what the entity is called, where its name in the text is another one. */
  of({ written }: Pick<Name, "written">, alias: string | null = null): ReadTable {
    let known = this.#known.get(written);
    if (!known) this.#known.set(written, (known = { draft: this.#make(alias ?? written), foreign: new Set() }));
    return known;
  }

  /** A dot that is not written as a code parts the namespace from the name. */
  #make(written: string): TableDraft {
    const { features } = this.#draft.dialect;
    const dot = features.namespaces ? written.lastIndexOf(".") : -1;
    const parted = dot > 0 && dot < written.length - 1;
    const namespace = parted ? decoded(written.slice(0, dot)) : null;
    const wanted = decoded(parted ? written.slice(dot + 1) : written) || "table";
    const name = freeName(wanted, (other) => this.#draft.find(namespace, other) !== null);
    const made = this.#draft.table(namespace, name);
    if (!made) throw new Error(`${name} is free and cannot be made`);
    return made;
  }
}

/** The columns and keys that entities have; one that stands several times has them all. */
function fill(entities: readonly Entity[], tables: Tables, dialect: Dialect, faults: Faults): void {
  const keys = new Map<ReadTable, { readonly primary: string[]; readonly unique: string[] }>();
  for (const entity of entities) {
    const table = tables.of(entity, entity.alias);
    const said = keys.get(table) ?? { primary: [], unique: [] };
    keys.set(table, said);
    for (const { type, name, keys: marks, comment, start, end } of entity.attributes) {
      if (!table.draft.add({ name, type: meantType(withCommas(type), dialect), comment })) {
        faults.tell({ start, end, code: "text.twice", what: "The column", name });
        continue;
      }
      if (marks.includes("PK")) said.primary.push(name);
      if (marks.includes("UK")) said.unique.push(name);
      if (marks.includes("FK")) table.foreign.add(name);
    }
  }
  for (const [{ draft }, { primary, unique }] of keys) {
    if (primary.length > 0) draft.key("primary", primary, null);
    for (const name of unique) if (primary.length !== 1 || primary[0] !== name) draft.key("unique", [name], null);
  }
}

function bind({ entities, relations, looks, groups }: Diagram, { title, others }: Source, dialect: Dialect, faults: Faults) {
  const beside = new Leftovers();
  const draft = new SchemaDraft(dialect);
  const tables = new Tables(draft);
  fill(entities, tables, dialect, faults);
  const relating = new Relations(draft, faults, beside);
  for (const relation of relations) relating.add(relation, tables.of(relation.left), tables.of(relation.right));
  relating.finish();
  const schema = draft.finish(({ relation, name }) => {
    throw new Error(`a relation of ${relation.table.name} was found to refer to ${name}`);
  });
  if (looks > 0) beside.leave("Lines about looks", "a design has none of them", looks);
  if (groups > 0) beside.leave("Groups of entities", "their entities are read as any others", groups);
  if (others > 0) beside.leave("Other diagrams in the text", "the first one is read", others);
  const design: Design = { name: title, schema, diagrams: [] };
  return { design, beside };
}

export function readMermaid(text: string, { dialects }: ReadOptions): Report<Design | null> {
  const [dialect] = dialects;
  if (!dialect) throw new Error("a reader needs a dialect");
  if (text.trim() === "") return { value: null, problems: [problem("input.empty", "error")] };
  const faults = new Faults(text, null);
  const source = diagramIn(text);
  if (!source) {
    const start = Math.max(0, text.search(/\S/));
    const found = /\S{1,40}/.exec(text)?.[0] ?? "";
    faults.tell({ start, end: start + found.length, code: "text.expected", what: "erDiagram", found });
    return { value: null, problems: faults.problems() };
  }
  const diagram = new Parser(text.slice(0, source.end), source.start, faults.tell).diagram();
  const { design, beside } = bind(diagram, source, dialect, faults);
  return { value: design, problems: [...faults.problems(), ...beside.problems()] };
}
