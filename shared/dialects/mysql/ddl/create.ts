/** A whole schema as statements: databases, sequences, tables (parents first), routines, views, triggers, events. */
import { type EntityKind, lookup, type Schema } from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { inSections } from "../../kit/script.ts";
import { inOrderOfNeed } from "../../kit/sort.ts";
import { statement } from "../../kit/statement.ts";
import type { Flavour } from "../flavour.ts";
import { quoted } from "../quote.ts";
import { foreignKeyText } from "./keys.ts";
import { type Names, namesOf } from "./names.ts";
import { createDatabase, createSequence, createVerbatim, createView } from "./objects.ts";
import { createTable } from "./tables.ts";

/** Kinds that views may call, and kinds that act on tables and views. */
const CALLED = ["package", "package body", "function", "procedure"];
const ACTING = ["trigger", "event"];

/** Tables with the foreign keys whose parents are there already; the other keys come when all tables are. */
function tables(names: Names): Statement[] {
  const { schema } = names;
  const find = lookup(schema);
  const ordered = inOrderOfNeed(
    schema.tables.map((table) => ({ id: table.id, needs: find.outgoing(table.id).map((key) => key.refTableId), value: table })),
  );
  const made = new Set<string>();
  const later: Statement[] = [];
  let database: string | null = null;
  const created = ordered.flatMap((table): Statement[] => {
    made.add(table.id);
    // A default may name a sequence, which is then one of the database in use.
    const own = names.database(table.namespaceId);
    const use =
      own === null || own === database ? [] : [statement(`USE ${quoted(own)}`, { entity: "table", id: table.id, ownerId: null })];
    database = own;
    const keys = find.outgoing(table.id);
    for (const key of keys) {
      if (made.has(key.refTableId)) continue;
      const about = { entity: "foreignKey", id: key.id, ownerId: table.id } as const;
      later.push(statement(`ALTER TABLE ${names.qualified(table)} ADD ${foreignKeyText(key, names)}`, about, false));
    }
    const possible = keys.filter((key) => made.has(key.refTableId));
    return [...use, createTable(table, possible, names)];
  });
  return [...created, ...later];
}

export function createAll(schema: Schema, flavour: Flavour): readonly Statement[] {
  const names = namesOf(schema, flavour);
  const objects = (kinds: readonly string[]): Statement[] =>
    kinds.flatMap((kind) =>
      schema.verbatim.filter((object) => object.kind === kind).flatMap((object) => createVerbatim(object, names)),
    );
  const views = inOrderOfNeed(schema.views.map((view) => ({ id: view.id, needs: view.dependsOn, value: view })));
  return [
    ...schema.namespaces.filter(({ id }) => names.database(id) !== null).map(createDatabase),
    ...schema.sequences.map((sequence) => createSequence(sequence, names)),
    ...tables(names),
    ...objects(CALLED),
    ...views.flatMap((view) => createView(view, names)),
    ...objects(ACTING),
  ];
}

const HEAD = [
  "SET NAMES utf8mb4;",
  "SET @OLD_FOREIGN_KEY_CHECKS = @@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS = 0;",
  "SET @OLD_SQL_MODE = @@SQL_MODE, SQL_MODE = 'NO_AUTO_VALUE_ON_ZERO';",
  "",
];
const MODE_BACK = "SET SQL_MODE = @OLD_SQL_MODE;";
const FOOT = ["SET FOREIGN_KEY_CHECKS = @OLD_FOREIGN_KEY_CHECKS;", ""];
const SETS_MODE = /^set sql_mode\b/i;
const ROUTINE = /^create\s+(aggregate\s+)?(trigger|procedure|function|event|package)\b/i;

const HEADINGS: Readonly<Record<EntityKind, string>> = {
  namespace: "Databases",
  type: "Types",
  sequence: "Sequences",
  table: "Tables",
  column: "Tables",
  constraint: "Tables",
  index: "Tables",
  foreignKey: "Foreign keys",
  view: "Views",
  verbatim: "Routines, triggers and events",
};

/** Where a body holds `;`, the mysql program is told of another end. */
const ended = (item: Statement): Statement =>
  ROUTINE.test(item.sql) && item.sql.includes(";") ? { ...item, sql: `DELIMITER ;;\n${item.sql} ;;\nDELIMITER ` } : item;

/** As mysqldump frames a script: foreign keys asleep meanwhile, and everything put back at the end. */
export function script(statements: readonly Statement[]): string {
  const first = statements.findIndex(({ sql }) => ROUTINE.test(sql) || SETS_MODE.test(sql));
  const at = first < 0 ? statements.length : first;
  const sections = (some: readonly Statement[]): string =>
    inSections(some.map(ended), ({ about }) => HEADINGS[about?.entity ?? "verbatim"]);
  // A routine keeps the mode that it is made under: the server's own.
  const parts = [...HEAD, sections(statements.slice(0, at)), MODE_BACK, ""];
  return [...parts, ...(at < statements.length ? [sections(statements.slice(at))] : []), ...FOOT].join("\n");
}
