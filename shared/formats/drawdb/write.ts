/** A design as DrawDB's "Import from JSON" takes it. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Diagram, ForeignKey, Schema, Table } from "../../model/index.ts";
import type { Design } from "../json/index.ts";
import { checkName, uniqueName } from "../kit/names.ts";
import { colourOf } from "../kit/tints.ts";
import { writeDefault } from "./defaults.ts";
import { serialWord } from "../kit/numbering.ts";
import { FieldTypes } from "./types.ts";
import { actionWord, databaseOf, NOTE_COLOUR, TABLE_COLOUR } from "./words.ts";

class Printer {
  readonly #schema: Schema;
  readonly #dialect: Dialect;
  readonly #types: FieldTypes;
  readonly #counted: ReadonlySet<string>;
  readonly #tables: ReadonlyMap<string, Table>;
  /** Ids in the file, by those of tables and columns. */
  readonly #ids: ReadonlyMap<string, string>;

  constructor(schema: Schema, dialect: Dialect) {
    this.#schema = schema;
    this.#dialect = dialect;
    this.#types = new FieldTypes(dialect, schema, false);
    this.#counted = new Set(schema.sequences.flatMap(({ ownedBy }) => ownedBy?.columnId ?? []));
    this.#tables = new Map(schema.tables.map((table) => [table.id, table]));
    const ids = new Map<string, string>();
    for (const [at, { id, columns }] of schema.tables.entries()) {
      ids.set(id, `t${String(at + 1)}`);
      for (const [place, column] of columns.entries()) ids.set(column.id, `t${String(at + 1)}f${String(place + 1)}`);
    }
    this.#ids = ids;
  }

  #id(of: string | undefined): string {
    return (of === undefined ? undefined : this.#ids.get(of)) ?? "";
  }

  table(table: Table, diagram: Diagram | undefined) {
    const [x, y] = diagram?.positions.get(table.id) ?? [0, 0];
    const tint = diagram?.tints.get(table.id);
    const names = new Map(table.columns.map(({ id, name }) => [id, name]));
    const keys = table.constraints.flatMap((key) => (key.kind === "primary" || key.kind === "unique" ? [key] : []));
    const primary = keys.find(({ kind }) => kind === "primary")?.columns ?? [];
    // The mark of one field stands for the key with the usual name.
    const marks = new Map(
      keys.flatMap((key) => {
        const [column, ...others] = key.columns;
        const name = column && names.get(column);
        const usual = name !== undefined && others.length === 0 && key.name === uniqueName(table.name, [name], this.#dialect);
        return key.kind === "unique" && usual && !(primary.length === 1 && primary[0] === column) ? [[column, key]] : [];
      }),
    );
    const uniqueConstraints = keys
      .filter((key) => key.kind === "unique" && !(key.columns[0] && marks.get(key.columns[0]) === key))
      .map(({ name, columns }) => ({ name, fields: columns.map((id) => names.get(id) ?? "") }));
    return {
      id: this.#id(table.id),
      name: table.name,
      x,
      y,
      locked: false,
      fields: table.columns.map((column) => this.#field(column, table, primary.includes(column.id), marks.has(column.id))),
      comment: table.comment ?? "",
      indices: table.indexes.map(({ name, unique, parts }, id) => {
        return { id, name, unique, fields: parts.map(({ columnId }) => (columnId && names.get(columnId)) ?? "") };
      }),
      ...(uniqueConstraints.length > 0 ? { uniqueConstraints } : {}),
      color: tint ? colourOf(tint) : TABLE_COLOUR,
    };
  }

  #field(column: Table["columns"][number], table: Table, primary: boolean, unique: boolean) {
    const { name, type, notNull, comment } = column;
    const counted = this.#counted.has(column.id);
    const written = this.#types.write(type);
    const values = this.#types.valuesOf(type) ?? written.values;
    const fallback = counted || column.default === null ? null : writeDefault(column.default, type, values, this.#dialect);
    const called = checkName(table.name, name, this.#dialect);
    const check = table.constraints.find((constraint) => constraint.kind === "check" && constraint.name === called);
    return {
      id: this.#id(column.id),
      name,
      type: (counted ? serialWord(type)?.toUpperCase() : null) ?? written.type,
      default: fallback ?? "",
      check: check && "expression" in check ? check.expression : "",
      primary,
      unique,
      notNull,
      increment: column.identity !== null,
      comment: comment ?? "",
      ...(written.size === "" ? {} : { size: /^\d+$/.test(written.size) ? Number(written.size) : written.size }),
      ...(written.values.length > 0 ? { values: written.values } : {}),
      ...(written.unsigned ? { unsigned: true } : {}),
      ...(written.isArray ? { isArray: true } : {}),
    };
  }

  relationship(key: ForeignKey, at: number) {
    const pairs = key.columns.map((column, place) => ({
      startFieldId: this.#id(column),
      endFieldId: this.#id(key.refColumns[place]),
    }));
    const wanted = new Set<string>(key.columns);
    const single = this.#tables
      .get(key.tableId)
      ?.constraints.some(
        (held) =>
          (held.kind === "primary" || held.kind === "unique") &&
          held.columns.length === wanted.size &&
          held.columns.every((id) => wanted.has(id)),
      );
    return {
      name: key.name,
      startTableId: this.#id(key.tableId),
      endTableId: this.#id(key.refTableId),
      startFieldId: pairs[0]?.startFieldId ?? "",
      endFieldId: pairs[0]?.endFieldId ?? "",
      id: `r${String(at + 1)}`,
      updateConstraint: actionWord(key.onUpdate),
      deleteConstraint: actionWord(key.onDelete),
      cardinality: single ? "one_to_one" : "many_to_one",
      ...(pairs.length > 1 ? { fields: pairs } : {}),
    };
  }

  /** Types and enums, for the databases that have them there. */
  types() {
    const { enums, compositeTypes } = this.#dialect.features;
    const { types } = this.#schema;
    const composite = types.flatMap((type) => (type.kind === "composite" ? [type] : []));
    const listed = types.flatMap((type) => (type.kind === "enum" ? [type] : []));
    return {
      ...(compositeTypes
        ? {
            types: composite.map(({ name, fields, comment }, at) => ({
              id: `y${String(at + 1)}`,
              name,
              fields: fields.map((field) => ({ name: field.name, type: field.type })),
              comment: comment ?? "",
            })),
          }
        : {}),
      ...(enums ? { enums: listed.map(({ name, values }, at) => ({ id: `e${String(at + 1)}`, name, values })) } : {}),
    };
  }
}

export function printDrawdb({ name, schema, diagrams: [diagram] }: Design, dialect: Dialect): string {
  const printer = new Printer(schema, dialect);
  const box = (at: readonly [number, number], [width, height]: readonly [number, number]) => ({
    x: at[0],
    y: at[1],
    width,
    height,
  });
  const file = {
    tables: schema.tables.map((table) => printer.table(table, diagram)),
    relationships: schema.foreignKeys.map((key, at) => printer.relationship(key, at)),
    notes: (diagram?.notes ?? []).map(({ text, at, size, tint }, id) => ({
      id,
      ...box(at, size),
      title: `note_${String(id)}`,
      content: text,
      locked: false,
      color: tint === "amber" ? NOTE_COLOUR : colourOf(tint),
    })),
    subjectAreas: (diagram?.areas ?? []).map(({ name: title, at, size, tint }, id) => ({
      id,
      name: title,
      ...box(at, size),
      color: colourOf(tint),
      locked: false,
    })),
    database: databaseOf(dialect),
    ...printer.types(),
    title: name,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
