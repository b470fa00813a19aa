/** Arbitrary designs for property tests: every kind of entity, every attribute, references that lead somewhere. */
import fc from "./fast-check.ts";
import {
  type Constraint,
  type Diagram,
  emptySchema,
  type ForeignKey,
  type Index,
  makeColumn,
  makeForeignKey,
  makeIndex,
  makeKey,
  makeTable,
  type Schema,
  type Table,
  type Verbatim,
  type View,
} from "#shared/model/index.ts";

const word = fc.oneof(fc.stringMatching(/^[a-z_]{1,8}$/), fc.string({ minLength: 1, maxLength: 8, unit: "grapheme" }));
const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(of, { nil: null, freq: 3 });
const expression = fc.constantFrom("a > 0", "lower(b)", "now()", "'it''s'", '"Ä" || ?');
const options = fc.dictionary(fc.constantFrom("fillfactor", "strict", "inline"), word, { maxKeys: 2 });
const deferrable = fc.constantFrom("no" as const, "immediate" as const, "deferred" as const);

const type = fc.constantFrom("integer", "text", "numeric(10,2)", "public.mood[]", "VARCHAR(20)");
const generated = maybe(fc.record({ expression, stored: fc.boolean() }));

const columnFacts = fc.record({
  name: word,
  type,
  notNull: fc.boolean(),
  default: maybe(expression),
  identity: maybe(fc.record({ always: fc.boolean(), sequence: fc.constantFrom("", "START WITH 5") })),
  generated,
  collation: maybe(word),
  comment: maybe(word),
  inherited: fc.boolean(),
  options,
});

/** What is drawn for one table; `build` gives it ids and makes its references lead to its own columns. */
const tableFacts = fc.record({
  name: word,
  comment: maybe(word),
  columns: fc.array(columnFacts, { minLength: 1, maxLength: 5 }),
  using: maybe(word),
  unlogged: fc.boolean(),
  partitionBy: maybe(expression),
  options,
  rowSecurity: fc.constantFrom("off" as const, "on" as const, "forced" as const),
  primary: maybe(fc.record({ name: word, deferrable, options, nullsNotDistinct: fc.boolean() })),
  checks: fc.array(fc.record({ name: word, expression, notValid: fc.boolean() }), { maxLength: 2 }),
  exclude: maybe(fc.record({ name: word, definition: expression })),
  index: maybe(fc.record({ name: word, unique: fc.boolean(), where: maybe(expression), descending: fc.boolean(), options })),
  target: maybe(fc.nat()),
  onDelete: fc.constantFrom("no action" as const, "cascade" as const, "set null" as const),
  deferrable,
});

type Facts = typeof tableFacts extends fc.Arbitrary<infer T> ? T : never;

function build(facts: Facts, number: number, namespaceId: Table["namespaceId"]): Table {
  const id = `t${String(number)}` as Table["id"];
  const columns = facts.columns.map((column, at) =>
    makeColumn({ ...column, id: `${id}c${String(at)}` as Table["columns"][number]["id"] }),
  );
  const [first] = columns;
  const own = (kind: string) => `${id}${kind}` as Constraint["id"];
  const base = { comment: null, deferrable: "no" as const, partOf: null };
  const constraints: Constraint[] = [
    ...(facts.primary && first ? [makeKey({ ...facts.primary, id: own("p"), kind: "primary", columns: [first.id] })] : []),
    ...facts.checks.map((check, at) => ({
      ...base,
      ...check,
      id: own(`k${String(at)}`),
      kind: "check" as const,
      noInherit: false,
      notEnforced: true,
      inherited: false,
    })),
    ...(facts.exclude ? [{ ...base, ...facts.exclude, id: own("x"), kind: "exclude" as const }] : []),
  ];
  const part = { expression: null, nulls: null, opclass: null, collation: null };
  const indexes: Index[] =
    facts.index && first
      ? [
          makeIndex({
            name: facts.index.name,
            unique: facts.index.unique,
            where: facts.index.where,
            options: facts.index.options,
            id: `${id}i` as Index["id"],
            parts: [
              { ...part, columnId: first.id, descending: facts.index.descending },
              { ...part, columnId: null, expression: "lower(b)", descending: false, nulls: "last" },
            ],
          }),
        ]
      : [];
  const { name, comment, using, unlogged, partitionBy, options: own_, rowSecurity } = facts;
  const said = { name, comment, using, unlogged, partitionBy, options: own_, rowSecurity };
  return makeTable({ ...said, id, namespaceId, columns, constraints, indexes });
}

