/**
 * A dialect is a value: everything the product knows of one database, behind one interface.
 *
 * Outside `shared/dialects` nobody compares a dialect's id: ask `features`, or call the value.
 */
import type { Change, EntityRef, Schema } from "../model/index.ts";
import type { Problem, Report, TextSpan } from "../result/index.ts";

/** Runs one query and gives its rows as arrays, in column order. Throws an EngineError when the engine refuses. */
export type RunQuery = (sql: string, params?: readonly unknown[]) => Promise<readonly (readonly unknown[])[]>;

/** What an engine says when it refuses. Every engine adapter throws exactly this shape (an Error with these fields). */
export interface EngineError extends Error {
  /** SQLSTATE or the engine's own number, as text; null when it gave none. */
  readonly code: string | null;
  readonly detail: string | null;
  readonly hint: string | null;
  /** Offset in the statement, UTF-16 units from 0; null when unknown. */
  readonly position: number | null;
  /** Names the engine reported with the error, where it does. */
  readonly table: string | null;
  readonly column: string | null;
  readonly constraint: string | null;
}

/** A running engine that import, export and proof work on: PGlite, sql.js, or a live scratch database. */
export interface Engine {
  /** The name and version people know: `PostgreSQL 18.6`. */
  readonly version: string;
  readonly query: RunQuery;
  /** Runs one statement, or several without parameters. Throws EngineError. */
  readonly exec: (sql: string) => Promise<void>;
  /** Loads an extension's files so that CREATE EXTENSION finds them. False when this engine does not have it. */
  readonly provide: (extension: string) => Promise<boolean>;
}

export interface Statement {
  /** One complete statement, without the closing `;`. */
  readonly sql: string;
  readonly about: EntityRef | null;
  /** Which stretch of `sql` speaks of which entity, so that an engine's error position finds the column it is about. */
  readonly marks: readonly { readonly start: number; readonly end: number; readonly about: EntityRef }[];
  /** False for what cannot run in a transaction block (CREATE INDEX CONCURRENTLY, ALTER TYPE ADD VALUE before use). */
  readonly transactional: boolean;
}

export interface Features {
  /** An engine of this dialect runs beside the app, in a worker or in Node: designs are proved on it. Where not, dumps are read. */
  readonly engine: boolean;
  readonly namespaces: boolean;
  readonly enums: boolean;
  readonly domains: boolean;
  readonly compositeTypes: boolean;
  readonly rangeTypes: boolean;
  readonly arrays: boolean;
  readonly sequences: boolean;
  readonly identity: boolean;
  /** An identity column may be one that refuses values given to it. */
  readonly identityAlways: boolean;
  /** The name that every primary key has; null where each has its own. */
  readonly primaryKeyName: string | null;
  readonly generatedStored: boolean;
  readonly generatedVirtual: boolean;
  readonly comments: boolean;
  readonly deferrable: boolean;
  readonly exclusion: boolean;
  readonly materializedViews: boolean;
  readonly rowSecurity: boolean;
  readonly partitions: boolean;
  readonly inheritance: boolean;
  readonly unlogged: boolean;
  readonly includeColumns: boolean;
  readonly partialIndexes: boolean;
  readonly expressionIndexes: boolean;
  readonly notValid: boolean;
  /** DDL takes part in transactions. */
  readonly transactionalDdl: boolean;
  readonly indexMethods: readonly string[];
  /** An index says of each part where NULLs go, and by which operator class it is kept. */
  readonly nullsOrder: boolean;
  readonly operatorClasses: boolean;
  /** An index says of a part by which collation it is kept. */
  readonly indexCollations: boolean;
  /** An index keeps the first characters of a column: the model has `(10)` where others have an operator class. */
  readonly prefixLengths: boolean;
  readonly nullsNotDistinct: boolean;
  /** Primary keys and unique constraints may be checked at commit. */
  readonly deferrableKeys: boolean;
  /** Collations that are offered, most used first, as the catalogue writes them. */
  readonly collations: readonly string[];
  /** Where an unqualified new table goes: `public`, `main`. */
  readonly defaultNamespace: string;
  /** Namespaces that are the engine's own and are never imported. */
  readonly systemNamespaces: readonly string[];
  readonly maxIdentifierBytes: number;
}

/** Neutral kinds that types of all dialects relate to. */
export type TypeKind =
  | "integer"
  | "decimal"
  | "float"
  | "boolean"
  | "text"
  | "binary"
  | "date"
  | "time"
  | "timestamp"
  | "interval"
  | "uuid"
  | "json"
  | "xml"
  | "network"
  | "geometry"
  | "range"
  | "search"
  | "bits"
  | "money"
  | "other";

