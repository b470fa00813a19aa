/** CREATE TABLE and everything that a table needs after it. */
import type { Constraint, Table } from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { statement, StatementBuilder } from "../../kit/statement.ts";
import { identifier } from "../quote.ts";
import { columnDefinition, columnSettings } from "./columns.ts";
import { constraintDefinition } from "./constraints.ts";
import { columnRef, indexed, type Names, withOptions } from "./names.ts";

const OWN_OPTIONS = ["access_method", "replica_identity", "row_security_disabled"];

/** What stands inside CREATE TABLE; the rest is added by ALTER TABLE. */
function isInline(constraint: Constraint, table: Table): boolean {
  // A key over a parent's column must not make that column's NOT NULL the child's own.
  return constraint.kind !== "primary" || table.inherits.length === 0;
}

/** A check that is not yet valid comes when all tables are there: a child made after it would have it as valid. */
const isLate = (constraint: Constraint): boolean => constraint.kind === "check" && constraint.notValid;

export function lateChecks(table: Table, names: Names): Statement[] {
  const alter = `ALTER TABLE ${names.qualified(table)}`;
  const about = (id: Constraint["id"]) => ({ entity: "constraint", id, ownerId: table.id }) as const;
  const parents = [...table.inherits, ...(table.partitionOf ? [table.partitionOf.tableId] : [])];
  const waiting = new Set(
    parents.flatMap((id) => (names.lookup.table(id)?.constraints ?? []).filter(isLate).map(({ name }) => name)),
  );
  return table.constraints.flatMap((check) => {
    if (check.kind !== "check") return [];
    if (!check.inherited && isLate(check))
      return statement(`${alter} ADD ${constraintDefinition(check, table, names)}`, about(check.id));
    const valid = check.inherited && !isLate(check) && !check.notEnforced && waiting.has(check.name);
    return valid ? statement(`${alter} VALIDATE CONSTRAINT ${identifier(check.name)}`, about(check.id)) : [];
  });
}

/** A partition is made as a table of its own and attached: it has all columns and checks itself. */
function ownConstraints(table: Table): readonly Constraint[] {
  return table.constraints.filter(
    (constraint) => !isLate(constraint) && (constraint.kind !== "check" || !constraint.inherited || table.partitionOf !== null),
  );
}

export function createTable(table: Table, names: Names): Statement[] {
  const about = { entity: "table", id: table.id, ownerId: null } as const;
  const partition = table.partitionOf !== null;
  const columns = table.columns
    .filter((column) => partition || !column.inherited)
    .map((column) => ({
      text: `${identifier(column.name)} ${columnDefinition(column, { partition })}`,
      about: columnRef(table, column.id),
    }));
  const constraints = ownConstraints(table)
    .filter((constraint) => isInline(constraint, table))
    .map((constraint) => ({
      text: constraintDefinition(constraint, table, names),
      about: { entity: "constraint", id: constraint.id, ownerId: table.id } as const,
    }));
  const builder = new StatementBuilder();
  const kind = table.kind === "foreign" ? "FOREIGN TABLE" : `${table.unlogged ? "UNLOGGED " : ""}TABLE`;
  builder.add(`CREATE ${kind} ${names.qualified(table)} (`);
  const parts = [...columns, ...constraints];
  if (parts.length > 0) builder.add("\n    ").list(parts, ",\n    ").add("\n");
  builder.add(")");
  if (table.inherits.length > 0) builder.add(` INHERITS (${table.inherits.map((id) => names.relation(id)).join(", ")})`);
  if (table.partitionBy !== null) builder.add(` PARTITION BY ${table.partitionBy}`);
  if (table.options["access_method"] !== undefined) builder.add(` USING ${identifier(table.options["access_method"])}`);
  if (table.using !== null) builder.add(` ${table.using}`);
  builder.add(withOptions(table.options, OWN_OPTIONS));
  return [builder.done(about), ...afterCreate(table, names)];
}

/** Nothing for a table that is no partition. */
export function attachPartition(table: Table, names: Names): Statement[] {
  if (!table.partitionOf) return [];
  const { tableId, bound } = table.partitionOf;
  const sql = `ALTER TABLE ONLY ${names.relation(tableId)} ATTACH PARTITION ${names.qualified(table)} ${bound}`;
  return [statement(sql, { entity: "table", id: table.id, ownerId: null })];
}

