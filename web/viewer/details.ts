/** What is known of one table or view: its comment, columns, keys, relations and indexes. */
import { columnNames, constraintWords, indexWords, relationWords, valueWords } from "#shared/formats/kit/details.ts";
import { type Column, lookup, type Schema, type Table, type View } from "#shared/model/index.ts";
import type { Chosen } from "./board.ts";
import { element } from "./dom.ts";

type Choose = (chosen: Chosen) => void;

const heading = (text: string): HTMLElement => element("h3", {}, text);
const code = (text: string): HTMLElement => element("code", {}, text);
const list = (items: readonly HTMLElement[]): HTMLElement => element("ul", {}, ...items);
const section = (title: string, items: readonly HTMLElement[]): HTMLElement[] =>
  items.length === 0 ? [] : [heading(title), list(items)];

function columnItem(column: Column, mark: string | null, chosen: boolean): HTMLElement {
  const value = valueWords(column);
  const item = element(
    "li",
    { class: chosen ? "column chosen" : "column" },
    element("b", {}, column.name),
    code(column.type),
    element("small", {}, [mark, column.notNull ? "not null" : null].filter((word) => word !== null).join(" · ")),
  );
  if (value !== "") item.append(element("div", { class: "muted" }, code(value)));
  if (column.comment !== null) item.append(element("div", { class: "comment" }, column.comment));
  return item;
}

function tableParts(table: Table, schema: Schema, columnId: string | null, choose: Choose): HTMLElement[] {
  const find = lookup(schema);
  const names = columnNames(table);
  const go = (id: string, label: string): HTMLElement =>
    element("button", { class: "link", onclick: () => choose({ id, columnId: null }) }, label);
  const outgoing = find.outgoing(table.id).map((key) => {
    const target = find.table(key.refTableId);
    const to = target ? columnNames(target)(key.refColumns).join(", ") : "";
    const words = [names(key.columns).join(", "), " → ", go(key.refTableId, target?.name ?? ""), ` (${to}) `];
    return element("li", { title: key.name }, ...words, element("small", {}, relationWords(key, names)));
  });
  const incoming = find.incoming(table.id).map((key) => {
    const source = find.table(key.tableId);
    const from = source ? columnNames(source)(key.columns).join(", ") : "";
    return element("li", { title: key.name }, go(key.tableId, source?.name ?? ""), ` (${from})`);
  });
  const constraints = table.constraints.map((constraint) => {
    const words = constraintWords(constraint, names);
    const on =
      constraint.kind === "check"
        ? constraint.expression
        : constraint.kind === "exclude"
          ? constraint.definition
          : `(${names(constraint.columns).join(", ")})`;
    const kind = { primary: "primary key", unique: "unique", check: "check", exclude: "exclude" }[constraint.kind];
    return element("li", { title: constraint.name }, `${kind} `, code(on), " ", element("small", {}, words));
  });
  const indexes = table.indexes.map((index) => {
    const { on, how } = indexWords(index, names);
    return element("li", {}, element("b", {}, index.name), code(on), element("small", {}, how));
  });
  const columns = table.columns.map((column) => columnItem(column, find.keyMark(table, column.id), column.id === columnId));
  return [
    ...section("Columns", columns),
    ...section("Refers to", outgoing),
    ...section("Referred to by", incoming),
    ...section("Keys and checks", constraints),
    ...section("Indexes", indexes),
  ];
}

const viewParts = (view: View): HTMLElement[] => [
  ...section(
    "Columns",
    view.columns.map((column) =>
      element(
        "li",
        { class: "column" },
        element("b", {}, column.name),
        code(column.type),
        ...(column.comment === null ? [] : [element("div", { class: "comment" }, column.comment)]),
      ),
    ),
  ),
  heading("Definition"),
  element("pre", {}, view.definition),
];

/** The panel's content for what is chosen; empty for what is not there. */
export function details({ id, columnId }: Chosen, schema: Schema, choose: Choose): readonly HTMLElement[] {
  const find = lookup(schema);
  const table = find.table(id as Table["id"]);
  const view = find.view(id as View["id"]);
  const owner = table ?? view;
  if (!owner) return [];
  const space = find.namespace(owner.namespaceId)?.name ?? "";
  const kind = table
    ? table.kind === "table"
      ? "table"
      : `${table.kind} table`
    : view?.materialized === true
      ? "materialized view"
      : "view";
  return [
    element("h2", {}, owner.name),
    element("p", { class: "muted" }, [space, kind].filter((word) => word !== "").join(" · ")),
    ...(owner.comment === null ? [] : [element("p", { class: "comment" }, owner.comment)]),
    ...(table ? tableParts(table, schema, columnId, choose) : view ? viewParts(view) : []),
  ];
}
