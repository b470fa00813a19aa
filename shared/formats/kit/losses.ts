/**
 * What a format can say, as data: one flag for each thing that a design may hold, and the words in which it is told as lost. A format
 * lists its flags; `holdBy` takes away the rest and counts it.
 */
export interface Holds {
  /** Namespaces of tables, types and sequences. Where not, everything stands in the default one. */
  readonly namespaces: boolean;
  readonly views: boolean;
  /** Functions, triggers, policies and the like, word for word. */
  readonly objects: boolean;
  readonly enums: boolean;
  /** Domains, composite and range types. */
  readonly types: boolean;
  /** Sequences that no column's number comes from. */
  readonly sequences: boolean;
  /**
   * How a column that numbers itself is said: as an identity column, as one with a sequence of its own (`serial`), both, or neither.
   * The other of two becomes the one that is held.
   */
  readonly increment: "both" | "identity" | "serial" | "none";
  readonly identityOptions: boolean;
  readonly emptyTables: boolean;
  /** Foreign and virtual tables as such. */
  readonly tableKinds: boolean;
  readonly partitions: boolean;
  /** Options of tables, row level security, UNLOGGED. */
  readonly tableOptions: boolean;
  readonly tableComments: boolean;
  readonly columnComments: boolean;
  /** Comments on namespaces, types, keys, checks and foreign keys. */
  readonly otherComments: boolean;
  readonly indexComments: boolean;
  readonly notNull: boolean;
  readonly defaults: boolean;
  readonly generated: boolean;
  readonly collations: boolean;
  readonly columnOptions: boolean;
  readonly primaryKeys: boolean;
  readonly uniqueKeys: boolean;
  /** Names of primary keys that are not the usual ones. */
  readonly primaryKeyNames: boolean;
  readonly uniqueKeyNames: boolean;
  readonly checks: boolean;
  readonly checkNames: boolean;
  readonly exclusions: boolean;
  /** DEFERRABLE, NOT VALID, INCLUDE and the like. */
  readonly constraintOptions: boolean;
  readonly relations: boolean;
  readonly relationNames: boolean;
  readonly compositeRelations: boolean;
  readonly actions: boolean;
  readonly relationOptions: boolean;
  readonly indexes: boolean;
  readonly indexNames: boolean;
  /** Indexes over expressions. Where not, an index with one is lost whole. */
  readonly expressionIndexes: boolean;
  readonly indexMethods: boolean;
  /** Orders, lengths, collations and operator classes of parts. */
  readonly indexOrder: boolean;
  /** WHERE. Where not, a unique index with one is lost whole: without it, it would forbid more. */
  readonly indexConditions: boolean;
  /** INCLUDE, NULLS NOT DISTINCT, storage and the like. */
  readonly indexOptions: boolean;
  readonly places: boolean;
  readonly tints: boolean;
  readonly areas: boolean;
  readonly notes: boolean;
}

export type Fact = keyof Holds;

/** In words that follow a number. */
export const LOSSES = {
  namespaces: "namespaces (everything stands in one)",
  views: "views",
  objects: "functions, triggers, policies and other objects kept word for word",
  enums: "enums (columns keep the names of them)",
  types: "domains, composite and range types (columns keep the names of them)",
  sequences: "sequences (those of columns that number themselves are kept as such)",
  increment: "marks of columns that number themselves, which this format says otherwise or not",
  identityOptions: "options of identity columns",
  emptyTables: "tables without columns",
  tableKinds: "foreign or virtual tables as such (they are written as tables)",
  partitions: "marks of partitions and of inheritance (each is written as a table)",
  tableOptions: "options of tables, row level security and UNLOGGED",
  tableComments: "comments on tables",
  columnComments: "comments on columns",
  otherComments: "comments on namespaces, types, keys, checks and foreign keys",
  indexComments: "comments on indexes",
  notNull: "marks of columns that must have a value",
  defaults: "defaults of columns",
  generated: "expressions of generated columns",
  collations: "collations of columns",
  columnOptions: "options of columns",
  primaryKeys: "primary keys",
  uniqueKeys: "unique keys",
  primaryKeyNames: "names of primary keys",
  uniqueKeyNames: "names of unique keys",
  checks: "check constraints",
  checkNames: "names of check constraints",
  exclusions: "exclusion constraints",
  constraintOptions: "options of constraints (DEFERRABLE, NOT VALID, INCLUDE and the like)",
  relations: "foreign keys",
  relationNames: "names of foreign keys",
  compositeRelations: "foreign keys of several columns",
  actions: "actions of foreign keys (ON DELETE, ON UPDATE)",
  relationOptions: "options of foreign keys (DEFERRABLE, MATCH FULL, NOT VALID and the like)",
  indexes: "indexes",
  indexNames: "names of indexes",
  expressionIndexes: "indexes over expressions",
  indexMethods: "methods of indexes",
  indexOrder: "orders, lengths, collations and operator classes of parts of indexes",
  indexConditions: "conditions of indexes (a unique index with one is left out)",
  indexOptions: "options of indexes (INCLUDE, storage and the like)",
  places: "places of tables",
  tints: "colours of tables",
  areas: "areas",
  notes: "notes",
  diagrams: "diagrams beside the first",
} as const satisfies Readonly<Record<Fact | "diagrams", string>>;

export type LossKey = keyof typeof LOSSES;

/** Nothing but tables with columns and their types: what a format holds is said over this. */
export const BARE: Holds = {
  ...(Object.fromEntries(Object.keys(LOSSES).map((key) => [key, false])) as unknown as Holds),
  increment: "none",
};
/** Everything of one diagram: what a format does not hold is said over this. */
export const WHOLE: Holds = {
  ...(Object.fromEntries(Object.keys(LOSSES).map((key) => [key, true])) as unknown as Holds),
  increment: "both",
};

/** The words for what a format with these flags may lose, with those of its own. */
export function lossesOf(holds: Holds, own: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const may = (key: LossKey): boolean =>
    key === "diagrams" || key === "namespaces" || (key === "increment" ? holds.increment !== "both" : !holds[key]);
  return { ...Object.fromEntries(Object.entries(LOSSES).filter(([key]) => may(key as LossKey))), ...own };
}

/** What may be lost though a format says it: what is empty, and what no engine would take. */
const ALWAYS: ReadonlySet<string> = new Set(["namespaces", "increment", "defaults", "enums"]);

/** The losses of a format that says this much, in words. What it says in some dialects only has its flag off; namespaces without anything are always lost. */
export function lossesBut(said: Holds): Readonly<Record<string, string>> {
  const flags = said as unknown as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(LOSSES).filter(([key]) => ALWAYS.has(key) || flags[key] !== true));
}
