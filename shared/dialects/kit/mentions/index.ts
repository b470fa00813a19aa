/**
 * This part is in charge of finding, in the text of a view, trigger, policy or whatever else is kept as SQL, every place that means a
 * table or view or one of its columns: for renaming it as the engine would, and for telling what is used where.
 */
import type { Mention, NameToken, Relations, ResultColumn, TextOwner } from "../../dialect.ts";
import { Reader } from "./reader.ts";
import { resolve, resultOf } from "./scopes.ts";

/** Every mention in a text, from its beginning to its end. Text that makes no sense has few, and none of them is certain. */
export function findMentions(tokens: readonly NameToken[], relations: Relations, owner: TextOwner | null): readonly Mention[] {
  const { found, references } = new Reader(tokens, relations, owner);
  const all = [...found, ...references.flatMap((reference) => resolve(reference, relations))];
  const places = new Map(all.map((one) => [one.start, one]));
  return [...places.values()].sort((a, b) => a.start - b.start);
}

/** The columns that a query gives, as far as its text tells. */
export function findResult(text: string, tokens: readonly NameToken[], relations: Relations): readonly ResultColumn[] {
  const { result } = new Reader(tokens, relations, null);
  return result ? resultOf(result, text, relations) : [];
}
