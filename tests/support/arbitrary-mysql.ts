/** Arbitrary designs of MySQL and MariaDB for property tests: any names and texts, every kind of column, key and option. */
import fc from "./fast-check.ts";
import type { Dialect } from "#shared/dialects/dialect.ts";
import {
  type Column,
  type ColumnId,
  emptySchema,
  makeCheck,
  makeColumn,
  makeForeignKey,
  makeIndex,
  makeKey,
  makeTable,
  type Schema,
  type Table,
} from "#shared/model/index.ts";

/** A name may hold anything but a blank at its end and characters beyond the basic plane. */
const name = fc
  .oneof(fc.constantFrom("order", "key", "a b", "Ä`b", 'say "x"', "it's", "1st"), fc.stringMatching(/^[a-z_]{1,12}$/))
  .map((text) => text.trim());
/** Comments hold what three bytes of UTF-8 can: the servers keep them so. */
const text = fc.oneof(
  fc.constantFrom("it's", "a\\b", 'x"y', "line\nfeed", "-- no", "/* no */", ";", "ü Ж 漢"),
  fc.string({ maxLength: 12, unit: "grapheme-ascii" }),
);
const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(of, { nil: null, freq: 3 });

/** Types, each with a default that it can have as this dialect prints it. */
function typed(dialect: Dialect): fc.Arbitrary<Pick<Column, "type" | "default">> {
  const { canonical } = dialect.types;
  const { literal } = dialect.quote;
  const plain = (type: string, value: fc.Arbitrary<string | null>) =>
    value.map((given) => ({ type: canonical(type), default: given }));
  const word = fc.stringMatching(/^[a-z'\\]{1,5}$/);
  return fc.oneof(
    plain("int unsigned", maybe(fc.nat(1000).map(String))),
    plain("decimal(8,2)", maybe(fc.constantFrom("1.50", "-3.00"))),
    plain("tinyint(1)", maybe(fc.constantFrom("0", "1"))),
    plain("varchar(40)", maybe(word.map(literal))),
    plain("date", maybe(fc.constant("'2024-02-29'"))),
    plain("text", fc.constant(null)),
    plain("json", fc.constant(null)),
    plain("bit(4)", maybe(fc.constant("b'101'"))),
    plain("time(3)", fc.constant(null)),
    fc
      .uniqueArray(word, { minLength: 1, maxLength: 3 })
      .map((values) => ({ type: `enum(${values.map(literal).join(",")})`, default: null })),
  );
}

const columnFacts = (dialect: Dialect) =>
  fc.record({ name, kind: typed(dialect), notNull: fc.boolean(), comment: maybe(text), invisible: fc.boolean() });

const tableFacts = (dialect: Dialect) =>
  fc.record({
    comment: maybe(text),
    columns: fc.uniqueArray(columnFacts(dialect), { maxLength: 5, selector: (column) => column.name.toLowerCase() }),
    unique: fc.boolean(),
    prefix: fc.boolean(),
    check: fc.boolean(),
    parent: maybe(fc.nat(10)),
    onDelete: fc.constantFrom("cascade" as const, "set null" as const, "no action" as const, "restrict" as const),
  });

type Facts = ReturnType<typeof tableFacts> extends fc.Arbitrary<infer T> ? T : never;

/** Every table counts its rows in `id` and may point at another by `parent id`. */
function build(dialect: Dialect, facts: Facts, at: number): Table {
  const id = `t${String(at)}` as Table["id"];
  const column = (index: number | string) => `${id}c${String(index)}` as ColumnId;
  const key = { type: dialect.types.canonical("int") };
  const own = facts.columns
    .filter((item) => !["id", "parent id"].includes(item.name))
    .map(({ name: called, kind, notNull, comment, invisible }, index) =>
      makeColumn({
        id: column(index),
        name: called,
        ...kind,
        notNull: notNull && !invisible,
        comment: comment === "" ? null : comment,
        options: invisible ? { invisible: "true" } : {},
      }),
    );
  const long = own.find(({ type }) => type === "text");
  const short = own.find(({ type }) => type === "varchar(40)");
  const part = { expression: null, nulls: null, collation: null, descending: false };
  const mark = { deferrable: "no" as const };
  return makeTable({
    id,
    namespaceId: "n" as Table["namespaceId"],
    name: `table ${String(at)}`,
    comment: facts.comment === "" ? null : facts.comment,
    options: { collate: "utf8mb4_general_ci" },
    columns: [
      makeColumn({ id: column("id"), name: "id", ...key, notNull: true, identity: { always: false, sequence: "" } }),
      ...own,
      makeColumn({ id: column("up"), name: "parent id", ...key }),
    ],
    constraints: [
      makeKey({
        ...mark,
        id: `${id}p` as Table["constraints"][number]["id"],
        kind: "primary",
        name: "PRIMARY",
        columns: [column("id")],
      }),
      ...(facts.unique && short
        ? [
            makeKey({
              id: `${id}u` as Table["constraints"][number]["id"],
              kind: "unique",
              name: "only `once`",
              columns: [short.id],
            }),
          ]
        : []),
      ...(facts.check
        ? [makeCheck({ id: `${id}k` as Table["constraints"][number]["id"], name: `check ${String(at)}`, expression: "1 < 2" })]
        : []),
    ],
    indexes: [
      makeIndex({
        id: `${id}i` as Table["indexes"][number]["id"],
        name: "by parent",
        parts: [{ ...part, columnId: column("up"), opclass: null }],
      }),
      ...(facts.prefix && long
        ? [
            makeIndex({
              id: `${id}x` as Table["indexes"][number]["id"],
              name: "start",
              parts: [{ ...part, columnId: long.id, opclass: "(7)" }],
            }),
          ]
        : []),
    ],
  });
}

/** A design in the database that has no name. */
export const arbitraryMysql = (dialect: Dialect): fc.Arbitrary<Schema> =>
  fc.array(tableFacts(dialect), { minLength: 1, maxLength: 5 }).map((all): Schema => {
    const tables = all.map((facts, at) => build(dialect, facts, at));
    return {
      ...emptySchema(dialect.id),
      namespaces: [{ id: "n" as Table["namespaceId"], name: dialect.features.defaultNamespace, comment: null }],
      tables,
      foreignKeys: all.flatMap((facts, at) => {
        const [from, to] = [tables[at] as Table, facts.parent === null ? undefined : tables[facts.parent % tables.length]];
        if (!to) return [];
        const id = `f${String(at)}` as Schema["foreignKeys"][number]["id"];
        const ends = {
          tableId: from.id,
          columns: [`${from.id}cup` as ColumnId],
          refTableId: to.id,
          refColumns: [`${to.id}cid` as ColumnId],
        };
        return [makeForeignKey({ ...ends, id, name: `up ${String(at)}`, onDelete: facts.onDelete, onUpdate: "cascade" })];
      }),
    };
  });
