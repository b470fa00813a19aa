/** Every COMMENT ON of a schema. */
import type { EntityRef, Index, Table, UserType, View } from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { statement } from "../../kit/statement.ts";
import { identifier } from "../quote.ts";
import type { Names } from "./names.ts";
import { comment, verbatimTarget } from "./objects.ts";
import { notNullName } from "../not-null-name.ts";

const say = (target: string, text: string | null, about: EntityRef): Statement[] =>
  text === null ? [] : [statement(comment(target, text), about)];

function indexComments(owner: Table | View, names: Names): Statement[] {
  const namespace = names.lookup.namespace(owner.namespaceId)?.name ?? "";
  return owner.indexes.flatMap((index: Index) =>
    say(`INDEX ${identifier(namespace)}.${identifier(index.name)}`, index.comment, {
      entity: "index",
      id: index.id,
      ownerId: owner.id,
    }),
  );
}

export function tableComments(table: Table, names: Names): Statement[] {
  const name = names.qualified(table);
  const about = { entity: "table", id: table.id, ownerId: null } as const;
  const kind = table.kind === "foreign" ? "FOREIGN TABLE" : "TABLE";
  return [
    ...say(`${kind} ${name}`, table.comment, about),
    ...table.columns.flatMap((column) => {
      const ref = { entity: "column", id: column.id, ownerId: table.id } as const;
      const notNull = column.options["not_null_name"] ?? notNullName(table.name, column.name);
      return [
        ...say(`COLUMN ${name}.${identifier(column.name)}`, column.comment, ref),
        ...say(`CONSTRAINT ${identifier(notNull)} ON ${name}`, column.options["not_null_comment"] ?? null, ref),
      ];
    }),
    ...table.constraints.flatMap((constraint) => {
      const ref = { entity: "constraint", id: constraint.id, ownerId: table.id } as const;
      return say(`CONSTRAINT ${identifier(constraint.name)} ON ${name}`, constraint.comment, ref);
    }),
    ...indexComments(table, names),
  ];
}

export function viewComments(view: View, names: Names): Statement[] {
  const name = names.qualified(view);
  const about = { entity: "view", id: view.id, ownerId: null } as const;
  return [
    ...say(`${view.materialized ? "MATERIALIZED VIEW" : "VIEW"} ${name}`, view.comment, about),
    ...view.columns.flatMap((column) => say(`COLUMN ${name}.${identifier(column.name)}`, column.comment, about)),
    ...indexComments(view, names),
  ];
}

export function typeComments(type: UserType, names: Names): Statement[] {
  const about = { entity: "type", id: type.id, ownerId: null } as const;
  const fields = type.kind === "composite" ? type.fields : [];
  return [
    ...say(`${type.kind === "domain" ? "DOMAIN" : "TYPE"} ${names.qualified(type)}`, type.comment, about),
    ...fields.flatMap((field) => say(`COLUMN ${names.qualified(type)}.${identifier(field.name)}`, field.comment, about)),
  ];
}

export function allComments(names: Names): Statement[] {
  const { schema } = names;
  return [
    ...schema.namespaces.flatMap(({ id, name, comment: text }) =>
      say(`SCHEMA ${identifier(name)}`, text, { entity: "namespace", id, ownerId: null }),
    ),
    ...schema.types.flatMap((type) => typeComments(type, names)),
    ...schema.sequences.flatMap((sequence) =>
      say(`SEQUENCE ${names.qualified(sequence)}`, sequence.comment, { entity: "sequence", id: sequence.id, ownerId: null }),
    ),
    ...schema.tables.flatMap((table) => tableComments(table, names)),
    ...schema.foreignKeys.flatMap((key) =>
      say(`CONSTRAINT ${identifier(key.name)} ON ${names.relation(key.tableId)}`, key.comment, {
        entity: "foreignKey",
        id: key.id,
        ownerId: key.tableId,
      }),
    ),
    ...schema.views.flatMap((view) => viewComments(view, names)),
    ...schema.verbatim.flatMap((object) => {
      const target = verbatimTarget(object, names);
      return target === null ? [] : say(target, object.comment, { entity: "verbatim", id: object.id, ownerId: null });
    }),
  ];
}
