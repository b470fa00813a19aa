/** How new a reader of the language must be, and what each cannot hold: the list is data, and is told with what was written. */

/** `classic`: up to 3.x, as many tools have it. `8`: with checks. `10`: with metadata, where places are kept. */
export type Level = "classic" | "8" | "10";

export const LEVELS: readonly Level[] = ["classic", "8", "10"];

/** What DBML cannot say at any level, in words that follow a number. */
export const LOSSES = {
  views: "views",
  objects: "functions, triggers, policies and other objects kept word for word",
  types: "domains, composite and range types (columns keep the names of them)",
  emptyEnums: "enums without values",
  sequences: "sequences (those of serial columns are kept)",
  namespaces: "namespaces with no table or enum in them",
  emptyTables: "tables without columns",
  tableKinds: "foreign or virtual tables as such (they are written as tables)",
  partitions: "marks of partitions and of inheritance (each is written as a table)",
  tableOptions: "options of tables, row level security and UNLOGGED",
  generated: "expressions of generated columns",
  identity: "options of identity columns",
  collations: "collations of columns",
  columnOptions: "options of columns",
  exclusions: "exclusion constraints",
  constraintOptions: "options of constraints (DEFERRABLE, NOT VALID, INCLUDE and the like)",
  doubleRelations: "relations between columns that another one joins already",
  relationOptions: "options of foreign keys (DEFERRABLE, MATCH FULL, NOT VALID and the like)",
  indexOptions: "options of indexes (WHERE, INCLUDE, storage and the like)",
  indexOrder: "orders, lengths, collations and operator classes of parts of indexes",
  comments: "comments on namespaces, enums, checks and foreign keys",
  backticks: "expressions whose backticks were taken away",
  checks: "check constraints",
  places: "places of tables, areas and notes",
  diagrams: "diagrams beside the first",
} as const;

export type LossKey = keyof typeof LOSSES;

/** What only some levels lose. */
export const LOST_BELOW: Readonly<Partial<Record<LossKey, Level>>> = { checks: "8", places: "10" };

export const holds = (level: Level, key: LossKey): boolean => {
  const from = LOST_BELOW[key];
  return from !== undefined && LEVELS.indexOf(level) >= LEVELS.indexOf(from);
};
