/** Foreign keys of the model from relations of a text. */
import {
  type Column,
  type ColumnId,
  type ForeignKey,
  type ForeignKeyId,
  makeColumn,
  makeForeignKey,
  makeKey,
  makeTable,
  type ReferentialAction,
  type TableId,
} from "../../../model/index.ts";
import { foreignName, freeName, primaryName, takeName } from "../../kit/names.ts";
import type { Endpoint, Name, Piece, RefNode, Setting, Span } from "../text/ast.ts";
import { idOf } from "../../kit/ids.ts";
import { type Context, settle, spanOf, wordOf } from "./context.ts";
import { keyOf } from "./files.ts";
import type { InlineRef } from "./columns.ts";
import type { Memory } from "./memory.ts";
import type { TableDraft } from "./tables.ts";

const ACTIONS: ReadonlySet<string> = new Set(["no action", "restrict", "cascade", "set null", "set default"]);

interface End {
  readonly draft: TableDraft;
  readonly columns: readonly Column[];
}

interface Relation extends Span {
  readonly node: RefNode | InlineRef;
  readonly piece: Piece;
  readonly name: Name | null;
  readonly from: End;
  readonly to: End;
  readonly operator: string;
  readonly settings: readonly Setting[];
  readonly inline: boolean;
}

/** The last name of `a.b`, as a span; `shift` leads from spans to places of the text. */
function lastPart(text: string, span: Span, shift: number): Span {
  const first = span.start + shift;
  const end = span.end + shift;
  let start = end - 1;
  if (text[start] === '"') start = text.lastIndexOf('"', end - 2);
  else while (start > first && /[\p{L}\p{M}\w]/u.test(text[start - 1] ?? "")) start -= 1;
  return { start: Math.max(start, first) - shift, end: span.end };
}

export class Relations {
  readonly keys: ForeignKey[] = [];
  /** Tables that join two others, for relations of many with many. */
  readonly joining: TableDraft[] = [];
  readonly #context: Context;
  /** By file: its tables, and those it uses, as it calls them. */
  readonly #drafts: ReadonlyMap<object, TableDraft>;
  readonly #memory: Memory;
  readonly #seen = new Set<string>();
  /** Names of tables, once one is wanted. */
  #names: Set<string> | null = null;
  readonly #ids = new Set<string>();

  /** `drafts`: by the node that each was made from. */
  constructor(context: Context, drafts: ReadonlyMap<object, TableDraft>, memory: Memory) {
    this.#context = context;
    this.#drafts = drafts;
    this.#memory = memory;
  }

  /** The relations of a partial by itself: each table that names it has them. */
  partial(draft: TableDraft): void {
    for (const { to, column, piece, span } of draft.refs) {
      const own = to.table.length === 0 && to.columns.join() === column;
      if (own)
        this.#context.tell(piece, { ...span, code: "text.place", what: "This relation", why: "both its ends are the same" });
      else if (to.table.length > 0) this.#end(piece, to, null);
    }
  }

  inline(draft: TableDraft): void {
    for (const node of draft.refs) {
      if (this.#again(node)) continue;
      const { operator, to: end, span, column, piece } = node;
      const own = draft.columns.get(column);
      const to = this.#end(piece, end, draft);
      if (!own || !to) continue;
      const from: End = { draft, columns: [own] };
      this.#relate({ node, start: span.start, end: span.end, piece, name: null, from, to, operator, settings: [], inline: true });
    }
  }

  stated(node: RefNode): void {
    if (this.#again(node)) return;
    const { piece, from: one, to: other, name, operator, settings, start, end } = node;
    const [from, to] = [this.#end(piece, one, null), this.#end(piece, other, null)];
    if (from && to) this.#relate({ node, start, end, piece, name, from, to, operator, settings, inline: false });
  }

  /** A relation that makes the foreign key it made before. */
  #again(node: RefNode | InlineRef): boolean {
    const known = this.#memory.related(node, this.#drafts);
    if (!known || this.#seen.has(known.pair)) return false;
    const { pair, said, key, from } = known;
    if (this.#ids.has(key.id) || (!said && from.taken.has(key.name))) return false;
    this.#seen.add(pair);
    this.#ids.add(key.id);
    this.keys.push(key);
    this.#memory.relate(known);
    return true;
  }

  #end(piece: Piece, end: Endpoint, own: TableDraft | null): End | null {
    const draft = end.table.length === 0 ? own : this.#table(piece, end);
    if (!draft) {
      if (end.table.length === 0)
        this.#context.tell(piece, {
          ...spanOf(end),
          code: "text.expected",
          what: "A table and its column",
          found: end.columns.join(", "),
        });
      return null;
    }
    const columns: Column[] = [];
    for (const name of end.columns) {
      const column = draft.columns.get(name);
      if (column) columns.push(column);
      else this.#missingColumn(piece, end, `${draft.name}.${name}`);
    }
    return columns.length === end.columns.length ? { draft, columns } : null;
  }

  #missingColumn(piece: Piece, end: Endpoint, name: string): void {
    const { text } = this.#context.files.of(piece);
    const { start, end: last } = end.columns.length === 1 ? lastPart(text, end, piece.shift) : end;
    this.#context.tell(piece, { start, end: last, code: "text.missing", what: "column", name });
  }

