/** Prisma's own engine, as an oracle: what it says of a schema, and what both see in it, in one plain form. */
import prisma from "@prisma/prisma-schema-wasm";
import type { Column, Schema, Table } from "#shared/model/index.ts";

interface DmmfField {
  readonly name: string;
  readonly dbName: string | null;
  readonly kind: "scalar" | "object" | "enum" | "unsupported";
  readonly isList: boolean;
  readonly isRequired: boolean;
  readonly isUnique: boolean;
  readonly isId: boolean;
  readonly relationFromFields?: readonly string[];
  readonly relationToFields?: readonly string[];
  readonly relationName?: string;
  readonly relationOnDelete?: string;
  readonly type: string;
}

interface DmmfModel {
  readonly name: string;
  readonly dbName: string | null;
  readonly fields: readonly DmmfField[];
  readonly primaryKey: { readonly fields: readonly string[] } | null;
  readonly uniqueFields: readonly (readonly string[])[];
}

interface Dmmf {
  readonly datamodel: {
    readonly models: readonly DmmfModel[];
    readonly enums: readonly {
      readonly name: string;
      readonly dbName: string | null;
      readonly values: readonly { readonly name: string; readonly dbName: string | null }[];
    }[];
  };
}

const asked = (text: string): string => JSON.stringify({ prismaSchema: [["schema.prisma", text]], noColor: true });

/** What Prisma finds wrong with a schema; empty where it is fine. */
export function prismaFaults(text: string): string {
  try {
    prisma.validate(asked(text));
    return "";
  } catch (error) {
    return (JSON.parse((error as Error).message) as { message: string }).message;
  }
}

/** The lines, from 1, that Prisma finds fault with. */
export const faultyLines = (message: string): readonly number[] =>
  [...message.matchAll(/-->\s+schema\.prisma:(\d+)/g)].map(([, line]) => Number(line));

export interface PlainTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly primary: readonly string[];
  readonly unique: readonly string[];
  readonly relations: readonly string[];
}

const sorted = (list: readonly string[]): readonly string[] => [...new Set(list)].sort();

/** The tables of a schema as Prisma sees them. Those that its client does not know are not among them. */
export function plainDmmf(text: string): { readonly tables: readonly PlainTable[]; readonly enums: readonly string[] } {
  const { datamodel } = JSON.parse(prisma.get_dmmf(asked(text))) as Dmmf;
  const models = new Map(datamodel.models.map((model) => [model.name, model]));
  const tableName = (name: string): string => models.get(name)?.dbName ?? name;
  const columnName = (model: string, field: string): string =>
    models.get(model)?.fields.find(({ name }) => name === field)?.dbName ?? field;
  const tables = datamodel.models.map((model): PlainTable => {
    const names = (fields: readonly string[]): string => fields.map((field) => columnName(model.name, field)).join(",");
    const ids = model.fields.filter(({ isId }) => isId).map(({ name }) => name);
    const primary = model.primaryKey?.fields ?? ids;
    const unique = model.fields.filter(({ isUnique }) => isUnique).map(({ name }) => [name]);
    return {
      name: tableName(model.name),
      columns: model.fields
        .filter(({ kind }) => kind !== "object")
        .map(({ name, dbName, isList, isRequired }) => `${dbName ?? name}${isList ? "[]" : isRequired ? "!" : ""}`),
      primary: primary.map((field) => columnName(model.name, field)),
      unique: sorted([...unique, ...model.uniqueFields].map(names)),
      relations: sorted(
        model.fields.flatMap(({ relationFromFields: from = [], relationToFields: to = [], type }) =>
          from.length === 0
            ? []
            : [`${names(from)} > ${tableName(type)}.${to.map((field) => columnName(type, field)).join(",")}`],
        ),
      ),
    };
  });
  const enums = datamodel.enums.map(({ values }) => values.map(({ name, dbName }) => dbName ?? name).join(","));
  return { tables: tables.sort((a, b) => (a.name < b.name ? -1 : 1)), enums: sorted(enums) };
}

/** The same of ours. Tables that join many with many are fields to Prisma, and `Unsupported` columns are nothing. */
export function plainSchema(schema: Schema, known: ReadonlySet<string>): readonly PlainTable[] {
  const byId = new Map(schema.tables.map((table) => [table.id, table]));
  const names = (table: Table | undefined, ids: readonly (string | null)[]): string =>
    ids.map((id) => table?.columns.find((column) => column.id === id)?.name ?? "").join(",");
  const mark = ({ type, notNull }: Column): string => (type.endsWith("[]") ? "[]" : notNull ? "!" : "");
  return schema.tables
    .filter(({ name }) => known.has(name))
    .map((table): PlainTable => {
      const keys = table.constraints.flatMap((key) => (key.kind === "primary" || key.kind === "unique" ? [key] : []));
      return {
        name: table.name,
        columns: table.columns.map((column) => `${column.name}${mark(column)}`),
        primary: keys.filter(({ kind }) => kind === "primary").flatMap(({ columns }) => names(table, columns).split(",")),
        unique: sorted([
          ...keys.filter(({ kind }) => kind === "unique").map(({ columns }) => names(table, columns)),
          ...table.indexes
            .filter(({ unique }) => unique)
            .map(({ parts }) =>
              names(
                table,
                parts.map(({ columnId }) => columnId),
              ),
            ),
        ]),
        relations: sorted(
          schema.foreignKeys
            .filter(({ tableId }) => tableId === table.id)
            .map(({ columns, refTableId, refColumns }) => {
              const target = byId.get(refTableId);
              return `${names(table, columns)} > ${target?.name ?? ""}.${names(target, refColumns)}`;
            }),
        ),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
