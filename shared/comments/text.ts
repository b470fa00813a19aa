/** The text of a comment, in pieces to show and while it is typed. It is plain text: nothing in it is ever read as markup. */
import type { Mention, Somebody } from "./format.ts";

export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string }
  | { readonly kind: "mention"; readonly text: string; readonly ids: readonly string[] };

/** Only what a browser opens without running anything. */
const LINK = /\bhttps?:\/\/[^\s<>"']+/g;
/** A sentence goes on behind a link. */
const AFTER_LINK = /[.,;:!?)\]}]+$/;

/** Names by which a text calls people, the longest first, each with everyone who is called so. */
function called(mentions: readonly Mention[]): (readonly [name: string, ids: readonly string[]])[] {
  const names = new Map<string, string[]>();
  for (const { id, name } of mentions) names.set(name, [...(names.get(name) ?? []), id]);
  return [...names].sort(([a], [b]) => b.length - a.length);
}

function withLinks(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const href = match[0].replace(AFTER_LINK, "");
    if (match.index > from) pieces.push({ kind: "text", text: text.slice(from, match.index) });
    pieces.push({ kind: "link", text: href, href });
    from = match.index + href.length;
  }
  if (from < text.length) pieces.push({ kind: "text", text: text.slice(from) });
  return pieces;
}

/** A text as it is shown: what is plain, links, and people it calls. Put together again the pieces are the text. */
export function piecesOf(text: string, mentions: readonly Mention[]): readonly Piece[] {
  const names = called(mentions);
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const found = begins(text, at) ? names.find(([name]) => isCalled(text, at + 1, name)) : undefined;
    if (!found || at < from) continue;
    const [name, ids] = found;
    pieces.push(...withLinks(text.slice(from, at)), { kind: "mention", text: `@${name}`, ids });
    from = at + 1 + name.length;
  }
  return [...pieces, ...withLinks(text.slice(from))];
}

/** An address like `a@b` calls nobody. */
const begins = (text: string, at: number): boolean => at === 0 || /[\s([{"'“‘,;:/]/.test(text.charAt(at - 1));

const isCalled = (text: string, at: number, name: string): boolean =>
  text.startsWith(name, at) && !/^[\p{L}\p{N}_]/u.test(text.slice(at + name.length));

/** What is typed of a name: from behind the last `@` before the caret; null where nobody is being called. */
export function callAt(text: string, caret: number): { readonly from: number; readonly typed: string } | null {
  const from = text.lastIndexOf("@", caret - 1);
  if (from < 0 || !begins(text, from)) return null;
  const typed = text.slice(from + 1, caret);
  return typed.length > 40 || typed.includes("\n") ? null : { from, typed };
}

/** Those whose name goes on as was typed: at its beginning, or at that of another word of it. By name, one of each name. */
export function whoIs(people: Iterable<Somebody>, typed: string): readonly Somebody[] {
  const wanted = typed.toLowerCase();
  const names = new Map<string, Somebody>();
  for (const who of people) {
    const name = who.name.toLowerCase();
    if (name.startsWith(wanted) || name.includes(` ${wanted}`)) names.set(who.name, names.get(who.name) ?? who);
  }
  return [...names.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** Everyone whom a text calls by a whole name. */
export function mentionsIn(text: string, people: Iterable<Somebody>): readonly Mention[] {
  const known = [...people].map(({ id, name }) => ({ id, name }));
  const ids = new Set(piecesOf(text, known).flatMap((piece) => (piece.kind === "mention" ? piece.ids : [])));
  return known.filter(({ id }) => ids.has(id));
}
