/**
 * Arbitrary designs that PostgreSQL accepts, in the engine's own words (expressions as its catalogue prints them), so that what is
 * read back can be compared whole: every kind of entity, every attribute that fits.
 */
import fc from "./fast-check.ts";
import { identifier as q } from "#shared/dialects/postgres/quote.ts";
import {
  type Column,
  type Constraint,
  emptySchema,
  type ForeignKey,
  type Index,
  makeCheck,
  makeColumn,
  makeForeignKey,
  makeIndex,
  makeKey,
  makeTable,
  type Schema,
  type Table,
  type UserType,
  type Verbatim,
  type View,
} from "#shared/model/index.ts";

const PUBLIC = "namespace:public" as Table["namespaceId"];
const APP = 'namespace:App "x"' as Table["namespaceId"];
const NAMESPACES = [
  { id: PUBLIC, name: "public", comment: null },
  { id: APP, name: 'App "x"', comment: "of the\napp" },
];

const stem = fc.constantFrom("plain", "Mixed Case", 'say "hi"', "select", "ä-ö", "user");
const comment = fc.constantFrom(null, null, "said", 'it\'s\nodd \\ "here"');
const flip = fc.boolean();
const deferrable = fc.constantFrom("no" as const, "immediate" as const, "deferred" as const);

/** A type, a default of that type as the catalogue prints it, and what can be said of such a column only. */
const PLAIN: readonly (readonly [type: string, fallback: string])[] = [
  ["integer", "7"],
  ["bigint", "'-1'::integer"],
  ["text", "'it''s'::text"],
  ["numeric(10,2)", "4.99"],
  ["character varying(20)", "'a'::character varying"],
  ["timestamp with time zone", "now()"],
  ["text[]", "'{}'::text[]"],
  ["uuid", "gen_random_uuid()"],
  ["boolean", "false"],
  ["bit(3)", "'101'::\"bit\""],
  ["interval day to second(3)", "'1 day'::interval"],
  ["character(2)", "'x'::bpchar"],
];

const columnFacts = fc.record({
  stem,
  type: fc.nat({ max: PLAIN.length + 4 }),
  fallback: flip,
  notNull: flip,
  named: flip,
  identity: fc.constantFrom(
    null,
    null,
    { always: true, sequence: "" },
    { always: false, sequence: "INCREMENT BY 2 START WITH 5 CYCLE" },
  ),
  generated: fc.constantFrom(null, null, "stored", "virtual"),
  collate: flip,
  comment,
  storage: flip,
});

const tableFacts = fc.record({
  stem,
  app: flip,
  comment,
  keys: fc.array(stem, { minLength: 4, maxLength: 4 }),
  columns: fc.array(columnFacts, { maxLength: 4 }),
  unlogged: flip,
  fillfactor: flip,
  rowSecurity: fc.constantFrom("off" as const, "on" as const, "forced" as const),
  primary: fc.option(fc.record({ two: flip, include: flip, deferrable })),
  unique: fc.option(fc.record({ nullsNotDistinct: flip, include: flip, comment, deferrable })),
  check: fc.option(fc.record({ noInherit: flip, notValid: flip, notEnforced: flip, comment })),
  exclude: fc.option(fc.record({ deferrable, comment })),
  indexes: fc.array(fc.nat({ max: 5 }), { maxLength: 3 }),
  shape: fc.constantFrom("plain", "plain", "partitioned", "parent"),
  policy: flip,
  trigger: flip,
  target: fc.option(fc.nat()),
  actions: fc.constantFrom(
    {},
    { onDelete: "cascade" as const, onUpdate: "set default" as const },
    { onDelete: "set null" as const, match: "full" as const },
    { notValid: true, comment: "to come" },
    { notEnforced: true },
    { deferrable: "deferred" as const },
  ),
});

type Facts = typeof tableFacts extends fc.Arbitrary<infer T> ? T : never;
type ColumnFacts = typeof columnFacts extends fc.Arbitrary<infer T> ? T : never;

