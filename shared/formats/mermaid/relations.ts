/**
 * Relations as foreign keys. A diagram joins entities, not columns: the label says them, as ours do (`author_id`, `a, b -> x, y`), or
 * the marks and names of columns do; where neither does, the columns come to be.
 */
import type { SchemaDraft } from "../kit/draft.ts";
import type { Faults, Leftovers } from "../kit/faults.ts";
import { joinTable } from "../kit/join.ts";
import { freeName } from "../kit/names.ts";
import type { ReadTable } from "./read.ts";
import type { Cardinality, Relation } from "./text/ast.ts";
import { decoded } from "./words.ts";

interface Labelled {
  readonly columns: readonly string[];
  /** Empty: the primary key. */
  readonly refColumns: readonly string[];
}

interface Pending {
  readonly relation: Relation;
  readonly child: ReadTable;
  readonly parent: ReadTable;
  /** Every row of the child has one of the parent's. */
  readonly mandatory: boolean;
  found: Labelled | null;
}

const isMany = (card: Cardinality): boolean => card === "one or more" || card === "zero or more";
const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\d]/gu, "");

/** `companies`: `company`, `statuses`: `status`, `users`: `user`. */
function singular(name: string): string {
  if (name.endsWith("ies")) return `${name.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|us)es$/.test(name)) return name.slice(0, -2);
  return name.endsWith("s") && !name.endsWith("ss") ? name.slice(0, -1) : name;
}

function labelled(label: string): Labelled {
  const [own = "", ref = ""] = label.split("->");
  const names = (list: string): string[] =>
    list
      .split(",")
      .map((name) => decoded(name.trim()))
      .filter((name) => name !== "");
  return { columns: names(own), refColumns: names(ref) };
}

/** The columns that a label names, where they are columns of these tables. */
function saidBy({ columns, refColumns }: Labelled, child: ReadTable, parent: ReadTable): Labelled | null {
  const target = refColumns.length > 0 ? refColumns : parent.draft.primaryColumns;
  const whole = columns.length > 0 && columns.length === target.length && new Set(columns).size === columns.length;
  const there = columns.every((name) => child.draft.column(name)) && target.every((name) => parent.draft.column(name));
  return whole && there ? { columns, refColumns } : null;
}

/** More marks than this no one tells apart by their names. */
const MOST_MARKS = 200;

/** The columns of a table that no relation has yet. */
class Free {
  readonly #claimed = new Set<string>();
  readonly #byWord = new Map<string, string[]>();
  readonly #marked: Set<string>;

  constructor({ draft, foreign }: ReadTable) {
    this.#marked = new Set(foreign);
    for (const { name } of draft.columns) {
      const known = this.#byWord.get(plain(name));
      if (known) known.push(name);
      else this.#byWord.set(plain(name), [name]);
    }
  }

  claim(names: readonly string[]): void {
    for (const name of names) {
      this.#claimed.add(name);
      this.#marked.delete(name);
    }
  }

  /** A column of one of these names, whatever their letters; `but`: those that are no candidates. */
  called(words: ReadonlySet<string>, but: ReadonlySet<string>): string | null {
    for (const word of words) {
      const found = this.#byWord.get(word)?.find((name) => !this.#claimed.has(name) && !but.has(name));
      if (found !== undefined) return found;
    }
    return null;
  }

  /** The mark whose column begins so, or the only one that is left. */
  marked(word: string, but: ReadonlySet<string>): string | null {
    if (this.#marked.size > MOST_MARKS) return null;
    const marked = [...this.#marked].filter((name) => !but.has(name));
    const like = marked.find((name) => plain(name).startsWith(word));
    return like ?? (marked.length === 1 ? (marked[0] ?? null) : null);
  }
}

export class Relations {
  readonly #draft: SchemaDraft;
  readonly #faults: Faults;
  readonly #beside: Leftovers;
  readonly #pending: Pending[] = [];
  readonly #free = new Map<ReadTable, Free>();

  constructor(draft: SchemaDraft, faults: Faults, beside: Leftovers) {
    this.#draft = draft;
    this.#faults = faults;
    this.#beside = beside;
  }

  add(relation: Relation, left: ReadTable, right: ReadTable): void {
    const { leftCard, rightCard } = relation;
    if (isMany(leftCard) && isMany(rightCard)) {
      this.#join(relation, left, right);
      return;
    }
    const said = labelled(relation.label);
    const rightHolds = isMany(leftCard) !== isMany(rightCard) ? isMany(rightCard) : this.#rightHolds(said, left, right);
    const [child, parent, card] = rightHolds ? [right, left, leftCard] : [left, right, rightCard];
    const found = saidBy(said, child, parent);
    if (found) this.#freeOf(child).claim(found.columns);
    this.#pending.push({ relation, child, parent, mandatory: card === "one", found });
  }

  /** Of one with one: the side whose columns are named, or marked. */
  #rightHolds(said: Labelled, left: ReadTable, right: ReadTable): boolean {
    if (saidBy(said, right, left)) return true;
    if (saidBy(said, left, right)) return false;
    return right.foreign.size > 0 || left.foreign.size === 0;
  }

  #freeOf(table: ReadTable): Free {
    let known = this.#free.get(table);
    if (!known) this.#free.set(table, (known = new Free(table)));
    return known;
  }

  /** Relations whose labels name columns have these; the others get what is left. */
  finish(): void {
    for (const pending of this.#pending) {
      const { child, parent, mandatory } = pending;
      pending.found ??= this.#inferred(pending);
      if (!pending.found) continue;
      const { columns, refColumns } = pending.found;
      if (mandatory) for (const name of columns) child.draft.patch(name, { notNull: true });
      this.#draft.relate({
        ...{ table: child.draft, columns, to: parent.draft, refColumns, name: null },
        ...{ onDelete: "no action", onUpdate: "no action", comment: null },
      });
    }
  }

  #inferred({ relation, child, parent }: Pending): Labelled | null {
    const target = parent.draft.primaryColumns;
    if (target.length === 0) {
      const why = `${parent.draft.name} has no primary key that it could refer to`;
      this.#faults.tell({ start: relation.start, end: relation.end, code: "text.place", what: "This relation", why });
      return null;
    }
    const [first = ""] = target;
    const columns = target.length === 1 ? this.#single(child, parent, first, relation.label) : this.#several(child, target);
    const found = columns ?? this.#made(child, parent);
    this.#freeOf(child).claim(found);
    return { columns: found, refColumns: [] };
  }

  /** `customer_id` for `customers.id`; else the one mark that begins like the table, or that is left. */
  #single(child: ReadTable, parent: ReadTable, key: string, label: string): readonly string[] | null {
    const free = this.#freeOf(child);
    const but = new Set(child === parent ? parent.draft.primaryColumns : []);
    const table = plain(parent.draft.name);
    const wanted = new Set([table, singular(table), plain(label)].flatMap((word) => [word + plain(key), `${word}id`]));
    if (plain(key).startsWith(singular(table))) wanted.add(plain(key));
    const found = free.called(wanted, but) ?? free.marked(singular(table), but);
    return found === null ? null : [found];
  }

  #several(child: ReadTable, target: readonly string[]): readonly string[] | null {
    return target.every((name) => child.draft.column(name)) ? target : null;
  }

  #made(child: ReadTable, parent: ReadTable): readonly string[] {
    this.#beside.leave(
      "Relations whose columns are not in the text",
      "the columns were added, named after the table and its key",
    );
    return parent.draft.primaryColumns.map((key) => {
      const wanted = `${parent.draft.name}_${key}`;
      const name = freeName(wanted, (other) => child.draft.column(other) !== undefined);
      child.draft.add({ name, type: parent.draft.column(key)?.type ?? "" });
      return name;
    });
  }

  #join(relation: Relation, left: ReadTable, right: ReadTable): void {
    const without = [left, right].find(({ draft }) => draft.primaryColumns.length === 0);
    if (without) {
      const why = `${without.draft.name} has no primary key that it could refer to`;
      this.#faults.tell({ start: relation.start, end: relation.end, code: "text.place", what: "This relation", why });
      return;
    }
    joinTable(
      this.#draft,
      [left, right].map(({ draft }) => ({ table: draft, columns: draft.primaryColumns })),
    );
    this.#beside.leave("Relations of many with many", "each became a table that joins both sides");
  }
}
