/**
 * Connections that this device remembers, without their passwords: the recent ones, and which database each design was read from.
 */
import type { TlsMode } from "#shared/connect/index.ts";
import type { IntrospectFields } from "#shared/api/database.ts";
import type { Preferences } from "../storage/preferences.ts";

/** Where a database is and who asks; there is no place for a password in it. */
export interface Connection {
  /** A key of the dialect registry. */
  readonly dialect: string;
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly database: string;
  /** Null: what fits the host. */
  readonly tls: TlsMode | null;
}

/** The database that a design was read from. */
export interface Origin {
  readonly connection: Connection;
  /** Qualified names of tables and views that were left out. */
  readonly left: readonly string[];
}

const RECENT = "connections";
const ORIGINS = "origins";
const MOST = 12;
const TLS: ReadonlySet<unknown> = new Set([null, "disable", "prefer", "require", "verify-ca", "verify-full"]);

/** Only the fields of a connection, whatever else the object holds. */
function plain(value: unknown): Connection | null {
  const given = value as Connection | null;
  const texts = [given?.dialect, given?.host, given?.port, given?.user, given?.database];
  if (!given || !texts.every((text) => typeof text === "string") || !TLS.has(given.tls)) return null;
  const { dialect, host, port, user, database, tls } = given;
  return { dialect, host, port, user, database, tls };
}

const key = ({ dialect, host, port, user, database }: Connection): string =>
  JSON.stringify([dialect, host, port, user, database]);

/** `shop on db.example.com`, or the server alone. */
export function connectionName({ host, port, database }: Connection): string {
  const place = port === "" ? host : `${host}:${port}`;
  return database === "" ? place : `${database} on ${place}`;
}

/** The request that asks a database; `type` is the engine's name in the server's contract. */
export function fieldsOf(
  connection: Connection,
  type: string,
  secrets: Secrets,
  namespaces: readonly string[],
): IntrospectFields {
  const { host, port, user, database, tls } = connection;
  return {
    type,
    host,
    port: port === "" ? null : port,
    username: user,
    password: secrets.password,
    database: database === "" ? null : database,
    ...(tls === null ? {} : { tls: { mode: tls, ...(secrets.ca.trim() === "" ? {} : { ca: secrets.ca }) } }),
    ...(namespaces.length === 0 ? {} : { namespaces: [...namespaces] }),
  };
}

/** What is typed for each connection anew. */
export interface Secrets {
  readonly password: string;
  /** Certificates of further authorities, PEM; empty for none. */
  readonly ca: string;
}

export class Connections {
  readonly #preferences: Preferences;
  #recent = $state.raw<readonly Connection[]>([]);

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
    const stored = preferences.get(RECENT);
    this.#recent = Array.isArray(stored) ? stored.flatMap((item) => plain(item) ?? []) : [];
  }

  /** The last ones that worked, newest first. */
  get recent(): readonly Connection[] {
    return this.#recent;
  }

  remember(connection: Connection): void {
    const kept = plain(connection);
    if (kept) this.#keep([kept, ...this.#recent.filter((other) => key(other) !== key(kept))].slice(0, MOST));
  }

  forget(connection: Connection): void {
    this.#keep(this.#recent.filter((other) => key(other) !== key(connection)));
  }

  /** Where a design was read from; null when it was not, or elsewhere. */
  origin(design: string): Origin | null {
    const stored = this.#origins()[design] as { readonly connection?: unknown; readonly left?: unknown } | undefined;
    const connection = plain(stored?.connection);
    const left = Array.isArray(stored?.left) ? stored.left.filter((name) => typeof name === "string") : [];
    return connection ? { connection, left } : null;
  }

  setOrigin(design: string, { connection, left }: Origin): void {
    const kept = plain(connection);
    if (kept) this.#preferences.set(ORIGINS, { ...this.#origins(), [design]: { connection: kept, left: [...left] } });
  }

  #origins(): Readonly<Record<string, unknown>> {
    const stored = this.#preferences.get(ORIGINS);
    return typeof stored === "object" && stored !== null && !Array.isArray(stored) ? (stored as Record<string, unknown>) : {};
  }

  #keep(connections: readonly Connection[]): void {
    this.#recent = connections;
    this.#preferences.set(RECENT, connections);
  }
}
