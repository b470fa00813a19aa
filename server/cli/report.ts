/** Problems in plain sentences, for people and as JSON. */
import { lookup, type Schema, type TableId, type ViewId } from "#shared/model/index.ts";
import { type Problem, sentence } from "#shared/result/index.ts";

/** As many of one severity are told; the rest are counted. */
const MOST = 50;

/** `users`, `users.email`: the object a problem is about, or null. */
function placeOf({ about }: Problem, schema: Schema | null): string | null {
  if (!about || !schema) return null;
  const find = lookup(schema);
  const owner = find.table((about.ownerId ?? about.id) as TableId) ?? find.view((about.ownerId ?? about.id) as ViewId);
  if (!owner || about.ownerId === null) return owner?.name ?? null;
  const parts = [
    ...("constraints" in owner ? [...owner.columns, ...owner.constraints] : []),
    ...owner.indexes,
    ...find.outgoing(owner.id as TableId),
  ];
  const part = parts.find(({ id }) => id === about.id);
  return part ? `${owner.name}.${part.name}` : owner.name;
}

function line(problem: Problem, name: string, schema: Schema | null): string {
  const place = placeOf(problem, schema);
  const where = problem.at ? `${name}:${String(problem.at.line)}` : name;
  return `${where}: ${problem.severity}: ${place === null ? "" : `${place}: `}${sentence(problem)}`;
}

/** One line for each problem: where, how grave, what. */
export function lines(problems: readonly Problem[], name: string, schema: Schema | null): readonly string[] {
  return (["error", "warning", "note"] as const).flatMap((severity) => {
    const some = problems.filter((problem) => problem.severity === severity);
    const more = some.length > MOST ? [`${name}: ${severity}: and ${String(some.length - MOST)} more like these.`] : [];
    return [...some.slice(0, MOST).map((problem) => line(problem, name, schema)), ...more];
  });
}

/** A problem as `check --json` prints it. */
export function plain(problem: Problem, schema: Schema | null): Readonly<Record<string, unknown>> {
  return {
    code: problem.code,
    severity: problem.severity,
    message: sentence(problem),
    line: problem.at?.line ?? null,
    column: problem.at?.column ?? null,
    about: placeOf(problem, schema),
  };
}

/** How much a schema holds, in the order people ask for it. */
export function counts(schema: Schema): Readonly<Record<string, number>> {
  const { tables, foreignKeys, types, sequences, views, verbatim } = schema;
  const sum = (of: (table: Schema["tables"][number]) => readonly unknown[]): number =>
    tables.reduce((total, table) => total + of(table).length, 0);
  return {
    tables: tables.length,
    columns: sum((table) => table.columns),
    constraints: sum((table) => table.constraints),
    foreignKeys: foreignKeys.length,
    indexes: sum((table) => table.indexes),
    types: types.length,
    sequences: sequences.length,
    views: views.length,
    verbatim: verbatim.length,
  };
}

export const hasErrors = (problems: readonly Problem[]): boolean => problems.some(({ severity }) => severity === "error");
