/** A part of a schema: the chosen tables and views, and all that stands without the others. */
import type { Identified, Schema } from "../model/index.ts";
import { problem, type Problem, type Report } from "../result/index.ts";

interface Hanging {
  readonly id: string;
  readonly needs: readonly string[];
}

/** What goes with the ones left out, because it hangs on them, step by step. */
function gone(schema: Schema, chosen: ReadonlySet<string>): ReadonlySet<string> {
  const out = new Set<string>();
  for (const list of [schema.tables, schema.views]) for (const { id } of list) if (!chosen.has(id)) out.add(id);
  const hanging: Hanging[] = [
    ...schema.tables.map(({ id, partitionOf, inherits }) => ({
      id: id as string,
      needs: [...(partitionOf ? [partitionOf.tableId] : []), ...inherits],
    })),
    ...schema.views.map(({ id, dependsOn }) => ({ id: id as string, needs: dependsOn })),
    ...schema.types.map(({ id, dependsOn }) => ({ id: id as string, needs: dependsOn })),
    ...schema.sequences.map(({ id, ownedBy }) => ({ id: id as string, needs: ownedBy ? [ownedBy.tableId] : [] })),
    ...schema.verbatim.map(({ id, ownerId, dependsOn }) => ({
      id: id as string,
      needs: [...(ownerId === null ? [] : [ownerId]), ...dependsOn],
    })),
  ];
  for (const { id, columns } of schema.tables) if (out.has(id)) for (const column of columns) out.add(column.id);
  for (let before = -1; before !== out.size;) {
    before = out.size;
    for (const { id, needs } of hanging) if (needs.some((need) => out.has(need))) out.add(id);
  }
  return out;
}

/** One remark on what somebody chose, or hung on nothing, and is left out all the same. */
function remark(count: number, what: string): Problem[] {
  const why = "what they need was not chosen";
  return count === 0 ? [] : [problem("import.skipped", "note", { what: `${String(count)} ${what}`, why })];
}

/** The chosen part; remarks say what was left out because it hangs on what was not chosen. All chosen: the schema itself. */
export function pick(schema: Schema, chosen: ReadonlySet<string>): Report<Schema> {
  const out = gone(schema, chosen);
  if (out.size === 0) return { value: schema, problems: [] };
  const stays = <T extends Identified>(list: readonly T[]): readonly T[] => list.filter(({ id }) => !out.has(id));
  const relations = [...schema.tables, ...schema.views];
  const kept = new Set<string>(stays(relations).map(({ id }) => id));
  const ownKeys = schema.foreignKeys.filter(({ tableId }) => kept.has(tableId));
  const foreignKeys = ownKeys.filter(({ refTableId }) => kept.has(refTableId));
  const free = schema.verbatim.filter(({ ownerId }) => ownerId === null || kept.has(ownerId));
  const value = {
    ...schema,
    tables: stays(schema.tables),
    views: stays(schema.views),
    foreignKeys,
    types: stays(schema.types),
    sequences: stays(schema.sequences),
    verbatim: stays(schema.verbatim),
  };
  const problems = [
    ...remark(relations.filter(({ id }) => chosen.has(id) && !kept.has(id)).length, "tables and views"),
    ...remark(ownKeys.length - foreignKeys.length, "foreign keys"),
    ...remark(free.length - stays(free).length, "other objects"),
  ];
  return { value: { ...value, namespaces: inUse(schema, value) }, problems };
}

/** The namespaces of what is left, and those that held nothing in the first place. */
function inUse(before: Schema, after: Schema): Schema["namespaces"] {
  const used = ({ tables, views, types, sequences, verbatim }: Schema): ReadonlySet<string | null> =>
    new Set([...tables, ...views, ...types, ...sequences, ...verbatim].map(({ namespaceId }) => namespaceId));
  const [had, has] = [used(before), used(after)];
  return before.namespaces.filter(({ id }) => has.has(id) || !had.has(id));
}
