/** Views, triggers, routines, events and MariaDB's sequences and packages. The accounts that made them (DEFINER) are left out. */
import { type Context, refuse } from "./context.ts";
import { literal } from "../quote.ts";
import { selectNames } from "./select.ts";

/** What may stand between CREATE and the kind of thing that is created. */
export interface Header {
  readonly replace: boolean;
  readonly options: Record<string, string>;
}

/** `[OR REPLACE] [ALGORITHM = x] [DEFINER = user] [SQL SECURITY x] [AGGREGATE]`, in any order. */
export function readHeader({ cursor }: Context): Header {
  const options: Record<string, string> = {};
  let replace = false;
  for (;;) {
    if (cursor.skip("OR", "REPLACE")) replace = true;
    else if (cursor.skip("ALGORITHM")) {
      cursor.skip("=");
      const algorithm = cursor.name().toLowerCase();
      if (algorithm !== "undefined") options["algorithm"] = algorithm;
    } else if (cursor.skip("DEFINER")) {
      cursor.skip("=");
      cursor.name();
      if (cursor.skip("@")) cursor.name();
      else cursor.group();
    } else if (cursor.skip("SQL", "SECURITY")) {
      const security = cursor.name().toLowerCase();
      if (security !== "definer") options["sql_security"] = security;
    } else if (cursor.skip("AGGREGATE")) options["aggregate"] = "true";
    else return { replace, options };
  }
}

const CHECK_OPTION = /(?<=\s)with\s+(?:(cascaded|local)\s+)?check\s+option\s*$/i;

/** After CREATE ... VIEW. */
export function readView(context: Context, { replace, options }: Header): void {
  const { cursor, draft } = context;
  const ifNotExists = cursor.skip("IF", "NOT", "EXISTS");
  const { namespace, name } = cursor.qualifiedName();
  const within = namespace ?? context.namespace;
  const named = cursor.skip("(") ? cursor.list(() => cursor.name()) : null;
  cursor.skip("AS");
  const text = cursor.rest();
  if (name === "" || text === "") return refuse(context, "it has no query");
  if (replace) draft.drop(within, name);
  if (draft.has(within, name)) {
    if (!ifNotExists) refuse(context, `${name} is there already`);
    return;
  }
  const check = CHECK_OPTION.exec(text);
  const definition = check ? text.slice(0, check.index).trimEnd() : text;
  const told = named ?? draft.stoodIn(within, name) ?? selectNames(definition, cursor.mode);
  draft.putView({
    namespace: within,
    name,
    definition,
    columns: told,
    options: {
      ...options,
      ...(check ? { check_option: (check[1] ?? "cascaded").toLowerCase() } : {}),
      ...(named ? { columns: "named" } : {}),
    },
  });
}

/** A trigger, routine, event or package: what follows its kind is kept word for word. */
export function readObject(context: Context, kind: string, { replace, options }: Header): void {
  const { cursor, draft } = context;
  const ifNotExists = cursor.skip("IF", "NOT", "EXISTS");
  const { namespace, name } = cursor.qualifiedName();
  const within = namespace ?? context.namespace;
  if (name === "") return refuse(context, `it names no ${kind}`);
  const body = cursor.text.slice(cursor.offset).trimEnd();
  const on = kind === "trigger" ? /\bON\s+(?=\S)/i.exec(body) : null;
  const table = on ? tableOf(context) : null;
  const known = draft.objects.some((other) => other.kind === kind && other.namespace === within && other.name === name);
  if (known && ifNotExists) return;
  if (known && !replace) return refuse(context, `the ${kind} ${name} is there already`);
  const aggregate = options["aggregate"] === "true" ? "AGGREGATE " : "";
  const under = cursor.mode.sql === "" ? "" : `SET sql_mode = ${literal(cursor.mode.sql)};\n`;
  const definition = `${under}CREATE ${aggregate}${kind.toUpperCase()} \`${name.replaceAll("`", "``")}\`${/^\(/.test(body) ? "" : " "}${body};`;
  draft.putObject({ kind, namespace: within, name, definition, comment: null, table });
}

/** The table of a trigger: `BEFORE INSERT ON t FOR EACH ROW`. */
function tableOf({ cursor }: Context): string | null {
  while (!cursor.done && !cursor.skip("ON")) cursor.next();
  return cursor.done ? null : cursor.qualifiedName().name;
}

const SEQUENCE_DEFAULTS: Readonly<Record<string, string>> = {
  START: "1",
  MINVALUE: "1",
  MAXVALUE: "9223372036854775806",
  INCREMENT: "1",
  CACHE: "1000",
};

/** MariaDB manual, "CREATE SEQUENCE". */
export function readSequence(context: Context): void {
  const { cursor, draft } = context;
  cursor.skip("IF", "NOT", "EXISTS");
  const { namespace, name } = cursor.qualifiedName();
  const parts: string[] = [];
  let type = "bigint";
  let comment: string | null = null;
  while (!cursor.done) {
    const word = cursor.next().word;
    if (word === "AS") type = cursor.name().toLowerCase();
    else if (word === "COMMENT") {
      cursor.skip("=");
      comment = cursor.string() || null;
    } else if (word === "CYCLE") parts.push("CYCLE");
    else if (word === "NO" || word === "NOCYCLE" || word === "NOCACHE" || word === "NOMINVALUE" || word === "NOMAXVALUE") {
      const what = word === "NO" ? cursor.next().word : word.slice(2);
      if (what === "CACHE") parts.push("NOCACHE");
    } else if (word in SEQUENCE_DEFAULTS) {
      if (!cursor.skip("WITH")) cursor.skip("BY");
      cursor.skip("=");
      const minus = cursor.skip("-") ? "-" : "";
      const value = minus + cursor.raw();
      const join = word === "START" ? " WITH " : word === "INCREMENT" ? " BY " : " ";
      if (value !== SEQUENCE_DEFAULTS[word]) parts.push(`${word}${join}${value}`);
    }
  }
  if (name === "") return refuse(context, "it names no sequence");
  draft.putSequence({ namespace: namespace ?? context.namespace, name, type, definition: parts.join(" "), comment });
}
