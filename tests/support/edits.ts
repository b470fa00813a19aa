/** Edits as people make them, over any design: what is picked is drawn from numbers, so that a property test can shrink it. */
import { dropColumn, dropTables } from "#shared/edit/index.ts";
import {
  type Change,
  makeColumn,
  makeForeignKey,
  makeIndex,
  makeKey,
  makeTable,
  type Mint,
  type Schema,
  type Table,
} from "#shared/model/index.ts";

/** Few, so that names collide. */
export const NAMES = ["a", "b", "c"];
const TYPES = ["integer", "text", "public.mood"];
const part = { expression: null, descending: false, nulls: null, opclass: null, collation: null };

export type Numbers = readonly number[];
/** Picks from lists, one number after another. */
export interface Pick {
  readonly of: <T>(list: readonly T[]) => T | null;
  readonly number: () => number;
}

export const picker = (numbers: Numbers): Pick => {
  let next = 0;
  const number = (): number => numbers[next++ % numbers.length] ?? 0;
  return { number, of: (list) => (list.length === 0 ? null : (list[number() % list.length] ?? null)) };
};

const create = (entity: Change["entity"], ownerId: string | null, after: object, at: number | null = null): Change =>
  ({ kind: "create", entity, ownerId, after, at }) as unknown as Change;
const drop = (entity: Change["entity"], ownerId: string | null, before: object): Change =>
  ({ kind: "drop", entity, ownerId, before }) as unknown as Change;
const alter = (entity: Change["entity"], ownerId: string | null, before: object, patch: object): Change =>
  ({ kind: "alter", entity, ownerId, before, after: { ...before, ...patch } }) as unknown as Change;

export type Make = (schema: Schema, pick: Pick, mint: Mint) => readonly Change[];

/** An edit of one table; nothing where there is none. */
export const ofTable =
  (make: (table: Table, pick: Pick, mint: Mint, schema: Schema) => readonly Change[]): Make =>
  (schema, pick, mint) => {
    const table = pick.of(schema.tables);
    return table ? make(table, pick, mint, schema) : [];
  };
/** An edit of one column. */
export const ofColumn = (
  make: (table: Table, column: Table["columns"][number], pick: Pick, schema: Schema, mint: Mint) => readonly Change[],
): Make =>
  ofTable((table, pick, mint, schema) => {
    const column = pick.of(table.columns);
    return column ? make(table, column, pick, schema, mint) : [];
  });

