/** A whole schema as statements: tables (parents first), virtual tables, indexes, views, triggers. */
import { type EntityKind, lookup, type Schema } from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { inSections } from "../../kit/script.ts";
import { inOrderOfNeed } from "../../kit/sort.ts";
import { FOREIGN_KEY } from "../names.ts";
import { createIndex, createVerbatim, createView } from "./objects.ts";
import { createTable } from "./tables.ts";

export function createAll(schema: Schema): readonly Statement[] {
  const find = lookup(schema);
  const tables = inOrderOfNeed(
    schema.tables.map((table) => ({ id: table.id, needs: find.outgoing(table.id).map((key) => key.refTableId), value: table })),
  );
  const views = inOrderOfNeed(schema.views.map((view) => ({ id: view.id, needs: view.dependsOn, value: view })));
  const kept = (triggers: boolean): Statement[] =>
    schema.verbatim.filter(({ kind }) => kind !== FOREIGN_KEY && (kind === "trigger") === triggers).map(createVerbatim);
  return [
    ...tables.map((table) => createTable(table, schema)),
    ...kept(false),
    ...tables.flatMap((table) => table.indexes.map((index) => createIndex(index, table))),
    ...views.map(createView),
    ...kept(true),
  ];
}

const HEADINGS: Readonly<Partial<Record<EntityKind, string>>> = { table: "Tables", index: "Indexes", view: "Views" };

function headingOf({ sql, about }: Statement): string {
  if (/^CREATE TRIGGER\b/i.test(sql)) return "Triggers";
  return HEADINGS[about?.entity ?? "verbatim"] ?? "Other objects";
}

export const sections = (statements: readonly Statement[]): string => inSections(statements, headingOf);

/** As `sqlite3 .dump` frames a script: all or nothing, foreign keys asleep while tables come in. Settings end at the blank line. */
export function script(statements: readonly Statement[]): string {
  return ["PRAGMA foreign_keys = OFF;", "", "BEGIN TRANSACTION;", "", sections(statements), "COMMIT;", ""].join("\n");
}
