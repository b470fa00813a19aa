/** Indexes, views and what is kept word for word. */
import type { EntityRef, Index, Table, Verbatim, View } from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { StatementBuilder, statement } from "../../kit/statement.ts";
import { identifier } from "../quote.ts";
import { behind } from "../text/comments.ts";

/** `part` is about the column it names, where it names one. */
export function createIndex(index: Index, table: Table): Statement {
  const about: EntityRef = { entity: "index", id: index.id, ownerId: table.id };
  const parts = index.parts.map((part) => {
    const column = table.columns.find(({ id }) => id === part.columnId);
    const what = column ? identifier(column.name) : (part.expression ?? "");
    const collation = part.collation === null ? "" : ` COLLATE ${identifier(part.collation)}`;
    return { text: `${what}${collation}${part.descending ? " DESC" : ""}`, about };
  });
  const unique = index.unique ? "UNIQUE " : "";
  return new StatementBuilder()
    .add(`CREATE ${unique}INDEX ${identifier(index.name)} ON ${identifier(table.name)} (`)
    .list(parts, ", ")
    .add(index.where === null ? ")" : `) WHERE ${index.where}`)
    .done(about);
}

export function createView(view: View): Statement {
  const columns = view.options["columns"] === undefined ? "" : ` (${view.options["columns"]})`;
  const sql = `CREATE VIEW ${identifier(view.name)}${columns}${behind(view.comment)}AS ${view.definition}`;
  return statement(sql, { entity: "view", id: view.id, ownerId: null });
}

/** A trigger is one statement however many `;` its body holds. */
export function createVerbatim(object: Verbatim): Statement {
  const sql = object.definition.trim().replace(/;$/, "");
  return statement(sql, { entity: "verbatim", id: object.id, ownerId: object.ownerId });
}