const KINDS = {
  "create a namespace": (_schema, pick, mint) => [create("namespace", null, { id: mint(), name: pick.of(NAMES), comment: null })],
  "drop a namespace": (schema, pick) => {
    const namespace = pick.of(schema.namespaces);
    return namespace ? [drop("namespace", null, namespace)] : [];
  },
  "create a table": (schema, pick, mint) => {
    const namespace = pick.of(schema.namespaces);
    if (!namespace) return [];
    const columns = [
      makeColumn({ id: mint() as never, name: "a", type: "integer" }),
      makeColumn({ id: mint() as never, name: "b", type: "text" }),
    ];
    return [
      create("table", null, makeTable({ id: mint() as never, namespaceId: namespace.id, name: pick.of(NAMES) ?? "", columns })),
    ];
  },
  "drop a table": ofTable((table, _pick, _mint, schema) => dropTables(schema, new Set([table.id]))),
  "drop nothing but a table": ofTable((table) => [drop("table", null, table)]),
  "rename a table": ofTable((table, pick) => [alter("table", null, table, { name: pick.of(NAMES) })]),
  "move a table": ofTable((table, pick, _mint, schema) => [
    alter("table", null, table, { namespaceId: pick.of(schema.namespaces)?.id }),
  ]),
  "make a table a child": ofTable((table, pick, _mint, schema) => [
    alter("table", null, table, { inherits: [pick.of(schema.tables)?.id] }),
  ]),
  "make a table a partition": ofTable((table, pick, _mint, schema) => [
    alter("table", null, table, { partitionOf: { tableId: pick.of(schema.tables)?.id, bound: "DEFAULT" } }),
  ]),
  "create a column": ofTable((table, pick, mint) => [
    create(
      "column",
      table.id,
      makeColumn({ id: mint() as never, name: pick.of(NAMES) ?? "", type: "text" }),
      pick.number() % (table.columns.length + 1),
    ),
  ]),
  "drop a column": ofColumn((table, column, _pick, schema) => dropColumn(schema, table, column)),
  "drop nothing but a column": ofColumn((table, column) => [drop("column", table.id, column)]),
  "rename a column": ofColumn((table, column, pick) => [alter("column", table.id, column, { name: pick.of(NAMES) })]),
  "retype a column": ofColumn((table, column, pick) => [alter("column", table.id, column, { type: pick.of(TYPES) })]),
  "say something of a column": ofColumn((table, column, pick) => [
    alter("column", table.id, column, { comment: pick.of([null, "x"]), notNull: pick.number() % 2 === 0 }),
  ]),
  "reorder columns": ofTable((table, pick) => {
    const before = table.columns.map(({ id }) => id);
    const [turn, swap] = [pick.number(), pick.number()];
    const after = [...before.slice(turn % before.length), ...before.slice(0, turn % before.length)];
    return [{ kind: "reorder", entity: "column", ownerId: table.id, before, after: swap % 2 === 0 ? after : after.reverse() }];
  }),
  "give a key": ofTable((table, pick, mint) => {
    const columns = [pick.of(table.columns)?.id, pick.of(table.columns)?.id].filter((id) => id !== undefined);
    const kind = pick.of(["primary", "primary", "unique"] as const) ?? "unique";
    return columns.length === 0
      ? []
      : [
          create(
            "constraint",
            table.id,
            makeKey({ id: mint() as never, name: pick.of(NAMES) ?? "", kind, columns: [...new Set(columns)] }),
          ),
        ];
  }),
  "drop a key": ofTable((table, pick) => {
    const key = pick.of(table.constraints);
    return key ? [drop("constraint", table.id, key)] : [];
  }),
  "give an index": ofTable((table, pick, mint) => {
    const parts = [pick.of(table.columns), pick.of(table.columns)].flatMap((column) =>
      column ? [{ ...part, columnId: column.id }] : [],
    );
    return parts.length === 0
      ? []
      : [create("index", table.id, makeIndex({ id: mint() as never, name: pick.of(NAMES) ?? "", parts }))];
  }),
  relate: ofTable((table, pick, mint, schema) => {
    const other = pick.of(schema.tables);
    const [column, target] = [pick.of(table.columns), pick.of(other?.columns ?? [])];
    if (!other || !column || !target) return [];
    const ends = { tableId: table.id, columns: [column.id], refTableId: other.id, refColumns: [target.id] };
    return [
      create(
        "foreignKey",
        table.id,
        makeForeignKey({ ...ends, id: mint() as never, name: "fk", onDelete: "set null", onDeleteColumns: [column.id] }),
      ),
    ];
  }),
  "drop a relation": (schema, pick) => {
    const key = pick.of(schema.foreignKeys);
    return key ? [drop("foreignKey", key.tableId, key)] : [];
  },
  "hang a trigger": ofTable((table, pick, mint) => [
    create("verbatim", null, {
      id: mint(),
      kind: "trigger",
      namespaceId: table.namespaceId,
      ownerId: table.id,
      name: pick.of(NAMES),
      definition: ";",
      comment: null,
      dependsOn: [],
    }),
  ]),
  "own a sequence": ofColumn((table, column, pick) => [
    create("sequence", null, {
      id: `s-${column.id}`,
      namespaceId: table.namespaceId,
      name: pick.of(NAMES),
      comment: null,
      type: "bigint",
      definition: "",
      unlogged: false,
      ownedBy: { tableId: table.id, columnId: column.id },
    }),
  ]),
  "show a view": (schema, pick, mint) => {
    const namespace = pick.of(schema.namespaces);
    return namespace
      ? [
          create("view", null, {
            id: mint(),
            namespaceId: namespace.id,
            name: pick.of(NAMES),
            comment: null,
            materialized: true,
            definition: "select 1",
            columns: [],
            indexes: [],
            options: {},
            dependsOn: [],
          }),
        ]
      : [];
  },
  "index a view": (schema, pick, mint) => {
    const view = pick.of(schema.views);
    return view
      ? [
          create(
            "index",
            view.id,
            makeIndex({ id: mint() as never, name: "vi", parts: [{ ...part, columnId: null, expression: "a" }] }),
          ),
        ]
      : [];
  },
} satisfies Readonly<Record<string, Make>>;

export type EditKind = keyof typeof KINDS;
export const EDITS = Object.keys(KINDS) as readonly EditKind[];

/** The changes of one edit; empty where the design has nothing to do it to. */
export const edit = (kind: EditKind, schema: Schema, at: Numbers, mint: Mint): readonly Change[] =>
  KINDS[kind](schema, picker(at), mint);
