/** What stands in CREATE TABLE and ALTER TABLE ... ADD: columns and constraints. */
import type { ReferentialAction } from "../../model/index.ts";
import type { Lexeme } from "./lexer.ts";
import type { Script, TableRead } from "./script.ts";
import type { Walker } from "./walker.ts";

/** Words that begin an attribute of a column, where a default before them ends. */
const ATTRIBUTES = new Set(
  "NOT NULL CONSTRAINT PRIMARY UNIQUE REFERENCES CHECK COLLATE IDENTITY ROWGUIDCOL SPARSE ENABLE DISABLE INVISIBLE VISIBLE GENERATED WITH DEFAULT FOREIGN FOR".split(
    " ",
  ),
);
const LONG_TYPES = [
  ["DOUBLE", "PRECISION"],
  ["LONG", "RAW"],
  ["CHARACTER", "VARYING"],
  ["CHAR", "VARYING"],
  ["NATIONAL", "CHARACTER", "VARYING"],
  ["NATIONAL", "CHARACTER"],
  ["NATIONAL", "CHAR"],
];

/** The columns of a list, with what stands behind each. */
export function columnNames(
  script: Script,
  group: Walker | null,
): readonly { readonly name: string; readonly descending: boolean }[] {
  return (group?.list() ?? []).flatMap((item) => {
    const token = item.next();
    if (!token || (token.kind !== "word" && token.kind !== "name")) return [];
    return [{ name: script.named(token), descending: item.peek() === "DESC" }];
  });
}

const names = (script: Script, group: Walker | null): readonly string[] => columnNames(script, group).map(({ name }) => name);

function typeOf(script: Script, walker: Walker): string {
  const at = walker.token();
  const long = LONG_TYPES.find((words) => words.every((word, by) => walker.peek(by) === word));
  const parts = long ? [long.join(" ")] : [];
  if (long) walker.skip(...long);
  else parts.push(...script.name(walker));
  let name = (parts.at(-1) ?? "").replace(/^NATIONAL CHAR(ACTER)?/i, "nchar").replace(/nchar varying$/i, "nvarchar");
  const args = (walker.group()?.list() ?? []).map((item) => item.next()?.text ?? "");
  if (walker.skip("WITH", "LOCAL", "TIME", "ZONE") || walker.skip("WITH", "TIME", "ZONE")) name += " with time zone";
  if (/^interval$/i.test(name)) {
    walker.any("YEAR", "DAY");
    walker.group();
    if (walker.skip("TO")) walker.any("MONTH", "SECOND");
    walker.group();
  }
  return script.type(name, args, at);
}

const ACTIONS: readonly (readonly [words: readonly string[], action: ReferentialAction])[] = [
  [["NO", "ACTION"], "no action"],
  [["CASCADE"], "cascade"],
  [["SET", "NULL"], "set null"],
  [["SET", "DEFAULT"], "set default"],
  [["RESTRICT"], "restrict"],
];

function references(script: Script, table: TableRead, name: string | null, columns: readonly string[], walker: Walker): void {
  const at = walker.token();
  const to = script.name(walker);
  const refColumns = names(script, walker.group());
  const does = { DELETE: "no action" as ReferentialAction, UPDATE: "no action" as ReferentialAction };
  while (walker.peek() === "ON" && (walker.peek(1) === "DELETE" || walker.peek(1) === "UPDATE")) {
    walker.next();
    const event = walker.any("DELETE", "UPDATE") as "DELETE" | "UPDATE";
    does[event] = ACTIONS.find(([words]) => walker.skip(...words))?.[1] ?? "no action";
  }
  table.relations.push({ name, columns, to, refColumns, onDelete: does.DELETE, onUpdate: does.UPDATE, at });
}

/** A constraint of a table; false where none begins. */
function constraint(script: Script, table: TableRead, walker: Walker, name: string | null): boolean {
  const key = walker.skip("PRIMARY", "KEY") ? "primary" : walker.skip("UNIQUE") ? "unique" : null;
  if (key) {
    walker.any("CLUSTERED", "NONCLUSTERED");
    table.keys.push({ kind: key, name, columns: names(script, walker.group()) });
    return true;
  }
  if (walker.skip("FOREIGN", "KEY")) {
    const columns = names(script, walker.group());
    if (walker.skip("REFERENCES")) references(script, table, name, columns, walker);
    return true;
  }
  if (walker.skip("CHECK")) {
    walker.skip("NOT", "FOR", "REPLICATION");
    const text = walker.group();
    if (text) table.checks.push({ name, column: null, text });
    return true;
  }
  if (walker.skip("DEFAULT")) {
    const text = walker.until((here) => here.peek() === "FOR");
    if (walker.skip("FOR")) table.defaults.set((script.name(walker).at(-1) ?? "").toLowerCase(), text);
    return true;
  }
  return false;
}

