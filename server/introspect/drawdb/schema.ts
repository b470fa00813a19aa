/** The `schema` object of DrawDB's import server: the seed's fields and the observed ones. */
import type { ReferentialAction } from "#shared/model/index.ts";
import type { SelectedField, SelectedTable, Selection } from "./selection.ts";
import type { FieldType } from "./types.ts";

/** `VARCHAR`; of an array `INT[]`. */
export const typeName = ({ name, array }: FieldType): string => (array ? `${name}[]` : name);

/** A number where it is one, as the clients of DrawDB expect; `8,2` stays text. */
export const sizeOf = ({ size }: FieldType): number | string | null =>
  size === "" ? null : /^\d+$/.test(size) ? Number(size) : size;

const field = (column: SelectedField) => ({
  name: column.name,
  type: typeName(column.type),
  size: sizeOf(column.type),
  nullable: !column.notNull,
  notNull: column.notNull,
  default: column.default,
  primary: column.primary,
  autoIncrement: column.increment,
  unique: column.unique,
  comment: column.comment,
});

const table = ({ name, comment, fields, indexes }: SelectedTable) => ({ name, comment, fields: fields.map(field), indexes });

const rule = (action: ReferentialAction): string => action.toUpperCase();

/** One relationship for each pair of columns; a table that is not there has no fields. */
export function schemaObject(selection: Selection) {
  const absent = selection.missing.map((name): SelectedTable => ({ name, comment: null, fields: [], indexes: [] }));
  return {
    tables: [...selection.tables, ...absent].map(table),
    relationships: selection.relations.flatMap(({ name, from, to, fields, onUpdate, onDelete }) =>
      fields.map((pair) => ({
        fromTable: from,
        fromColumn: pair.from,
        toTable: to,
        toColumn: pair.to,
        constraintName: name,
        updateRule: rule(onUpdate),
        deleteRule: rule(onDelete),
      })),
    ),
  };
}