export interface ParsedType {
  /** Canonical name without arguments, as the engine prints it. */
  readonly name: string;
  readonly args: readonly string[];
  /** Number of array dimensions. */
  readonly array: number;
  readonly kind: TypeKind;
}

export interface TypeSystem {
  readonly parse: (text: string) => ParsedType;
  readonly format: (type: ParsedType) => string;
  /** The text the engine itself would print: `int` -> `integer`, `varchar(10)` -> `character varying(10)`. Unknown text stays. */
  readonly canonical: (text: string) => string;
  /** A short form for tight places: `timestamp with time zone` -> `timestamptz`. */
  readonly short: (text: string) => string;
  /** Is this a type of this dialect's own, arguments included? Where any text is a type: one of the usual ones. */
  readonly knows: (text: string) => boolean;
  /** Offered when a person picks a type, most used first. */
  readonly common: readonly string[];
  /** May a foreign key join a column of type `from` with one of type `to`? `null` when only the engine can tell. */
  readonly comparable: (from: string, to: string) => boolean | null;
}

/** The one owner of escaping. */
export interface Quoter {
  /** Quotes only where the engine needs it. */
  readonly identifier: (name: string) => string;
  readonly literal: (text: string) => string;
}

export interface IntrospectScope {
  /** Empty means every namespace that is not the engine's own. */
  readonly namespaces: readonly string[];
}

export interface Catalog {
  /** Reads the whole catalogue. Ids are made from names and kinds, the same for the same catalogue. */
  readonly introspect: (run: RunQuery, scope: IntrospectScope) => Promise<Report<Schema>>;
}

export interface Ddl {
  /** The whole schema as statements in dependency order; cycles are broken by later ALTERs. */
  readonly create: (schema: Schema) => readonly Statement[];
  /** One change as statements. `null`: this engine cannot do it in place; rebuild. */
  readonly change: (change: Change, context: { readonly before: Schema; readonly after: Schema }) => readonly Statement[] | null;
  /** Sorts the changes of one diff so that each finds what it needs. */
  readonly order: (changes: readonly Change[], context: { readonly before: Schema; readonly after: Schema }) => readonly Change[];
  /** A script people would keep: statements joined, grouped and headed by comments. */
  readonly script: (statements: readonly Statement[]) => string;
}

/** What one piece of a dump is. */
export type PieceKind = "statement" | "data" | "copy" | "client-command";

export interface Piece {
  readonly kind: PieceKind;
  /** The text without the closing `;`. Of a `copy`, the COPY statement alone. */
  readonly text: string;
  /** Where it stands in the input; of a `copy`, rows and end marker included. */
  readonly span: TextSpan;
  /** False when the input ended inside it. */
  readonly complete: boolean;
}

/** Cuts a stream of text into pieces. `push` gives what is complete so far, `end` the rest. */
export interface Splitter {
  readonly push: (text: string) => readonly Piece[];
  readonly end: () => readonly Piece[];
}

export interface ImportProgress {
  readonly phase: "reading" | "running" | "catalogue";
  /** Characters (or bytes of a binary file) consumed, of `total`. */
  readonly done: number;
  readonly total: number;
  readonly statements: number;
  readonly refused: number;
}

export interface ImportOptions {
  readonly loadData: boolean;
  /** Called often and cheaply; may be async, and the import waits for it. */
  readonly onProgress: (progress: ImportProgress) => void | Promise<void>;
  /** Asked between statements; true stops the import with the problem `import.cancelled`. */
  readonly cancelled: () => boolean;
}

/** What became of one text of several. */
export interface TextRun {
  /** False when it was cancelled: what had been run by then stays. */
  readonly done: boolean;
  /** What was refused, left out and set aside, with places in this text. */
  readonly problems: readonly Problem[];
  /** Statements that may have changed the schema. */
  readonly statements: number;
}

/** Texts that are run one after the other in one engine, each on what those before it left. */
export interface ImportSession {
  /** Never throws for what a text may hold. */
  readonly run: (text: string, options: ImportOptions) => Promise<TextRun>;
  /** The catalogue as it stands. */
  readonly read: () => Promise<Report<Schema>>;
}

export interface Importer {
  /** How sure this dialect is that the text is its own, 0 to 1, from the first 64 KB. */
  readonly recognise: (head: string) => number;
  /** Runs the dump in an empty engine and reads the catalogue back. Never throws for what a file may hold. */
  readonly run: (text: string, engine: Engine, options: ImportOptions) => Promise<Report<Schema | null>>;
  /** Begins in an empty engine. */
  readonly session: (engine: Engine) => Promise<ImportSession>;
}