const NOT_ELEMENTS = new Set(["PERIOD", "SUPPLEMENTAL", "INDEX"]);

/** One element between commas. */
export function element(script: Script, table: TableRead, walker: Walker): void {
  const at = walker.token();
  const head = walker.peek();
  if (walker.skip("CONSTRAINT")) {
    const name = script.name(walker).at(-1) ?? null;
    if (!constraint(script, table, walker, name) && at) script.aside("constraints of other kinds", "they are not known here", at);
    return;
  }
  const second = walker.token(1);
  const isColumn = second?.kind === "word" || second?.kind === "name";
  if (!(head === "CHECK" && second?.text === "(") && isColumn && NOT_ELEMENTS.has(head) && walker.peek(2) !== "") {
    if (at) script.aside(`${head} in a table`, "a design says it otherwise or not at all", at);
    return;
  }
  if (constraint(script, table, walker, null)) return;
  column(script, table, walker);
}

function column(script: Script, table: TableRead, walker: Walker): void {
  const token = walker.next();
  if (!token || (token.kind !== "word" && token.kind !== "name")) return;
  const name = script.named(token);
  if (walker.skip("AS")) return computed(script, table, name, walker, token);
  const next = walker.token();
  const typed = next && (next.kind === "name" || (next.kind === "word" && !ATTRIBUTES.has(next.text)));
  const type = typed ? typeOf(script, walker) : script.type("varchar", [], token);
  if (!script.addColumn(table, name, type)) script.aside("columns that stand twice", "the first one counts", token);
  attributes(script, table, name, walker);
}

/** `AS (expression) [PERSISTED]`: its type is for the engine to find, and a number is the likeliest. */
function computed(script: Script, table: TableRead, name: string, walker: Walker, at: Lexeme): void {
  const text = walker.group() ?? walker.until((here) => here.peek() === "PERSISTED" || here.peek() === "VIRTUAL");
  script.addColumn(table, name, script.type("numeric", [], at));
  table.computed.set(name.toLowerCase(), { text, stored: walker.skip("PERSISTED") });
  attributes(script, table, name, walker);
}

/** What is said of a column behind its type. Each turn passes something. */
export function attributes(script: Script, table: TableRead, column: string, walker: Walker): void {
  let name: string | null = null;
  const key = column.toLowerCase();
  while (!walker.done) {
    const at = walker.token();
    if (walker.skip("CONSTRAINT")) name = script.name(walker).at(-1) ?? null;
    else if (walker.skip("NOT", "NULL")) table.draft.patch(script.column(table, column), { notNull: true });
    else if (walker.skip("NULL")) table.draft.patch(script.column(table, column), { notNull: false });
    else if (walker.skip("IDENTITY")) {
      walker.group();
      table.counting.add(key);
    } else if (walker.skip("DEFAULT")) {
      walker.skip("ON", "NULL");
      table.defaults.set(
        key,
        walker.until((here) => here.peek() !== "" && ATTRIBUTES.has(here.peek())),
      );
    } else if (walker.skip("PRIMARY", "KEY") || walker.skip("UNIQUE")) {
      const kind = walker.token(-1)?.text === "UNIQUE" ? "unique" : "primary";
      walker.any("CLUSTERED", "NONCLUSTERED");
      table.keys.push({ kind, name, columns: [column] });
      name = null;
    } else if (walker.skip("REFERENCES")) references(script, table, name, [column], walker);
    else if (walker.skip("FOREIGN", "KEY")) {
      if (walker.skip("REFERENCES")) references(script, table, name, [column], walker);
    } else if (walker.skip("CHECK")) {
      const text = walker.group();
      if (text) table.checks.push({ name, column, text });
      name = null;
    } else if (walker.skip("COLLATE")) {
      script.name(walker);
      script.tally.count("collations");
    } else if (!generated(table, key, walker)) {
      walker.next();
      if (at && at.kind === "word" && !/^(ENABLE|DISABLE|VALIDATE|NOVALIDATE|ASC|DESC)$/.test(at.text))
        script.tally.count("columnOptions");
    }
  }
}

/** `GENERATED ... AS IDENTITY` and `GENERATED ALWAYS AS (...)` of Oracle. */
function generated(table: TableRead, key: string, walker: Walker): boolean {
  if (!walker.skip("GENERATED")) return false;
  if (!walker.skip("ALWAYS")) walker.skip("BY", "DEFAULT");
  walker.skip("ON", "NULL");
  walker.skip("AS");
  if (walker.skip("IDENTITY")) {
    walker.group();
    table.counting.add(key);
    return true;
  }
  const text = walker.group();
  if (text) table.computed.set(key, { text, stored: !walker.skip("VIRTUAL") && false });
  return true;
}
