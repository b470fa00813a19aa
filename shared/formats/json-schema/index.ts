/**
 * This part is in charge of JSON Schema (draft 2020-12): a definition for each table and view, of rows as they are read or of rows as
 * they are added, and for each type of the design.
 */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Column, Schema, Table, View } from "../../model/index.ts";
import type { Format } from "../format.ts";
import type { Design } from "../json/index.ts";
import { BARE, LOSSES } from "../kit/losses.ts";
import { takeName } from "../kit/names.ts";
import { showing } from "../kit/shown.ts";
import { wellFormed } from "../kit/xml.ts";
import { type JsonObject, nullable, Types } from "./types.ts";

const HOLDS = {
  ...BARE,
  namespaces: true,
  views: true,
  enums: true,
  types: true,
  emptyTables: true,
  tableComments: true,
  columnComments: true,
  notNull: true,
};

/** Names of definitions: with the namespace where it is not the usual one, or where two would meet. */
function namesOf(schema: Schema, { features }: Dialect): ReadonlyMap<string, string> {
  const spaces = new Map<string, string>(schema.namespaces.map(({ id, name }) => [id, name]));
  const taken = new Set<string>();
  return new Map(
    [...schema.tables, ...schema.views, ...schema.types].map(({ id, name, namespaceId }) => {
      const space = spaces.get(namespaceId) ?? "";
      const usual = space === features.defaultNamespace || space === "";
      const called = wellFormed(name);
      return [id as string, takeName(usual && !taken.has(called) ? called : wellFormed(`${space}.${name}`), taken)];
    }),
  );
}

const isGiven = ({ generated, identity }: Column): boolean => generated !== null || identity?.always === true;

function tableSchema({ comment, columns }: Table, types: Types, adding: boolean): JsonObject {
  const own = adding ? columns.filter((column) => !isGiven(column)) : columns;
  const required = adding
    ? own.filter((column) => column.notNull && column.default === null && column.identity === null)
    : columns;
  return {
    ...(comment === null ? {} : { description: comment }),
    type: "object",
    properties: Object.fromEntries(
      own.map((column) => {
        const schema = types.schema(column.type);
        const said = column.comment === null ? {} : { description: column.comment };
        return [column.name, { ...said, ...(column.notNull ? schema : nullable(schema)) }];
      }),
    ),
    required: [...new Set(required.map(({ name }) => name))],
    additionalProperties: false,
  };
}

function viewSchema({ comment, columns }: View, types: Types): JsonObject {
  return {
    ...(comment === null ? {} : { description: comment }),
    type: "object",
    properties: Object.fromEntries(columns.map(({ name, type }) => [name, nullable(types.schema(type))])),
    additionalProperties: false,
  };
}

function print({ name, schema }: Design, dialect: Dialect, variant: string): string {
  const adding = variant === "added";
  const names = namesOf(schema, dialect);
  const types = new Types(schema, dialect, names);
  const called = (id: string): string => names.get(id) ?? id;
  const definitions = [
    ...schema.tables.map((table) => [called(table.id), tableSchema(table, types, adding)] as const),
    ...(adding ? [] : schema.views.map((view) => [called(view.id), viewSchema(view, types)] as const)),
    ...schema.types.map((type) => [called(type.id), types.definition(type)] as const),
  ];
  const document: JsonObject = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    ...(name === "" ? {} : { title: name }),
    $defs: Object.fromEntries(definitions),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const [held, heldAdding] = [showing(HOLDS), showing({ ...HOLDS, views: false })];

export const jsonSchema = {
  id: "json-schema",
  label: "JSON Schema",
  about: "what rows look like as JSON, for validators and forms",
  extensions: ["schema.json"],
  mediaType: "application/schema+json",
  reader: null,
  writer: {
    variants: [
      { id: "read", label: "JSON Schema of rows as they are read" },
      { id: "added", label: "JSON Schema of rows as they are added" },
    ],
    losses: LOSSES,
    hold: (design, dialect, variant) => (variant === "added" ? heldAdding : held)(design, dialect, variant),
    print,
  },
} as const satisfies Format;