function relation(facts: Facts, number: number, tables: readonly Table[]): ForeignKey[] {
  const from = tables[number];
  const to = facts.target === null ? undefined : tables[facts.target % tables.length];
  const [column] = from?.columns ?? [];
  const [target] = to?.columns ?? [];
  if (!from || !to || !column || !target) return [];
  const id = `f${String(number)}` as ForeignKey["id"];
  const ends = { tableId: from.id, columns: [column.id], refTableId: to.id, refColumns: [target.id] };
  return [makeForeignKey({ ...ends, id, name: facts.name, onDelete: facts.onDelete, deferrable: facts.deferrable })];
}

/** A design with up to six tables and a few of everything else. */
export const arbitrarySchema: fc.Arbitrary<Schema> = fc
  .record({
    tables: fc.array(tableFacts, { maxLength: 6 }),
    enums: fc.array(fc.array(word, { maxLength: 3 }), { maxLength: 2 }),
    domain: maybe(fc.record({ base: type, notNull: fc.boolean(), default: maybe(expression) })),
    sequence: maybe(fc.record({ name: word, definition: fc.constantFrom("", "INCREMENT BY 2"), unlogged: fc.boolean() })),
    view: maybe(fc.record({ name: word, materialized: fc.boolean(), definition: expression, options })),
    trigger: maybe(fc.record({ name: word, definition: expression })),
  })
  .map(({ tables: facts, enums, domain, sequence, view, trigger }): Schema => {
    const namespaceId = "n1" as Table["namespaceId"];
    const tables = facts.map((table, at) => build(table, at, namespaceId));
    const object = { namespaceId, comment: null };
    const [owner] = tables;
    const typed = (id: string, name: string) => ({ ...object, id: id as Schema["types"][number]["id"], name, dependsOn: [] });
    const ownedBy = owner?.columns[0] ? { tableId: owner.id, columnId: owner.columns[0].id } : null;
    return {
      ...emptySchema("postgres"),
      namespaces: [{ id: namespaceId, name: "public", comment: "all" }],
      tables,
      foreignKeys: facts.flatMap((table, at) => relation(table, at, tables)),
      types: [
        ...enums.map((values, at) => ({ ...typed(`e${String(at)}`, `enum${String(at)}`), kind: "enum" as const, values })),
        ...(domain ? [{ ...typed("d", "domain"), ...domain, kind: "domain" as const, collation: null, checks: [] }] : []),
      ],
      sequences: sequence
        ? [{ ...object, ...sequence, id: "s" as Schema["sequences"][number]["id"], type: "bigint", ownedBy }]
        : [],
      views: view
        ? [{ ...object, ...view, id: "v" as View["id"], columns: [], indexes: [], dependsOn: tables.map(({ id }) => id) }]
        : [],
      verbatim: trigger
        ? [{ ...object, ...trigger, id: "x" as Verbatim["id"], kind: "trigger", ownerId: owner?.id ?? null, dependsOn: [] }]
        : [],
    };
  });

const place = fc.tuple(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((n) => n + 0),
);
const tint = fc.constantFrom("teal" as const, "rose" as const);

/** A diagram of any of the design's tables. */
export const arbitraryDiagram = (schema: Schema): fc.Arbitrary<Diagram> => {
  const ids = schema.tables.map(({ id }) => id);
  const keyed = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<ReadonlyMap<Table["id"], T>> =>
    fc
      .tuple(fc.subarray(ids), fc.array(of, { minLength: ids.length, maxLength: ids.length }))
      .map(([some, values]) => new Map(some.map((id, at) => [id, values[at] as T])));
  return fc.record({
    id: fc.constant("g" as Diagram["id"]),
    name: word,
    positions: keyed(place),
    tints: keyed(tint),
    areas: fc.array(
      fc.record({ id: fc.constant("a" as Diagram["areas"][number]["id"]), name: word, at: place, size: place, tint }),
      {
        maxLength: 1,
      },
    ),
    notes: fc.array(
      fc.record({ id: fc.constant("o" as Diagram["notes"][number]["id"]), text: word, at: place, size: place, tint }),
      {
        maxLength: 1,
      },
    ),
  });
};
