/** A file on its way through a scratch place: what each of its statements comes to there. */
import { problem, type TextSpan } from "../../../result/index.ts";
import type { Piece, ScratchPlace, ScratchRun, ScratchStep } from "../../dialect.ts";
import type { Flavour } from "../flavour.ts";
import { quoted } from "../quote.ts";
import { openExecutable, tokenize } from "../text/lexer.ts";
import { type Mode, USUAL } from "../text/mode.ts";
import { Databases } from "./databases.ts";
import { type Head, headOf, type Looked, nameAt, valueAt, wordAt, written } from "./look.ts";
import { STEM } from "./rights.ts";
import { plainModes, settingModes, settingsOf } from "./session.ts";

/** Engines that keep what they hold in the database's own files. Others fetch from hosts and files, and may stay unused. */
const KEEPS: ReadonlySet<string> = new Set(["innodb", "myisam", "aria", "memory", "archive", "csv", "blackhole", "rocksdb"]);
const ROWS: ReadonlySet<string> = new Set(["INSERT", "REPLACE", "UPDATE", "DELETE", "TRUNCATE"]);
/** About the session or the server's upkeep: what the reader of dumps passes over without a word. */
const SILENT: ReadonlySet<string> = new Set([
  ..."LOCK UNLOCK COMMIT BEGIN START ROLLBACK SAVEPOINT RELEASE ANALYZE OPTIMIZE CHECK SHOW WARNINGS".split(" "),
]);
/** Kinds whose text holds queries, in which a qualifier may be a table or an alias. */
const BODIED: ReadonlySet<string> = new Set(["VIEW", "TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "PACKAGE"]);
const MOST_WORDS = 60;
const TOO_MANY = "the file speaks of more databases than are made for one, or has an odd name for it";

const NOTHING: ScratchStep = { kind: "nothing" };
const run = (...sql: readonly string[]): ScratchStep => ({ kind: "run", sql });

function told(piece: Piece, why: string): ScratchStep {
  const line = piece.text.slice(0, 1000).replace(/\s+/g, " ");
  const what = line.length > MOST_WORDS ? `${line.slice(0, MOST_WORDS)}…` : line;
  return { kind: "told", problem: problem("import.skipped", "warning", { what, why }, { at: piece.span }) };
}

const cutShort = (at: TextSpan): ScratchStep => {
  const params = { what: "a statement", line: at.line };
  return { kind: "told", problem: problem("input.truncated", "warning", params, { at }) };
};

export class FileRun implements ScratchRun {
  readonly #flavour: Flavour;
  readonly #place: ScratchPlace;
  readonly #plain: string;
  readonly #reaching: ReadonlySet<string>;
  readonly #databases: Databases;
  readonly #made = new Set<string>();
  #mode: Mode = USUAL;
  /** The mode once the server has taken the step under way. */
  #next: Mode | null = null;
  /** The server's own database that the file went to: what it does there is not done here. */
  #away: string | null = null;

  constructor(flavour: Flavour, place: ScratchPlace) {
    this.#flavour = flavour;
    this.#place = place;
    this.#plain = plainModes(place.modes);
    this.#reaching = reaching(place.engines);
    this.#databases = new Databases(place.prefix, flavour.features.defaultNamespace);
  }

  begin(): readonly string[] {
    const first = this.#databases.ours(this.#flavour.features.defaultNamespace) ?? "";
    return [settingModes(this.#plain), this.#make(first), `USE ${quoted(first)}`];
  }

  databases() {
    return this.#databases.all.map((one) => ({ ...one, made: this.#made.has(one.name) }));
  }

  heard(taken: boolean): void {
    if (taken && this.#next) this.#mode = this.#next;
    this.#next = null;
  }

  step(piece: Piece): ScratchStep {
    // Lines for the mysql program; the splitter has followed them.
    if (piece.kind === "client-command") return NOTHING;
    const text = openExecutable(piece.text, this.#mode, this.#flavour.executes);
    const looked = { text, tokens: tokenize(text, this.#mode) };
    const first = wordAt(looked, 0);
    if (looked.tokens.length === 0 || SILENT.has(first)) return NOTHING;
    if (ROWS.has(first)) return { kind: "aside" };
    if (!piece.complete || looked.tokens.at(-1)?.closed === false) return cutShort(piece.span);
    if (text.includes("\0")) return told(piece, "it holds a zero byte");
    if (first === "USE") return this.#use(piece, nameAt(looked, 1));
    if (first === "SET") return this.#set(piece, looked);
    const head = headOf(looked);
    if (head.kind === "DATABASE" || head.kind === "SCHEMA") return this.#database(piece, looked, head);
    return this.#definition(piece, looked, head);
  }

  #make(name: string): string {
    this.#made.add(name);
    return `CREATE DATABASE ${quoted(name)}`;
  }

  #isSystem(name: string): boolean {
    const key = name.toLowerCase();
    return this.#flavour.features.systemNamespaces.includes(key) || key.startsWith(STEM);
  }

  #use(piece: Piece, called: string | null): ScratchStep {
    if (called === null) return told(piece, "it names no database");
    const system = this.#isSystem(called);
    this.#away = system ? called : null;
    if (system) return told(piece, `${called} is the server's own`);
    const ours = this.#databases.ours(called);
    if (ours === null) {
      this.#away = called;
      return told(piece, TOO_MANY);
    }
    return run(...(this.#made.has(ours) ? [] : [this.#make(ours)]), `USE ${quoted(ours)}`);
  }

  #set(piece: Piece, looked: Looked): ScratchStep {
    const { sql, mode, beyond } = settingsOf(looked, this.#mode, this.#plain, (engine) =>
      this.#reaching.has(engine.toLowerCase()),
    );
    if (beyond !== null) return told(piece, beyond);
    this.#next = mode;
    return sql.length === 0 ? NOTHING : run(...sql);
  }

  /** CREATE, ALTER or DROP DATABASE. */
  #database(piece: Piece, looked: Looked, { verb, at }: Head): ScratchStep {
    const called = nameAt(looked, at) ?? "";
    if (called === "" || this.#isSystem(called)) return told(piece, "it is about a database of the server's own");
    const ours = this.#databases.ours(called);
    if (ours === null) return told(piece, TOO_MANY);
    if (verb === "DROP") {
      // One that the file has not made is not there.
      return this.#made.delete(ours) ? run(`DROP DATABASE ${quoted(ours)}`) : NOTHING;
    }
    const options = databaseOptions(looked, at + 1, this.#mode);
    const altered = options === "" ? [] : [`ALTER DATABASE ${quoted(ours)}${options}`];
    const made = this.#made.has(ours) ? [] : [this.#make(ours)];
    return made.length + altered.length === 0 ? NOTHING : run(...made, ...altered);
  }

  #definition(piece: Piece, looked: Looked, head: Head): ScratchStep {
    const why = this.#against(looked, head);
    if (why !== null) return told(piece, why);
    const qualifiers = this.#databases.qualifiers(looked);
    const bodied = BODIED.has(head.kind);
    for (const at of qualifiers) {
      const called = nameAt(looked, at) ?? "";
      if (this.#isSystem(called)) return told(piece, `it speaks of ${called}, which is the server's own`);
      if ((at === head.at || !bodied) && this.#databases.ours(called) === null) return told(piece, TOO_MANY);
    }
    const instead = this.#databases.instead(looked, qualifiers, bodied);
    if (head.verb === "CREATE" && /^(TABLE|VIEW)$/.test(head.kind))
      this.#databases.relation(nameAt(looked, head.at + (qualifiers.includes(head.at) ? 2 : 0)) ?? "");
    return run(written(looked, head.definer, instead));
  }

  /** Why a statement is not run, whatever it is about; null when it may be. */
  #against(looked: Looked, { verb, kind }: Head): string | null {
    if (kind === "") return "it is no definition of a table, view, routine, trigger, event or sequence";
    if (this.#away !== null) return `it is about the database ${this.#away}`;
    if (kind === "EVENT" && this.#place.events) return "the server would run the event, since its event scheduler is on";
    const words = looked.tokens.map(({ word }) => word);
    if (kind === "FUNCTION" && words.includes("SONAME")) return "it is a function of a library on the server";
    if (kind === "TABLE" && verb === "CREATE" && asksForRows(words)) return "it makes a table of the rows of a query";
    const engine = words.findIndex((word, at) => word === "ENGINE" && this.#reaching.has(this.#engineAt(looked, at)));
    return engine < 0 ? null : `the storage engine ${this.#engineAt(looked, engine)} reaches beyond the server`;
  }

  #engineAt(looked: Looked, at: number): string {
    const value = wordAt(looked, at + 1) === "=" ? at + 2 : at + 1;
    return (valueAt(looked, value, this.#mode) ?? "").toLowerCase();
  }
}

/** Other names of engines, which the server's list does not have. */
const ALSO: Readonly<Record<string, string>> = { mrg_myisam: "merge", ndbcluster: "ndb" };

function reaching(engines: readonly string[]): ReadonlySet<string> {
  const found = engines.map((name) => name.toLowerCase()).filter((name) => !KEEPS.has(name));
  return new Set(found.flatMap((name) => [name, ALSO[name] ?? name]));
}

const asksForRows = (words: readonly string[]): boolean =>
  words.some((word, at) => word === "SELECT" || (word === "VALUES" && !/^(LESS|IN)$/.test(words[at + 1] ?? "")));

/** ` CHARACTER SET x COLLATE y`, as far as the tokens behind a database's name say so. */
function databaseOptions(looked: Looked, from: number, mode: Mode): string {
  let options = "";
  for (let at = from; at < looked.tokens.length; at += 1) {
    const word = wordAt(looked, at);
    const option = word === "COLLATE" ? "COLLATE" : word === "CHARSET" || word === "SET" ? "CHARACTER SET" : null;
    if (option === null) continue;
    const value = valueAt(looked, wordAt(looked, at + 1) === "=" ? at + 2 : at + 1, mode) ?? "";
    if (/^\w+$/.test(value)) options += ` ${option} ${value}`;
  }
  return options;
}
