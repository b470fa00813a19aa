/**
 * This part is in charge of reading an SQLite catalogue into a Schema.
 *
 * Six statements, whatever the number of tables. Structure comes from the pragmas; what they leave out comes from the texts in
 * sqlite_schema (see `text/`). Constraints without a name get one (see `names.ts`).
 */
import type { Namespace, NamespaceId, Schema, Table, TableId, Verbatim, VerbatimId, View, ViewId } from "../../model/index.ts";
import { makeTable } from "../../model/index.ts";
import { problem, type Problem, type Report } from "../../result/index.ts";
import type { EngineError, RunQuery } from "../dialect.ts";
import { readColumn, readConstraints, readForeignKeys, readIndexes } from "./catalog/parts.ts";
import { Catalogue, type Row, word } from "./catalog/rows.ts";
import * as sql from "./catalog.sql.ts";
import { isShadow } from "./shadow.ts";
import { headComment } from "./text/comments.ts";
import { namesIn, readViewText, readVirtualText } from "./text/other-text.ts";
import { readTableText, type TableText } from "./text/table-text.ts";

const MAIN: Namespace = { id: "namespace:main" as NamespaceId, name: "main", comment: null };

interface SchemaObject {
  readonly type: string;
  readonly name: string;
  readonly table: string;
  readonly sql: string;
}

/** Reads the whole catalogue of the database file; attached and temporary databases are left alone. */
export async function introspect(run: RunQuery): Promise<Report<Schema>> {
  const objects = (await run(sql.OBJECTS)).map(([type, name, table, text]): SchemaObject => {
    return { type: word(type), name: word(name), table: word(table), sql: word(text) };
  });
  const problems: Problem[] = [];
  const virtual = objects.filter((object) => object.type === "table" && /^create\s+virtual\b/i.test(object.sql));
  const shadow = isShadow(virtual.map(({ name, sql: text }) => ({ name, module: readVirtualText(text).module })));
  const plain = objects.filter((object) => object.type === "table" && !virtual.includes(object) && !shadow(object.name));
  const catalogue = new Catalogue({
    columns: await run(sql.COLUMNS),
    foreignKeys: await run(sql.FOREIGN_KEYS),
    indexes: await run(sql.INDEXES),
    indexParts: await run(sql.INDEX_PARTS),
  });
  const texts = new Map(plain.map((object) => [object.name, readTableText(object.sql)]));
  const tables = plain.map((object) => readTable(object, texts.get(object.name) as TableText, { catalogue, objects, problems }));
  const foreignKeys = readForeignKeys(tables, texts, catalogue, problems);
  const virtualTables = await readVirtual(run, virtual, problems);
  const views = await readViews(run, objects, problems);
  const allTables = [...tables, ...virtualTables.tables];
  const owners = new Map([...allTables, ...views].map(({ id, name }) => [name.toLowerCase(), id]));
  return {
    value: {
      dialect: "sqlite",
      namespaces: [MAIN],
      tables: allTables,
      foreignKeys: foreignKeys.drawn,
      types: [],
      sequences: [],
      views: views.map((view) => ({ ...view, dependsOn: needs(view, owners) })),
      verbatim: [...foreignKeys.kept, ...virtualTables.verbatim, ...readTriggers(objects, owners)],
    },
    problems,
  };
}

function readTable(
  object: SchemaObject,
  text: TableText,
  {
    catalogue,
    objects,
    problems,
  }: { readonly catalogue: Catalogue; readonly objects: readonly SchemaObject[]; readonly problems: Problem[] },
): Table {
  const id = `table:main.${object.name}` as TableId;
  const written = new Map(text.columns.map((column) => [column.name.toLowerCase(), column]));
  const columns = catalogue
    .columns(object.name)
    .map((row) => readColumn(object.name, row, written.get(word(row[1]).toLowerCase())));
  const bare = makeTable({ id, namespaceId: MAIN.id, name: object.name, columns, options: text.options, comment: text.comment });
  const indexes = objects.filter(({ type, table }) => type === "index" && table.toLowerCase() === object.name.toLowerCase());
  return {
    ...bare,
    constraints: readConstraints(bare, text, problems),
    indexes: readIndexes(bare, new Map(indexes.map(({ name, sql: indexSql }) => [name, indexSql])), catalogue),
  };
}

