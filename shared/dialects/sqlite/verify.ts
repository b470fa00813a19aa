/**
 * What SQLite accepts in CREATE and fails on later: foreign keys whose target has no unique key (sqlite.org/foreignkeys.html,
 * "Required and Suggested Database Indexes"), and views over what is not there. The engine is asked once for all of them; only
 * when it objects is each asked for by itself.
 */
import { type ConstraintId, type ForeignKey, lookup, makeKey, type Schema, type Table } from "../../model/index.ts";
import { problem } from "../../result/index.ts";
import type { EngineError, Finding, Fix, RunQuery } from "../dialect.ts";
import { COLUMNS_OF, VIEW_COLUMNS } from "./catalog.sql.ts";
import { createView } from "./ddl/objects.ts";
import { createTable } from "./ddl/tables.ts";
import { madeName } from "./names.ts";

async function objection(answer: Promise<unknown>): Promise<EngineError | null> {
  try {
    await answer;
    return null;
  } catch (thrown) {
    return thrown as EngineError;
  }
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item) => b.includes(item));

/** Whether a table has a key over exactly these columns that a foreign key may refer to. */
function hasKey(table: Table, columns: readonly string[]): boolean {
  return (
    table.constraints.some((key) => (key.kind === "primary" || key.kind === "unique") && sameSet(key.columns, columns)) ||
    table.indexes.some(
      ({ unique, where, parts }) =>
        unique &&
        where === null &&
        sameSet(
          parts.map(({ columnId }) => columnId ?? ""),
          columns,
        ),
    )
  );
}

function makeUnique(key: ForeignKey, parent: Table): Fix {
  const columns = key.refColumns.map((id) => parent.columns.find((column) => column.id === id)?.name ?? "");
  const name = madeName({ kind: "unique", table: parent.name, columns, ordinal: 1 });
  const id = `${parent.id}:${name}` as ConstraintId;
  const after = makeKey({ id, name, kind: "unique", columns: key.refColumns });
  return {
    label: `Make ${parent.name}.${columns.join(", ")} unique`,
    changes: [{ kind: "create", entity: "constraint", ownerId: parent.id, after, at: null }],
  };
}

async function foreignKeys(run: RunQuery, schema: Schema): Promise<readonly Finding[]> {
  if (!(await objection(run("select 1 from pragma_foreign_key_check limit 1")))) return [];
  const find = lookup(schema);
  const findings: Finding[] = [];
  for (const table of schema.tables) {
    const error = await objection(run("select 1 from pragma_foreign_key_check(?1) limit 1", [table.name]));
    if (!error) continue;
    const params = { engine: "SQLite", message: error.message };
    const sql = createTable(table, schema).sql;
    const unmet = find.outgoing(table.id).flatMap((key): Finding[] => {
      const parent = find.table(key.refTableId);
      if (!parent || hasKey(parent, key.refColumns)) return [];
      const about = { entity: "foreignKey", id: key.id, ownerId: table.id };
      return [{ problem: problem("engine.refused", "error", params, { about }), sql, fix: makeUnique(key, parent) }];
    });
    const whole = { entity: "table", id: table.id, ownerId: null };
    const unplaced = [{ problem: problem("engine.refused", "error", params, { about: whole }), sql, fix: null }];
    findings.push(...(unmet.length > 0 ? unmet : unplaced));
  }
  return findings;
}

async function views(run: RunQuery, schema: Schema): Promise<readonly Finding[]> {
  if (schema.views.length === 0 || !(await objection(run(VIEW_COLUMNS)))) return [];
  const findings: Finding[] = [];
  for (const view of schema.views) {
    const error = await objection(run(COLUMNS_OF, [view.name]));
    if (!error) continue;
    const about = { entity: "view", id: view.id, ownerId: null };
    const params = { engine: "SQLite", message: error.message };
    findings.push({ problem: problem("engine.refused", "error", params, { about }), sql: createView(view).sql, fix: null });
  }
  return findings;
}

/** Asks the engine about everything that it did not look at when the schema was created in it. */
export async function verify(run: RunQuery, schema: Schema): Promise<readonly Finding[]> {
  return [...(await foreignKeys(run, schema)), ...(await views(run, schema))];
}
