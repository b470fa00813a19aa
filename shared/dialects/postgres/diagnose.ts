/** A refusal of PostgreSQL as a problem on the entity it is about, by SQLSTATE (the manual, "PostgreSQL Error Codes"). */
import { type Change, type EntityRef, type ForeignKey, lookup, type Schema, type Table } from "../../model/index.ts";
import { problem, type Problem } from "../../result/index.ts";
import type { Diagnose, EngineError, Fix, Statement } from "../dialect.ts";
import { aboutPosition } from "../kit/statement.ts";
import { types } from "./types.ts";

const TYPES_DIFFER = "42804";
const NO_UNIQUE_KEY = "42830";
const UNDEFINED_OBJECT = "42704";

function foreignKeyOf(statement: Statement, schema: Schema): ForeignKey | null {
  if (statement.about?.entity !== "foreignKey") return null;
  return schema.foreignKeys.find(({ id }) => id === statement.about?.id) ?? null;
}

/** A column that the message names in quotes, in the table that the statement is about. */
function namedColumn(error: EngineError, table: Table | null): EntityRef | null {
  const names = [error.column, ...[...error.message.matchAll(/"([^"]+)"/g)].map((match) => match[1])];
  for (const name of names) {
    const column = table?.columns.find((candidate) => candidate.name === name);
    if (column && table) return { entity: "column", id: column.id, ownerId: table.id };
  }
  return null;
}

function about(error: EngineError, statement: Statement, schema: Schema): EntityRef | null {
  const key = foreignKeyOf(statement, schema);
  const [first] = key?.columns ?? [];
  if (key && first && error.code === TYPES_DIFFER) return { entity: "column", id: first, ownerId: key.tableId };
  const found = aboutPosition(statement, error.position);
  if (found?.entity === "column") return found;
  const owner = found?.ownerId ?? (found?.entity === "table" ? found.id : null);
  const table = owner === null ? null : lookup(schema).table(owner as Table["id"]);
  if (found?.entity === "table") return namedColumn(error, table) ?? found;
  return found;
}

/** A foreign key joins columns of different types: the referring one takes the type of the one it refers to. */
function sameTypes(key: ForeignKey, schema: Schema): Fix | null {
  const find = lookup(schema);
  const changes = key.columns.flatMap((id, at): Change[] => {
    const before = find.column(key.tableId, id);
    const target = find.column(key.refTableId, key.refColumns[at] ?? id);
    if (!before || !target || types.comparable(before.type, target.type) === true) return [];
    return [{ kind: "alter", entity: "column", ownerId: key.tableId, before, after: { ...before, type: target.type } }];
  });
  const [first] = changes;
  if (!first || first.entity !== "column" || first.kind !== "alter") return null;
  return { label: `Change to ${types.short(first.after.type)}`, changes };
}

function addUnique(key: ForeignKey, schema: Schema): Fix | null {
  const table = lookup(schema).table(key.refTableId);
  if (!table) return null;
  const names = key.refColumns.map((id) => table.columns.find((column) => column.id === id)?.name ?? "");
  const constraint = {
    id: `${table.id}:unique:${key.refColumns.join("+")}` as Table["constraints"][number]["id"],
    kind: "unique" as const,
    name: `${table.name}_${names.join("_")}_key`,
    columns: key.refColumns,
    comment: null,
    deferrable: "no" as const,
    partOf: null,
    include: [],
    nullsNotDistinct: false,
    withoutOverlaps: false,
    options: {},
  };
  return {
    label: `Make ${table.name}.${names.join(", ")} unique`,
    changes: [{ kind: "create", entity: "constraint", ownerId: table.id, after: constraint, at: null }],
  };
}

const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

/** A misspelt type that is close to exactly one known type. */
function nearType(error: EngineError, ref: EntityRef | null, schema: Schema): Fix | null {
  if (ref?.entity !== "column" || ref.ownerId === null || !/^type "/.test(error.message)) return null;
  const before = lookup(schema).column(ref.ownerId as Table["id"], ref.id as Table["columns"][number]["id"]);
  if (!before) return null;
  const parsed = types.parse(before.type);
  const [best, second] = types.common
    .map((name) => ({ name, steps: Math.min(distance(parsed.name, name), distance(parsed.name, types.short(name))) }))
    .sort((one, other) => one.steps - other.steps);
  if (!best || best.steps > 2 || best.steps === second?.steps) return null;
  const only = best.name;
  const type = types.format({ ...parsed, name: only });
  return {
    label: `Change to ${types.short(type)}`,
    changes: [{ kind: "alter", entity: "column", ownerId: ref.ownerId, before, after: { ...before, type } }],
  };
}

function refusal(error: EngineError, statement: Statement, schema: Schema): Problem {
  const message = error.detail === null ? error.message : `${error.message}. ${error.detail}`;
  return problem(
    "engine.refused",
    "error",
    { engine: "PostgreSQL", message, code: error.code ?? "" },
    { about: about(error, statement, schema) },
  );
}

export const diagnose: Diagnose = {
  refusal,
  fix: (error, statement, schema) => {
    const key = foreignKeyOf(statement, schema);
    if (key && error.code === TYPES_DIFFER) return sameTypes(key, schema);
    if (key && error.code === NO_UNIQUE_KEY) return addUnique(key, schema);
    if (error.code === UNDEFINED_OBJECT) return nearType(error, about(error, statement, schema), schema);
    return null;
  },
};
