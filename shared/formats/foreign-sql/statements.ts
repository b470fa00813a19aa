/** The statements of a script, one by one. What is not followed is told with its place. */
import type { IndexPart, SequenceId, ViewId } from "../../model/index.ts";
import { problem } from "../../result/index.ts";
import { made } from "./cut.ts";
import { attributes, columnNames, element } from "./elements.ts";
import type { Lexeme } from "./lexer.ts";
import type { Script, TableRead } from "./script.ts";
import { Walker } from "./walker.ts";

const SHOWN = 60;

function leave(script: Script, walker: Walker, first: Lexeme, last: Lexeme, why: string): void {
  const text = walker.text.slice(first.start, last.end).replace(/\s+/g, " ");
  const what = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  script.tell(problem("import.skipped", "warning", { what, why }), first, last.end);
}

const elements = (script: Script, table: TableRead, group: Walker): void => {
  for (const item of group.list()) element(script, table, item);
};

function createTable(script: Script, walker: Walker, first: Lexeme): void {
  walker.skip("IF", "NOT", "EXISTS");
  const parts = script.name(walker);
  const group = walker.group();
  const table = group && parts.length > 0 ? script.make(parts) : null;
  if (table && group) {
    elements(script, table, group);
    if (!walker.done && walker.peek() !== "ON") script.tally.count("tableOptions");
  } else if (group) script.tell(problem("text.twice", "warning", { what: "The table", name: parts.join(".") }), first);
  else
    script.tell(
      problem("import.skipped", "warning", { what: `the table ${parts.join(".")}`, why: "its columns are not listed" }),
      first,
    );
}

/** After ALTER TABLE. */
function alterTable(script: Script, walker: Walker): boolean {
  const table = script.find(script.name(walker));
  walker.skip("WITH", "CHECK");
  walker.skip("WITH", "NOCHECK");
  const at = walker.token();
  if (!table && walker.peek() === "DROP" && at) {
    script.aside("ALTER TABLE ... DROP", "a design begins with nothing", at);
    return true;
  }
  if (!table) return false;
  if (walker.skip("ADD")) {
    walker.skip("COLUMN");
    elements(script, table, (walker.peek() === "(" ? walker.group() : null) ?? walker);
    return true;
  }
  if (walker.skip("ALTER", "COLUMN")) {
    modify(script, table, walker);
    return true;
  }
  if (walker.skip("MODIFY")) {
    for (const item of ((walker.peek() === "(" ? walker.group() : null) ?? walker).list()) modify(script, table, item);
    return true;
  }
  const switched = walker.any("CHECK", "NOCHECK", "ENABLE", "DISABLE", "SET", "LOGGING", "NOLOGGING", "PARALLEL");
  if (switched && at) script.aside(`ALTER TABLE ... ${switched}`, "a design does not say it", at);
  return switched !== null;
}

/** A column said again: with a type, or only with what stands behind one. */
function modify(script: Script, table: TableRead, walker: Walker): void {
  const token = walker.next();
  if (!token) return;
  const name = script.named(token);
  const plain = /^(NOT|NULL|DEFAULT|CONSTRAINT|ENABLE|DISABLE|GENERATED)$/.test(walker.peek());
  if (!plain) {
    const word = script.name(walker).at(-1) ?? "";
    const args = (walker.group()?.list() ?? []).map((item) => item.next()?.text ?? "");
    table.draft.patch(script.column(table, name), { type: script.type(word, args, token) });
  }
  attributes(script, table, name, walker);
}

function createIndex(script: Script, walker: Walker, first: Lexeme, unique: boolean, special: string | null): boolean {
  const name = script.name(walker).at(-1) ?? null;
  if (!walker.skip("ON")) return false;
  walker.skip("TABLE");
  const table = script.find(script.name(walker));
  const group = walker.group();
  if (!table || !group) return false;
  if (special !== null) {
    script.tally.count("indexes");
    return true;
  }
  const items = group.list();
  const said = items.map((item) => columnNames(script, new Walker(item.text, item.left).done ? null : groupOf(item))[0]);
  const isPlain = items.every(
    (item) => item.left.length === 1 || (item.left.length === 2 && /^(ASC|DESC)$/.test(item.left[1]?.text ?? "")),
  );
  if (!isPlain) {
    script.tally.count("indexes");
    return true;
  }
  const include = walker.skip("INCLUDE") ? columnNames(script, walker.group()) : [];
  const where = walker.skip("WHERE") ? walker.until((here) => here.peek() === "WITH" || here.peek() === "ON") : null;
  const kept = script.dialect.features.includeColumns ? include : [];
  if (kept.length < include.length) script.tally.count("indexOptions");
  const order = said.map((part): Partial<IndexPart> => ({ descending: part?.descending ?? false }));
  const more = { include: kept.flatMap((part) => script.columnOf(table, part.name)?.id ?? []) };
  const parts = said.flatMap((part) => (part ? [{ column: part.name }] : []));
  table.indexes.push({ said: { name, unique, parts, order, more }, where, at: first });
  return true;
}