  #table(piece: Piece, end: Endpoint): TableDraft | null {
    const { files } = this.#context;
    const { namespace, name } = files.split({ parts: end.table });
    const owned = files.of(piece).tables.get(keyOf(namespace, name));
    const draft = owned && this.#drafts.get(owned.node);
    if (!draft) this.#context.tell(piece, { ...spanOf(end), code: "text.missing", what: "table", name: end.table.join(".") });
    return draft ?? null;
  }

  #relate(relation: Relation): void {
    const { from, to, piece, start, end } = relation;
    const wrong = (why: string): void => {
      this.#context.tell(piece, { start, end, code: "text.place", what: "This relation", why });
    };
    if (from.columns.length !== to.columns.length) return wrong("its ends have different numbers of columns");
    const [one, other] = [endKey(from), endKey(to)];
    if (one === other) return wrong("both its ends are the same");
    const pair = one < other ? `${one}\0\0${other}` : `${other}\0\0${one}`;
    if (this.#seen.has(pair)) {
      const name = `${from.draft.name} and ${to.draft.name}`;
      this.#context.tell(piece, { start, end, code: "text.twice", what: "The relation of", name });
      return;
    }
    this.#seen.add(pair);
    const sign = relation.operator.replaceAll("?", "");
    // Of one with one, a stated relation has its key on the right, a column's own where it stands.
    const leftHolds = sign === ">" || (sign === "-" && relation.inline);
    if (sign === "<>") this.#join(relation);
    else this.#keep(relation, pair, leftHolds ? [from, to] : [to, from]);
  }

  /** Makes the key; the relation is remembered where there is nothing more to it. */
  #keep(relation: Relation, pair: string, [from, to]: readonly [End, End]): void {
    const { leftovers, faults } = this.#context.told;
    const before = leftovers.length + faults.length;
    const { key, first } = this.#key(relation, from, to);
    if (!first || leftovers.length + faults.length > before) return;
    const said = relation.name !== null;
    this.#memory.relate({ node: relation.node, from: from.draft, to: to.draft, pair, said, key });
  }

  #key(relation: Relation, from: End, to: End): { readonly key: ForeignKey; readonly first: boolean } {
    const { draft, columns } = from;
    const { onDelete, onUpdate } = this.#actions(relation);
    const said = relation.name?.parts.at(-1) ?? null;
    const names = (): string[] => columns.map(({ name }) => name);
    const wanted = said ?? foreignName(draft.name, names(), this.#context.dialect);
    const idFor = (name: string): ForeignKeyId => idOf<ForeignKeyId>("foreignKey", draft.namespace, draft.name, name);
    const name = freeName(wanted, (other) => this.#ids.has(idFor(other)) || (said === null && draft.taken.has(other)));
    const id = idFor(name);
    this.#ids.add(id);
    const ends = { tableId: draft.id, columns: idsOf(from), refTableId: to.draft.id, refColumns: idsOf(to) };
    const key = makeForeignKey({ id, name, onDelete, onUpdate, ...ends });
    this.keys.push(key);
    return { key, first: name === wanted };
  }

  #actions({ piece, settings }: Relation): Pick<ForeignKey, "onDelete" | "onUpdate"> {
    if (settings.length === 0) return { onDelete: "no action", onUpdate: "no action" };
    let [onDelete, onUpdate]: [ReferentialAction, ReferentialAction] = ["no action", "no action"];
    const wants = "cascade, restrict, set null, set default or no action";
    const action = (take: (action: ReferentialAction) => void): ((value: Setting["value"]) => string | null) => {
      return (value) => {
        const word = wordOf(value)?.toLowerCase() ?? "";
        if (!ACTIONS.has(word)) return wants;
        take(word as ReferentialAction);
        return null;
      };
    };
    const aside = (what: string) => (): null => {
      this.#context.leave(what, "a design has none");
      return null;
    };
    settle(
      this.#context,
      piece,
      "relation",
      settings,
      {
        delete: action((word) => (onDelete = word)),
        update: action((word) => (onUpdate = word)),
        color: aside("colours of relations"),
        inactive: aside("relations marked inactive"),
      },
      null,
    );
    return { onDelete, onUpdate };
  }

  /** Many with many: a table that has a key to each. */
  #join(relation: Relation): void {
    const { from, to } = relation;
    const { dialect } = this.#context;
    const { namespace } = from.draft;
    const wanted = `${from.draft.name}_${to.draft.name}`;
    const names = (this.#names ??= new Set([...this.#drafts.values()].map((draft) => keyOf(draft.namespace, draft.name))));
    const name = freeName(wanted, (other) => names.has(keyOf(namespace, other)));
    names.add(keyOf(namespace, name));
    const id = idOf<TableId>("table", namespace, name);
    const taken = new Set<string>();
    const sides = [from, to].map(({ draft, columns }) =>
      columns.map((column) => {
        const own = takeName(`${draft.name}_${column.name}`, taken);
        return makeColumn({ id: idOf<ColumnId>("column", namespace, name, own), name: own, type: column.type, notNull: true });
      }),
    );
    const columns = sides.flat();
    const key = primaryName(name, dialect);
    const primary = makeKey({
      id: idOf("constraint", namespace, name, key),
      kind: "primary",
      name: key,
      columns: columns.map((column) => column.id),
    });
    const namespaceId = this.#context.namespace(from.draft.written);
    const table = makeTable({ id, namespaceId, name, columns, constraints: [primary] });
    const draft: TableDraft = {
      ...from.draft,
      id,
      name,
      columns: new Map(columns.map((column) => [column.name, column])),
      refs: [],
      sequences: [],
      tint: null,
      taken: new Set([key]),
      table,
    };
    this.joining.push(draft);
    for (const [at, end] of [from, to].entries())
      this.#key(
        { ...relation, name: null, settings: at === 0 ? relation.settings : [] },
        { draft, columns: sides[at] ?? [] },
        end,
      );
    this.#context.leave("relations of many with many", "each became a table that joins both sides");
  }
}

const idsOf = ({ columns }: End): ColumnId[] => columns.map(({ id }) => id);
const endKey = ({ columns }: End): string =>
  columns.length === 1 ? (columns[0]?.id ?? "") : columns.map(({ id }) => id).join("\0");