/** The types of every design; columns take them by their place after the plain ones. */
const TYPES: readonly UserType[] = [
  { kind: "enum", name: "Mood", values: ["sad", "it's", ""], comment: "felt" },
  {
    kind: "domain",
    name: "positive",
    base: "integer",
    notNull: true,
    default: "1",
    collation: null,
    checks: [{ name: "positive_check", expression: "(VALUE > 0)", notValid: false }],
    comment: null,
  },
  {
    kind: "composite",
    name: "place",
    fields: [
      { name: "street", type: "text", collation: 'pg_catalog."C"', comment: "where" },
      { name: "No", type: "integer", collation: null, comment: null },
    ],
    comment: null,
  },
  {
    kind: "range",
    name: "span",
    subtype: "double precision",
    options: { subtype_diff: "float8mi", multirange_type_name: '"App ""x"""."Spans"' },
    comment: null,
  },
].map((type) => ({ ...type, id: `type:${type.name}` as UserType["id"], namespaceId: APP, dependsOn: [] }) as UserType);

const typeName = (at: number): string => `"App ""x""".${q(TYPES[at]?.name ?? "Mood")}`;

function extraColumn(facts: ColumnFacts, at: number, table: string, key: Column): Column {
  const name = `${facts.stem} ${String(at)}`;
  const id = `${table}/${name}` as Column["id"];
  const own = facts.type - PLAIN.length;
  const [plain, fallback] = PLAIN[facts.type] ?? [typeName(own), own === 0 ? `'sad'::${typeName(0)}` : null];
  const type = own === 4 ? `${typeName(0)}[]` : plain;
  const integer = type === "integer" || type === "bigint";
  const identity = integer ? facts.identity : null;
  // A virtual column takes no type of the person's own.
  const generated =
    facts.generated !== null && type === "integer" && !identity
      ? { expression: `(${q(key.name)} + 1)`, stored: facts.generated === "stored" }
      : null;
  const virtual = generated !== null && !generated.stored;
  const notNull = identity !== null || facts.notNull;
  return makeColumn({
    id,
    name,
    type,
    notNull,
    identity,
    generated,
    default: facts.fallback && fallback !== null && own < 4 && !identity && !generated ? fallback : null,
    collation: type === "text" && facts.collate ? 'pg_catalog."C"' : null,
    comment: facts.comment,
    options: {
      ...(type === "text" && facts.storage ? { storage: "EXTERNAL", compression: "pglz" } : {}),
      ...(facts.storage && !virtual ? { statistics: "200", "attribute.n_distinct": "5" } : {}),
      ...(notNull && facts.named ? { not_null_name: `${String(at)} must be` } : {}),
    },
  });
}

const keyNames = (facts: Facts): readonly [string, string, string, string] =>
  facts.keys.map((name, at) => `${name}${"abcd"[at] ?? ""}`) as unknown as readonly [string, string, string, string];

/** Four columns that keys and indexes are over, and some more. */
function columnsOf(facts: Facts, table: string): Column[] {
  const [a, b, c, d] = keyNames(facts);
  const column = (name: string, type: string, notNull: boolean): Column =>
    makeColumn({ id: `${table}/${name}` as Column["id"], name, type, notNull });
  const key = column(a, "integer", true);
  return [
    key,
    column(b, "text", facts.primary?.two ?? false),
    column(c, "int4range", false),
    column(d, "jsonb", false),
    ...facts.columns.map((extra, at) => extraColumn(extra, at, table, key)),
  ];
}

