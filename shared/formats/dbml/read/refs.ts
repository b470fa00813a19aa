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
import { foreignName, primaryName, takeName } from "../../kit/names.ts";
import type { Endpoint, Name, RefNode, Setting, Span } from "../text/ast.ts";
import { type Context, idOf, settle, wordOf } from "./context.ts";
import { keyOf, type SourceFile } from "./files.ts";
import type { TableDraft } from "./tables.ts";

const ACTIONS: ReadonlySet<string> = new Set(["no action", "restrict", "cascade", "set null", "set default"]);

interface End {
  readonly draft: TableDraft;
  readonly columns: readonly Column[];
}

interface Relation extends Span {
  readonly file: SourceFile;
  readonly name: Name | null;
  readonly from: End;
  readonly to: End;
  readonly operator: string;
  readonly settings: readonly Setting[];
  readonly inline: boolean;
}

/** The last name of `a.b`, as a span. */
function lastPart(text: string, span: Span): Span {
  const quoted = text[span.end - 1] === '"';
  let start = span.end - 1;
  if (quoted) start = text.lastIndexOf('"', span.end - 2);
  else while (start > span.start && /[\p{L}\p{M}\w]/u.test(text[start - 1] ?? "")) start -= 1;
  return { start: Math.max(start, span.start), end: span.end };
}

export class Relations {
  readonly keys: ForeignKey[] = [];
  /** Tables that join two others, for relations of many with many. */
  readonly joining: TableDraft[] = [];
  readonly #context: Context;
  /** By file: its tables, and those it uses, as it calls them. */
  readonly #drafts: ReadonlyMap<object, TableDraft>;
  readonly #seen = new Set<string>();
  readonly #names: Set<string>;

  /** `drafts`: by the node that each was made from. */
  constructor(context: Context, drafts: ReadonlyMap<object, TableDraft>) {
    this.#context = context;
    this.#drafts = drafts;
    this.#names = new Set([...drafts.values()].map(({ namespace, name }) => keyOf(namespace, name)));
  }

  /** The relations of a partial by itself: each table that names it has them. */
  partial(draft: TableDraft): void {
    for (const { to, column, file, span } of draft.refs) {
      const own = to.table.length === 0 && to.columns.join() === column;
      if (own) file.tell({ ...span, code: "text.place", what: "This relation", why: "both its ends are the same" });
      else if (to.table.length > 0) this.#end(file, to, null);
    }
  }

  inline(draft: TableDraft): void {
    for (const { operator, to, span, column, file } of draft.refs) {
      const own = draft.columns.get(column);
      const target = this.#end(file, to, draft);
      if (!own || !target) continue;
      const from: End = { draft, columns: [own] };
      this.#relate({ ...span, file, name: null, from, to: target, operator, settings: [], inline: true });
    }
  }

  stated(file: SourceFile, node: RefNode): void {
    const [from, to] = [this.#end(file, node.from, null), this.#end(file, node.to, null)];
    if (from && to) this.#relate({ ...node, file, from, to, inline: false });
  }

  #end(file: SourceFile, end: Endpoint, own: TableDraft | null): End | null {
    const draft = end.table.length === 0 ? own : this.#table(file, end);
    if (!draft) {
      if (end.table.length === 0)
        file.tell({ ...spanOf(end), code: "text.expected", what: "A table and its column", found: end.columns.join(", ") });
      return null;
    }
    const columns: Column[] = [];
    for (const name of end.columns) {
      const column = draft.columns.get(name);
      if (column) columns.push(column);
      else {
        const at = end.columns.length === 1 ? lastPart(file.text, end) : spanOf(end);
        file.tell({ ...at, code: "text.missing", what: "column", name: `${draft.name}.${name}` });
      }
    }
    return columns.length === end.columns.length ? { draft, columns } : null;
  }

  #table(file: SourceFile, end: Endpoint): TableDraft | null {
    const { namespace, name } = this.#context.files.split({ parts: end.table });
    const owned = file.tables.get(keyOf(namespace, name));
    const draft = owned && this.#drafts.get(owned.node);
    if (!draft) file.tell({ ...spanOf(end), code: "text.missing", what: "table", name: end.table.join(".") });
    return draft ?? null;
  }

  #relate(relation: Relation): void {
    const { from, to, file, start, end } = relation;
    const span = { start, end };
    if (from.columns.length !== to.columns.length) {
      file.tell({ ...span, code: "text.place", what: "This relation", why: "its ends have different numbers of columns" });
      return;
    }
    const [one, other] = [endKey(from), endKey(to)];
    if (one === other) {
      file.tell({ ...span, code: "text.place", what: "This relation", why: "both its ends are the same" });
      return;
    }
    const key = one < other ? `${one}\0\0${other}` : `${other}\0\0${one}`;
    if (this.#seen.has(key)) {
      file.tell({ ...span, code: "text.twice", what: "The relation of", name: `${from.draft.name} and ${to.draft.name}` });
      return;
    }
    this.#seen.add(key);
    const sign = relation.operator.replaceAll("?", "");
    if (sign === "<>") this.#join(relation);
    // Of one with one, a stated relation has its key on the right, a column's own where it stands.
    else if (sign === ">" || (sign === "-" && relation.inline)) this.#key(relation, from, to);
    else this.#key(relation, to, from);
  }

  #key(relation: Relation, from: End, to: End): void {
    const actions = this.#actions(relation);
    const said = relation.name?.parts.at(-1) ?? null;
    const usual = foreignName(
      from.draft.name,
      from.columns.map(({ name }) => name),
      this.#context.dialect,
    );
    const name = said ?? takeName(usual, from.draft.taken);
    const ends = {
      tableId: from.draft.id,
      columns: from.columns.map(({ id }) => id),
      refTableId: to.draft.id,
      refColumns: to.columns.map(({ id }) => id),
    };
    const id = idOf<ForeignKeyId>("foreignKey", from.draft.namespace, from.draft.name, name);
    this.keys.push(makeForeignKey({ ...ends, ...actions, id, name }));
  }

  #actions({ file, settings }: Relation): { readonly onDelete: ReferentialAction; readonly onUpdate: ReferentialAction } {
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
      file,
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
    let name = wanted;
    for (let number = 2; this.#names.has(keyOf(namespace, name)); number += 1) name = `${wanted}_${String(number)}`;
    this.#names.add(keyOf(namespace, name));
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
    const namespaceId = this.#context.namespace(from.draft.owned.namespace);
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

const endKey = ({ columns }: End): string =>
  columns.length === 1 ? (columns[0]?.id ?? "") : columns.map(({ id }) => id).join("\0");
const spanOf = ({ start, end }: Span): Span => ({ start, end });
