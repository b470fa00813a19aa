/** Leaves out what refers to something that is not in the schema, or takes an id that is taken: files are edited by hand. */
import { lookup, type Schema, type Table, type TableId } from "../../model/index.ts";
import { problem, type Problem, type Report } from "../../result/index.ts";

export function withoutStrays(schema: Schema): Report<Schema> {
  const problems: Problem[] = [];
  const keep = <T extends { readonly name: string }>(what: string, fine: (item: T) => boolean): ((item: T) => boolean) => {
    return (item) => {
      const kept = fine(item);
      if (!kept) problems.push(problem("model.dangling", "error", { what, name: item.name }));
      return kept;
    };
  };
  const taken = new Set<string>();
  const once = ({ id, name }: { readonly id: string; readonly name: string }): boolean => {
    const fresh = !taken.has(id);
    if (!fresh) problems.push(problem("format.invalid", "error", { path: name, why: `the id ${id} is taken` }));
    taken.add(id);
    return fresh;
  };
  const namespaces = schema.namespaces.filter(once);
  const known = new Set<string>(namespaces.map(({ id }) => id));
  const placed = ({ namespaceId }: { readonly name: string; readonly namespaceId: string | null }): boolean =>
    namespaceId === null || known.has(namespaceId);
  const tables = schema.tables.filter(once).filter(keep("The table", placed)).map(wholeTable);
  const views = schema.views.filter(once).filter(keep("The view", placed));
  const read: Schema = { ...schema, namespaces, tables, views };
  const find = lookup(read);
  const value: Schema = {
    ...read,
    types: schema.types.filter(once).filter(keep("The type", placed)),
    sequences: schema.sequences
      .filter(once)
      .filter(keep("The sequence", placed))
      .filter(keep("The sequence", ({ ownedBy }) => !ownedBy || find.column(ownedBy.tableId, ownedBy.columnId) !== null)),
    verbatim: schema.verbatim.filter(once).filter(
      keep("The object", (item) => {
        const { ownerId } = item;
        return placed(item) && (ownerId === null || find.table(ownerId as TableId) !== null || find.view(ownerId) !== null);
      }),
    ),
    foreignKeys: schema.foreignKeys.filter(once).filter(
      keep("The foreign key", (key) => {
        const ends = [
          ...key.columns.map((id) => find.column(key.tableId, id)),
          ...key.refColumns.map((id) => find.column(key.refTableId, id)),
        ];
        const own = key.onDeleteColumns.every((id) => key.columns.includes(id));
        return own && key.columns.length > 0 && key.columns.length === key.refColumns.length && !ends.includes(null);
      }),
    ),
  };
  return { value, problems };

  function wholeTable(table: Table): Table {
    const has = new Set<string>(table.columns.map(({ id }) => id));
    const constraints = table.constraints.filter(
      keep(`A constraint of ${table.name}:`, (item) => {
        if (!("columns" in item)) return true;
        return item.columns.length > 0 && [...item.columns, ...item.include].every((id) => has.has(id));
      }),
    );
    const indexes = table.indexes.filter(
      keep(`An index of ${table.name}:`, ({ parts, include }) => {
        const columns = [...parts.flatMap(({ columnId }) => columnId ?? []), ...include];
        return parts.length > 0 && columns.every((id) => has.has(id));
      }),
    );
    return { ...table, constraints, indexes };
  }
}