/** One item as a list of its own. */
const groupOf = (item: Walker): Walker => new Walker(item.text, item.left);

/** The query that is left, with its names quoted as the dialect does, and the namespace of everything as it is called there. */
function query(script: Script, walker: Walker): string {
  const { quote, features } = script.dialect;
  const tokens = walker.left;
  let out = "";
  let from = tokens[0]?.start ?? 0;
  tokens.forEach((token, at) => {
    const home = tokens[at + 1]?.text === "." && script.named(token).toLowerCase() === script.product.home;
    if (token.kind !== "name" && !home) return;
    out += walker.text.slice(from, token.start) + quote.identifier(home ? features.defaultNamespace : script.named(token));
    from = token.end;
  });
  return out + walker.text.slice(from, tokens.at(-1)?.end ?? from);
}

function createView(script: Script, walker: Walker): boolean {
  const parts = script.name(walker);
  const columns = walker.peek() === "(" ? columnNames(script, walker.group()) : [];
  while (!walker.done && walker.peek() !== "AS") walker.next();
  if (!walker.skip("AS") || walker.done) return false;
  const namespace = script.draft.namespace(script.namespaceOf(parts));
  const name = parts.at(-1) ?? "";
  const definition = query(script, walker);
  const id = `view:${namespace.name}.${name}` as ViewId;
  if (script.draft.views.some((view) => view.id === id)) return false;
  script.draft.views.push({
    ...{ id, namespaceId: namespace.id, name, comment: null, materialized: false, definition, indexes: [], options: {} },
    columns: columns.map((column) => ({ name: column.name, type: "", comment: null, default: null })),
    dependsOn: [...script.tables.values()].map(({ draft }) => draft.id),
  });
  return true;
}

function createSequence(script: Script, walker: Walker, first: Lexeme): boolean {
  const parts = script.name(walker);
  if (!script.dialect.features.sequences) {
    script.tally.count("sequences");
    return true;
  }
  const options: string[] = [];
  while (!walker.done) {
    const step = walker.skip("START", "WITH") ? "START WITH" : walker.skip("INCREMENT", "BY") ? "INCREMENT BY" : null;
    const sign = step !== null && walker.skip("-") ? "-" : "";
    const value = walker.next()?.text ?? "";
    if (step !== null && /^\d{1,18}$/.test(value) && value !== "1") options.push(`${step} ${sign}${value}`);
  }
  const namespace = script.draft.namespace(script.namespaceOf(parts));
  const name = parts.at(-1) ?? "";
  const id = `sequence:${namespace.name}.${name}` as SequenceId;
  if (script.draft.sequences.some((known) => known.id === id))
    script.aside("sequences that stand twice", "the first one counts", first);
  else
    script.draft.sequences.push({
      ...{ id, namespaceId: namespace.id, name, comment: null, type: "bigint", unlogged: false, ownedBy: null },
      definition: options.join(" "),
    });
  return true;
}

function create(script: Script, walker: Walker, first: Lexeme): boolean {
  while (walker.any("OR", "REPLACE", "ALTER", "EDITIONABLE", "NONEDITIONABLE", "FORCE", "NOFORCE") !== null);
  if (walker.skip("GLOBAL", "TEMPORARY") || walker.skip("PRIVATE", "TEMPORARY")) script.tally.count("tableKinds");
  if (walker.skip("TABLE")) createTable(script, walker, first);
  else if (walker.skip("VIEW")) return createView(script, walker);
  else if (walker.skip("SEQUENCE")) return createSequence(script, walker, first);
  else if (walker.skip("TYPE") && walker.peek(1) === "FROM") {
    const name = script.name(walker).at(-1) ?? "";
    walker.skip("FROM");
    alias(script, name, walker);
  } else return createOther(script, walker, first);
  return true;
}

function createOther(script: Script, walker: Walker, first: Lexeme): boolean {
  const unique = walker.skip("UNIQUE");
  const special = walker.any("BITMAP", "COLUMNSTORE", "FULLTEXT", "SPATIAL", "XML", "PRIMARY", "MULTIVALUE");
  walker.any("CLUSTERED", "NONCLUSTERED");
  const column = walker.any("COLUMNSTORE");
  walker.any("XML");
  if (walker.skip("INDEX")) return createIndex(script, walker, first, unique, special === "BITMAP" ? null : (column ?? special));
  return false;
}

function alias(script: Script, name: string, walker: Walker): void {
  const base = script.name(walker).at(-1) ?? "";
  const args = (walker.group()?.list() ?? []).map((item) => item.next()?.text ?? "");
  script.aliases.set(name.toLowerCase(), script.type(base, args, null));
}

