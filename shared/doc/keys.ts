/**
 * The written format of a design, format 1.
 *
 * Root maps of the Y.Doc (roots merge by name, so nobody has to seed an empty document):
 *
 * - `meta`: `format`, `name`, `dialect`.
 * - `tables`: table id -> Y.Map. In it, the table's own attributes by name, and its parts as flat keys: `c:<id>` (a column's order
 *   key), `k:<id>` and `i:<id>` (true: the constraint or index exists), and `<prefix>:<id>.<attribute>`.
 * - `namespace`, `type`, `sequence`, `foreignKey`, `view`, `verbatim`: flat, `<id>` (true: it exists) and `<id>.<attribute>`.
 * - `<diagram>/positions` and `<diagram>/tints`: by table or view id; `<diagram>/areas` and `<diagram>/notes`: by id, whole values.
 *
 * Only attributes that differ from the templates are stored, each under a key of its own: two people who change different
 * attributes of one column both win. Deleting removes every key; an attribute that arrives for something deleted is ignored
 * because its existence key is gone. Ids hold neither `.` nor `:`.
 */
import { makeColumn, makeForeignKey, makeIndex, makeKey, makeTable, type EntityKind } from "../model/index.ts";

export const FORMAT = 1;
export const MAIN_DIAGRAM = "main";

/** Flat root maps, one for each of these kinds. */
export const FLAT_KINDS = ["namespace", "type", "sequence", "foreignKey", "view", "verbatim"] as const;
export type FlatKind = (typeof FLAT_KINDS)[number];

export const PART_PREFIX = { column: "c", constraint: "k", index: "i" } as const;
export type PartPrefix = (typeof PART_PREFIX)[keyof typeof PART_PREFIX];

type Template = Readonly<Record<string, unknown>>;
const blank = { id: "", name: "" } as const;
const constraint = { name: "", comment: null, deferrable: "no", partOf: null };
const object = { namespaceId: null, name: "", comment: null, dependsOn: [] };

const CONSTRAINTS: Readonly<Record<string, Template>> = {
  check: {
    ...constraint,
    kind: "check",
    expression: "",
    noInherit: false,
    notValid: false,
    notEnforced: false,
    inherited: false,
  },
  exclude: { ...constraint, kind: "exclude", definition: "" },
};

const TYPES: Readonly<Record<string, Template>> = {
  enum: { ...object, kind: "enum", values: [] },
  domain: { ...object, kind: "domain", base: "text", notNull: false, default: null, collation: null, checks: [] },
  composite: { ...object, kind: "composite", fields: [] },
  range: { ...object, kind: "range", subtype: "", options: {} },
};

/** What an entity is before anything is said of it. `kind` tells the members of a union apart and is always stored. */
export function template(entity: EntityKind, kind: string | undefined): Template {
  switch (entity) {
    case "table": {
      const { columns: _c, constraints: _k, indexes: _i, ...own } = makeTable({ ...blank, namespaceId: "" } as never);
      return own;
    }
    case "column":
      return { ...makeColumn({ ...blank, type: "" } as never) };
    case "constraint":
      return CONSTRAINTS[kind ?? ""] ?? { ...makeKey({ ...blank, kind: kind ?? "unique", columns: [] } as never) };
    case "index":
      return { ...makeIndex({ ...blank, parts: [] } as never) };
    case "foreignKey":
      return { ...makeForeignKey({ ...blank, tableId: "", columns: [], refTableId: "", refColumns: [] } as never) };
    case "namespace":
      return { name: "", comment: null };
    case "type":
      return TYPES[kind ?? ""] ?? { ...object, kind };
    case "sequence":
      return { namespaceId: "", name: "", comment: null, type: "bigint", definition: "", unlogged: false, ownedBy: null };
    case "view":
      return { ...object, materialized: false, definition: "", columns: [], indexes: [], options: {} };
    case "verbatim":
      return { ...object, kind: "", ownerId: null, definition: "" };
  }
}

/** Attributes that are stored even when they equal their template: they tell what the entity is. */
export const ALWAYS_STORED: ReadonlySet<string> = new Set(["kind", "name"]);
