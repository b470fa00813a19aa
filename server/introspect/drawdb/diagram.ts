/**
 * The `diagramData` of DrawDB's import server. Its integers for rules and cardinality are the seed's; a client that asks for
 * `application/vnd.drawdb+json` gets the strings and fields of today's DrawDB.
 */
import type { ReferentialAction } from "#shared/model/index.ts";
import { sizeOf } from "./schema.ts";
import type { SelectedRelation, SelectedTable, Selection } from "./selection.ts";

/** Makes ids that are unique in one answer. */
export type MintId = () => string;

const COLOR = "#175e7a";
const TABLES_IN_A_ROW = 3;
const MANY_TO_ONE = 2;

const RULES: Readonly<Record<ReferentialAction, { readonly number: number; readonly text: string }>> = {
  "no action": { number: 0, text: "No action" },
  cascade: { number: 1, text: "Cascade" },
  restrict: { number: 2, text: "Restrict" },
  "set null": { number: 3, text: "Set null" },
  "set default": { number: 4, text: "Set default" },
};

/** Where DrawDB knows the engine under another name. */
const DATABASES: Readonly<Record<string, string>> = { postgres: "postgresql" };

/** A default as a person would type it: `'x'::text` -> `x`; other expressions stay. */
function plainDefault(text: string | null): string {
  const quoted = /^'((?:[^']|'')*)'(?:::[\w\s".[\]()]+)?$/.exec(text ?? "");
  return quoted ? (quoted[1] ?? "").replaceAll("''", "'") : (text ?? "");
}

function diagramTable(table: SelectedTable, place: number, mint: MintId) {
  const sole = table.fields.filter(({ primary }) => primary).length === 1;
  return {
    id: mint(),
    name: table.name,
    comment: table.comment ?? "",
    color: COLOR,
    fields: table.fields.map((field) => {
      const size = sizeOf(field.type);
      return {
        id: mint(),
        name: field.name,
        type: field.type.name,
        default: field.increment ? "" : plainDefault(field.default),
        check: "",
        primary: field.primary,
        unique: field.unique || (field.primary && sole),
        notNull: field.notNull,
        increment: field.increment,
        comment: field.comment ?? "",
        ...(size === null ? {} : { size }),
        ...(field.type.values.length === 0 ? {} : { values: field.type.values }),
        ...(field.type.unsigned ? { unsigned: true } : {}),
        ...(field.type.array ? { isArray: true } : {}),
      };
    }),
    indices: table.indexes.map((index, id) => ({ id, ...index })),
    x: 20 + (place % TABLES_IN_A_ROW) * 250,
    y: 20 + Math.floor(place / TABLES_IN_A_ROW) * 200,
  };
}

type DiagramTable = ReturnType<typeof diagramTable>;

function relationships(relations: readonly SelectedRelation[], tables: readonly DiagramTable[], strings: boolean) {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const fieldId = (table: string, field: string): string =>
    byName.get(table)?.fields.find(({ name }) => name === field)?.id ?? "";
  const one = (relation: SelectedRelation, pairs: SelectedRelation["fields"], id: number | string) => {
    const [first] = pairs;
    const ends = pairs.map(({ from, to }) => ({
      startFieldId: fieldId(relation.from, from),
      endFieldId: fieldId(relation.to, to),
    }));
    return {
      name: `fk_${relation.from}_${first?.from ?? ""}_${relation.to}`,
      startTableId: byName.get(relation.from)?.id ?? "",
      endTableId: byName.get(relation.to)?.id ?? "",
      endFieldId: ends[0]?.endFieldId ?? "",
      startFieldId: ends[0]?.startFieldId ?? "",
      id,
      updateConstraint: strings ? RULES[relation.onUpdate].text : RULES[relation.onUpdate].number,
      deleteConstraint: strings ? RULES[relation.onDelete].text : RULES[relation.onDelete].number,
      cardinality: strings ? "many_to_one" : MANY_TO_ONE,
      ...(strings && ends.length > 1 ? { fields: ends } : {}),
    };
  };
  if (strings) return relations.map((relation, id) => one(relation, relation.fields, String(id)));
  // The seed has no composite keys: each pair of columns is a relationship.
  return relations
    .flatMap((relation) => relation.fields.map((pair) => ({ relation, pair })))
    .map(({ relation, pair }, id) => one(relation, [pair], id));
}

/** The chosen tables as a diagram; `strings` for today's DrawDB. */
export function diagramData(selection: Selection, database: string, strings: boolean, mint: MintId) {
  const tables = selection.tables.map((table, place) => diagramTable(table, place, mint));
  const { id } = selection.dialect;
  return {
    database: DATABASES[id] ?? id,
    title: `${database} - Imported`,
    tables,
    relationships: relationships(selection.relations, tables, strings),
    notes: [],
    subjectAreas: [],
    ...(selection.enums.length === 0 ? {} : { enums: selection.enums, types: [] }),
    transform: { zoom: 1, pan: { x: 0, y: 0 } },
  };
}
