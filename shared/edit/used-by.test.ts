import { describe, expect, it } from "vitest";
import { postgres } from "../dialects/postgres/index.ts";
import {
  type Column,
  emptySchema,
  makeCheck,
  makeColumn,
  makeForeignKey,
  makeIndex,
  makeTable,
  type Schema,
  type Table,
  type Verbatim,
  type View,
} from "../model/index.ts";
import { makePart } from "./indexes.ts";
import { usedBy, type User } from "./used-by.ts";

const n = "n" as Table["namespaceId"];
const column = (id: string, name: string): Column => makeColumn({ id: id as Column["id"], name, type: "integer" });
const film = makeTable({
  id: "film" as Table["id"],
  namespaceId: n,
  name: "film",
  columns: [
    column("f1", "id"),
    column("f2", "rate"),
    { ...column("f3", "gross"), generated: { expression: "rate * 2", stored: true } },
  ],
  constraints: [makeCheck({ id: "c" as never, name: "film_check", expression: "rate > 0 AND 'id' <> ''" })],
  indexes: [makeIndex({ id: "i" as never, name: "film_i", parts: [makePart({ expression: "abs(rate)" })] })],
});
const copy = makeTable({
  id: "copy" as Table["id"],
  namespaceId: n,
  name: "copy",
  columns: [column("k1", "film_id"), column("k2", "rate")],
});
const view = (name: string, definition: string, dependsOn: readonly string[] = []): View => ({
  id: name as View["id"],
  namespaceId: n,
  name,
  comment: null,
  materialized: false,
  definition,
  columns: [],
  indexes: [],
  options: {},
  dependsOn,
});
const object = (
  kind: string,
  name: string,
  definition: string,
  ownerId: Table["id"] | null,
  dependsOn: readonly string[] = [],
): Verbatim => ({
  id: name as Verbatim["id"],
  kind,
  namespaceId: n,
  ownerId,
  name,
  definition,
  comment: null,
  dependsOn,
});
const schema: Schema = {
  ...emptySchema("postgres"),
  namespaces: [{ id: n, name: "public", comment: null }],
  tables: [film, copy],
  foreignKeys: [
    makeForeignKey({
      id: "fk" as never,
      tableId: copy.id,
      name: "fk",
      columns: ["k1" as never],
      refTableId: film.id,
      refColumns: ["f1" as never],
    }),
  ],
  views: [
    view("rates", "SELECT rate FROM film"),
    view("copies", "SELECT rate FROM copy"),
    view("names", "SELECT film.id FROM public.film"),
    view("star", "SELECT * FROM film"),
  ],
  verbatim: [
    object("trigger", "watch", "CREATE TRIGGER watch AFTER UPDATE OF rate ON film FOR EACH ROW EXECUTE FUNCTION f()", film.id),
    object("function", "body()", "CREATE FUNCTION body() RETURNS int LANGUAGE sql AS 'select rate from film'", null, ["film"]),
    object("grant", "table public.film", "GRANT SELECT (rate) ON TABLE public.film TO someone", null, ["film"]),
  ],
};
const told = (users: readonly User[]): readonly string[] =>
  users.map((user) => (user.kind === "own" ? `${user.what} ${user.name}` : `${user.kind} ${user.item.name}`));

describe("what counts on", () => {
  it.each([
    ["a table", film, null, ["foreignKey fk", "view rates", "view names", "view star", "verbatim body()"]],
    ["a column", film, "rate", ["view rates", "verbatim watch", "index film_i", "check film_check", "column gross"]],
    ["a key's column", film, "id", ["foreignKey fk", "view names"]],
    ["a column of the same name elsewhere", copy, "rate", ["view copies"]],
    ["a view", schema.views[0] as View, null, []],
  ])("%s", (_name, relation, name, expected) => {
    const found = "constraints" in relation ? (relation.columns.find((one) => one.name === name) ?? null) : null;
    expect(told(usedBy(schema, relation, found, postgres))).toEqual(expected);
  });
});