/** Turns an engine's refusal into a problem on the entity it is about, with a fix where one is certain. */
export interface Diagnose {
  readonly refusal: (error: EngineError, statement: Statement, schema: Schema) => Problem;
  /** A change of the schema that is certain to mend the refusal; null when none is. */
  readonly fix: (error: EngineError, statement: Statement, schema: Schema) => Fix | null;
  /**
   * When something that the statement speaks of does not exist: the names among which it is. Null for any other refusal. Tells
   * what is refused from what only follows from another refusal.
   */
  readonly missing: (error: EngineError, statement: Statement) => readonly string[] | null;
}

export interface Fix {
  /** A verb phrase: `Change to integer`. */
  readonly label: string;
  readonly changes: readonly Change[];
}

/**
 * Provides what a design counts on its server to have and a throw-away engine lacks: roles, types of extensions. Gives the
 * statement to run again, or null when the refusal is the design's own.
 */
export type Provide = (engine: Engine, error: EngineError, sql: string) => Promise<string | null>;

/** Something that the engine let pass when it was created and will refuse when it is used. */
export interface Finding {
  readonly problem: Problem;
  /** The statement that created it. */
  readonly sql: string;
  readonly fix: Fix | null;
}

/** Tables and views by name, for following names in a text. Names are given as the engine compares them; `namespace` is null where a text does not say it. */
export interface Relations {
  readonly find: (namespace: string | null, name: string) => string | null;
  /** The names of its columns; empty when they are not known. */
  readonly columns: (relation: string) => ReadonlySet<string>;
}

/** A stretch of a text that means a table or view, or one of its columns. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  /** Whose it is, as `Relations` calls it. */
  readonly relation: string;
  /** The column's name as the engine compares it; null for the relation itself. */
  readonly column: string | null;
  /** Where a namespace is written before a relation's name. */
  readonly namespace: { readonly start: number; readonly end: number } | null;
  /**
   * `qualifier`: a relation that says whose column follows. `item`: all that is said of an output column, which is called as the column is. `shared`: in JOIN ... USING, where both sides have
   * the name.
   */
  readonly as: "item" | "shared" | "qualifier" | "plain";
}

/** The relation that a text hangs on: a trigger's, a policy's. Its name is given as the engine compares it. */
export interface TextOwner {
  readonly relation: string;
  readonly name: string;
}

/** A token of a definition; spaces and comments are none. */
export interface NameToken {
  readonly start: number;
  readonly end: number;
  /** An unquoted word in lower case, or the symbol itself; empty for anything else. */
  readonly word: string;
  /** How the engine compares this name with others; null where it is none. */
  readonly key: string | null;
}

/** A column of a query's result. */
export interface ResultColumn {
  readonly name: string;
  /** Whose column it is, where it is one as it stands. */
  readonly relation: string | null;
  readonly column: string | null;
}

/** What is known of definitions that are kept as text: views, triggers, policies, ... */
export interface Texts {
  /** How the engine compares a name with others: SQLite and MySQL do not tell capitals from small letters. */
  readonly key: (name: string) => string;
  readonly tokens: (text: string) => readonly NameToken[];
  /** Every place that means a relation or a column, from the text's beginning to its end. Never fails. */
  readonly mentions: (text: string, relations: Relations, owner: TextOwner | null) => readonly Mention[];
  /** The columns that a query gives, as far as its text tells. */
  readonly result: (query: string, relations: Relations) => readonly ResultColumn[];
}

/** Reading a catalogue where no server may reach it: a statement for any client, and its answer pasted back. */
export interface Paste {
  /** Versions that the statement can be written for, newest first; it works on newer servers too. */
  readonly versions: readonly string[];
  /** One read-only statement that gives one cell. */
  readonly query: (version: string) => Promise<string>;
  /** What the answer cannot hold, in sentences; empty when it holds everything. */
  readonly lost: readonly string[];
  /** Reads the answer, whatever a client made of it. Never throws. */
  readonly read: (answer: string) => Promise<Report<Schema | null>>;
}

/** How people reach a live database of a dialect. */
export interface Live {
  /** The engine, as the server's contract of live databases names it. */
  readonly type: string;
  /** Where its servers listen unless told otherwise. */
  readonly port: number;
  /** What addresses of it begin with, before `://`. */
  readonly schemes: readonly string[];
  /** A database holds namespaces, of which some can be read alone. */
  readonly namespaced: boolean;
  /** Statements that make an account which may read the catalogue and nothing more than the engine makes it need. */
  readonly recipe: (account: { readonly user: string; readonly database: string }) => string;
  /** What the recipe leaves the account able to do, in a sentence. */
  readonly recipeNote: string;
  /** The catalogue by hand; null where no one statement gives it. */
  readonly paste: Paste | null;
  /** A command that writes the definitions into a file that can be imported, to copy. */
  readonly dump: (place: { readonly host: string; readonly user: string; readonly database: string }) => string;
  /** What to look at next when the server refused with a code. */
  readonly advice: Readonly<Record<string, string>>;
}

