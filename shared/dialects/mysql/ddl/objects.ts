/** Databases, sequences, views, and what is kept word for word. */
import type { EntityRef, Namespace, NamespaceId, Sequence, Verbatim, View } from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { statement } from "../../kit/statement.ts";
import { literal, quoted } from "../quote.ts";
import type { Names } from "./names.ts";

export function createDatabase({ id, name }: Namespace): Statement {
  return statement(`CREATE DATABASE IF NOT EXISTS ${quoted(name)}`, { entity: "namespace", id, ownerId: null }, false);
}

export function createSequence(sequence: Sequence, names: Names): Statement {
  const about: EntityRef = { entity: "sequence", id: sequence.id, ownerId: null };
  const type = sequence.type === "bigint" ? "" : ` AS ${sequence.type}`;
  const definition = sequence.definition === "" ? "" : ` ${sequence.definition}`;
  const comment = sequence.comment === null ? "" : ` COMMENT=${literal(sequence.comment)}`;
  return statement(`CREATE SEQUENCE ${names.qualified(sequence)}${type}${definition}${comment}`, about, false);
}

/** Names inside a view or routine are of the database in use: it is used before. */
function within(namespaceId: NamespaceId | null, names: Names, sql: string, about: EntityRef): Statement[] {
  const database = names.database(namespaceId);
  const use = database === null ? [] : [statement(`USE ${quoted(database)}`, about)];
  return [...use, statement(sql, about, false)];
}

export function createView(view: View, names: Names, replace = false): Statement[] {
  const { algorithm, sql_security: security, check_option: check, columns } = view.options;
  const words = [
    replace ? "CREATE OR REPLACE" : "CREATE",
    ...(algorithm === undefined ? [] : [`ALGORITHM=${algorithm.toUpperCase()}`]),
    ...(security === undefined ? [] : [`SQL SECURITY ${security.toUpperCase()}`]),
  ];
  const list = columns === "named" ? ` (${view.columns.map(({ name }) => quoted(name)).join(",")})` : "";
  const option = check === undefined ? "" : `\nWITH ${check.toUpperCase()} CHECK OPTION`;
  const sql = `${words.join(" ")} VIEW ${names.qualified(view)}${list} AS\n${view.definition}${option}`;
  return within(view.namespaceId, names, sql, { entity: "view", id: view.id, ownerId: null });
}

const UNDER_MODE = /^(SET sql_mode = '[^']*');\n/;

/** A routine or trigger is one statement however many `;` its body holds. One that needs a mode of its own is made under it. */
export function createVerbatim(object: Verbatim, names: Names): Statement[] {
  const about: EntityRef = { entity: "verbatim", id: object.id, ownerId: object.ownerId };
  const mode = UNDER_MODE.exec(object.definition);
  const sql = object.definition
    .slice(mode?.[0].length ?? 0)
    .trim()
    .replace(/;$/, "");
  const made = within(object.namespaceId, names, sql, about);
  return mode?.[1] === undefined ? made : [statement(mode[1], about), ...made, statement("SET sql_mode = DEFAULT", about)];
}

/** `TRIGGER name`: what DROP wants to hear of it. */
export function dropTarget(object: Verbatim, names: Names): string {
  return `${object.kind.toUpperCase()} ${names.qualified(object)}`;
}
