/** Relationships of a file as foreign keys. */
import type { ReferentialAction } from "../../model/index.ts";
import type { Item } from "../kit/loose.ts";
import type { ReadTable, Reading } from "./read-tables.ts";
import { actionOf, type Cardinality, cardinalityOf } from "./words.ts";

interface End {
  readonly table: ReadTable;
  readonly columns: readonly string[];
}

/** Tables by their ids; in old files an id is the table's place. */
export class Tables {
  readonly #tables: readonly ReadTable[];
  readonly #byId = new Map<string, ReadTable>();
  readonly #byName: ReadonlyMap<string, ReadTable>;

  constructor(tables: readonly ReadTable[]) {
    this.#tables = tables;
    this.#byName = new Map(tables.map((table) => [table.draft.name, table]));
    for (const [at, table] of tables.entries()) {
      const id = table.item.text("id") ?? String(at);
      if (this.#byId.has(id)) table.item.fault("id", `the id ${id} is taken; relationships mean the table that has it first`);
      else this.#byId.set(id, table);
    }
  }

  find(id: string): ReadTable | null {
    return this.#byId.get(id) ?? this.#tables[place(id)] ?? this.#byName.get(id) ?? null;
  }
}

const place = (id: string): number => (/^\d{1,6}$/.test(id) ? Number(id) : -1);

function fieldOf({ draft, fields, order }: ReadTable, id: string): string | null {
  return fields.get(id) ?? order[place(id)] ?? draft.column(id)?.name ?? null;
}

const isKey = ({ table, columns }: End): boolean => table.draft.isKey(columns);

/** The side that holds the foreign key: the start, unless the relationship says that the many are at the end. */
function sides(cardinality: Cardinality | null, start: End, end: End): readonly [from: End, to: End] {
  if (cardinality === "many_to_one" || cardinality === "one_to_one") return [start, end];
  const [startKey, endKey] = [isKey(start), isKey(end)];
  if (cardinality === "one_to_many") return endKey && !startKey ? [start, end] : [end, start];
  return startKey && !endKey ? [end, start] : [start, end];
}

function actionAt(item: Item, key: string): ReferentialAction {
  const word = item.text(key) ?? "";
  const action = actionOf(word);
  if (action === null) item.fault(key, `${word} is no action of a foreign key; nothing is done`);
  return action ?? "no action";
}

/** Pairs of fields; the first pair stands beside the list of them. */
function pairsOf(item: Item): readonly (readonly [Item, string, string])[] {
  const listed = item.items("fields");
  return (listed.length > 0 ? listed : [item]).map((pair) => [
    pair,
    pair.text("startFieldId") ?? "",
    pair.text("endFieldId") ?? "",
  ]);
}

function endsOf(item: Item, tables: Tables): readonly [End, End] | null {
  const missing = (at: Item, key: string, what: string): null => {
    at.fault(key, `there is no such ${what}; the relationship is left out`, "error");
    return null;
  };
  const start = tables.find(item.text("startTableId") ?? "");
  if (!start) return missing(item, "startTableId", "table");
  const end = tables.find(item.text("endTableId") ?? "");
  if (!end) return missing(item, "endTableId", "table");
  const [from, to]: [string[], string[]] = [[], []];
  for (const [pair, startId, endId] of pairsOf(item)) {
    const one = fieldOf(start, startId);
    if (one === null) return missing(pair, "startFieldId", "field");
    const other = fieldOf(end, endId);
    if (other === null) return missing(pair, "endFieldId", "field");
    from.push(one);
    to.push(other);
  }
  return [
    { table: start, columns: from },
    { table: end, columns: to },
  ];
}

export function relate(item: Item, tables: Tables, { draft, findings }: Reading): void {
  const ends = endsOf(item, tables);
  if (!ends) return;
  const word = item.text("cardinality") ?? "";
  const { cardinality, old } = cardinalityOf(word);
  if (old && word !== "") {
    if (cardinality) findings.leave("Cardinalities in older words", "they are read as what they mean today");
    else item.fault("cardinality", `${word} is no cardinality that is known; the keys of both tables tell which side has many`);
  }
  const [from, to] = sides(cardinality, ...ends);
  if (cardinality === "one_to_one" && !isKey(from))
    findings.leave("Relationships of one with one whose field is not unique", "a design reads them as many with one");
  draft.relate({
    table: from.table.draft,
    columns: from.columns,
    to: to.table.draft,
    refColumns: to.columns,
    name: item.text("name") || null,
    onDelete: actionAt(item, "deleteConstraint"),
    onUpdate: actionAt(item, "updateConstraint"),
    comment: null,
  });
}