function constraintsOf(facts: Facts, table: string, columns: readonly Column[]): Constraint[] {
  const [a, b, c] = columns.map(({ id }) => id) as [Column["id"], Column["id"], Column["id"]];
  const id = (kind: string): Constraint["id"] => `${table}!${kind}` as Constraint["id"];
  const partitioned = facts.shape === "partitioned";
  const found: Constraint[] = [];
  const { primary, unique, check, exclude } = facts;
  if (primary) {
    const { include } = primary;
    const more = { deferrable: primary.deferrable, include: include ? [c] : [] };
    found.push(makeKey({ id: id("p"), kind: "primary", name: `${table}p`, columns: primary.two ? [a, b] : [a], ...more }));
  }
  if (unique) {
    const more = { deferrable: unique.deferrable, comment: unique.comment, nullsNotDistinct: unique.nullsNotDistinct };
    const include = unique.include ? { include: [c] } : {};
    found.push(makeKey({ id: id("u"), kind: "unique", name: `${table} U`, columns: [b, a], ...more, ...include }));
  }
  if (check) {
    const notValid = check.notValid && !check.notEnforced && !partitioned;
    const noInherit = check.noInherit && facts.shape === "plain";
    const expression = `(${q(columns[0]?.name ?? "")} > 0)`;
    found.push(makeCheck({ ...check, id: id("c"), name: `${table}c`, expression, notValid, noInherit }));
  }
  if (exclude && !partitioned) {
    const definition = `USING gist (${q(columns[2]?.name ?? "")} WITH &&)`;
    found.push({ ...exclude, id: id("x"), name: `${table}x`, kind: "exclude", definition, partOf: null });
  }
  return found;
}

function indexesOf(facts: Facts, table: string, columns: readonly Column[]): Index[] {
  const [a, b, , d] = columns.map(({ id }) => id) as [Column["id"], Column["id"], Column["id"], Column["id"]];
  const part = { columnId: null, expression: null, descending: false, nulls: null, opclass: null, collation: null };
  const first = q(columns[0]?.name ?? "");
  const kinds: readonly Partial<Index>[] = [
    {
      parts: [
        { ...part, columnId: a, descending: true, nulls: "last" },
        { ...part, columnId: b },
      ],
      comment: "sorted",
    },
    { parts: [{ ...part, columnId: d, opclass: "jsonb_path_ops" }], method: "gin", options: { fastupdate: "off" } },
    {
      parts: [{ ...part, expression: `lower(${q(columns[1]?.name ?? "")})`, nulls: "first" }],
      where: `(${first} > 0)`,
      options: { fillfactor: "70" },
    },
    { parts: [{ ...part, columnId: b, opclass: "text_pattern_ops", collation: 'pg_catalog."C"' }], include: [a] },
    {
      parts: [
        { ...part, columnId: a },
        { ...part, columnId: b },
      ],
      unique: true,
      nullsNotDistinct: true,
    },
    { parts: [{ ...part, columnId: a }], method: "brin" },
  ];
  return facts.indexes.map((kind, at) =>
    makeIndex({
      ...kinds[kind],
      id: `${table}?${String(at)}` as Index["id"],
      name: `${table} i${String(at)}`,
      parts: kinds[kind]?.parts ?? [],
    }),
  );
}

function tableOf(facts: Facts, number: number): Table {
  const name = `${facts.stem}${String(number)}`;
  const columns = columnsOf(facts, name);
  const partitioned = facts.shape === "partitioned";
  return makeTable({
    id: `table:${name}` as Table["id"],
    namespaceId: facts.app ? APP : PUBLIC,
    name,
    comment: facts.comment,
    columns,
    constraints: constraintsOf(facts, name, columns),
    indexes: indexesOf(facts, name, columns),
    unlogged: facts.unlogged && !partitioned,
    partitionBy: partitioned ? `RANGE (${q(columns[0]?.name ?? "")})` : null,
    options: facts.fillfactor && !partitioned ? { fillfactor: "80" } : {},
    rowSecurity: facts.rowSecurity,
  });
}

/** Its columns have the same names and ids that tell whose they are. */
function renamed(name: string): { readonly id: Table["id"]; readonly mine: <T extends string>(id: T) => T } {
  return { id: `table:${name}` as Table["id"], mine: (id) => `${name}<${id}` as typeof id };
}

