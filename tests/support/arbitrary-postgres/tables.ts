/** A table of its facts: columns, constraints, indexes. */
import { identifier as q } from "#shared/dialects/postgres/quote.ts";
import {
  type Column,
  type Constraint,
  type Index,
  makeCheck,
  makeColumn,
  makeIndex,
  makeKey,
  makeTable,
  type Table,
} from "#shared/model/index.ts";
import { type ColumnFacts, type Facts, PLAIN } from "./facts.ts";
import { APP, PUBLIC, typeName } from "./types.ts";

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

/** The table of these facts; `number` keeps its name apart from those of others. */
export function tableOf(facts: Facts, number: number): Table {
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