/** A table without its checks and defaults, and those as statements of their own: they may call functions that need the table. */
export function tableInTwoSteps(table: Table, names: Names): { readonly first: Statement[]; readonly rest: Statement[] } {
  const alter = `ALTER TABLE ${names.qualified(table)}`;
  const bare = {
    ...table,
    columns: table.columns.map((column) => ({ ...column, default: null })),
    constraints: table.constraints.filter(({ kind }) => kind !== "check"),
  };
  const defaults = table.columns.flatMap((column) =>
    column.default === null || column.generated || column.identity
      ? []
      : statement(
          `ALTER TABLE ONLY ${names.qualified(table)} ALTER COLUMN ${identifier(column.name)} SET DEFAULT ${column.default}`,
          columnRef(table, column.id),
        ),
  );
  const checks = ownConstraints(table)
    .filter(({ kind }) => kind === "check")
    .map((check) =>
      statement(`${alter} ADD ${constraintDefinition(check, table, names)}`, {
        entity: "constraint",
        id: check.id,
        ownerId: table.id,
      }),
    );
  return { first: createTable(bare, names), rest: [...defaults, ...checks] };
}

function afterCreate(table: Table, names: Names): Statement[] {
  const name = names.qualified(table);
  const about = { entity: "table", id: table.id, ownerId: null } as const;
  const late = ownConstraints(table)
    .filter((constraint) => !isInline(constraint, table))
    .map((constraint) =>
      statement(`ALTER TABLE ${name} ADD ${constraintDefinition(constraint, table, names)}`, {
        entity: "constraint",
        id: constraint.id,
        ownerId: table.id,
      }),
    );
  const settings = table.columns.flatMap((column) =>
    columnSettings(column).map((setting) =>
      statement(`ALTER TABLE ONLY ${name} ALTER COLUMN ${identifier(column.name)} ${setting}`, columnRef(table, column.id)),
    ),
  );
  const notNull = table.columns.flatMap((column) => {
    if (column.options["not_null_not_valid"] === undefined) return [];
    const named = column.options["not_null_name"];
    const head = named === undefined ? "" : `CONSTRAINT ${identifier(named)} `;
    return statement(`ALTER TABLE ${name} ADD ${head}NOT NULL ${identifier(column.name)} NOT VALID`, columnRef(table, column.id));
  });
  return [
    ...late,
    ...notNull,
    ...inheritedSettings(table, names),
    ...settings,
    ...replicaIdentity(table, name).map((sql) => statement(sql, about)),
  ];
}

/** Where a column that comes from a parent, or is merged with a parent's, differs from it. */
function inheritedSettings(table: Table, names: Names): Statement[] {
  if (table.inherits.length === 0) return [];
  const parents = table.inherits.flatMap((id) => names.lookup.table(id) ?? []);
  return table.columns
    .filter((column) => column.inherited || (column.default === null && !column.generated && !column.identity))
    .flatMap((column) => {
      const parent = parents.flatMap(({ columns }) => columns).find(({ name }) => name === column.name);
      const alter = `ALTER TABLE ONLY ${names.qualified(table)} ALTER COLUMN ${identifier(column.name)}`;
      const found: Statement[] = [];
      if (!parent) return found;
      if (parent.default !== column.default && !column.generated) {
        found.push(
          statement(
            column.default === null ? `${alter} DROP DEFAULT` : `${alter} SET DEFAULT ${column.default}`,
            columnRef(table, column.id),
          ),
        );
      }
      if (column.inherited && column.notNull && !parent.notNull)
        found.push(statement(`${alter} SET NOT NULL`, columnRef(table, column.id)));
      return found;
    });
}

function replicaIdentity(table: Table, name: string): string[] {
  const found: string[] = [];
  if (table.options["replica_identity"] !== undefined)
    found.push(`ALTER TABLE ONLY ${name} REPLICA IDENTITY ${table.options["replica_identity"]}`);
  for (const key of indexed(table)) {
    // A plain index comes later; only a key constraint's index exists already.
    const here = "kind" in key && key.options["replica_identity"] === "true";
    if (here) found.push(`ALTER TABLE ONLY ${name} REPLICA IDENTITY USING INDEX ${identifier(key.name)}`);
  }
  return found;
}

export function rowSecurity(table: Table, names: Names): Statement[] {
  const about = { entity: "table", id: table.id, ownerId: null } as const;
  const alter = `ALTER TABLE ${names.qualified(table)}`;
  const found: Statement[] = [];
  if (table.rowSecurity !== "off" && table.options["row_security_disabled"] === undefined)
    found.push(statement(`${alter} ENABLE ROW LEVEL SECURITY`, about));
  if (table.rowSecurity === "forced") found.push(statement(`${alter} FORCE ROW LEVEL SECURITY`, about));
  return found;
}
