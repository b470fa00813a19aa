/**
 * The written format of a design, format 3.
 *
 * Root maps of the Y.Doc (roots merge by name, so nobody has to seed an empty document):
 *
 * - `meta`: `format`, `name`, `dialect`.
 * - `tables`: table id -> Y.Map: `made`, the table as it was made, and what was done to it since: its own attributes by name, and its
 *   parts, columns `c:<id>`, constraints `k:<id>`, indexes `i:<id>`.
 * - `namespace`, `type`, `sequence`, `foreignKey`, `view`, `verbatim`: `<id>`. The indexes of a materialized view are parts of it, as
 *   those of a table are: `<view>.i:<id>`.
 * - `<diagram>/positions` and `<diagram>/tints`: by table or view id; `<diagram>/areas` and `<diagram>/notes`: by id, whole values.
 *
 * A part or entity is a record under its key, and `<key>.<attribute>` for each attribute that was changed since, so that two people
 * who change different attributes of one column both win. A record is the JSON text of the attributes it was made with, less those
 * that equal the template: Yjs reads one text many times faster than a key for each. `made` is such a record, with lists of its
 * parts' records, `id` included. A column has one attribute more, `order`, a fractional key.
 *
 * Deleting an entity removes its keys; deleting a part leaves `false` as its record. An attribute that arrives for something deleted
 * is ignored. A namespace only gets the attribute `deleted`: others may have put something into it meanwhile. Ids hold neither `.`
 * nor `:`.
 *
 * In format 2 the indexes of a view were one attribute of it, `indexes`, which is still what it was made with. In format 1 a column's record was its order key, any other record was `true`, and there was no `made`: all attributes had keys of
 * their own.
 */
import { type EntityKind, makeCheck, makeColumn, makeForeignKey, makeIndex, makeKey, makeTable } from "../model/index.ts";

export const FORMAT = 3;
export const MAIN_DIAGRAM = "main";

/** Root maps of the diagram. */
export const DIAGRAM_KINDS = ["positions", "tints", "areas", "notes"] as const;

/** Root maps that hold records, one for each of these kinds. */
export const FLAT_KINDS = ["namespace", "type", "sequence", "foreignKey", "view", "verbatim"] as const;
export type FlatKind = (typeof FLAT_KINDS)[number];

export const PART_PREFIX = { column: "c", constraint: "k", index: "i" } as const;

export type Template = Readonly<Record<string, unknown>>;
const blank = { id: "", name: "" } as const;
const object = { namespaceId: "", name: "", comment: null, dependsOn: [] };

/** Less what is not an attribute. */
function bare(made: object): Template {
  const { id: _id, ...own } = made as Record<string, unknown>;
  return own;
}

function withoutParts(table: object): Template {
  const { columns: _columns, constraints: _constraints, indexes: _indexes, ...own } = bare(table);
  return own;
}

/** What an entity is before anything is said of it, by kind where the entity is a union. */
const TEMPLATES: Readonly<Record<EntityKind, Template | Readonly<Record<"byKind", Readonly<Record<string, Template>>>>>> = {
  table: withoutParts(makeTable({ ...blank, namespaceId: "" } as never)),
  column: bare(makeColumn({ ...blank, type: "" } as never)),
  constraint: {
    byKind: {
      primary: bare(makeKey({ ...blank, kind: "primary", columns: [] } as never)),
      unique: bare(makeKey({ ...blank, kind: "unique", columns: [] } as never)),
      check: bare(makeCheck({ ...blank, expression: "" } as never)),
      exclude: { name: "", comment: null, deferrable: "no", partOf: null, kind: "exclude", definition: "" },
    },
  },
  index: bare(makeIndex({ ...blank, parts: [] } as never)),
  foreignKey: bare(makeForeignKey({ ...blank, tableId: "", columns: [], refTableId: "", refColumns: [] } as never)),
  namespace: { name: "", comment: null },
  type: {
    byKind: {
      enum: { ...object, kind: "enum", values: [] },
      domain: { ...object, kind: "domain", base: "text", notNull: false, default: null, collation: null, checks: [] },
      composite: { ...object, kind: "composite", fields: [] },
      range: { ...object, kind: "range", subtype: "", options: {} },
    },
  },
  sequence: { namespaceId: "", name: "", comment: null, type: "bigint", definition: "", unlogged: false, ownedBy: null },
  view: { ...object, materialized: false, definition: "", columns: [], indexes: [], options: {} },
  verbatim: { ...object, namespaceId: null, kind: "", ownerId: null, definition: "" },
};

/** The template of an entity; null for a kind that is not known here. */
export function template(entity: EntityKind, kind: unknown): Template | null {
  const found = TEMPLATES[entity];
  if (!("byKind" in found)) return found;
  const { byKind } = found as { readonly byKind: Readonly<Record<string, Template>> };
  return typeof kind === "string" && Object.hasOwn(byKind, kind) ? (byKind[kind] ?? null) : null;
}

/** Attributes that are written of an entity and are not part of it. */
export const WRITTEN_ONLY: readonly string[] = ["id", "order", "deleted"];

/** Every attribute that may be written of an entity. */
export function attributesOf(entity: EntityKind): readonly string[] {
  const found = TEMPLATES[entity];
  const templates = "byKind" in found ? Object.values(found.byKind as Readonly<Record<string, Template>>) : [found];
  return [...new Set(templates.flatMap((known) => Object.keys(known))), ...WRITTEN_ONLY];
}

/** Attributes that are stored even when they equal their template: they tell what the entity is. */
export const ALWAYS_STORED: ReadonlySet<string> = new Set(["kind", "name"]);
