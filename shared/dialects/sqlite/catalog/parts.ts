/** The parts of a table, from the pragmas' rows and the table's own text. */
import {
  type Column,
  type ColumnId,
  type Constraint,
  type ConstraintId,
  type ForeignKey,
  type ForeignKeyId,
  type Index,
  type IndexId,
  makeColumn,
  makeForeignKey,
  makeIndex,
  makeCheck,
  makeKey,
  type ReferentialAction,
  type Table,
  type Verbatim,
  type VerbatimId,
} from "../../../model/index.ts";
import { problem, type Problem } from "../../../result/index.ts";
import { keyClauses } from "../ddl/columns.ts";
import { FOREIGN_KEY, madeName, Names } from "../names.ts";
import { identifier } from "../quote.ts";
import { readIndexText } from "../text/other-text.ts";
import type { CheckText, ColumnText, ForeignKeyText, KeyText, TableText } from "../text/table-text.ts";
import { type Catalogue, type Row, text, word } from "./rows.ts";

const GENERATED_STORED = 3;

/** `row` as `catalog.sql.ts` orders it: table, name, type, not null, default, hidden. */
export function readColumn(table: string, row: Row, written: ColumnText | undefined): Column {
  const name = word(row[1]);
  const expression = written?.generated ?? null;
  return makeColumn({
    id: `column:main.${table}.${name}` as ColumnId,
    name,
    type: word(row[2]),
    notNull: Number(row[3]) === 1,
    default: text(row[4]),
    generated: expression === null ? null : { expression, stored: Number(row[5]) === GENERATED_STORED },
    collation: written?.collation ?? null,
    comment: written?.comment ?? null,
    options: written?.options ?? {},
  });
}

function columnIds(table: Table, names: readonly string[]): ColumnId[] {
  return names.flatMap((name) => table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.id ?? []);
}

/** A key whose columns the text says in a way that is not followed here is left out, and said. */
export function readConstraints(table: Table, written: TableText, problems: Problem[]): readonly Constraint[] {
  const about = { entity: "table", id: table.id, ownerId: null };
  return constraintsOf(table, written).filter((constraint, at) => {
    const text = written.constraints[at];
    if (!("columns" in constraint) || text?.kind === "check") return true;
    if (constraint.columns.length > 0 && constraint.columns.length === text?.columns.length) return true;
    const what = `the key ${constraint.name} of ${table.name}`;
    problems.push(problem("import.skipped", "warning", { what, why: "its columns could not be told from its text" }, { about }));
    return false;
  });
}

function constraintsOf(table: Table, written: TableText): readonly Constraint[] {
  const names = new Names([...written.constraints, ...written.foreignKeys].map(({ name }) => name));
  const explicit = new Names([]);
  let checks = 0;
  return written.constraints.map((constraint): Constraint => {
    if (constraint.kind === "check") checks += 1;
    const columns = constraint.kind === "check" ? [] : constraint.columns;
    const made = madeName({ kind: constraint.kind, table: table.name, columns, ordinal: checks });
    const name = constraint.name === null ? names.free(made) : explicit.free(constraint.name);
    const id = `constraint:main.${table.name}.${name}` as ConstraintId;
    return constraint.kind === "check" ? readCheck(id, name, constraint) : readKey(id, name, table, constraint);
  });
}

function readKey(id: ConstraintId, name: string, table: Table, { kind, columns, options, comment }: KeyText): Constraint {
  return makeKey({ id, name, kind, columns: columnIds(table, columns), options, comment });
}

function readCheck(id: ConstraintId, name: string, { expression, comment }: CheckText): Constraint {
  return makeCheck({ id, name, expression, comment });
}

/** Index rows are table, index, unique; part rows index, column, descending. */
export function readIndexes(table: Table, texts: ReadonlyMap<string, string>, catalogue: Catalogue): readonly Index[] {
  return catalogue.indexes(table.name).map((row): Index => {
    const name = word(row[1]);
    const written = readIndexText(texts.get(name) ?? "");
    const parts = catalogue.indexParts(name).map((part, at) => {
      const [columnId = null] = part[1] === null ? [] : columnIds(table, [word(part[1])]);
      return {
        columnId,
        expression: columnId === null ? (written.parts[at]?.expression ?? "") : null,
        descending: Number(part[2]) === 1,
        nulls: null,
        opclass: null,
        collation: written.parts[at]?.collation ?? null,
      };
    });
    return makeIndex({
      id: `index:main.${name}` as IndexId,
      name,
      unique: Number(row[2]) === 1,
      parts,
      where: written.where,
    });
  });
}