/** Virtual tables whose module this engine has are tables; the others are kept word for word. */
async function readVirtual(
  run: RunQuery,
  objects: readonly SchemaObject[],
  problems: Problem[],
): Promise<{ readonly tables: readonly Table[]; readonly verbatim: readonly Verbatim[] }> {
  const tables: Table[] = [];
  const verbatim: Verbatim[] = [];
  for (const object of objects) {
    const rows = await attempt(run(sql.COLUMNS_OF, [object.name]));
    if (rows instanceof Error) {
      const why = `${rows.message}; it is kept word for word`;
      problems.push(problem("import.skipped", "warning", { what: `the columns of the virtual table ${object.name}`, why }));
      verbatim.push(virtualVerbatim(object.name, object.sql));
      continue;
    }
    const shown = rows.filter((row) => Number(row[5]) === 0);
    tables.push(
      makeTable({
        id: `table:main.${object.name}` as TableId,
        namespaceId: MAIN.id,
        name: object.name,
        kind: "virtual",
        using: readVirtualText(object.sql).using,
        comment: headComment(object.sql),
        columns: shown.map((row) => readColumn(object.name, row, undefined)),
      }),
    );
  }
  return { tables, verbatim };
}

/** A virtual table whose module the engine at hand lacks. */
export function virtualVerbatim(name: string, text: string): Verbatim {
  return {
    id: `verbatim:virtual table.${name}` as VerbatimId,
    kind: "virtual table",
    namespaceId: MAIN.id,
    ownerId: null,
    name,
    definition: `${text.trim()};`,
    comment: null,
    dependsOn: [],
  };
}

async function readViews(run: RunQuery, objects: readonly SchemaObject[], problems: Problem[]): Promise<readonly View[]> {
  const found = objects.filter(({ type }) => type === "view");
  const all = found.length === 0 ? [] : await attempt(run(sql.VIEW_COLUMNS));
  const views: View[] = [];
  for (const object of found) {
    const id = `view:main.${object.name}` as ViewId;
    const own = all instanceof Error ? await attempt(run(sql.COLUMNS_OF, [object.name])) : all;
    if (own instanceof Error) {
      const params = { what: `the columns of the view ${object.name}`, why: own.message };
      problems.push(problem("import.skipped", "warning", params, { about: { entity: "view", id, ownerId: null } }));
    }
    const rows: readonly Row[] = own instanceof Error ? [] : own.filter((row) => row[0] === object.name);
    const { columns, definition } = readViewText(object.sql);
    views.push({
      id,
      namespaceId: MAIN.id,
      name: object.name,
      comment: headComment(object.sql),
      materialized: false,
      definition,
      columns: rows.map((row) => ({ name: word(row[1]), type: word(row[2]), comment: null, default: null })),
      indexes: [],
      options: columns === null ? {} : { columns },
      dependsOn: [],
    });
  }
  return views;
}

/** The tables and views that a view's text speaks of. */
function needs(view: View, owners: ReadonlyMap<string, string>): readonly string[] {
  return [...namesIn(view.definition)].flatMap((name) => {
    const id = owners.get(name);
    return id === undefined || id === view.id ? [] : [id];
  });
}

function readTriggers(objects: readonly SchemaObject[], owners: ReadonlyMap<string, TableId | ViewId>): readonly Verbatim[] {
  const triggers = objects.filter(({ type }) => type === "trigger");
  return triggers.map(({ name, table, sql: text }) => {
    const ownerId = owners.get(table.toLowerCase()) ?? null;
    return {
      id: `verbatim:trigger.${name}` as VerbatimId,
      kind: "trigger",
      namespaceId: MAIN.id,
      ownerId,
      name,
      definition: `${text};`,
      comment: null,
      dependsOn: ownerId === null ? [] : [ownerId],
    };
  });
}

/** The rows, or the engine's refusal as a value. */
async function attempt(rows: Promise<readonly Row[]>): Promise<readonly Row[] | EngineError> {
  try {
    return await rows;
  } catch (thrown) {
    return thrown as EngineError;
  }
}