/** What must be known of a dialect to say in it what another one says: `shared/convert`. Read when a design is converted. */
export interface Equivalents {
  /**
   * How values and functions are called here, by names of no dialect (`now`, `uuid`, `lower`): the first is written, all are read.
   * `()` behind a name: it is called without arguments.
   */
  readonly calls: Readonly<Record<string, readonly string[]>>;
  /** `||` joins texts. Where not, it means OR, and the call `concat` joins. */
  readonly joins: boolean;
  /** A backslash escapes inside a string, and a string may stand in double quotes. */
  readonly backslashes: boolean;
  /** A number is no truth value, and values of different kinds are not compared without a cast. */
  readonly strict: boolean;
  /** The words for true and false. */
  readonly truths: readonly [string, string];
  /** Checks may ask for the present moment and the like. */
  readonly volatileChecks: boolean;
  /** The present moment is asked for with the digits that its column keeps. */
  readonly precise: boolean;
  /** Digits of a second that a time keeps where its type does not say. */
  readonly digits: number;
  /** A primary key of this one type numbers itself; null where none does. */
  readonly numbersKey: string | null;
  /** A table has at most one column that numbers itself, and that one leads a key. */
  readonly oneCounter: boolean;
  /** Types whose literal default stands in parentheses, by their names. */
  readonly wrappedDefaults: readonly string[];
  /** A check may be over a column that the action of a foreign key changes. */
  readonly checksActed: boolean;
  /** A generated column may be NOT NULL. */
  readonly generatedNotNull: boolean;
  /** A namespace that every new database has; null where it has none. */
  readonly given: string | null;
  /** What a name must be unique in: that of an index, a key, a foreign key or check. */
  readonly scopes: Readonly<Record<"index" | "key" | "constraint", "namespace" | "table">>;
  /** Entities that have comments. */
  readonly comments: readonly string[];
  /** A unique index of columns is a key. */
  readonly uniqueIsKey: boolean;
  /** Every foreign key is led by an index, made where none is. */
  readonly impliedIndexes: boolean;
  /** The columns that a foreign key refers to are a key of their own. */
  readonly refersToKeys: boolean;
  /** ON DELETE SET DEFAULT. */
  readonly setDefault: boolean;
  /** A foreign key may be said to set a column to NULL that must have a value (it then refuses). */
  readonly nullsRequired: boolean;
  readonly matchFull: boolean;
  /** How long a varchar may be; a longer one is the type named after it. */
  readonly longest: { readonly varchar: number; readonly instead: string } | null;
  readonly decimals: { readonly precision: number; readonly scale: number } | null;
  readonly keys: {
    /** Types that no key or index can be over, by their names. */
    readonly never: readonly string[];
    /** Types of which a key keeps only the beginning. */
    readonly long: readonly string[];
    /** Characters that a key may be long altogether; null where nobody counts them. */
    readonly characters: number | null;
  };
}

export interface Dialect {
  readonly id: string;
  readonly label: string;
  readonly features: Features;
  readonly types: TypeSystem;
  readonly quote: Quoter;
  readonly splitter: () => Splitter;
  readonly catalog: Catalog;
  readonly importer: Importer;
  /** Loaded when it is first needed: whoever only shows a design writes none. */
  readonly ddl: () => Promise<Ddl>;
  /** Loads what the engine's refusals mean. */
  readonly diagnose: () => Promise<Diagnose>;
  readonly provide: Provide;
  /** What a script needs at hand before an engine is opened: the extensions that it creates. */
  readonly needs: (sql: string) => readonly string[];
  /** Loads what is known of its live servers; null where databases are files. */
  readonly live: (() => Promise<Live>) | null;
  /** Asked after the whole schema was created, where an engine checks less than it will need (SQLite: targets of foreign keys). */
  readonly verify?: (run: RunQuery, schema: Schema) => Promise<readonly Finding[]>;
  /** Rewrites an identifier inside an expression (checks, defaults, index parts) when a column or type is renamed. */
  readonly renameInExpression: (expression: string, from: string, to: string) => string;
  readonly texts: Texts;
  readonly equivalents: () => Promise<Equivalents>;
}
