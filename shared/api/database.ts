/**
 * This part is in charge of the HTTP contract of live databases, `/api/database`. The same schemas validate requests, type what is
 * streamed to the app and are printed as OpenAPI. Which fields a route demands, and in which words it says so, is DrawDB's contract
 * and stands with the routes: here every field may be missing.
 */
import { type Static, Type } from "typebox";
import type { Schema } from "../model/index.ts";
import type { Problem } from "../result/index.ts";

/** Without NUL: both protocols end a text with it, and what follows would be read as settings of the session. */
const Word = Type.String({ maxLength: 1024, pattern: "^[^\\u0000]*$" });

const Text = Type.Union([Word, Type.Null()]);

export const TablesPath = Type.Object({ database: Word });

/** How a connection is protected; left out, what fits the distance: verified for public addresses, else encrypted where it can be. */
export const TlsChoice = Type.Object({
  mode: Type.Union([
    Type.Literal("disable"),
    Type.Literal("prefer"),
    Type.Literal("require"),
    Type.Literal("verify-ca"),
    Type.Literal("verify-full"),
  ]),
  /** Certificates of further authorities, PEM. */
  ca: Type.Optional(Type.String({ maxLength: 64 * 1024 })),
});

/** Where a database is and who asks. */
export const ConnectionFields = Type.Object({
  type: Type.Optional(Text),
  host: Type.Optional(Text),
  port: Type.Optional(Type.Union([Type.Integer(), Type.String({ maxLength: 16 }), Type.Null()])),
  username: Type.Optional(Text),
  password: Type.Optional(Text),
  database: Type.Optional(Text),
  tls: Type.Optional(TlsChoice),
});
export type ConnectionFields = Static<typeof ConnectionFields>;

const Names = Type.Array(Type.String({ maxLength: 1024 }), { maxItems: 10_000 });

/** A stateless request that names a database of the server, and tables of it. */
export const ChosenFields = Type.Intersect([
  ConnectionFields,
  Type.Object({ selectedDatabase: Type.Optional(Text), selectedTables: Type.Optional(Type.Union([Names, Type.Null()])) }),
]);
export type ChosenFields = Static<typeof ChosenFields>;

/** A request on a session: the tables of a database. */
export const TableChoice = Type.Object({
  database: Type.Optional(Text),
  tables: Type.Optional(Type.Union([Names, Type.Null()])),
  options: Type.Optional(Type.Object({ closeConnection: Type.Optional(Type.Boolean()) })),
});
export type TableChoice = Static<typeof TableChoice>;

/** A request for the whole model; `namespaces` left out or empty means all that are not the engine's own. */
export const IntrospectFields = Type.Intersect([ConnectionFields, Type.Object({ namespaces: Type.Optional(Names) })]);
export type IntrospectFields = Static<typeof IntrospectFields>;

/** One line of the stream that answers a request for the whole model: `progress` lines, then one `schema` or one `failed`. */
export type DatabaseEvent =
  | { readonly kind: "progress"; readonly phase: "connecting" }
  | { readonly kind: "progress"; readonly phase: "reading"; readonly engine: string; readonly answers: number }
  | {
      readonly kind: "schema";
      /** `PostgreSQL 18.6`. */
      readonly engine: string;
      readonly encrypted: boolean;
      readonly schema: Schema;
      readonly problems: readonly Problem[];
      readonly milliseconds: number;
    }
  | { readonly kind: "failed"; readonly problem: Problem; readonly error: string };

/** The answer to a look at a server: what is there, before anything is read. */
export type LookAnswer =
  | {
      readonly kind: "found";
      /** `PostgreSQL 18.6`. */
      readonly engine: string;
      /** A key of the dialect registry: which of MySQL and MariaDB it is, the server says. */
      readonly dialect: string;
      readonly encrypted: boolean;
      readonly databases: readonly string[];
      readonly milliseconds: number;
    }
  | { readonly kind: "failed"; readonly problem: Problem; readonly error: string };

/** Which databases this server connects to: none, those its operator lists, or any. */
export interface PolicyAnswer {
  readonly mode: "off" | "allowlist" | "private-ok";
}
