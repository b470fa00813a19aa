/**
 * A design of one dialect as one of another.
 *
 * Every table and column arrives, under the same ids. Types become the nearest ones, told where something is lost by it; what is
 * said in expressions is carried over where it certainly means the same, and is otherwise left out, counted and told by name.
 * What is kept word for word is in the words of one engine: it is left out and counted.
 */
import type { Dialect } from "../dialects/dialect.ts";
import type { Schema, Table, TableId } from "../model/index.ts";
import type { Report } from "../result/index.ts";
import { draftOf, keyedColumns } from "./columns.ts";
import { commented, type Context } from "./context.ts";
import { findCounters } from "./counters.ts";
import { MadeEnums, userTypes } from "./enums.ts";
import { Tally } from "./losses.ts";
import { inNamespace, Names, placeNamespaces } from "./names.ts";
import { relationsIn, withImplied } from "./relations.ts";
import { joinTypes } from "./retype.ts";
import { finishTable } from "./tables.ts";
import { sameTypes } from "./types/types.ts";

/** The design in another dialect, with what it does not carry over. A design of that dialect already is given back as it is. */
export async function convertSchema(schema: Schema, from: Dialect, to: Dialect): Promise<Report<Schema>> {
  if (from.id === to.id) return { value: schema, problems: [] };
  const [fromWords, toWords] = await Promise.all([from.equivalents(), to.equivalents()]);
  const family = sameTypes(from.types, to.types);
  const tally = new Tally();
  const context: Context = { ...{ from, to, fromWords, toWords, schema, tally, family } };
  return { value: converted(context), problems: tally.problems(to.label) };
}

function converted(context: Context): Schema {
  const { schema, to, tally, family } = context;
  const { namespaces, home } = placeNamespaces(context);
  const names = new Names(context);
  const placed = schema.tables.map((table) => ({ ...table, namespaceId: home(table.namespaceId) }));
  const called = tableNames(placed, names, context);
  const types = userTypes(context);
  const enums = new MadeEnums(context, names);
  const counters = findCounters(context);
  const typing = {
    ...{ context, names, types, enums, counters },
    namespaces: new Map(namespaces.map((namespace) => [namespace.id as string, namespace])),
    keyed: keyedColumns(schema),
  };
  const views = family ? schema.views : [];
  tally.count("views", schema.views.length - views.length);
  const drafts = placed.map((table) => draftOf(table, called.get(table.id) ?? table.name, typing));
  const joined = joinTypes(drafts, schema.foreignKeys, to.types);
  const tables = joined.map((draft) => finishTable(draft, types, names, context));
  const foreignKeys = relationsIn(schema.foreignKeys, new Map(tables.map((table) => [table.id, table])), names, context);
  const sequences = family && to.features.sequences ? schema.sequences : [];
  countRest(context, counters.used, sequences.length);
  return {
    ...{ dialect: to.id, namespaces, foreignKeys, sequences, verbatim: [] },
    tables: withImplied(tables, foreignKeys, names, context),
    types: enums.types,
    views: views.map((view) => (commented(context, "view") ? view : { ...view, comment: null })),
  };
}

/** Tables that already stand in the default namespace keep their names; others give way. */
function tableNames(tables: readonly Table[], names: Names, { schema, from }: Context): ReadonlyMap<TableId, string> {
  const namespaces = new Map(schema.namespaces.map(({ id, name }) => [id, name]));
  const original = new Map(schema.tables.map((table) => [table.id, namespaces.get(table.namespaceId) ?? ""]));
  const usual = from.features.defaultNamespace;
  const order = [...tables].sort((a, b) => Number(original.get(a.id) !== usual) - Number(original.get(b.id) !== usual));
  return new Map(
    order.map((table) => [table.id, names.kept(inNamespace(table.namespaceId), table.name, original.get(table.id) ?? "")]),
  );
}

/** What has no place in the converted design at all. */
function countRest({ schema, tally, to }: Context, used: ReadonlySet<string>, kept: number): void {
  tally.count("objects", schema.verbatim.length);
  tally.count("sequences", schema.sequences.filter(({ id }) => !used.has(id)).length - kept);
  for (const { kind } of schema.types) {
    if (kind === "domain") tally.count("domains");
    if (kind === "composite" || kind === "range") tally.count("composites");
  }
  tally.count(
    "comments",
    schema.types.filter(({ comment, kind }) => comment !== null && kind === "enum" && !to.features.enums).length,
  );
}
