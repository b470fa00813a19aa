/** A design as ChartDB's "Import from JSON" takes it. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Area, Diagram, ForeignKey, KeyConstraint, Position, Schema, Table, View } from "../../model/index.ts";
import type { Design } from "../json/index.ts";
import { colourOf } from "../kit/tints.ts";
import { serialWord } from "../kit/numbering.ts";
import { FieldTypes } from "./types.ts";
import { databaseOf, MADE, NOTE_COLOUR, TABLE_COLOUR, VIEW_COLOUR } from "./words.ts";

const keysOf = ({ constraints }: Table): readonly KeyConstraint[] =>
  constraints.flatMap((key) => (key.kind === "primary" || key.kind === "unique" ? [key] : []));

const within = ([x, y]: Position, { at, size }: Area): boolean =>
  x >= at[0] && y >= at[1] && x <= at[0] + size[0] && y <= at[1] + size[1];

class Printer {
  readonly #dialect: Dialect;
  readonly #schema: Schema;
  readonly #diagram: Diagram | undefined;
  readonly #types: FieldTypes;
  readonly #counted: ReadonlySet<string>;
  readonly #namespaces: ReadonlyMap<string, string>;
  readonly #tables: ReadonlyMap<string, Table>;
  /** Ids in the file, by those of tables, views and columns. */
  readonly #ids = new Map<string, string>();

  constructor({ schema, diagrams: [diagram] }: Design, dialect: Dialect) {
    this.#dialect = dialect;
    this.#schema = schema;
    this.#diagram = diagram;
    this.#types = new FieldTypes(dialect, schema, false);
    this.#counted = new Set(schema.sequences.flatMap(({ ownedBy }) => ownedBy?.columnId ?? []));
    this.#namespaces = new Map(schema.namespaces.map(({ id, name }) => [id, name]));
    this.#tables = new Map(schema.tables.map((table) => [table.id, table]));
    for (const [at, { id, columns }] of schema.tables.entries()) {
      this.#ids.set(id, `t${String(at + 1)}`);
      for (const [place, column] of columns.entries()) this.#ids.set(column.id, `t${String(at + 1)}f${String(place + 1)}`);
    }
    for (const [at, { id }] of schema.views.entries()) this.#ids.set(id, `v${String(at + 1)}`);
  }

  #id(of: string | undefined): string {
    return (of === undefined ? undefined : this.#ids.get(of)) ?? "";
  }

  /** The default namespace is what is meant where none is named. */
  #schemaOf({ namespaceId }: { readonly namespaceId: Table["namespaceId"] }): { readonly schema?: string } {
    const name = this.#namespaces.get(namespaceId);
    const { namespaces, defaultNamespace } = this.#dialect.features;
    return name === undefined || !namespaces || name === defaultNamespace ? {} : { schema: name };
  }

  #type(type: string, serial: string | null) {
    const { name: written, length, precision, scale, isArray } = this.#types.write(type);
    const name = serial ?? written;
    return {
      type: { id: name.toLowerCase().split(" ").join("_"), name },
      ...(length === null ? {} : { characterMaximumLength: length }),
      ...(precision === null ? {} : { precision }),
      ...(scale === null ? {} : { scale }),
      ...(isArray ? { isArray } : {}),
    };
  }

  #field(column: Table["columns"][number], primary: boolean, unique: boolean) {
    const counted = this.#counted.has(column.id);
    return {
      id: this.#id(column.id),
      name: column.name,
      ...this.#type(column.type, counted ? serialWord(column.type) : null),
      primaryKey: primary,
      unique,
      nullable: !column.notNull,
      ...(column.identity ? { increment: true } : {}),
      createdAt: MADE,
      ...(column.default === null || counted ? {} : { default: column.default }),
      ...(column.collation === null ? {} : { collation: column.collation }),
      ...(column.comment === null ? {} : { comments: column.comment }),
    };
  }

  #place(id: Table["id"] | View["id"], usual: string) {
    const [x, y] = this.#diagram?.positions.get(id) ?? [0, 0];
    const tint = this.#diagram?.tints.get(id);
    const area = this.#diagram?.areas.findIndex((one) => within([x, y], one)) ?? -1;
    return { x, y, color: tint ? colourOf(tint) : usual, ...(area < 0 ? {} : { parentAreaId: `a${String(area + 1)}` }) };
  }

  table(table: Table, order: number) {
    const keys = keysOf(table);
    const primary = keys.find(({ kind }) => kind === "primary");
    const marked = new Set<string>(keys.flatMap(({ kind, columns }) => (kind === "unique" ? columns : [])));
    const sole = primary?.columns.length === 1 ? primary.columns[0] : undefined;
    const id = this.#id(table.id);
    const behind = keys.map(({ name, kind, columns }, at) => ({
      ...{ id: `${id}k${String(at + 1)}`, name, unique: true, fieldIds: columns.map((column) => this.#id(column)) },
      ...{ createdAt: MADE, ...(kind === "primary" ? { isPrimaryKey: true } : {}) },
    }));
    const indexes = table.indexes.map(({ name, unique, parts, method, comment }, at) => ({
      ...{ id: `${id}i${String(at + 1)}`, name, unique },
      fieldIds: parts.map(({ columnId }) => this.#id(columnId ?? undefined)),
      ...{ createdAt: MADE, type: method },
      ...(comment === null ? {} : { comments: comment }),
    }));
    const checks = table.constraints.flatMap((check) => (check.kind === "check" ? [check.expression] : []));
    return {
      ...{ id, name: table.name, ...this.#schemaOf(table), ...this.#place(table.id, TABLE_COLOUR) },
      fields: table.columns.map((column) =>
        this.#field(column, primary?.columns.includes(column.id) ?? false, marked.has(column.id) || column.id === sole),
      ),
      indexes: [...behind, ...indexes],
      checkConstraints: checks.map((expression, at) => ({ id: `${id}c${String(at + 1)}`, expression, createdAt: MADE })),
      ...{ isView: false, createdAt: MADE, order },
      ...(table.comment === null ? {} : { comments: table.comment }),
    };
  }

  view(view: View, order: number) {
    const id = this.#id(view.id);
    return {
      ...{ id, name: view.name, ...this.#schemaOf(view), ...this.#place(view.id, VIEW_COLOUR) },
      fields: view.columns.map(({ name, type, comment }, at) => ({
        ...{ id: `${id}f${String(at + 1)}`, name, ...this.#type(type, null) },
        ...{ primaryKey: false, unique: false, nullable: true, createdAt: MADE },
        ...(comment === null ? {} : { comments: comment }),
      })),
      ...{ indexes: [], isView: true, ...(view.materialized ? { isMaterializedView: true } : {}), createdAt: MADE, order },
      ...(view.comment === null ? {} : { comments: view.comment }),
    };
  }

  /** One for each pair of columns. The many are the target; of one with one, the source holds the key. */
  relationships(key: ForeignKey, number: number) {
    const table = this.#tables.get(key.tableId);
    const target = this.#tables.get(key.refTableId);
    const [only, ...others] = key.columns;
    const single =
      others.length === 0 && (table ? keysOf(table) : []).some(({ columns }) => columns.length === 1 && columns[0] === only);
    return key.columns.map((column, at) => {
      const from = { table, field: this.#id(column), cardinality: single ? "one" : "many" };
      const to = { table: target, field: this.#id(key.refColumns[at]), cardinality: "one" };
      const [source, end] = single ? [from, to] : [to, from];
      return {
        id: `r${String(number + 1)}${key.columns.length > 1 ? `p${String(at + 1)}` : ""}`,
        name: key.name,
        ...(source.table ? prefixed("sourceSchema", this.#schemaOf(source.table)) : {}),
        ...(end.table ? prefixed("targetSchema", this.#schemaOf(end.table)) : {}),
        ...{ sourceTableId: this.#id(source.table?.id), targetTableId: this.#id(end.table?.id) },
        ...{ sourceFieldId: source.field, targetFieldId: end.field },
        ...{ sourceCardinality: source.cardinality, targetCardinality: end.cardinality, createdAt: MADE },
      };
    });
  }

  dependencies() {
    const found = this.#schema.views.flatMap((view) => view.dependsOn.map((on) => ({ tableId: this.#id(view.id), on })));
    return found.map(({ tableId, on }, at) => {
      return { id: `d${String(at + 1)}`, tableId, dependentTableId: this.#id(on), createdAt: MADE };
    });
  }

  types() {
    return this.#schema.types.flatMap((type, order): object[] => {
      const base = { id: `y${String(order + 1)}`, ...this.#schemaOf(type), name: type.name };
      if (type.kind === "enum") return [{ ...base, kind: type.kind, values: type.values, order }];
      if (type.kind !== "composite") return [];
      return [{ ...base, kind: type.kind, fields: type.fields.map(({ name, type: of }) => ({ field: name, type: of })), order }];
    });
  }
}

const prefixed = (key: string, { schema }: { readonly schema?: string }): Readonly<Record<string, string>> =>
  schema === undefined ? {} : { [key]: schema };

const box = ([x, y]: Position, [width, height]: Position) => ({ x, y, width, height });

export function printChartdb(held: Design, dialect: Dialect): string {
  const printer = new Printer(held, dialect);
  const { schema, diagrams } = held;
  const { areas, notes } = diagrams[0] ?? { areas: [], notes: [] };
  const file = {
    ...{ id: "0", name: held.name, databaseType: databaseOf(dialect) },
    tables: [
      ...schema.tables.map((table, at) => printer.table(table, at)),
      ...schema.views.map((view, at) => printer.view(view, schema.tables.length + at)),
    ],
    relationships: schema.foreignKeys.flatMap((key, at) => printer.relationships(key, at)),
    dependencies: printer.dependencies(),
    areas: areas.map(({ name, at, size, tint }, order) => {
      return { id: `a${String(order + 1)}`, name, ...box(at, size), color: colourOf(tint), order };
    }),
    customTypes: printer.types(),
    notes: notes.map(({ text, at, size, tint }, order) => {
      const color = tint === "amber" ? NOTE_COLOUR : colourOf(tint);
      return { id: `n${String(order + 1)}`, content: text, ...box(at, size), color, order };
    }),
    ...{ createdAt: "1970-01-01T00:00:00.000Z", updatedAt: "1970-01-01T00:00:00.000Z" },
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
