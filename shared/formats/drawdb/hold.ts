/** What of a design DrawDB's files hold. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { CheckConstraint, Column, Constraint, Schema, Table } from "../../model/index.ts";
import type { Held } from "../format.ts";
import type { Design } from "../json/index.ts";
import { holdBy } from "../kit/hold.ts";
import { BARE, type Holds, lossesOf } from "../kit/losses.ts";
import { checkName } from "../kit/names.ts";
import { placed } from "../kit/places.ts";
import { settled } from "../kit/settled.ts";
import { DOMAINS, plainTypes } from "../kit/user-types.ts";
import { withoutCast, writeDefault } from "./defaults.ts";
import { FieldTypes } from "./types.ts";

const HOLDS: Holds = {
  ...BARE,
  enums: true,
  types: true,
  increment: "both",
  emptyTables: true,
  tableComments: true,
  columnComments: true,
  notNull: true,
  defaults: true,
  primaryKeys: true,
  uniqueKeys: true,
  uniqueKeyNames: true,
  checks: true,
  checkNames: true,
  relations: true,
  relationNames: true,
  compositeRelations: true,
  actions: true,
  indexes: true,
  indexNames: true,
  places: true,
  tints: true,
  areas: true,
  notes: true,
};

const OWN = {
  ...DOMAINS,
  keyOrder: "orders of columns in primary keys",
  tableChecks: "check constraints that are not of one column, or not the first of it",
  columnCheckNames: "names of check constraints",
  expressions: "defaults of texts, dates and the like that are expressions other than a call",
};

export const LOSSES = lossesOf(HOLDS, OWN);

/** What is taken away beside what the flags say. */
class Holder {
  readonly #lost: Map<string, number>;
  readonly #dialect: Dialect;
  readonly #types: FieldTypes;
  readonly #counted: ReadonlySet<string>;

  constructor(schema: Schema, dialect: Dialect, lost: Map<string, number>) {
    this.#lost = lost;
    this.#dialect = dialect;
    this.#types = new FieldTypes(dialect, schema, false);
    this.#counted = new Set(schema.sequences.flatMap(({ ownedBy }) => ownedBy?.columnId ?? []));
  }

  #count(key: keyof typeof OWN): void {
    this.#lost.set(key, (this.#lost.get(key) ?? 0) + 1);
  }

  table(table: Table): Table {
    const columns = table.columns.map((column) => this.#column(column));
    const taken = new Set([...table.constraints, ...table.indexes].map(({ name }) => name));
    const checked = new Set<string>();
    const constraints = table.constraints.flatMap((constraint): Constraint[] => {
      if (constraint.kind === "check") return this.#check(constraint, table, checked, taken);
      if (constraint.kind !== "primary") return [constraint];
      const inOrder = columns.flatMap(({ id }) => (constraint.columns.includes(id) ? [id] : []));
      if (inOrder.some((id, at) => id !== constraint.columns[at])) this.#count("keyOrder");
      return [{ ...constraint, columns: inOrder }];
    });
    return { ...table, columns, constraints };
  }

  #column(column: Column): Column {
    const type = this.#types.read(this.#types.write(column.type));
    if (column.default === null || this.#counted.has(column.id)) return { ...column, type };
    const values = this.#types.valuesOf(type) ?? this.#types.write(type).values;
    const plain = withoutCast(column.default);
    const held = [plain, column.default].find((text) => writeDefault(text, type, values, this.#dialect) !== null) ?? null;
    if (held === null) this.#count("expressions");
    return { ...column, type, default: held };
  }

  /** A check is said of the one column that it speaks of. */
  #check(check: CheckConstraint, table: Table, checked: Set<string>, taken: Set<string>): CheckConstraint[] {
    const named = table.columns.find(({ name }) => checkName(table.name, name, this.#dialect) === check.name);
    const column = named ?? this.#sole(check.expression, table);
    const name = column ? checkName(table.name, column.name, this.#dialect) : check.name;
    const free = name === check.name || !taken.has(name);
    if (!column || checked.has(column.id) || !free || check.expression.trim() === "") {
      this.#count("tableChecks");
      return [];
    }
    checked.add(column.id);
    if (name !== check.name) this.#count("columnCheckNames");
    taken.add(name);
    return [{ ...check, name }];
  }

  #sole(expression: string, { columns }: Table): Column | null {
    const { key, tokens } = this.#dialect.texts;
    const said = new Set(tokens(expression).flatMap((token) => token.key ?? []));
    const [first, ...others] = columns.filter(({ name }) => said.has(key(name)));
    return first && others.length === 0 ? first : null;
  }
}

export function hold(design: Design, dialect: Dialect): Held {
  const own = new Map<string, number>();
  const typed: Schema = { ...design.schema, types: plainTypes(design.schema.types, dialect, own) };
  const { design: plain, lost: told } = holdBy({ ...design, schema: typed }, dialect, HOLDS);
  const lost = new Map<string, number>([...told, ...own]);
  const schema = settled(plain.schema, dialect);
  const holder = new Holder(schema, dialect, lost);
  const held: Schema = { ...schema, tables: schema.tables.map((table) => holder.table(table)) };
  const diagrams = held.tables.length + plain.diagrams.length === 0 ? [] : [placed(plain.diagrams[0], held)];
  return { design: { name: plain.name, schema: held, diagrams }, lost };
}
