/** New names of tables, columns and enums, wherever a text says them. */
import type { Column, Schema } from "../../../model/index.ts";
import type { Name, TableNode } from "../text/ast.ts";
import { nameText, type Names } from "../write/print.ts";
import type { TextEdit } from "./edits.ts";
import { mentionEdits, type Renamed } from "./mentions.ts";
import type { Outline } from "./outline.ts";

export interface RenameTask {
  readonly outline: Outline;
  readonly have: Schema;
  readonly want: Schema;
  readonly haveNames: Names;
  readonly wantNames: Names;
  readonly touched: ReadonlySet<string>;
}

/** The element of a table or enum, from what it is called. */
function elementOf<T>(
  outline: Outline,
  list: ReadonlyMap<string, T>,
  names: Names,
  item: Parameters<Names["of"]>[0],
): T | undefined {
  for (const [id, node] of list) {
    const { parts } = (node as { readonly name: Name }).name;
    const [namespace, name] = outline.split(parts);
    if (name === item.name && namespace === names.namespace(item.namespaceId)) return list.get(id);
  }
  return undefined;
}

function renamedBy({ outline, have, want, haveNames, wantNames, touched }: RenameTask): Renamed {
  const tables = new Map<TableNode, string>();
  const columns = new Map<TableNode, Map<string, string>>();
  const enums = new Map<object, string>();
  const wanted = new Map(want.tables.map((table) => [table.id, table]));
  for (const table of have.tables) {
    const next = touched.has(table.id) ? wanted.get(table.id) : undefined;
    if (!next) continue;
    const node = elementOf(outline, outline.tables, haveNames, table);
    if (!node) continue;
    if (haveNames.of(table) !== wantNames.of(next)) tables.set(node, wantNames.of(next));
    const after = new Map<string, Column>(next.columns.map((column) => [column.id, column]));
    const changed = table.columns.flatMap(({ id, name }) => {
      const now = after.get(id);
      return now && now.name !== name ? [[name, nameText(now.name)] as const] : [];
    });
    if (changed.length > 0) columns.set(node, new Map(changed));
  }
  const types = new Map(want.types.map((type) => [type.id, type]));
  for (const type of have.types) {
    const next = types.get(type.id);
    if (!next || haveNames.of(type) === wantNames.of(next)) continue;
    const node = elementOf(outline, outline.enums, haveNames, type);
    if (node) enums.set(node, wantNames.of(next));
  }
  return { tables, columns, enums, aliases: new Map(), partials: new Map() };
}

/** The edits that only rename. */
export function renameEdits(task: RenameTask): TextEdit[] {
  const { outline } = task;
  const renamed = renamedBy(task);
  if (renamed.tables.size + renamed.columns.size + renamed.enums.size === 0) return [];
  const heads = [...renamed.tables, ...(renamed.enums as ReadonlyMap<{ readonly name: Name }, string>)];
  const made = heads.map(([{ name }, insert]): TextEdit => ({ from: name.start, to: name.end, insert }));
  const { text, file } = outline;
  const spoken = { text, file, table: outline.named.bind(outline), enumeration: outline.enumeration.bind(outline) };
  return [...made, ...mentionEdits(spoken, renamed)];
}
