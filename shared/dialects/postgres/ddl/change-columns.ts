/** Columns changed in place: the manual, "ALTER TABLE". */
import type { Change, Column, Table, TableId } from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { statement } from "../../kit/statement.ts";
import { identifier, literal } from "../quote.ts";
import { identityClauses } from "./change-sequences.ts";
import { columnDefinition, columnSettings } from "./columns.ts";
import { type Context, many, nameNow, sameBut, type Statements } from "./in-place.ts";
import { columnRef, type Names } from "./names.ts";
import { comment } from "./objects.ts";
import { isRetyped } from "./retyped.ts";

function addColumn(table: Table, column: Column, names: Names): Statement[] {
  const about = columnRef(table, column.id);
  const alter = `ALTER TABLE ${names.qualified(table)}`;
  const sqls = [`${alter} ADD COLUMN ${identifier(column.name)} ${columnDefinition(column, { partition: false })}`];
  sqls.push(...columnSettings(column).map((setting) => `${alter} ALTER COLUMN ${identifier(column.name)} ${setting}`));
  if (column.comment !== null) sqls.push(comment(`COLUMN ${names.qualified(table)}.${identifier(column.name)}`, column.comment));
  return many(sqls, about);
}

/** A key's and an identity's columns are NOT NULL, whatever a design says. */
function mustBeNotNull(table: Table, column: Column): boolean {
  return column.identity !== null || table.constraints.some((key) => key.kind === "primary" && key.columns.includes(column.id));
}

/** Identity, default and type of a column depend on each other: what was goes first, what is to be comes last. */
function alterColumn(table: Table, old: Column, next: Column, context: Context): Statements {
  if (!sameBut(old, next, "name", "type", "notNull", "default", "identity", "comment")) return null;
  const name = context.after.qualified(table);
  const alter = `ALTER TABLE ${name} ALTER COLUMN ${identifier(next.name)}`;
  const sqls: string[] = [];
  if (old.name !== next.name) sqls.push(`ALTER TABLE ${name} RENAME COLUMN ${identifier(old.name)} TO ${identifier(next.name)}`);
  const counted = JSON.stringify(old.identity) === JSON.stringify(next.identity);
  const counts = counted ? [] : identityClauses(old, next);
  if (old.identity && !counts) sqls.push(`${alter} DROP IDENTITY`);
  if (isRetyped(old, next, context)) {
    if (old.default !== null) sqls.push(`${alter} DROP DEFAULT`);
    sqls.push(`${alter} TYPE ${next.type} USING ${identifier(next.name)}::text::${next.type}`);
    if (next.default !== null) sqls.push(`${alter} SET DEFAULT ${next.default}`);
  } else if (old.default !== next.default && !next.identity && !next.generated)
    sqls.push(next.default === null ? `${alter} DROP DEFAULT` : `${alter} SET DEFAULT ${next.default}`);
  else if (next.identity && !old.identity && old.default !== null) sqls.push(`${alter} DROP DEFAULT`);
  if (old.notNull !== next.notNull && (next.notNull || !mustBeNotNull(table, next)))
    sqls.push(`${alter} ${next.notNull ? "SET" : "DROP"} NOT NULL`);
  if (counts && counts.length > 0) sqls.push(`${alter} ${counts.join(" ")}`);
  if (next.identity && !counts) sqls.push(...addIdentity(table, old, next, context));
  if (old.comment !== next.comment) sqls.push(comment(`COLUMN ${name}.${identifier(next.name)}`, next.comment));
  return many(sqls, columnRef(table, next.id));
}

/** The sequence that counted so far goes, for its name is the new one's; the new one goes on behind the rows that are there. */
function addIdentity(table: Table, old: Column, next: Column, context: Context): string[] {
  const { before, after } = context;
  const { always = false, sequence = "" } = next.identity ?? {};
  const [name, column] = [after.qualified(table), identifier(next.name)];
  const kept = new Set(after.schema.sequences.map(({ id }) => id));
  const gone = before.schema.sequences.filter(({ id, ownedBy }) => ownedBy?.columnId === old.id && !kept.has(id));
  const counter = `pg_catalog.pg_get_serial_sequence(${literal(name).trim()}, ${literal(next.name).trim()})`;
  return [
    ...gone.map((one) => `DROP SEQUENCE IF EXISTS ${nameNow(one, context)}`),
    `ALTER TABLE ${name} ALTER COLUMN ${column} ADD GENERATED ${always ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY${sequence === "" ? "" : ` (${sequence})`}`,
    ...(sequence === "" ? [`SELECT pg_catalog.setval(${counter}, max(${column})) FROM ${name} HAVING max(${column}) > 0`] : []),
  ];
}

/** Is a column of a partition or heir changed as its parent's is, with it? */
function followsParent(table: Table, old: Column, next: Column, { before, after }: Context): boolean {
  const parents = [...table.inherits, ...(table.partitionOf ? [table.partitionOf.tableId] : [])];
  const values = (column: Column | undefined): readonly string[] => {
    const { type, notNull, default: fallback, identity, generated, collation, comment: text } = column ?? {};
    return [type, notNull, fallback, identity, generated, collation, text].map((value) => JSON.stringify(value) ?? "");
  };
  return parents.some((id) => {
    const [was, is] = [before, after].map((names, at) =>
      names.lookup.table(id)?.columns.find(({ name }) => name === [old, next][at]?.name),
    );
    if (!was || was.id !== is?.id) return false;
    const [mine, parents] = [[values(old), values(next)] as const, [values(was), values(is)] as const];
    return mine[0].every((value, at) => value === mine[1][at] || (value === parents[0][at] && mine[1][at] === parents[1][at]));
  });
}

export function columnChange(change: Extract<Change, { entity: "column" }>, { after, before }: Context): Statements {
  const table = after.lookup.table(change.ownerId as TableId) ?? before.lookup.table(change.ownerId as TableId);
  if (!table) return null;
  // It comes and goes with its parent's.
  if ((change.kind === "create" && change.after.inherited) || (change.kind === "drop" && change.before.inherited)) return [];
  if (table.partitionOf || table.inherits.length > 0)
    return change.kind === "alter" && followsParent(table, change.before, change.after, { before, after }) ? [] : null;
  switch (change.kind) {
    case "create":
      return addColumn(table, change.after, after);
    case "drop":
      return [
        statement(`ALTER TABLE ${before.relation(table.id)} DROP COLUMN ${identifier(change.before.name)}`, {
          entity: "table",
          id: table.id,
          ownerId: null,
        }),
      ];
    case "alter":
      return alterColumn(table, change.before, change.after, { before, after });
    // The order of columns cannot be changed in place, and does not change what the engine says of a design.
    case "reorder":
      return [];
  }
}