/** A partition: everything of its parent, as its share. */
function partitionOf(parent: Table, at: number): Table {
  const name = `${parent.name} p${String(at)}`;
  const { id, mine } = renamed(name);
  return makeTable({
    id,
    namespaceId: parent.namespaceId,
    name,
    columns: parent.columns.map((column) => ({
      ...column,
      id: mine(column.id),
      inherited: true,
      comment: null,
      // The sequence is the parent's.
      identity: column.identity && { ...column.identity, sequence: "" },
      options: column.notNull ? { not_null_inherited: "true" } : {},
    })),
    constraints: parent.constraints.map((constraint): Constraint => {
      const own = {
        id: mine(constraint.id),
        name: constraint.kind === "check" ? constraint.name : `${constraint.name} ${String(at)}`,
      };
      if (constraint.kind === "check") return { ...constraint, ...own, inherited: true, comment: null };
      if (constraint.kind === "exclude") return constraint;
      const [columns, include] = [constraint.columns.map(mine), constraint.include.map(mine)];
      return { ...constraint, ...own, columns, include, partOf: constraint.id, comment: null };
    }),
    indexes: parent.indexes.map((index) => ({
      ...index,
      id: mine(index.id),
      name: `${index.name} ${String(at)}`,
      parts: index.parts.map((part) => ({ ...part, columnId: part.columnId && mine(part.columnId) })),
      include: index.include.map(mine),
      partOf: index.id,
      comment: null,
    })),
    partitionOf: { tableId: parent.id, bound: at === 0 ? "FOR VALUES FROM (0) TO (10)" : "DEFAULT" },
  });
}

/** A child by INHERITS, with a column of its own. */
function childOf(parent: Table): Table {
  const name = `${parent.name} child`;
  const { id, mine } = renamed(name);
  const columns = parent.columns.map((column) => ({
    ...column,
    id: mine(column.id),
    inherited: true,
    identity: null,
    comment: null,
    options: {
      ...(column.options["storage"] === undefined ? {} : { storage: "EXTERNAL", compression: "pglz" }),
      ...(column.notNull
        ? {
            not_null_name: column.options["not_null_name"] ?? `${parent.name}_${column.name}_not_null`,
            not_null_inherited: "true",
          }
        : {}),
    },
  }));
  return makeTable({
    id,
    namespaceId: PUBLIC,
    name,
    columns: [...columns, makeColumn({ id: `${name}/own` as Column["id"], name: "own", type: "date" })],
    constraints: parent.constraints.flatMap((constraint) =>
      constraint.kind === "check" ? [{ ...constraint, id: mine(constraint.id), inherited: true, comment: null }] : [],
    ),
    inherits: [parent.id],
  });
}

function relation(facts: Facts, from: Table, tables: readonly Table[]): ForeignKey[] {
  // A key to a partitioned table has a share to each partition, which the engine makes and names.
  const targets = tables.filter(
    ({ constraints, partitionBy }) =>
      partitionBy === null && constraints.some(({ kind, deferrable: later }) => kind === "primary" && later === "no"),
  );
  const to = facts.target === null ? undefined : targets[facts.target % targets.length];
  const key = to?.constraints.find(({ kind }) => kind === "primary");
  if (!to || key?.kind !== "primary" || from.partitionBy !== null || (to.unlogged && !from.unlogged)) return [];
  const notValid = "notValid" in facts.actions;
  const id = `${from.name}@` as ForeignKey["id"];
  const columns = from.columns.slice(0, key.columns.length).map((column) => column.id);
  const ends = { tableId: from.id, columns, refTableId: to.id, refColumns: key.columns };
  const only = "match" in facts.actions ? { onDeleteColumns: columns.slice(-1) } : {};
  return [makeForeignKey({ ...facts.actions, ...only, ...ends, id, name: `${from.name} to`, notValid })];
}

const qualified = (table: Table): string => `${table.namespaceId === APP ? '"App ""x"""' : "public"}.${q(table.name)}`;

