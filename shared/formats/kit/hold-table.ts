/** A table, its columns and constraints as a format can say them. */
import type { Dialect } from "../../dialects/dialect.ts";
import { type Column, type Constraint, type KeyConstraint, makeTable, type Table } from "../../model/index.ts";
import type { Losses } from "./count.ts";
import type { Holds } from "./losses.ts";
import { checkName, primaryName, takeName, uniqueName } from "./names.ts";
import type { Numbering } from "./numbering.ts";

const isEmpty = (options: object): boolean => Object.keys(options).length === 0;

/** A column that numbers itself by a sequence has the default and the mark that say so, whatever else is held. */
function heldColumn(column: Column, holds: Holds, lost: Losses, numbering: Numbering): Column {
  if (!numbering.numbers(column.id)) return plainColumn(column, holds, lost);
  return plainColumn(column, { ...holds, defaults: true, notNull: true }, lost);
}

function plainColumn(column: Column, holds: Holds, lost: Losses): Column {
  lost.when(column.notNull && !holds.notNull, "notNull");
  lost.when(column.default !== null && !holds.defaults, "defaults");
  lost.when(column.generated !== null && !holds.generated, "generated");
  lost.when(column.collation !== null && !holds.collations, "collations");
  lost.when(column.comment !== null && !holds.columnComments, "columnComments");
  lost.when(!isEmpty(column.options) && !holds.columnOptions, "columnOptions");
  lost.when(column.inherited && !holds.partitions, "partitions");
  return {
    ...column,
    notNull: column.notNull && holds.notNull,
    default: holds.defaults ? column.default : null,
    generated: holds.generated ? column.generated : null,
    collation: holds.collations ? column.collation : null,
    comment: holds.columnComments ? column.comment : null,
    options: holds.columnOptions ? column.options : {},
    inherited: column.inherited && holds.partitions,
  };
}

/** Names of keys that a format gives itself: the usual ones, taken in order. */
class Naming {
  readonly #table: Table;
  readonly #dialect: Dialect;
  readonly #lost: Losses;
  readonly #taken: Set<string>;
  readonly #columns: ReadonlyMap<string, string>;

  constructor(table: Table, dialect: Dialect, holds: Holds, lost: Losses) {
    this.#table = table;
    this.#dialect = dialect;
    this.#lost = lost;
    this.#columns = new Map(table.columns.map(({ id, name }) => [id, name]));
    this.#taken = new Set(table.constraints.filter((constraint) => namesHeld(constraint, holds)).map(({ name }) => name));
  }

  usual<T extends Constraint>(constraint: T): T {
    if (constraint.kind === "exclude") return constraint;
    const { name } = this.#table;
    const columns = constraint.kind === "check" ? [] : constraint.columns.map((id) => this.#columns.get(id) ?? "");
    const wanted = {
      primary: () => primaryName(name, this.#dialect),
      unique: () => uniqueName(name, columns, this.#dialect),
      check: () => checkName(name, null, this.#dialect),
    }[constraint.kind]();
    const found = takeName(wanted, this.#taken);
    const key = { primary: "primaryKeyNames", unique: "uniqueKeyNames", check: "checkNames" } as const;
    this.#lost.when(found !== constraint.name, key[constraint.kind]);
    return { ...constraint, name: found };
  }
}

function namesHeld({ kind }: Constraint, holds: Holds): boolean {
  return { primary: holds.primaryKeyNames, unique: holds.uniqueKeyNames, check: holds.checkNames, exclude: true }[kind];
}

function plainKey(key: KeyConstraint): KeyConstraint {
  return { ...key, deferrable: "no", partOf: null, include: [], nullsNotDistinct: false, withoutOverlaps: false, options: {} };
}

function heldConstraint(constraint: Constraint, holds: Holds, lost: Losses): Constraint | null {
  const kept = { primary: "primaryKeys", unique: "uniqueKeys", check: "checks", exclude: "exclusions" } as const;
  if (!lost.unless(holds[kept[constraint.kind]], kept[constraint.kind], 1)) return null;
  lost.when(constraint.comment !== null && !holds.otherComments, "otherComments");
  const told = holds.otherComments ? constraint : { ...constraint, comment: null };
  if (holds.constraintOptions) return holds.partitions ? told : { ...told, partOf: null };
  if (told.kind === "exclude") return { ...told, deferrable: "no", partOf: null };
  const plain =
    told.kind === "check"
      ? {
          ...told,
          deferrable: "no" as const,
          partOf: null,
          noInherit: false,
          notValid: false,
          notEnforced: false,
          inherited: false,
        }
      : plainKey(told);
  const differs = JSON.stringify({ ...plain, partOf: null }) !== JSON.stringify({ ...told, partOf: null });
  lost.when(differs, "constraintOptions");
  return plain;
}

/** Indexes stay as they are: see `hold-keys.ts`. What it depends on is the catalogue's own to tell. */
export function heldTable(table: Table, dialect: Dialect, holds: Holds, lost: Losses, numbering: Numbering): Table {
  lost.when(table.kind !== "table" && !holds.tableKinds, "tableKinds");
  const parted = table.partitionBy !== null || table.partitionOf !== null || table.inherits.length > 0;
  lost.when(parted && !holds.partitions, "partitions");
  lost.when((table.unlogged || table.rowSecurity !== "off" || !isEmpty(table.options)) && !holds.tableOptions, "tableOptions");
  lost.when(table.comment !== null && !holds.tableComments, "tableComments");
  const naming = new Naming(table, dialect, holds, lost);
  const { kind, using, unlogged, rowSecurity, options, partitionBy, partitionOf, inherits } = table;
  return makeTable({
    ...{ id: table.id, namespaceId: table.namespaceId, name: table.name, indexes: table.indexes },
    ...(holds.tableKinds ? { kind, using } : {}),
    ...(holds.tableOptions ? { unlogged, rowSecurity, options } : {}),
    ...(holds.partitions ? { partitionBy, partitionOf, inherits } : {}),
    comment: holds.tableComments ? table.comment : null,
    columns: table.columns.map((column) => heldColumn(numbering.column(table, column), holds, lost, numbering)),
    constraints: table.constraints.flatMap((constraint) => {
      const held = heldConstraint(constraint, holds, lost);
      return held ? [namesHeld(held, holds) ? held : naming.usual(held)] : [];
    }),
  });
}
