/** What a schema holds, counted the way the reference manifest counts a real catalogue. */
import type { Schema } from "#shared/model/index.ts";

const sum = <T>(list: readonly T[], of: (item: T) => number): number => list.reduce((total, item) => total + of(item), 0);

export function postgresCounts(schema: Schema): Readonly<Record<string, number>> {
  const constraints = schema.tables.flatMap((table) => table.constraints);
  const columns = schema.tables.flatMap((table) => table.columns);
  const indexes = schema.tables.flatMap((owner) => owner.indexes);
  const keys = constraints.filter(({ kind }) => kind === "primary" || kind === "unique" || kind === "exclude").length;
  const verbatim = (...kinds: string[]): number => schema.verbatim.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    tables: schema.tables.length,
    columns: columns.length,
    notnull: columns.filter((column) => column.notNull).length,
    // The catalogue keeps a generated column's expression among the defaults.
    defaults: columns.filter((column) => column.default !== null || column.generated !== null).length,
    generated: columns.filter((column) => column.generated !== null).length,
    partitioned: schema.tables.filter((table) => table.partitionBy !== null).length,
    partitions: schema.tables.filter((table) => table.partitionOf !== null).length,
    inherits: sum(schema.tables, (table) => table.inherits.length),
    unlogged: schema.tables.filter((table) => table.unlogged).length,
    pk: constraints.filter(({ kind }) => kind === "primary").length,
    uniq: constraints.filter(({ kind }) => kind === "unique").length,
    fk: schema.foreignKeys.length,
    checks: constraints.filter(({ kind }) => kind === "check").length,
    excl: constraints.filter(({ kind }) => kind === "exclude").length,
    indexes: indexes.length + keys,
    idx_nonconstraint: indexes.length,
    idx_partial: indexes.filter(({ where }) => where !== null).length,
    enums: schema.types.filter(({ kind }) => kind === "enum").length,
    enum_values: sum(schema.types, (type) => (type.kind === "enum" ? type.values.length : 0)),
    domains: schema.types.filter(({ kind }) => kind === "domain").length,
    composites: schema.types.filter(({ kind }) => kind === "composite").length,
    ranges: schema.types.filter(({ kind }) => kind === "range").length,
    views: schema.views.filter(({ materialized }) => !materialized).length,
    matviews: schema.views.filter(({ materialized }) => materialized).length,
    functions: verbatim("function", "procedure"),
    aggregates: verbatim("aggregate"),
    triggers: verbatim("trigger"),
    policies: verbatim("policy"),
    rules: verbatim("rule"),
    rls_tables: schema.tables.filter(({ rowSecurity }) => rowSecurity !== "off").length,
    sequences: schema.sequences.length,
    seq_owned: schema.sequences.filter(({ ownedBy }) => ownedBy !== null).length,
    extensions: verbatim("extension"),
    comments: countComments(schema),
  };
}

/** Comments on relations and their columns, which is what the manifest counts. */
function countComments(schema: Schema): number {
  const has = (thing: { readonly comment: string | null }): number => (thing.comment === null ? 0 : 1);
  return (
    sum(schema.tables, (table) => has(table) + sum(table.columns, has) + sum(table.indexes, has)) +
    sum(schema.views, (view) => has(view) + sum(view.columns, has) + sum(view.indexes, has)) +
    sum(schema.sequences, has) +
    sum(schema.types, (type) => (type.kind === "composite" ? has(type) + sum(type.fields, has) : 0))
  );
}

/** As `postgresCounts`, in the words of the manifest's `sqlite3` truth. */
export function sqliteCounts(schema: Schema): Readonly<Record<string, number>> {
  const real = schema.tables.filter(({ kind }) => kind === "table");
  const columns = real.flatMap((table) => table.columns);
  const constraints = real.flatMap((table) => table.constraints);
  return {
    tables: real.length,
    virtual: schema.tables.length - real.length + schema.verbatim.filter(({ kind }) => kind === "virtual table").length,
    columns: columns.length,
    generated: columns.filter((column) => column.generated !== null).length,
    pk_tables: constraints.filter(({ kind }) => kind === "primary").length,
    fk: schema.foreignKeys.length,
    indexes: sum(real, sqliteIndexes),
    views: schema.views.length,
    triggers: schema.verbatim.filter(({ kind }) => kind === "trigger").length,
    checks_text: constraints.filter(({ kind }) => kind === "check").length,
  };
}

/** Indexes of a table with those behind its keys; an INTEGER PRIMARY KEY is the table's own order and has none. */
function sqliteIndexes(table: Schema["tables"][number]): number {
  const behindKeys = table.constraints.filter((constraint) => {
    if (constraint.kind !== "primary") return constraint.kind === "unique";
    const [only, ...more] = constraint.columns;
    const type = table.columns.find(({ id }) => id === only)?.type;
    return more.length > 0 || type !== "INTEGER";
  });
  return table.indexes.length + behindKeys.length;
}

/**
 * As `postgresCounts`, in the words of the manifest's `mariadb10.11` truth. `checks`: MariaDB keeps one of its own behind every JSON
 * column.
 */
export function mariadbCounts(schema: Schema): Readonly<Record<string, number>> {
  const columns = schema.tables.flatMap((table) => table.columns);
  const constraints = schema.tables.flatMap((table) => table.constraints);
  const indexes = schema.tables.flatMap((table) => table.indexes);
  const kinds = (...wanted: string[]): number => constraints.filter(({ kind }) => wanted.includes(kind)).length;
  const method = (wanted: string): number => indexes.filter((index) => index.method === wanted).length;
  const verbatim = (...wanted: string[]): number => schema.verbatim.filter(({ kind }) => wanted.includes(kind)).length;
  const json = columns.filter(({ type }) => type === "json").length;
  // The columns of views count where their types are known: to a live server.
  const typed = [...columns, ...schema.views.flatMap((view) => view.columns)];
  return {
    tables: schema.tables.length,
    columns: columns.length,
    pk: kinds("primary"),
    uniq: kinds("unique") + indexes.filter(({ unique }) => unique).length,
    fk: schema.foreignKeys.length,
    checks: kinds("check") + json,
    indexes: indexes.length + kinds("primary", "unique"),
    fulltext: method("fulltext"),
    spatial: method("spatial"),
    prefix_idx_cols: sum(indexes, ({ parts }) => parts.filter(({ opclass }) => opclass !== null).length),
    enum_cols: typed.filter(({ type }) => /^(enum|set)\(/.test(type)).length,
    unsigned: typed.filter(({ type }) => /\bunsigned\b/.test(type)).length,
    generated: columns.filter(({ generated }) => generated !== null).length,
    autoinc: columns.filter(({ identity }) => identity !== null).length,
    onupdate: columns.filter(({ options }) => "on_update" in options).length,
    col_comments: columns.filter(({ comment }) => comment !== null).length,
    tbl_comments: schema.tables.filter(({ comment }) => comment !== null).length,
    views: schema.views.length,
    triggers: verbatim("trigger"),
    routines: verbatim("procedure", "function"),
    partitioned: schema.tables.filter(({ partitionBy }) => partitionBy !== null).length,
    noninnodb: schema.tables.filter(({ options }) => "engine" in options).length,
    col_collation_nondefault: json + columns.filter(({ collation, options }) => collation ?? options["charset"]).length,
    json_cols: json,
  };
}
