/**
 * What a schema is made of, as statements in an order of need: extensions, types, sequences, routines, tables, views.
 *
 * What the catalogue says they need decides. Where things need each other in a circle, one is made in two steps: a view is created
 * with the right columns and no query, a domain or table without its checks and defaults, and completed afterwards.
 */
import type { Table, UserType, Verbatim, View } from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { inOrderOfNeed, type Node, type Split } from "../../kit/sort.ts";
import { statement } from "../../kit/statement.ts";
import type { Names } from "./names.ts";
import { createEmptyView, createSequence, createType, createView, domainInTwoSteps } from "./objects.ts";
import { createTable, tableInTwoSteps } from "./tables.ts";

/** Verbatim kinds that define something others may need. */
const FIRST: readonly string[] = ["extension", "collation", "foreign-data wrapper", "foreign server"];
const ROUTINES: readonly string[] = ["function", "procedure", "aggregate"];

const about = (entity: "type" | "sequence" | "view", id: string) => ({ entity, id, ownerId: null });

export function verbatimStatements(object: Verbatim): Statement[] {
  return [statement(object.definition.replace(/;\s*$/, ""), { entity: "verbatim", id: object.id, ownerId: object.ownerId })];
}

/** The statements of all objects but those of the verbatim kinds in `later`, which act on what is there. */
export function definitions(names: Names, later: readonly string[]): Statement[] {
  const { schema } = names;
  const known = [...FIRST, ...ROUTINES, ...later];
  const verbatim = (wanted: (kind: string) => boolean, group: string): Node<Statement[]>[] =>
    schema.verbatim
      .filter(({ kind }) => wanted(kind))
      .map((object) => ({
        id: object.id,
        needs: object.dependsOn,
        value: verbatimStatements(object),
        group,
        split: object.kind === "base type" ? baseTypeInTwoSteps(object) : null,
      }));
  const routines = new Set<string>(schema.verbatim.filter(({ kind }) => ROUTINES.includes(kind)).map(({ id }) => id));
  const nodes: Node<Statement[]>[] = [
    ...verbatim((kind) => FIRST.includes(kind), "first"),
    ...schema.types.map((type) => typeNode(type, names, routines)),
    ...schema.sequences.map((sequence) => ({
      id: sequence.id,
      needs: [],
      value: [statement(createSequence(sequence, names), about("sequence", sequence.id))],
      group: "sequences",
    })),
    ...verbatim((kind) => ROUTINES.includes(kind), "routines"),
    ...verbatim((kind) => !known.includes(kind), "others"),
    ...schema.tables.map((table) => tableNode(table, names, routines)),
    ...schema.views.map((view) => viewNode(view, names)),
  ];
  return inOrderOfNeed(nodes).flat();
}

/** A base type's functions speak of the type: its name comes first. */
function baseTypeInTwoSteps(type: Verbatim): Split<Statement[]> {
  const shell = type.definition.slice(0, type.definition.indexOf(" (\n"));
  const first = verbatimStatements({ ...type, definition: shell });
  return { rank: 0, needs: [], steps: () => ({ first, rest: verbatimStatements(type) }) };
}

function typeNode(type: UserType, names: Names, routines: ReadonlySet<string>): Node<Statement[]> {
  const fields = type.kind === "composite" ? type.fields.map((field) => field.type) : [];
  const all = (sqls: readonly string[]): Statement[] => sqls.map((sql) => statement(sql, about("type", type.id)));
  return {
    id: type.id,
    needs: [...type.dependsOn, ...mentionedTypes(fields, names)],
    value: all(createType(type, names)),
    group: "types",
    split:
      type.kind !== "domain"
        ? null
        : {
            rank: 2,
            needs: type.dependsOn.filter((id) => !routines.has(id)),
            steps: () => {
              const { first, rest } = domainInTwoSteps(type, names);
              return { first: all(first), rest: all(rest) };
            },
          },
  };
}

function viewNode(view: View, names: Names): Node<Statement[]> {
  const all = (sqls: readonly string[]): Statement[] => sqls.map((sql) => statement(sql, about("view", view.id)));
  const empty = createEmptyView(view, names);
  const types = mentionedTypes(
    view.columns.map(({ type }) => type),
    names,
  );
  const split: Split<Statement[]> | null =
    empty === null
      ? null
      : {
          rank: 1,
          needs: types,
          steps: () => ({ first: all([empty]), rest: all(createView(view, names, { replace: true })) }),
        };
  return { id: view.id, needs: view.dependsOn, value: all(createView(view, names)), group: "views", split };
}

function tableNode(table: Table, names: Names, routines: ReadonlySet<string>): Node<Statement[]> {
  const types = mentionedTypes(
    table.columns.map(({ type }) => type),
    names,
  );
  const needs = [...table.inherits, ...(table.partitionOf ? [table.partitionOf.tableId] : []), ...table.dependsOn, ...types];
  // What a generated column calls cannot be added later.
  const calls = table.columns.some(({ generated }) => generated) ? [] : routines;
  const skipped = new Set(calls);
  return {
    id: table.id,
    needs,
    value: createTable(table, names),
    group: "tables",
    split: { rank: 3, needs: needs.filter((id) => !skipped.has(id)), steps: () => tableInTwoSteps(table, names) },
  };
}

/** Types of this schema that a person named without the catalogue knowing yet. */
function mentionedTypes(types: readonly string[], { schema, qualified }: Names): string[] {
  if (schema.types.length === 0) return [];
  const wanted = new Set(types.map((type) => type.replace(/(\[\])+$/, "")));
  return schema.types.filter((type) => wanted.has(qualified(type)) || wanted.has(type.name)).map(({ id }) => id);
}
