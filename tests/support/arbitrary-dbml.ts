/** Arbitrary DBML documents without a fault, in many ways of writing the same. */
import fc from "./fast-check.ts";

const chosen = <T>(...items: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...items);

const type = chosen(
  "int",
  "varchar(255)",
  "decimal(10, 2)",
  '"double precision"',
  "text[]",
  "timestamp",
  "mood",
  "mood[]",
  "enum('a', 'b c')",
  "other.thing",
  "Uuid",
);

const columnSetting = chosen(
  "not null",
  "null",
  "unique",
  "increment",
  "default: 1",
  "default: -2.5",
  "default: 'it\\'s'",
  "default: `now()`",
  "default: true",
  "DEFAULT: null",
  "default: mood.glad",
  "note: 'one line'",
  "note: '''\n    two\n      lines'''",
  "check: `x > 0`",
  "owner: 'me'",
);

const settingsOf = (items: readonly string[]): string => {
  const names = new Set<string>();
  const once = items.filter((item) => {
    const name = (item.split(":")[0] ?? "").toLowerCase();
    const key = name === "null" || name === "not null" ? "null" : name;
    if (names.has(key)) return false;
    names.add(key);
    return true;
  });
  return once.length === 0 ? "" : ` [${once.join(", ")}]`;
};

const column = fc.record({ type, settings: fc.array(columnSetting, { maxLength: 4 }), quoted: fc.boolean() });

const index = chosen(
  "c0",
  "c0 [unique]",
  "c0 [unique, type: btree, name: 'by_first']",
  "(c0, id) [name: \"two\", note: 'why']",
  "`lower(c0)`",
  "(id, `c0 * 2`) [type: hash]",
);

const table = fc.record({
  columns: fc.array(column, { minLength: 1, maxLength: 5 }),
  indexes: fc.uniqueArray(index, { maxLength: 3 }),
  partial: fc.boolean(),
  check: fc.boolean(),
  note: chosen("", "  Note: 'a table'\n", "  Note {\n    '''\n    # Head\n      body\n    '''\n  }\n"),
  head: chosen("", " [headercolor: #abc]", " [note: 'in brackets', headercolor: #1d4ed8]", " as T"),
  word: chosen("Table", "table", "TABLE"),
  refs: fc.array(fc.record({ to: fc.nat(), sign: chosen(">", "<", "-"), form: chosen("inline", "short", "long", "named") }), {
    maxLength: 2,
  }),
});

type Facts = typeof table extends fc.Arbitrary<infer T> ? T : never;

function written(facts: Facts, at: number, refs: string[], tables: number): string {
  const own = `t${String(at)}`;
  const inline: string[] = [];
  for (const [number, { to, sign, form }] of facts.refs.entries()) {
    const target = `t${String(to % tables)}`;
    const from = `r${String(number)}`;
    if (form === "inline") inline.push(`  ${from} int [ref: ${sign} ${target}.id]`);
    else {
      inline.push(`  ${from} int`);
      const relation = `${own}.${from} ${sign} ${target}.id`;
      if (form === "short") refs.push(`Ref: ${relation} [delete: cascade]`);
      else if (form === "named") refs.push(`ref r_${own}_${from}: ${relation}`);
      else refs.push(`Ref {\n  ${relation} [update: set null, delete: no action]\n}`);
    }
  }
  const columns = facts.columns.map(({ type: of, settings, quoted }, number) => {
    const name = `c${String(number)}`;
    return `  ${quoted ? `"${name}"` : name} ${of}${settingsOf(settings)}`;
  });
  const head = facts.head === " as T" ? ` as T${String(at)}` : facts.head;
  const note = facts.head.includes("note") ? "" : facts.note;
  return [
    `${facts.word} ${own}${head} {`,
    "  id int [pk] // the key",
    ...(facts.partial ? ["  ~stamps"] : []),
    ...columns,
    ...inline,
    note.trimEnd(),
    facts.indexes.length > 0 ? `  indexes {\n${facts.indexes.map((item) => `    ${item}`).join("\n")}\n  }` : "",
    facts.check ? "  checks {\n    `id > 0` [name: 'positive']\n    `id < 9`\n  }" : "",
    "}",
  ]
    .filter((line) => line !== "")
    .join("\n");
}

/** A document of one to four tables with an enum, a partial, a group and a note beside them. */
export const document: fc.Arbitrary<string> = fc
  .record({ tables: fc.array(table, { minLength: 1, maxLength: 4 }), project: fc.boolean(), more: fc.boolean() })
  .map(({ tables, project, more }) => {
    const refs: string[] = [];
    const bodies = tables.map((facts, at) => written(facts, at, refs, tables.length));
    return [
      ...(project ? ["Project shop {\n  database_type: 'PostgreSQL'\n  Note: 'all of it'\n}"] : []),
      "/* a list\n   of moods */\nEnum mood {\n  glad\n  \"not so glad\" [note: 'hm']\n}",
      "TablePartial stamps {\n  made_at timestamp [not null, default: `now()`]\n}",
      ...bodies,
      ...refs,
      ...(more ? ["TableGroup some [color: #123456] {\n  t0\n}", "Note hint {\n  'look here'\n}"] : []),
    ].join("\n\n");
  });
