/** One statement of a dump: what it does to what the dump has made so far. */
import type { Problem, TextSpan } from "../../../result/index.ts";
import type { TypeSystem } from "../../dialect.ts";
import type { Flavour } from "../flavour.ts";
import { Cursor } from "../text/cursor.ts";
import { openExecutable } from "../text/lexer.ts";
import { type Mode, USUAL } from "../text/mode.ts";
import { toUsual } from "../text/usual.ts";
import { readAlterTable } from "./alter.ts";
import { charsetName } from "./columns.ts";
import { type Context, leaveOut, refuse, type Told } from "./context.ts";
import type { Draft } from "./draft.ts";
import { type Header, readHeader, readObject, readSequence, readView } from "./objects.ts";
import { readCreateIndex, readCreateTable } from "./table.ts";

/** What stays between the statements of one dump. */
export interface Session {
  readonly flavour: Flavour;
  readonly types: TypeSystem;
  readonly draft: Draft;
  readonly problems: Problem[];
  readonly told: Told;
  /** The database in use. */
  namespace: string;
}

/** Statements about the session, rows or their order: leaving them out loses nothing that anyone would miss. */
const SILENT =
  /^(SET|LOCK|UNLOCK|COMMIT|BEGIN|START|ROLLBACK|SAVEPOINT|RELEASE|ANALYZE|OPTIMIZE|CHECK|FLUSH|SHOW|CHANGE|RESET|WARNINGS|XA|PREPARE|EXECUTE|DEALLOCATE|EXPLAIN|DESCRIBE|DESC|HELP|KILL|PURGE)$/;
const ROUTINE = /^\s*create\b[^;]*?\b(trigger|procedure|function|event|package)\b/i;
const RIGHTS = /^(GRANT|REVOKE)$/;

/** Reads one statement; `span` is where it stands in the dump. Gives the context, whose problems say what was left out. */
export function readStatement(session: Session, text: string, mode: Mode, span: TextSpan | null): void {
  const { flavour, types, draft, namespace, problems, told } = session;
  const code = openExecutable(text, mode, flavour.executes);
  // A routine keeps its mode, everything else is written in the usual one.
  const own = mode.sql === "" || ROUTINE.test(code);
  const cursor = own ? new Cursor(code, mode) : new Cursor(toUsual(code, mode), USUAL);
  const context: Context = { flavour, types, draft, namespace, cursor, span, problems, told };
  const word = cursor.peek();
  if (cursor.done || SILENT.test(word)) return;
  if (cursor.skip("USE")) session.namespace = cursor.name();
  else if (cursor.skip("CREATE")) readCreate(context);
  else if (cursor.skip("ALTER")) readAlter(context);
  else if (cursor.skip("DROP")) readDrop(context, session);
  else if (cursor.skip("RENAME", "TABLE") || cursor.skip("RENAME", "TABLES")) readRename(context);
  else if (RIGHTS.test(word)) leaveOut(context, word, "rights belong to a server, not to a design");
  else refuse(context, "it is not a statement that is known here");
}

const INDEX_KINDS: readonly (readonly [words: readonly string[], kind: "index" | "unique" | "fulltext" | "spatial"])[] = [
  [["INDEX"], "index"],
  [["UNIQUE", "INDEX"], "unique"],
  [["FULLTEXT", "INDEX"], "fulltext"],
  [["SPATIAL", "INDEX"], "spatial"],
];

const OBJECT_KINDS: readonly (readonly string[])[] = [
  ["TRIGGER"],
  ["PROCEDURE"],
  ["FUNCTION"],
  ["EVENT"],
  ["PACKAGE", "BODY"],
  ["PACKAGE"],
];

function readCreate(context: Context): void {
  const { cursor } = context;
  const header = readHeader(context);
  if (cursor.skip("TABLE")) return readCreateTable(context, header.replace);
  if (cursor.skip("VIEW")) return readView(context, header);
  if (cursor.skip("SEQUENCE")) return readSequence(context);
  if (cursor.skip("DATABASE") || cursor.skip("SCHEMA")) return readDatabase(context);
  if (cursor.skip("TEMPORARY")) return leaveOut(context, cursor.text, "temporary tables are not part of a schema");
  for (const how of ["ONLINE", "OFFLINE"]) cursor.skip(how);
  for (const [words, kind] of INDEX_KINDS) if (cursor.skip(...words)) return readCreateIndex(context, kind);
  readOther(context, header);
}

