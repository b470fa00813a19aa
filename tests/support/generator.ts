/** A seeded generator of designs: the same numbers give the same schema. */
import {
  emptySchema,
  makeColumn,
  makeForeignKey,
  makeIndex,
  makeKey,
  makeTable,
  type Schema,
  type Table,
} from "#shared/model/index.ts";

const WORDS = [
  "order",
  "customer",
  "invoice",
  "product",
  "shipment",
  "payment",
  "account",
  "event",
  "ticket",
  "report",
  "device",
  "session",
];
const NAMES = ["title", "status", "amount", "note", "kind", "rank", "email", "phone", "score", "label", "state", "owner"];
const TYPES = ["text", "integer", "bigint", "boolean", "timestamp with time zone", "numeric(10,2)", "jsonb", "uuid", "date"];

/** Mulberry32: a small seeded generator of numbers from 0 to 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `tables` tables of `columns` columns with about 1.5 foreign keys each, mostly to tables nearby. */
export function generate({
  tables,
  columns = 10,
  seed = 1,
}: {
  readonly tables: number;
  readonly columns?: number;
  readonly seed?: number;
}): Schema {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const namespaceId = "n1" as Table["namespaceId"];
  const made: Table[] = [];
  const foreignKeys: Schema["foreignKeys"][number][] = [];
  for (let t = 0; t < tables; t += 1) {
    const id = `t${String(t)}` as Table["id"];
    const name = `${pick(WORDS)}_${String(t)}`;
    const column = (c: number): Table["columns"][number]["id"] => `t${String(t)}c${String(c)}` as Table["columns"][number]["id"];
    const list = [
      makeColumn({ id: column(0), name: "id", type: "bigint", notNull: true, identity: { always: true, sequence: "" } }),
    ];
    const keys = t === 0 ? 0 : Math.min(columns - 2, random() < 0.5 ? 1 : 2);
    for (let k = 1; k <= keys; k += 1) {
      const near = random() < 0.8 ? Math.max(0, t - 1 - Math.floor(random() * 12)) : Math.floor(random() * t);
      const target = made[near] as Table;
      list.push(
        makeColumn({ id: column(k), name: `${target.name}_id${k > 1 ? "_2" : ""}`, type: "bigint", notNull: random() < 0.6 }),
      );
      foreignKeys.push(
        makeForeignKey({
          id: `t${String(t)}f${String(k)}` as Schema["foreignKeys"][number]["id"],
          tableId: id,
          name: `${name}_fk${String(k)}`,
          columns: [column(k)],
          refTableId: target.id,
          refColumns: [target.columns[0]?.id as Table["columns"][number]["id"]],
        }),
      );
    }
    for (let c = keys + 1; c < columns; c += 1) {
      list.push(makeColumn({ id: column(c), name: `${pick(NAMES)}_${String(c)}`, type: pick(TYPES), notNull: random() < 0.4 }));
    }
    made.push(
      makeTable({
        id,
        namespaceId,
        name,
        columns: list,
        constraints: [
          makeKey({
            id: `${id}pk` as Table["constraints"][number]["id"],
            kind: "primary",
            name: `${name}_pkey`,
            columns: [column(0)],
          }),
        ],
        indexes: [
          makeIndex({
            id: `${id}ix` as Table["indexes"][number]["id"],
            name: `${name}_idx`,
            parts: [
              { columnId: column(columns - 1), expression: null, descending: false, nulls: null, opclass: null, collation: null },
            ],
          }),
        ],
      }),
    );
  }
  // json has no btree operators; the generator's last column may be jsonb, which has.
  return {
    ...emptySchema("postgres"),
    namespaces: [{ id: namespaceId, name: "public", comment: null }],
    tables: made,
    foreignKeys,
  };
}
