/** Groups, notes and places of a text. */
import { note, quoted, stringLine } from "../text/strings.ts";
import type { GroupNode, Setting, StickyNode } from "../text/ast.ts";
import { colourOf } from "../../kit/tints.ts";
import type { Drawn, DrawnGroup, DrawnNote } from "./drawn.ts";
import type { TextEdit } from "./edits.ts";
import { indentAt, tailOf, without, withoutElement } from "./lines.ts";
import type { Outline } from "./outline.ts";
import { settingEdits } from "./settings.ts";
import type { Side } from "./want.ts";

/** Edits of what is drawn and touched; what has no place in the text gets one at its end. */
export function drawnEdits(outline: Outline, have: Side, want: Side, touched: ReadonlySet<string>): TextEdit[] {
  const ends: string[] = [];
  const edits = [
    ...pieces(have.drawn.groups, want.drawn.groups, touched, (was, wish) => groupEdits(outline, want, was, wish, ends)),
    ...pieces(have.drawn.notes, want.drawn.notes, touched, (was, wish) => stickyEdits(outline, was, wish, ends)),
    ...placeEdits(outline, have, want.drawn, touched),
  ];
  const at = outline.text.trimEnd().length;
  if (ends.length > 0) edits.push({ from: at, to: at, insert: ends.map((text) => `\n\n${text}`).join("") });
  return edits;
}

function pieces<T extends { readonly id: string }>(
  have: readonly T[],
  want: readonly T[],
  touched: ReadonlySet<string>,
  edits: (was: T | null, wish: T | null) => readonly TextEdit[],
): TextEdit[] {
  const [had, wanted] = [new Map(have.map((item) => [item.id, item])), new Map(want.map((item) => [item.id, item]))];
  return [...touched].flatMap((id) => {
    const [was, wish] = [had.get(id) ?? null, wanted.get(id) ?? null];
    return was || wish ? edits(was, wish) : [];
  });
}

function colour(text: string, node: GroupNode | StickyNode, was: string, wish: string): readonly TextEdit[] {
  if (was === wish) return [];
  const settings: readonly Setting[] = node.settings;
  return settingEdits(text, settings, [{ names: ["color"], text: `color: ${wish}` }], node.name.end) ?? [];
}

function groupEdits(
  outline: Outline,
  want: Side,
  was: DrawnGroup | null,
  wish: DrawnGroup | null,
  ends: string[],
): readonly TextEdit[] {
  const { text } = outline;
  const node = was ? outline.groups.get(was.name) : undefined;
  if (!wish) return node ? [withoutElement(text, node)] : [];
  const members = want.members(wish.members);
  if (!was || !node) {
    ends.push(
      `TableGroup ${quoted(wish.name)} [color: ${colourOf(wish.tint)}] {\n${members.map((name) => `  ${name}\n`).join("")}}`,
    );
    return [];
  }
  const edits = [...colour(text, node, colourOf(was.tint), colourOf(wish.tint))];
  if (was.name !== wish.name) edits.push({ from: node.name.start, to: node.name.end, insert: quoted(wish.name) });
  const stay = new Set<string>(wish.members);
  for (const [at, id] of was.members.entries()) {
    const name = node.tables[at];
    if (name && !stay.has(id)) edits.push(without(text, name));
  }
  const had = new Set<string>(was.members);
  const added = want.members(wish.members.filter((id) => !had.has(id)));
  const last = node.tables.at(-1);
  const open = text.indexOf("{", node.settings.at(-1)?.end ?? node.name.end) + 1;
  const at = last ? tailOf(text, last.end) : open;
  const indent = last ? indentAt(text, last.start) : "  ";
  if (added.length > 0) edits.push({ from: at, to: at, insert: added.map((name) => `\n${indent}${name}`).join("") });
  return edits;
}

function stickyEdits(
  { text, stickies }: Outline,
  was: DrawnNote | null,
  wish: DrawnNote | null,
  ends: string[],
): readonly TextEdit[] {
  const node = was ? stickies.get(was.name) : undefined;
  if (!wish) return node ? [withoutElement(text, node)] : [];
  if (!was || !node) {
    ends.push(`Note ${quoted(wish.name)} [color: ${colourOf(wish.tint)}] {\n  ${note(wish.text, "  ")}\n}`);
    return [];
  }
  const edits = [...colour(text, node, colourOf(was.tint), colourOf(wish.tint))];
  const [written] = node.notes;
  if (was.text !== wish.text && written) edits.push({ from: written.start, to: written.end, insert: note(wish.text, "  ") });
  return edits;
}

/** Places that the text says are said anew where they changed. */
function placeEdits(outline: Outline, have: Side, want: Drawn, touched: ReadonlySet<string>): TextEdit[] {
  const moved = [...have.drawn.places].filter(([id, at]) => {
    const now = want.places.get(id);
    return touched.has(id) && now !== undefined && now.join() !== at.join();
  });
  if (moved.length === 0) return [];
  const byNode = new Map(
    moved.flatMap(([id]) => {
      const table = have.tables.get(id);
      const found = table && outline.named([have.names.namespace(table.namespaceId), table.name]);
      return found ? [[found.node, want.places.get(id)] as const] : [];
    }),
  );
  return outline.file.metadata.flatMap(({ target, name, pairs }) => {
    const node = target === "table" ? outline.named(name.parts)?.node : undefined;
    const at = node && byNode.get(node);
    if (!at) return [];
    return pairs.flatMap(({ key, value }) => {
      const now = key === "x" ? at[0] : key === "y" ? at[1] : null;
      return now === null || !value ? [] : [{ from: value.start, to: value.end, insert: stringLine(String(now)) }];
    });
  });
}
