/** Settings in brackets, one changed and the others left as a person wrote them. */
import type { Setting } from "../text/ast.ts";
import type { TextEdit } from "./edits.ts";

/** What is to stand in the place of a setting (null: nothing), or beside the others where there is none of these names. */
export interface Wish {
  readonly names: readonly string[];
  readonly text: string | null;
}

/**
 * The edit that does what is wished; none where nothing is, null where it cannot be done here. `end` is where brackets would begin that
 * are not there yet.
 */
export function settingEdits(
  text: string,
  settings: readonly Setting[],
  wishes: readonly Wish[],
  end: number,
): readonly TextEdit[] | null {
  if (wishes.length === 0) return [];
  const left = [...wishes];
  const kept = settings.flatMap((setting) => {
    const at = left.findIndex(({ names }) => names.includes(setting.name));
    if (at < 0) return [text.slice(setting.start, setting.end)];
    const [wish] = left.splice(at, 1);
    return wish === undefined || wish.text === null ? [] : [wish.text];
  });
  // Something to be taken away is not here: it is said elsewhere.
  if (left.some((wish) => wish.text === null)) return null;
  const all = [...kept, ...left.flatMap((wish) => wish.text ?? [])];
  const [first] = settings;
  const last = settings.at(-1);
  if (!first || !last) return all.length === 0 ? [] : [{ from: end, to: end, insert: ` [${all.join(", ")}]` }];
  const open = text.lastIndexOf("[", first.start);
  const close = text.indexOf("]", last.end);
  const tight =
    open >= end && close >= 0 && text.slice(open + 1, first.start).trim() === "" && text.slice(last.end, close).trim() === "";
  if (!tight) return null;
  if (all.length > 0) return [{ from: open + 1, to: close, insert: all.join(", ") }];
  let from = open;
  while (from > end && (text[from - 1] === " " || text[from - 1] === "\t")) from -= 1;
  return [{ from, to: close + 1, insert: "" }];
}
