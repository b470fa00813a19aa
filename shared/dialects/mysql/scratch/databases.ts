/**
 * The databases that a file speaks of, each of which is one of the scratch place: `shop` in the file is `drawbridge_scratch_..._01`
 * there, made or not, so that no name leads out of it. Names in a statement are rewritten where they mean the database, and only there.
 */
import { quoted } from "../quote.ts";
import { type Looked, nameAt, wordAt } from "./look.ts";

/** Databases of one file. */
const MOST = 20;
/** What can be put into another text, and taken out again, as it is. */
const PLAIN = /^[\p{L}\p{N}_$ .-]{1,64}$/u;
/** What follows these is a relation or routine. */
const BEFORE_RELATIONS: ReadonlySet<string> = new Set([
  ..."FROM JOIN INTO UPDATE TABLE REFERENCES CALL VIEW TRIGGER PROCEDURE FUNCTION EVENT EXISTS LIKE".split(" "),
]);

export class Databases {
  readonly #prefix: string;
  readonly #ours = new Map<string, string>();
  /** Tables and views that were made, and what else is called so. */
  readonly #relations = new Set<string>();

  constructor(prefix: string, first: string) {
    this.#prefix = prefix;
    this.ours(first);
  }

  get all(): readonly { readonly name: string; readonly called: string }[] {
    return [...this.#ours].map(([called, name]) => ({ name, called }));
  }

  /** Ours for a database of the file; null where it may not have another one. */
  ours(called: string): string | null {
    const known = this.#ours.get(called);
    if (known !== undefined) return known;
    if (this.#ours.size >= MOST || !PLAIN.test(called)) return null;
    const name = `${this.#prefix}_${String(this.#ours.size).padStart(2, "0")}`;
    this.#ours.set(called, name);
    return name;
  }

  relation(name: string): void {
    this.#relations.add(name.toLowerCase());
  }

  /** Where a name is followed by a dot and is not behind one itself: the places of names that may be databases. */
  qualifiers(looked: Looked): readonly number[] {
    return looked.tokens.flatMap((_token, at) => {
      const before = wordAt(looked, at - 1);
      const first = wordAt(looked, at + 1) === "." && before !== "." && before !== "@";
      return first && nameAt(looked, at) !== null ? [at] : [];
    });
  }

  /** What is written instead of the names of the file's databases. `bodied`: texts in which a qualifier may as well be a table. */
  instead(looked: Looked, qualifiers: readonly number[], bodied: boolean): ReadonlyMap<number, string> {
    const found = new Map<number, string>();
    const alone = bodied ? names(looked) : new Set<string>();
    for (const at of qualifiers) {
      const called = nameAt(looked, at) ?? "";
      const ours = this.#ours.get(called);
      if (ours === undefined) continue;
      const key = called.toLowerCase();
      const sure =
        wordAt(looked, at + 3) === "." || wordAt(looked, at + 3) === "(" || BEFORE_RELATIONS.has(wordAt(looked, at - 1));
      if (sure || !bodied || !(this.#relations.has(key) || alone.has(key))) found.set(at, quoted(ours));
    }
    return found;
  }
}

/** Names that stand alone in a text, in small letters: an alias is one of them. */
function names(looked: Looked): ReadonlySet<string> {
  const found = new Set<string>();
  looked.tokens.forEach((_token, at) => {
    const name = wordAt(looked, at + 1) === "." || wordAt(looked, at - 1) === "." ? null : nameAt(looked, at);
    if (name !== null) found.add(name.toLowerCase());
  });
  return found;
}
