/** What of a design ChartDB's files hold. */
import type { Dialect } from "../../dialects/dialect.ts";
import {
  type Column,
  type Constraint,
  type Index,
  type KeyConstraint,
  makeIndex,
  type Schema,
  type Table,
  type View,
} from "../../model/index.ts";
import type { Held } from "../format.ts";
import type { Design } from "../json/index.ts";
import { holdBy } from "../kit/hold.ts";
import { BARE, type Holds, lossesOf } from "../kit/losses.ts";
import { usualMethod } from "../kit/names.ts";
import { placed } from "../kit/places.ts";
import { settled } from "../kit/settled.ts";
import { DOMAINS, plainTypes } from "../kit/user-types.ts";
import { FieldTypes } from "./types.ts";
import { readsOwnSequence, standIn } from "./words.ts";

const HOLDS: Holds = {
  ...BARE,
  namespaces: true,
  views: true,
  enums: true,
  types: true,
  increment: "both",
  emptyTables: true,
  tableComments: true,
  columnComments: true,
  indexComments: true,
  notNull: true,
  defaults: true,
  collations: true,
  primaryKeys: true,
  primaryKeyNames: true,
  uniqueKeys: true,
  uniqueKeyNames: true,
  checks: true,
  relations: true,
  relationNames: true,
  compositeRelations: true,
  indexes: true,
  indexNames: true,
  indexMethods: true,
  places: true,
  tints: true,
  areas: true,
  notes: true,
};

const OWN = {
  ...DOMAINS,
  viewQueries: "queries of views (a stand-in with the same columns takes the place)",
  viewDetails: "options, indexes and defaults of views",
  uniqueIndexes: "unique keys of several columns as such (they are written as unique indexes)",
  sequenceDefaults: "defaults that read a sequence which is not the column's own",
};

export const LOSSES = lossesOf(HOLDS, OWN);

class Holder {
  readonly #dialect: Dialect;
  readonly #types: FieldTypes;
  readonly #lost: Map<string, number>;
  readonly #counted: ReadonlySet<string>;

  constructor(schema: Schema, dialect: Dialect, lost: Map<string, number>) {
    this.#dialect = dialect;
    this.#lost = lost;
    this.#types = new FieldTypes(dialect, schema, false);
    this.#counted = new Set(schema.sequences.flatMap(({ ownedBy }) => ownedBy?.columnId ?? []));
  }

  #when(is: boolean, key: keyof typeof OWN): void {
    if (is) this.#lost.set(key, (this.#lost.get(key) ?? 0) + 1);
  }

  #type(type: string): string {
    return this.#types.read(this.#types.write(type));
  }

  #column(column: Column, table: Table): Column {
    const type = this.#type(column.type);
    const said = column.default === "" ? null : column.default;
    if (said === null || this.#counted.has(column.id)) return { ...column, type, default: said };
    const another =
      readsOwnSequence(said, table.name, column.name, this.#dialect) || (column.identity !== null && /^nextval\(/i.test(said));
    this.#when(another, "sequenceDefaults");
    return { ...column, type, default: another ? null : said };
  }

  /** A unique key of one column is a mark of its field; others are unique indexes. */
  table(table: Table): Table {
    const primary = table.constraints.find(({ kind }) => kind === "primary");
    const marked = new Set<string>(primary && "columns" in primary && primary.columns.length === 1 ? primary.columns : []);
    const indexes: Index[] = [];
    const constraints = table.constraints.flatMap((constraint): Constraint[] => {
      if (constraint.kind === "check") return constraint.expression.trim() === "" ? [] : [constraint];
      if (constraint.kind !== "unique") return [constraint];
      const [column, ...others] = constraint.columns;
      if (column !== undefined && others.length === 0 && !marked.has(column)) {
        marked.add(column);
        return [constraint];
      }
      this.#when(true, "uniqueIndexes");
      indexes.push(this.#index(constraint));
      return [];
    });
    const columns = table.columns.map((column) => this.#column(column, table));
    return { ...table, columns, constraints, indexes: [...table.indexes, ...indexes] };
  }

  #index({ id, name, columns }: KeyConstraint): Index {
    const part = { expression: null, descending: false, nulls: null, opclass: null, collation: null };
    const parts = columns.map((columnId) => ({ ...part, columnId }));
    return makeIndex({ id: id as unknown as Index["id"], name, unique: true, parts, method: usualMethod(this.#dialect) });
  }

  /** `drawn`: ids of the tables and views that a view may be said to depend on. */
  view(view: View, drawn: ReadonlySet<string>): View {
    const columns = view.columns.map((column) => ({
      ...column,
      type: column.type.trim() === "" ? "" : this.#type(column.type),
      comment: column.comment || null,
      default: null,
    }));
    const definition = standIn(columns, this.#dialect);
    this.#when(definition !== view.definition, "viewQueries");
    const more =
      view.indexes.length + Object.keys(view.options).length + view.columns.filter((column) => column.default !== null).length;
    this.#when(more > 0, "viewDetails");
    const dependsOn = [...new Set(view.dependsOn)].filter((id) => drawn.has(id));
    return { ...view, columns, definition, dependsOn, indexes: [], options: {} };
  }
}

export function hold(design: Design, dialect: Dialect): Held {
  const own = new Map<string, number>();
  const typed: Schema = { ...design.schema, types: plainTypes(design.schema.types, dialect, own) };
  const { design: plain, lost: told } = holdBy({ ...design, schema: typed }, dialect, HOLDS);
  const lost = new Map<string, number>([...told, ...own]);
  const schema = settled(plain.schema, dialect);
  const holder = new Holder(schema, dialect, lost);
  const drawn = new Set<string>([...schema.tables, ...schema.views].map(({ id }) => id));
  const held: Schema = {
    ...schema,
    tables: schema.tables.map((table) => holder.table(table)),
    views: schema.views.map((view) => holder.view(view, drawn)),
  };
  const diagrams = drawn.size + plain.diagrams.length === 0 ? [] : [placed(plain.diagrams[0], held)];
  return { design: { name: plain.name, schema: held, diagrams }, lost };
}
