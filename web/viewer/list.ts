/** The list of tables and views, and the search in their names and those of their columns. */
import type { Table, View } from "#shared/model/index.ts";
import type { Chosen } from "./board.ts";
import { element, part } from "./dom.ts";

/** More than these are not shown at once; the search finds the others. */
const MOST = 300;

interface Found extends Chosen {
  readonly name: string;
  /** What of it was found, where that is a column; else how many columns there are. */
  readonly note: string;
}

/** Tables by their names first, then columns. */
function find(owners: readonly (Table | View)[], wanted: string): Found[] {
  const tables = owners
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .map(({ id, name, columns }): Found => ({ id, columnId: null, name, note: String(columns.length) }));
  if (wanted === "") return tables;
  const columns = owners.flatMap(({ id, name, columns: own }) =>
    own
      .filter((column) => column.name.toLowerCase().includes(wanted))
      .map((column): Found => ({ id, columnId: "id" in column ? String(column.id) : null, name, note: column.name })),
  );
  return [...tables, ...columns];
}

/** Fills the list, again at each letter of the search. Gives what marks the row of what is chosen. */
export function list(owners: readonly (Table | View)[], choose: (chosen: Chosen) => void): (id: string | null) => void {
  const [rows, field, more] = [part("tables"), part("find") as HTMLInputElement, part("more")];
  const sorted = [...owners].sort((a, b) => a.name.localeCompare(b.name));
  let chosen: string | null = null;
  let shown: readonly { readonly found: Found; readonly row: HTMLElement }[] = [];
  const mark = (): void => {
    for (const { found, row } of shown) row.setAttribute("aria-current", String(found.id === chosen));
  };
  const fill = (): void => {
    const found = find(sorted, field.value.trim().toLowerCase());
    shown = found.slice(0, MOST).map((each) => ({
      found: each,
      row: element("button", { onclick: () => choose(each) }, element("span", {}, each.name), element("small", {}, each.note)),
    }));
    rows.replaceChildren(...shown.map(({ row }) => element("li", {}, row)));
    const rest = found.length - shown.length;
    more.textContent =
      found.length === 0 ? "Nothing is called that." : rest > 0 ? `${String(rest)} more: type to find them.` : "";
    mark();
  };
  field.addEventListener("input", fill);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && shown[0]) choose(shown[0].found);
    if (event.key !== "Escape") return;
    field.value = "";
    fill();
  });
  fill();
  return (id) => {
    chosen = id;
    mark();
  };
}