function verbatimOf(facts: Facts, table: Table): Verbatim[] {
  const base = { namespaceId: null, ownerId: table.id, comment: facts.comment, dependsOn: [] };
  const first = q(table.columns[0]?.name ?? "");
  const policy = `CREATE POLICY ${q(facts.stem)} ON ${qualified(table)} FOR SELECT USING ((${first} > 0))`;
  const trigger = `CREATE TRIGGER ${q(facts.stem)} BEFORE INSERT OR UPDATE ON ${qualified(table)} FOR EACH ROW EXECUTE FUNCTION public.touch()`;
  const id = (kind: string): Verbatim["id"] => `${kind}:${table.name}` as Verbatim["id"];
  return [
    ...(facts.policy ? [{ ...base, id: id("policy"), kind: "policy", name: facts.stem, definition: policy }] : []),
    ...(facts.trigger ? [{ ...base, id: id("trigger"), kind: "trigger", name: facts.stem, definition: trigger }] : []),
  ];
}

const TOUCH: Verbatim = {
  id: "function:touch" as Verbatim["id"],
  kind: "function",
  namespaceId: PUBLIC,
  ownerId: null,
  name: "touch()",
  definition:
    "CREATE OR REPLACE FUNCTION public.touch()\n RETURNS trigger\n LANGUAGE plpgsql\nAS $function$begin return new; end$function$",
  comment: "marks",
  dependsOn: [],
};

function viewOf(table: Table, materialized: boolean, text: string | null): View {
  const [column] = table.columns;
  const name = column?.name ?? "";
  const part = { columnId: null, expression: q(name), descending: false, nulls: null, opclass: null, collation: null };
  const id = `view:${materialized ? "m" : "v"}` as View["id"];
  const index = makeIndex({ id: `${id}?` as Index["id"], name: "of view", parts: [part], unique: true, comment: text });
  return {
    id,
    namespaceId: PUBLIC,
    name: materialized ? "Kept" : "seen",
    comment: text,
    materialized,
    definition: ` SELECT ${q(name)}\n   FROM ${qualified(table)}`,
    columns: [{ name, type: "integer", comment: text, default: materialized ? null : "3" }],
    indexes: materialized ? [index] : [],
    options: materialized ? { no_data: "true" } : { security_barrier: "true" },
    dependsOn: [table.id],
  };
}

/** A design of up to four tables, with their partitions and children, and some of everything else. */
export const arbitraryPostgres: fc.Arbitrary<Schema> = fc
  .record({
    facts: fc.array(tableFacts, { minLength: 1, maxLength: 4 }),
    view: fc.option(comment),
    kept: fc.option(comment),
    sequence: fc.constantFrom("", "INCREMENT BY -1 MINVALUE -5 MAXVALUE 9 START WITH 3 CACHE 4 CYCLE"),
    owned: flip,
    unlogged: flip,
  })
  .map(({ facts, view, kept, sequence, owned, unlogged }): Schema => {
    const own = facts.map(tableOf);
    const [first] = own as [Table];
    const more = own.flatMap((table, at) => {
      if (facts[at]?.shape === "partitioned") return [partitionOf(table, 0), partitionOf(table, 1)];
      return facts[at]?.shape === "parent" ? [childOf(table)] : [];
    });
    const column = first.columns[0];
    return {
      ...emptySchema("postgres"),
      namespaces: NAMESPACES,
      tables: [...own, ...more],
      foreignKeys: own.flatMap((table, at) => relation(facts[at] as Facts, table, own)),
      types: TYPES,
      sequences: [
        {
          id: "sequence:s" as Schema["sequences"][number]["id"],
          namespaceId: owned ? first.namespaceId : APP,
          name: "Counter",
          comment: "counts",
          type: "integer",
          definition: sequence,
          unlogged: owned ? first.unlogged : unlogged,
          ownedBy: owned && column ? { tableId: first.id, columnId: column.id } : null,
        },
      ],
      views: [
        ...(view === null ? [] : [viewOf(first, false, view)]),
        ...(kept === null || first.unlogged ? [] : [viewOf(first, true, kept)]),
      ],
      verbatim: [TOUCH, ...own.flatMap((table, at) => verbatimOf(facts[at] as Facts, table))],
    };
  });
