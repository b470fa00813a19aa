/**
 * Stand-ins for what a dump counts on its server to have. They let the rest be read, and are taken out of what was read: a design
 * holds what the file made, and nothing else.
 */
import type { ForeignKey, Schema, Verbatim } from "../../../model/index.ts";
import { foreignKeyDefinition } from "../ddl/constraints.ts";
import { comment } from "../ddl/objects.ts";
import { namesOf } from "../ddl/names.ts";
import { identifier } from "../quote.ts";

/** Functions of stand-in types carry this in their names. */
export const STAND_IN = "drawbridge_stand_in";

/** Supabase's schema, and what dumps use of it. */
export const AUTH = "auth";
export const AUTH_STUB = `
  create schema if not exists auth;
  create table if not exists auth.users (id uuid primary key, email text, raw_user_meta_data jsonb, raw_app_meta_data jsonb, created_at timestamptz);
  create or replace function auth.uid() returns uuid language sql stable as 'select null::uuid';
  create or replace function auth.role() returns text language sql stable as 'select null::text';
  create or replace function auth.email() returns text language sql stable as 'select null::text';
  create or replace function auth.jwt() returns jsonb language sql stable as 'select null::jsonb';`;
const AUTH_FUNCTIONS: ReadonlySet<string> = new Set(["uid()", "role()", "email()", "jwt()"]);

/** A foreign key to a table of the server's, as the statement that makes it. */
function foreignKeyStatement(key: ForeignKey, schema: Schema): Verbatim {
  const names = namesOf(schema);
  const table = names.relation(key.tableId);
  const said = key.comment === null ? "" : `;\n${comment(`CONSTRAINT ${identifier(key.name)} ON ${table}`, key.comment)}`;
  return {
    id: key.id as string as Verbatim["id"],
    kind: "foreign key",
    namespaceId: null,
    ownerId: key.tableId,
    name: key.name,
    definition: `ALTER TABLE ${table} ADD ${foreignKeyDefinition(key, names)}${said}`,
    comment: null,
    dependsOn: [],
  };
}

/** The schema without stand-in types and, where it was provided, without the stand-in for `auth`. */
export function withoutStandIns(schema: Schema, auth: boolean): Schema {
  const types = schema.verbatim.filter(({ definition }) => definition.includes(STAND_IN)).map(({ id }) => id as string);
  const namespace = auth ? schema.namespaces.find(({ name }) => name === AUTH)?.id : undefined;
  const users = schema.tables.find(({ namespaceId, name }) => namespaceId === namespace && name === "users")?.id;
  const functions = schema.verbatim
    .filter(({ kind, namespaceId, name }) => namespaceId === namespace && kind === "function" && AUTH_FUNCTIONS.has(name))
    .map(({ id }) => id as string);
  if (types.length === 0 && namespace === undefined) return schema;
  const gone = new Set([...types, ...functions, ...(users === undefined ? [] : [users as string])]);
  const kept = <T extends { readonly id: string; readonly dependsOn: readonly string[] }>(list: readonly T[]): T[] =>
    list
      .filter(({ id }) => !gone.has(id))
      .map((item) =>
        item.dependsOn.some((id) => gone.has(id)) ? { ...item, dependsOn: item.dependsOn.filter((id) => !gone.has(id)) } : item,
      );
  const toUsers = schema.foreignKeys.filter(({ refTableId }) => refTableId === users);
  const rest: Schema = {
    ...schema,
    tables: kept(schema.tables),
    types: kept(schema.types),
    views: kept(schema.views),
    foreignKeys: schema.foreignKeys.filter(({ tableId, refTableId }) => refTableId !== users && tableId !== users),
    verbatim: [
      // What the file hung on the server's table stays, and hangs on nothing that is in the design.
      ...kept(schema.verbatim).map((object) => (object.ownerId === users ? { ...object, ownerId: null } : object)),
      ...toUsers.map((key) => foreignKeyStatement(key, schema)),
    ],
  };
  const lists = [rest.tables, rest.types, rest.views, rest.sequences, rest.verbatim];
  const empty = lists.every((list: readonly { readonly namespaceId: unknown }[]) =>
    list.every(({ namespaceId }) => namespaceId !== namespace),
  );
  return empty ? { ...rest, namespaces: rest.namespaces.filter(({ id }) => id !== namespace) } : rest;
}