function readOther(context: Context, header: Header): void {
  const { cursor } = context;
  const kind = OBJECT_KINDS.find((words) => cursor.skip(...words));
  if (kind?.[0] === "FUNCTION" && / SONAME /i.test(cursor.text))
    return leaveOut(context, cursor.text, "a function of a library belongs to a server, not to a design");
  if (kind) return readObject(context, kind.join(" ").toLowerCase(), header);
  if (/^(USER|ROLE|SERVER|TABLESPACE|LOGFILE|UNDO|RESOURCE|SPATIAL)$/.test(cursor.peek()))
    return leaveOut(context, `CREATE ${cursor.peek()}`, "it belongs to a server, not to a design");
  refuse(context, `there is no ${cursor.peek() || "such thing"} that could be created`);
}

function readDatabase(context: Context): void {
  const { cursor, draft } = context;
  cursor.skip("IF", "NOT", "EXISTS");
  const name = cursor.name();
  const options: Record<string, string> = {};
  while (!cursor.done) {
    const word = cursor.next().word;
    if (word !== "SET" && word !== "CHARSET" && word !== "COLLATE") continue;
    cursor.skip("=");
    options[word === "COLLATE" ? "collate" : "charset"] = charsetName(cursor.name());
  }
  if (!draft.namespaces.has(name)) draft.namespaces.set(name, { options, comment: null });
}

function readAlter(context: Context): void {
  const { cursor } = context;
  for (const how of ["ONLINE", "IGNORE"]) cursor.skip(how);
  if (cursor.skip("TABLE")) return readAlterTable(context);
  if (cursor.skip("DATABASE") || cursor.skip("SCHEMA")) return;
  const header = readHeader(context);
  if (cursor.skip("VIEW")) return readView(context, { ...header, replace: true });
  leaveOut(context, cursor.text, "changes of this kind are not followed");
}

function readDrop(context: Context, session: Session): void {
  const { cursor, draft } = context;
  const database = cursor.skip("DATABASE") || cursor.skip("SCHEMA");
  const object = database ? undefined : OBJECT_KINDS.find((words) => cursor.skip(...words));
  cursor.skip("TEMPORARY");
  const index = !object && cursor.skip("INDEX");
  const relation = ["TABLE", "TABLES", "VIEW", "SEQUENCE"].some((word) => cursor.skip(word));
  const ifExists = cursor.skip("IF", "EXISTS");
  if (database) return draft.dropNamespace(cursor.name());
  if (index) {
    const name = cursor.name().toLowerCase();
    cursor.skip("ON");
    const on = cursor.qualifiedName();
    const table = draft.table(on.namespace ?? session.namespace, on.name);
    if (table) table.keys = table.keys.filter((key) => key.name.toLowerCase() !== name);
    return;
  }
  if (!object && !relation) return leaveOut(context, cursor.text, "it belongs to a server, not to a design");
  do {
    const { namespace, name } = cursor.qualifiedName();
    const within = namespace ?? session.namespace;
    const gone = object ? draft.dropObject(object.join(" ").toLowerCase(), within, name) : draft.drop(within, name);
    if (!gone && !ifExists) leaveOut(context, cursor.text, "nothing to drop");
  } while (cursor.skip(","));
}

function readRename(context: Context): void {
  const { cursor, draft } = context;
  do {
    const from = cursor.qualifiedName();
    cursor.skip("TO");
    const to = cursor.qualifiedName();
    const table = draft.table(from.namespace ?? context.namespace, from.name);
    if (table) draft.rename(table, to.namespace ?? context.namespace, to.name);
    else refuse(context, `there is no table ${from.name}`);
  } while (cursor.skip(","));
}
