/**
 * This part is in charge of reading a live MySQL or MariaDB catalogue into a Schema.
 *
 * What the server prints of its tables (SHOW CREATE), hundreds a trip, is read by the reader of dumps; information_schema gives the
 * names to ask for, and what views have for columns. `run` must take several statements in one text and give the rows of all of
 * them, one after another; it keeps one session. The session's `sql_mode` is emptied, so that quotes are the usual ones.
 */
import type { Schema, View } from "../../model/index.ts";
import { problem, type Problem, type Report } from "../../result/index.ts";
import type { EngineError, IntrospectScope, RunQuery, TypeSystem } from "../dialect.ts";
import * as sql from "./catalog.sql.ts";
import type { Flavour } from "./flavour.ts";
import { quoted } from "./quote.ts";
import { Draft } from "./read/draft.ts";
import { schemaOf } from "./read/schema.ts";
import { readStatement, type Session } from "./read/statement.ts";
import { modeOf, USUAL } from "./text/mode.ts";

/** Statements a trip: the larger, the fewer waits; the smaller, the sooner a cancel is felt. */
const TRIP = 250;

type Row = readonly unknown[];

const word = (cell: unknown): string => (cell === null || cell === undefined ? "" : String(cell));

/** Something to ask SHOW CREATE for. */
interface Wanted {
  readonly namespace: string;
  readonly name: string;
  /** As SHOW CREATE calls it. */
  readonly kind: string;
}

/** Where in a row of SHOW CREATE its text stands: behind the name, or behind the `sql_mode` and what else the kind has. */
const TEXT_AT: Readonly<Record<string, number>> = {
  TABLE: 1,
  SEQUENCE: 1,
  VIEW: 1,
  PROCEDURE: 2,
  FUNCTION: 2,
  PACKAGE: 2,
  "PACKAGE BODY": 2,
  TRIGGER: 2,
  EVENT: 3,
};

class CatalogueReader {
  readonly #run: RunQuery;
  readonly #session: Session;

  constructor(run: RunQuery, flavour: Flavour, types: TypeSystem) {
    this.#run = run;
    this.#session = { flavour, types, draft: new Draft(), problems: [], told: { refused: 0, untold: 0 }, namespace: "" };
  }

  async read(scope: IntrospectScope): Promise<Report<Schema>> {
    const { flavour, draft, problems } = this.#session;
    await this.#run(sql.SESSION);
    const where = sql.within(scope.namespaces, flavour.features.systemNamespaces);
    const relations = (await this.#run(sql.relations(where))).map(relation);
    for (const [name] of await this.#run(sql.databases(where))) draft.namespaces.set(word(name), { options: {}, comment: null });
    const objects = (await this.#run(sql.objects(where))).map(([namespace, name, kind]): Wanted => {
      return { namespace: word(namespace), name: word(name), kind: word(kind) };
    });
    const of = (...kinds: readonly string[]): Wanted[] => [...relations, ...objects].filter(({ kind }) => kinds.includes(kind));
    await this.#showAll(of("SEQUENCE"));
    await this.#showAll(of("TABLE"));
    for (const namespace of new Set(of("VIEW").map((view) => view.namespace))) {
      // Names in a view's text are bare only for a session that uses its database.
      await this.#run(`USE ${quoted(namespace)}`);
      await this.#showAll(of("VIEW").filter((view) => view.namespace === namespace));
    }
    await this.#showAll(of("PACKAGE", "PACKAGE BODY", "FUNCTION", "PROCEDURE", "TRIGGER", "EVENT"));
    const dangling: Problem[] = [];
    const schema = schemaOf(draft, flavour, dangling);
    const columns = await this.#viewColumns(of("VIEW"));
    return {
      value: { ...schema, views: schema.views.map((view) => typed(view, columns)) },
      problems: [...problems, ...dangling],
    };
  }

  async #showAll(wanted: readonly Wanted[]): Promise<void> {
    for (let at = 0; at < wanted.length; at += TRIP) await this.#show(wanted.slice(at, at + TRIP));
  }

  /** One trip. Where the server refuses one of its statements they are asked one by one: the others are read all the same. */
  async #show(wanted: readonly Wanted[]): Promise<void> {
    const text = wanted.map(({ kind, namespace, name }) => `SHOW CREATE ${kind} ${quoted(namespace)}.${quoted(name)}`);
    const rows = await attempt(this.#run(text.join(";\n")));
    if (!(rows instanceof Error) && rows.length === wanted.length) {
      wanted.forEach((item, at) => this.#readText(item, rows[at]));
      return;
    }
    const [only] = wanted;
    if (wanted.length > 1) for (const item of wanted) await this.#show([item]);
    else if (only) this.#missing(only, rows instanceof Error ? rows.message : "it is gone");
  }

  #readText(item: Wanted, row: Row | undefined): void {
    const text = word(row?.[TEXT_AT[item.kind] ?? 1]);
    if (text === "") return this.#missing(item, "this account may not see its text");
    this.#session.namespace = item.namespace;
    // What has a mode of its own is printed in it, behind its name.
    const mode = TEXT_AT[item.kind] === 1 ? USUAL : modeOf(word(row?.[1]));
    readStatement(this.#session, text, mode, null);
  }

  #missing({ kind, namespace, name }: Wanted, why: string): void {
    const what = `the ${kind.toLowerCase()} ${namespace}.${name}`;
    this.#session.problems.push(problem("import.skipped", "warning", { what, why }));
  }

  /** Names and types of the columns of views, by database and view. */
  async #viewColumns(views: readonly Wanted[]): Promise<ReadonlyMap<string, View["columns"]>> {
    const found = new Map<string, View["columns"][number][]>();
    for (let at = 0; at < views.length; at += TRIP) {
      const trip = views.slice(at, at + TRIP);
      const rows = await attempt(this.#run(sql.viewColumns(trip)));
      if (rows instanceof Error) continue;
      for (const [namespace, view, name, type] of rows) {
        const key = `${word(namespace)}\0${word(view)}`;
        const column = { name: word(name), type: this.#session.types.canonical(word(type)), comment: null, default: null };
        const list = found.get(key);
        if (list) list.push(column);
        else found.set(key, [column]);
      }
    }
    return found;
  }
}

const KINDS: Readonly<Record<string, string>> = {
  "BASE TABLE": "TABLE",
  "SYSTEM VERSIONED": "TABLE",
  VIEW: "VIEW",
  SEQUENCE: "SEQUENCE",
};

const relation = ([namespace, name, type]: Row): Wanted => {
  return { namespace: word(namespace), name: word(name), kind: KINDS[word(type)] ?? "OTHER" };
};

const namespaceOf = ({ namespaceId }: View): string => namespaceId.slice("namespace:".length);

function typed(view: View, columns: ReadonlyMap<string, View["columns"]>): View {
  return { ...view, columns: columns.get(`${namespaceOf(view)}\0${view.name}`) ?? view.columns };
}

/** The rows, or the server's refusal as a value. */
async function attempt(rows: Promise<readonly Row[]>): Promise<readonly Row[] | EngineError> {
  try {
    return await rows;
  } catch (thrown) {
    return thrown as EngineError;
  }
}

/** The `introspect` of a dialect. */
export function createIntrospect(flavour: Flavour, types: TypeSystem) {
  return (run: RunQuery, scope: IntrospectScope): Promise<Report<Schema>> => new CatalogueReader(run, flavour, types).read(scope);
}
