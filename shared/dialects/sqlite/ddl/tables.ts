/** CREATE TABLE with everything in it: SQLite takes keys, checks and foreign keys nowhere else. */
import {
  type CheckConstraint,
  type Column,
  type ColumnId,
  type EntityRef,
  type ForeignKey,
  type KeyConstraint,
  lookup,
  type Schema,
  type Table,
} from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { StatementBuilder } from "../../kit/statement.ts";
import { FOREIGN_KEY, madeName, type Nameless } from "../names.ts";
import { identifier } from "../quote.ts";
import { behind, writtenBehind } from "../text/comments.ts";
import { columnText, conflict, inlineKey, keyClauses } from "./columns.ts";

interface Line {
  readonly text: string;
  readonly comment?: string | null;
  readonly about: EntityRef;
}

/** A name that reading would make again is left out. */
function named(name: string, nameless: Nameless): string {
  return name === "" || name === madeName(nameless) ? "" : `CONSTRAINT ${identifier(name)} `;
}

/** An inline key stands in its column's line; AUTOINCREMENT is not possible elsewhere. */
function isInline(key: KeyConstraint): boolean {
  return key.columns.length === 1 && (key.options["inline"] === "true" || key.options["autoincrement"] === "true");
}

const namesOf = (table: Table, ids: readonly ColumnId[]): string[] =>
  ids.map((id) => table.columns.find((column) => column.id === id)?.name ?? "");

const list = (names: readonly string[]): string => names.map(identifier).join(", ");

const keysOf = (table: Table): readonly KeyConstraint[] =>
  table.constraints.filter((constraint): constraint is KeyConstraint => "columns" in constraint);

const nameless = (kind: Nameless["kind"], table: Table, columns: readonly string[], ordinal = 1): Nameless => {
  return { kind, table: table.name, columns, ordinal };
};

export function columnLine(table: Table, column: Column): string {
  const keys = keysOf(table).filter((key) => isInline(key) && key.columns[0] === column.id);
  const texts = keys.map((key) => inlineKey(key, named(key.name, nameless(key.kind, table, [column.name]))));
  return columnText(column, texts.join(""));
}

function keyLine(table: Table, key: KeyConstraint): string {
  const names = namesOf(table, key.columns);
  const orders = key.options["order"]?.split(",") ?? [];
  const collations = key.options["collate"]?.split(",") ?? [];
  const parts = names.map((name, at) => {
    const collation = collations[at] ? ` COLLATE ${identifier(collations[at])}` : "";
    return `${identifier(name)}${collation}${orders[at] === "desc" ? " DESC" : ""}`;
  });
  const what = key.kind === "primary" ? "PRIMARY KEY" : "UNIQUE";
  const clause = conflict(key.options["on_conflict"]);
  return `${named(key.name, nameless(key.kind, table, names))}${what} (${parts.join(", ")})${clause}`;
}

function checkLine(table: Table, check: CheckConstraint, ordinal: number): string {
  return `${named(check.name, nameless("check", table, [], ordinal))}CHECK (${check.expression})`;
}

function foreignKeyLine(table: Table, key: ForeignKey, schema: Schema): string {
  const parent = lookup(schema).table(key.refTableId);
  const from = namesOf(table, key.columns);
  const to = parent ? `${identifier(parent.name)} (${list(namesOf(parent, key.refColumns))})` : '""';
  const name = named(key.name, nameless("foreign", table, from));
  return `${name}FOREIGN KEY (${list(from)}) REFERENCES ${to}${keyClauses(key)}`;
}

function lines(table: Table, schema: Schema): readonly Line[] {
  const ref = (entity: EntityRef["entity"], id: string): EntityRef => ({ entity, id, ownerId: table.id });
  const columns = table.columns.map((column) => ({
    text: columnLine(table, column),
    comment: column.comment,
    about: ref("column", column.id),
  }));
  let checks = 0;
  const constraints = table.constraints.flatMap((constraint): Line[] => {
    const about = ref("constraint", constraint.id);
    if (constraint.kind === "check")
      return [{ text: checkLine(table, constraint, (checks += 1)), about, comment: constraint.comment }];
    if (constraint.kind === "exclude" || isInline(constraint)) return [];
    return [{ text: keyLine(table, constraint), about, comment: constraint.comment }];
  });
  const keys = lookup(schema)
    .outgoing(table.id)
    .map((key) => ({ text: foreignKeyLine(table, key, schema), about: ref("foreignKey", key.id), comment: key.comment }));
  const undrawn = schema.verbatim
    .filter(({ kind, ownerId }) => kind === FOREIGN_KEY && ownerId === table.id)
    .map(({ id, definition }) => ({ text: definition, about: ref("verbatim", id) }));
  return [...columns, ...constraints, ...keys, ...undrawn];
}

/** SQLite keeps a table's text as it is, comments included: each stands in a line above what it speaks of. */
function commented({ text, comment }: Line): string {
  const said = comment ? comment.split("\n").map((line) => `-- ${line}`.trimEnd()) : [];
  return [...said, text].join("\n  ");
}

export function createTable(table: Table, schema: Schema): Statement {
  const about: EntityRef = { entity: "table", id: table.id, ownerId: null };
  const builder = new StatementBuilder();
  if (table.kind === "virtual") {
    return builder
      .add(`CREATE VIRTUAL TABLE ${identifier(table.name)}${behind(table.comment)}USING ${table.using ?? ""}`)
      .done(about);
  }
  const options = [
    ...(table.options["without_rowid"] === "true" ? ["WITHOUT ROWID"] : []),
    ...(table.options["strict"] === "true" ? ["STRICT"] : []),
  ];
  builder
    .add(`CREATE TABLE ${identifier(table.name)} (${writtenBehind(table.comment)}\n  `)
    .list(
      lines(table, schema).map((line) => ({ text: commented(line), about: line.about })),
      ",\n  ",
    )
    .add("\n)");
  return builder.add(options.length === 0 ? "" : ` ${options.join(", ")}`).done(about);
}
