/**
 * A name that a person types over, said again wherever the text speaks of the thing. A text that speaks of the name before has a fault;
 * with these edits it has none, so the names that follow are never those that somebody else has by now.
 */
import type { ColumnNode, Name, Span, TableNode } from "../text/ast.ts";
import { nameText } from "../write/print.ts";
import type { TextEdit } from "./edits.ts";
import { mentionEdits, type Renamed, type Spoken } from "./mentions.ts";
import { placeOf, renamed } from "./moved.ts";
import type { Outline } from "./outline.ts";

type At = (place: number) => number | null;

const written = ({ parts }: Name): string => parts.map(nameText).join(".");

class Carrier {
  readonly #before: Outline;
  readonly #now: Outline;
  readonly #at: At;
  readonly #tables = new Map<TableNode, string>();
  readonly #aliases = new Map<TableNode, string>();
  readonly #columns = new Map<TableNode, Map<string, string>>();
  readonly #enums = new Map<object, string>();
  readonly #partials = new Map<string, string>();

  constructor(before: Outline, now: Outline, at: At) {
    this.#before = before;
    this.#now = now;
    this.#at = at;
  }

  /** The old elements that were given new names where they stand, by the new ones. */
  #moved<T extends Parameters<typeof placeOf>[0]>(before: ReadonlyMap<string, T>, now: ReadonlyMap<string, T>): Map<T, T> {
    const found = new Map<T, T>();
    renamed(before, now, placeOf, this.#at, (to, from) => {
      const [node, old] = [now.get(to), before.get(from)];
      // What was put in the place of all of it is another thing.
      if (node && old && this.#at(old.end - 1 + old.piece.shift) !== null) found.set(node, old);
    });
    return found;
  }

  renamed(): Renamed {
    const [before, now] = [this.#before, this.#now];
    for (const [node, old] of this.#moved(before.enums, now.enums)) this.#enums.set(old, written(node.name));
    const tables = this.#moved(before.tables, now.tables);
    for (const [node, old] of tables) this.#tables.set(old, written(node.name));
    for (const [id, node] of now.tables) this.#inTable(tables.get(node) ?? before.tables.get(id), node);
    this.#inPartials();
    const [aliases, columns, enums] = [this.#aliases, this.#columns, this.#enums];
    return { tables: this.#tables, partials: this.#partials, aliases, columns, enums };
  }

  #inTable(old: TableNode | undefined, node: TableNode): void {
    if (!old || old === node || this.#alike(old, node)) return;
    if (old.alias && node.alias && written(old.alias) !== written(node.alias)) this.#aliases.set(old, written(node.alias));
    this.#tell([old, node], this.#newColumns(old, node));
  }

  /** Word for word: then nothing in it has another name. */
  #alike(old: TableNode, node: TableNode): boolean {
    const [before, now] = [this.#before.text, this.#now.text];
    const from = placeOf(old);
    const at = placeOf(node);
    return before.slice(from, from + old.end - old.start) === now.slice(at, at + node.end - node.start);
  }

  #tell(nodes: readonly TableNode[], names: ReadonlyMap<string, string>): void {
    if (names.size > 0)
      for (const node of nodes) this.#columns.set(node, new Map([...(this.#columns.get(node) ?? []), ...names]));
  }

  #newColumns(old: TableNode, node: TableNode): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    const place = ({ start }: Span): number => start;
    // Places are told in pieces, edits speak of the whole text.
    const at = (place: number): number | null => {
      const to = this.#at(place + old.piece.shift);
      return to === null ? null : to - node.piece.shift;
    };
    renamed(columnsOf(old), columnsOf(node), place, at, (to, from) => names.set(from, nameText(to)));
    return names;
  }

  /** Columns of a partial are columns of the tables that name it. */
  #inPartials(): void {
    const now = partialsOf(this.#now);
    const partials = partialsOf(this.#before);
    const was = this.#moved(partials, now);
    for (const [node, old] of was) this.#partials.set(old.name.parts.join("."), written(node.name));
    const columns = new Map<string, ReadonlyMap<string, string>>();
    for (const [name, node] of now) {
      const old = was.get(node) ?? partials.get(name);
      const names = old ? this.#newColumns(old, node) : null;
      if (!old || !names || names.size === 0) continue;
      this.#tell([old, node], names);
      columns.set(name, names).set(old.name.parts.join("."), names);
    }
    if (columns.size === 0) return;
    for (const [id, node] of this.#now.tables)
      for (const field of node.fields) {
        const names = field.kind === "partial" ? columns.get(field.name.parts.join(".")) : undefined;
        const old = this.#before.tables.get(id);
        if (names) this.#tell(old ? [old, node] : [node], names);
      }
  }

  /** Names mean what they mean now, and what they meant before where they mean nothing now. */
  spoken(): Spoken {
    const [before, now] = [this.#before, this.#now];
    return {
      text: now.text,
      file: now.file,
      table: (parts) => now.named(parts) ?? before.named(parts),
      enumeration: (parts) => now.enumeration(parts) ?? before.enumeration(parts),
    };
  }
}

function columnsOf({ fields }: TableNode): ReadonlyMap<string, ColumnNode> {
  const columns = new Map<string, ColumnNode>();
  for (const field of fields) if (field.kind === "column" && !columns.has(field.name)) columns.set(field.name, field);
  return columns;
}

const partialsOf = ({ file }: Outline): ReadonlyMap<string, TableNode> =>
  new Map(file.partials.map((node) => [node.name.parts.join("."), node]));

/** The edits of the text now. `at` tells where a place of the text before is in it. */
export function carried(before: Outline, now: Outline, at: At): TextEdit[] {
  const carrier = new Carrier(before, now, at);
  const names = carrier.renamed();
  return mentionEdits(carrier.spoken(), names);
}
