/** Work that two people do apart: a small base, what one of them may do to it, and what comes of both. */
import * as Y from "yjs";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { DesignDoc } from "#shared/doc/index.ts";
import { dropColumn, dropTables, renameRelation } from "#shared/edit/index.ts";
import type { Sides } from "#shared/merge/index.ts";
import {
  altered,
  type Change,
  type Column,
  created,
  lookup,
  makeColumn,
  makeForeignKey,
  makeIndex,
  makeKey,
  makeTable,
  type Schema,
  type Table,
  type TableId,
} from "#shared/model/index.ts";
import { type Problem, sentence } from "#shared/result/index.ts";
import { copy } from "./crowd.ts";

/** An id of the base: ids are words, such as `film` and `c-title`. */
export const id = <T>(text: string): T => text as never;
/** A column whose id is its name after `c-`. */
export const column = (name: string, type = "text"): Column => makeColumn({ id: id(`c-${name}`), name, type });

/** Two tables with a relation between them, and an enum. */
export const BASE: Schema = {
  dialect: "postgres",
  namespaces: [
    { id: id("public"), name: "public", comment: null },
    { id: id("extra"), name: "extra", comment: null },
  ],
  tables: [
    makeTable({
      id: id("film"),
      namespaceId: id("public"),
      name: "film",
      columns: [column("film_id", "bigint"), column("title"), column("year", "integer")],
      constraints: [makeKey({ id: id("film_pk"), name: "film_pkey", kind: "primary", columns: [id("c-film_id")] })],
    }),
    makeTable({
      id: id("copy"),
      namespaceId: id("public"),
      name: "copy",
      columns: [column("copy_id", "bigint"), column("of_film", "bigint"), column("shelf"), column("state")],
    }),
  ],
  foreignKeys: [
    makeForeignKey({
      id: id("copy_fk"),
      name: "copy_film",
      tableId: id("copy"),
      columns: [id("c-of_film")],
      refTableId: id("film"),
      refColumns: [id("c-film_id")],
    }),
  ],
  types: [
    {
      id: id("mood"),
      kind: "enum",
      namespaceId: id("public"),
      name: "mood",
      comment: null,
      dependsOn: [],
      values: ["sad", "ok"],
    },
  ],
  sequences: [],
  views: [],
  verbatim: [],
};

/** The table with this id, which must be there. */
export const table = (schema: Schema, name: string): Table => {
  const found = lookup(schema).table(id<TableId>(name));
  if (!found) throw new Error(`no table ${name}`);
  return found;
};
/** A column of it by the name that it has in the base. */
export const columnOf = (schema: Schema, owner: string, name: string): Column => {
  const found = table(schema, owner).columns.find((one) => one.id === `c-${name}`);
  if (!found) throw new Error(`no column ${name}`);
  return found;
};
/** What one of them does to a design. */
export type Edit = (schema: Schema) => readonly Change[];
/** A column gets other attributes. */
export const patch =
  (owner: string, name: string, values: Partial<Column>): Edit =>
  (schema) => {
    const before = columnOf(schema, owner, name);
    return [altered("column", id(owner), before, { ...before, ...values })];
  };
/** A table gets another name, in every text that speaks of it. */
export const retitle =
  (owner: string, name: string): Edit =>
  (schema) =>
    renameRelation(schema, table(schema, owner), { name }, postgres);
/** A table is deleted, with what refers to it. */
export const dropTable =
  (name: string): Edit =>
  (schema) =>
    dropTables(schema, new Set([id<TableId>(name)]));
/** A column is deleted. */
export const dropOne =
  (owner: string, name: string): Edit =>
  (schema) =>
    dropColumn(schema, table(schema, owner), columnOf(schema, owner, name));
/** A table gets a column more. */
export const addTo =
  (owner: string, made: Column): Edit =>
  () => [created("column", id(owner), made, null)];
/** A relation is drawn, from and to a column of a table. */
export const relate =
  (name: string, from: [string, string], to: [string, string]): Edit =>
  () => [
    created(
      "foreignKey",
      id(from[0]),
      makeForeignKey({
        id: id(name),
        name,
        tableId: id(from[0]),
        columns: [id(`c-${from[1]}`)],
        refTableId: id(to[0]),
        refColumns: [id(`c-${to[1]}`)],
      }),
      null,
    ),
  ];
/** An index of `copy`. */
export const indexOn =
  (name: string, ...columns: readonly string[]): Edit =>
  () => [
    created(
      "index",
      id("copy"),
      makeIndex({
        id: id(name),
        name,
        parts: columns.map((one) => ({
          columnId: id(`c-${one}`),
          expression: null,
          descending: false,
          nulls: null,
          opclass: null,
          collation: null,
        })),
      }),
      null,
    ),
  ];
/** A primary key of `copy`. */
export const key =
  (name: string, ...columns: readonly string[]): Edit =>
  () => [
    created(
      "constraint",
      id("copy"),
      makeKey({ id: id(name), name, kind: "primary", columns: columns.map((one) => id(`c-${one}`)) }),
      null,
    ),
  ];
/** The enum gets these values. */
export const values =
  (...list: readonly string[]): Edit =>
  ({ types }) =>
    types.map((type) => altered("type", null, type, { ...type, values: list } as never));
/** A table inherits from another. */
export const inherit =
  (child: string, parent: string): Edit =>
  (schema) => [altered("table", null, table(schema, child), { ...table(schema, child), inherits: [id(parent)] } as Table)];
/** Several edits one after the other. */
export const together =
  (...edits: readonly Edit[]): Edit =>
  (schema) =>
    edits.flatMap((edit) => edit(schema));

interface Met {
  readonly sides: Sides;
  /** What reading had to mend of the two together and of neither alone. */
  readonly problems: readonly Problem[];
  readonly design: DesignDoc;
}

/** Both edit the base apart; what comes of it is a document. */
export function meet(base: Schema, mine: (design: DesignDoc) => void, theirs: (design: DesignDoc) => void): Met {
  const first = new DesignDoc(new Y.Doc());
  first.start("Test", base, new Map());
  const second = new DesignDoc(copy(first.doc));
  const start = first.snapshot.schema;
  mine(first);
  theirs(second);
  const sides = { base: start, mine: first.snapshot.schema, theirs: second.snapshot.schema };
  const alone = new Set([first, second].flatMap(({ snapshot }) => snapshot.problems.map(sentence)));
  Y.applyUpdate(first.doc, Y.encodeStateAsUpdate(second.doc));
  const problems = first.snapshot.problems.filter((problem) => !alone.has(sentence(problem)));
  return { problems, sides: { ...sides, merged: first.snapshot.schema }, design: first };
}
/** An edit of a design as a person does it. */
export const does = (edit: Edit) => (design: DesignDoc) => design.apply(edit(design.snapshot.schema), "edit");