/** The foreign keys of all tables. One whose target is not there cannot be drawn: it is kept word for word, and said. */
export function readForeignKeys(
  tables: readonly Table[],
  texts: ReadonlyMap<string, TableText>,
  catalogue: Catalogue,
  problems: Problem[],
): { readonly drawn: readonly ForeignKey[]; readonly kept: readonly Verbatim[] } {
  const byName = new Map(tables.map((table) => [table.name.toLowerCase(), table]));
  const drawn: ForeignKey[] = [];
  const kept: Verbatim[] = [];
  for (const table of tables) {
    const written = texts.get(table.name);
    const names = new Names([...(written?.foreignKeys ?? []), ...table.constraints].map(({ name }) => name));
    const explicit = new Names(table.constraints.map(({ name }) => name));
    groupById(catalogue.foreignKeys(table.name)).forEach((rows, at) => {
      const from = rows.map((row) => word(row[3]));
      const text = written?.foreignKeys[at];
      const made = madeName({ kind: "foreign", table: table.name, columns: from, ordinal: 1 });
      const given = text?.name ?? null;
      const name = given === null ? names.free(made) : explicit.free(given);
      const key = readForeignKey(table, rows, name, byName);
      if (key) {
        drawn.push({
          ...key,
          match: text?.match ?? "simple",
          deferrable: text?.deferrable ?? "no",
          comment: text?.comment ?? null,
        });
        return;
      }
      const about = { entity: "table", id: table.id, ownerId: null };
      const what = `the foreign key ${table.name} (${from.join(", ")}) to ${word(rows[0]?.[2])}`;
      problems.push(
        problem(
          "import.skipped",
          "warning",
          { what, why: "what it refers to is not there; it is kept word for word" },
          { about },
        ),
      );
      kept.push(undrawn(table, name, foreignKeyText(rows, text)));
    });
  }
  return { drawn, kept };
}

function undrawn(table: Table, name: string, definition: string): Verbatim {
  return {
    id: `verbatim:${FOREIGN_KEY}.${table.name}.${name}` as VerbatimId,
    kind: FOREIGN_KEY,
    namespaceId: table.namespaceId,
    ownerId: table.id,
    name,
    definition,
    comment: null,
    dependsOn: [table.id],
  };
}

/** As it stands in CREATE TABLE. */
function foreignKeyText(rows: readonly Row[], written: ForeignKeyText | undefined): string {
  const [first = []] = rows;
  const list = (at: number): string => rows.map((row) => identifier(word(row[at]))).join(", ");
  const name = written?.name ? `CONSTRAINT ${identifier(written.name)} ` : "";
  const to = `${identifier(word(first[2]))}${first[4] === null ? "" : ` (${list(4)})`}`;
  const facts = { onUpdate: action(first[5]), onDelete: action(first[6]), match: written?.match ?? "simple" };
  return `${name}FOREIGN KEY (${list(3)}) REFERENCES ${to}${keyClauses({ ...facts, deferrable: written?.deferrable ?? "no" })}`;
}

/** SQLite numbers the keys of a table from the last to the first; the statement turns them round. */
function groupById(rows: readonly Row[]): readonly (readonly Row[])[] {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const list = groups.get(Number(row[1]));
    if (list) list.push(row);
    else groups.set(Number(row[1]), [row]);
  }
  return [...groups.values()];
}

function readForeignKey(table: Table, rows: readonly Row[], name: string, byName: ReadonlyMap<string, Table>): ForeignKey | null {
  const [first = []] = rows;
  const parent = byName.get(word(first[2]).toLowerCase());
  if (!parent) return null;
  const columns = columnIds(
    table,
    rows.map((row) => word(row[3])),
  );
  // Without a column list the parent's primary key is meant.
  const implied = parent.constraints.find(({ kind }) => kind === "primary");
  const refColumns =
    first[4] === null && implied && "columns" in implied
      ? implied.columns
      : columnIds(
          parent,
          rows.map((row) => word(row[4])),
        );
  if (columns.length === 0 || columns.length !== refColumns.length) return null;
  return makeForeignKey({
    id: `foreignKey:main.${table.name}.${name}` as ForeignKeyId,
    tableId: table.id,
    name,
    columns,
    refTableId: parent.id,
    refColumns,
    onUpdate: action(first[5]),
    onDelete: action(first[6]),
  });
}

const action = (cell: unknown): ReferentialAction => word(cell).toLowerCase() as ReferentialAction;
