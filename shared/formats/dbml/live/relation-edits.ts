/** Relations of a text: changed where they stand, taken out, put in after the others. */
import { idOf } from "../../kit/ids.ts";
import type { ForeignKey } from "../../../model/index.ts";
import type { TextEdit } from "./edits.ts";
import { without } from "./lines.ts";
import { endKey, endsKey, type RefPlace } from "./outline.ts";
import { settingEdits } from "./settings.ts";
import type { Outline } from "./outline.ts";
import type { Side } from "./want.ts";

/** The edits for these relations; those that cannot be changed where they stand go, and come as elements of their own. */
export function relationEdits(outline: Outline, have: Side, want: Side, ids: ReadonlySet<string>): TextEdit[] {
  const { text } = outline;
  const edits: TextEdit[] = [];
  const added: string[] = [];
  let places: ReadonlyMap<string, RefPlace> | null = null;
  for (const id of ids) {
    const [is, wish] = [have.relation(id), want.relation(id)];
    if (is === wish) continue;
    places ??= outline.relations();
    const key = is === null ? undefined : have.keys.get(id);
    const place = key && places.get(placeOf(key, have));
    if (place?.node && wish !== null) edits.push({ from: place.start, to: place.end, insert: wish });
    else {
      if (place?.node) edits.push(without(text, place));
      else if (place?.column) edits.push(...withoutSetting(text, place));
      if (wish !== null) added.push(wish);
    }
  }
  if (added.length > 0) edits.push(addition(outline, added));
  return edits;
}

function placeOf(key: ForeignKey, side: Side): string {
  const end = (tableId: string, columns: readonly string[]): string => {
    const table = side.tables.get(tableId);
    const names = columns.map((id) => table?.columns.find((column) => column.id === id)?.name ?? "");
    return endKey(table ? idOf("table", side.names.namespace(table.namespaceId), table.name) : "", names);
  };
  return endsKey(end(key.tableId, key.columns), end(key.refTableId, key.refColumns));
}

function withoutSetting(text: string, { start, column }: RefPlace): readonly TextEdit[] {
  const settings = column?.settings ?? [];
  // Other relations of the column have the same name as a setting: only this one is wished away.
  const own = settings.map((setting) => ({ ...setting, name: setting.start === start ? "this" : setting.name }));
  const [first] = own;
  if (!first) return [];
  const before = text.lastIndexOf("[", first.start);
  return settingEdits(text, own, [{ names: ["this"], text: null }], before) ?? [];
}

function addition({ text, file }: Outline, lines: readonly string[]): TextEdit {
  const last = file.refs.at(-1);
  if (last) {
    const line = text.indexOf("\n", last.end);
    const at = line < 0 ? text.length : line;
    return { from: at, to: at, insert: lines.map((one) => `\n${one}`).join("") };
  }
  const after = file.tables.at(-1)?.end ?? text.trimEnd().length;
  return { from: after, to: after, insert: `\n\n${lines.join("\n")}` };
}