/** `COMMENT ON TABLE a IS '...'` of Oracle. */
function comment(script: Script, walker: Walker): boolean {
  const what = walker.skip("ON") ? walker.any("TABLE", "COLUMN") : null;
  const parts = script.name(walker);
  const token = walker.skip("IS") ? walker.next() : null;
  const table = what === "COLUMN" ? script.find(parts.slice(0, -1)) : script.find(parts);
  if (what === null || token?.kind !== "string") return false;
  if (!table) return ofView(script, what === "COLUMN" ? parts.slice(0, -1) : parts, what, token);
  say(table, what === "COLUMN" ? script.column(table, parts.at(-1) ?? "") : null, token.text);
  return true;
}

/** A comment on a view; its columns are not known, so that theirs have no place. */
function ofView(script: Script, parts: readonly string[], what: string, token: Lexeme): boolean {
  const namespace = script.draft.namespace(script.namespaceOf(parts));
  const { views } = script.draft;
  const at = views.findIndex(({ namespaceId, name }) => namespaceId === namespace.id && name === parts.at(-1));
  const view = views[at];
  if (!view) return false;
  if (what === "COLUMN") script.aside("comments on columns of views", "the columns of a view come from its query", token);
  else views[at] = { ...view, comment: token.text === "" ? null : token.text };
  return true;
}

function say(table: TableRead, column: string | null, text: string): void {
  if (column === null) table.draft.comment = text === "" ? null : text;
  else table.draft.patch(column, { comment: text === "" ? null : text });
}

const PLACES = ["NAME", "VALUE", "LEVEL0TYPE", "LEVEL0NAME", "LEVEL1TYPE", "LEVEL1NAME", "LEVEL2TYPE", "LEVEL2NAME"];

/** Procedures of the server that say something of the schema: descriptions, and types by other names. */
function execute(script: Script, walker: Walker): boolean {
  const called = script.name(walker).at(-1)?.toLowerCase() ?? "";
  const args = new Map<string, string>();
  walker.list().forEach((item, at) => {
    const named = item.peek().startsWith("@") && item.peek(1) === "=" ? item.peek().slice(1) : null;
    if (named !== null) item.skip(item.peek(), "=");
    const token = item.next();
    args.set(named ?? PLACES[at] ?? "", token?.kind === "word" ? walker.text.slice(token.start, token.end) : (token?.text ?? ""));
  });
  const argOf = (name: string): string => args.get(name) ?? "";
  if (called === "sp_addtype") {
    const [, base = "", inside] = /^\s*(\w+)\s*(?:\(([^()]*)\))?/.exec(argOf("VALUE")) ?? [];
    const list = inside === undefined ? [] : inside.split(",").map((arg) => arg.trim());
    script.aliases.set(argOf("NAME").toLowerCase(), script.type(base, list, null));
    return true;
  }
  if (called !== "sp_addextendedproperty" || argOf("NAME").toLowerCase() !== "ms_description") return false;
  const table = script.find([argOf("LEVEL0NAME"), argOf("LEVEL1NAME")]);
  const column = /^column$/i.test(argOf("LEVEL2TYPE")) ? argOf("LEVEL2NAME") : null;
  const isPart = column === null && argOf("LEVEL2NAME") !== "";
  if (!table || isPart || !/^table$/i.test(argOf("LEVEL1TYPE"))) return false;
  say(table, column === null ? null : script.column(table, column), argOf("VALUE"));
  return true;
}

function followed(script: Script, walker: Walker, first: Lexeme): boolean {
  if (walker.skip("CREATE")) return create(script, walker, first);
  if (walker.skip("ALTER", "TABLE")) return alterTable(script, walker);
  if (walker.skip("COMMENT")) return comment(script, walker);
  return (walker.skip("EXEC") || walker.skip("EXECUTE")) && execute(script, walker);
}

const OBJECTS = /^(PROCEDURE|PROC|FUNCTION|TRIGGER|PACKAGE|TYPE|SYNONYM|RULE|DIMENSION|MATERIALIZED)$/;

export function readStatement(script: Script, text: string, tokens: readonly Lexeme[]): void {
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (!first || !last) return;
  const what = first.text === "CREATE" || first.text === "ALTER" ? made(tokens) : "";
  const walker = new Walker(text, tokens);
  if (followed(script, walker, first)) return;
  const { aside } = script.product;
  const why = aside[`${first.text} ${what}`] ?? aside[first.text];
  if (OBJECTS.test(what) && first.text === "CREATE") {
    script.tally.count("objects");
    script.aside(`${first.text} ${what}`, "what it does is in the words of its own engine", first);
  } else if (why !== undefined) script.aside(what === "" ? first.text : `${first.text} ${what}`, why, first);
  else leave(script, walker, first, last, "it is not understood here");
}
