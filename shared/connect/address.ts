/** Reads what people paste: `postgresql://`, `mysql://` and `mariadb://` addresses (libpq's manual, "Connection URIs"), and JDBC's. */
import type { TlsMode } from "./tls.ts";

/** An address as it was pasted, taken apart; what it does not say is empty. */
export interface Address {
  /** As it was written before `://`, in small letters. */
  readonly scheme: string;
  readonly host: string;
  readonly port: string;
  readonly user: string;
  /** Kept apart from all that is shown or remembered. */
  readonly password: string;
  readonly database: string;
  /** Null where the address does not say. */
  readonly tls: TlsMode | null;
  /** Names of parameters that mean nothing here. */
  readonly ignored: readonly string[];
}

const SCHEME = /^(?:jdbc:)?([a-z][a-z0-9+.-]*):\/\//i;
/** Host and port, then the database, then parameters. */
const PLACE = /^(\[[^\]]*\]|[^/?#:,@]*)(?::(\d*))?(,[^/?#]*)?(?:\/([^?#]*))?(?:\?([^#]*))?(?:#.*)?$/s;

/** Ways to say it in libpq, Connector/J and the mysql program. */
const TLS: Readonly<Record<string, TlsMode>> = {
  disable: "disable",
  disabled: "disable",
  allow: "prefer",
  prefer: "prefer",
  preferred: "prefer",
  require: "require",
  required: "require",
  "verify-ca": "verify-ca",
  verify_ca: "verify-ca",
  "verify-full": "verify-full",
  verify_identity: "verify-full",
};
const TLS_NAMES: ReadonlySet<string> = new Set(["sslmode", "ssl-mode", "ssl_mode"]);
const FLAG_TLS: Readonly<Record<string, TlsMode>> = { true: "require", "1": "require", false: "disable", "0": "disable" };
const FLAG_NAMES: ReadonlySet<string> = new Set(["ssl", "usessl", "tls"]);

/** What a percent sign stands for; a text that is not written so stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The account ends at the last `@` behind which a host can stand: passwords are often pasted with signs that should have been
 * written with a percent sign.
 */
function split(rest: string): { readonly account: string; readonly place: RegExpExecArray } | null {
  const whole = PLACE.exec(rest);
  if (whole && /^[^@?]*\?[\w.-]+=/.test(rest)) return { account: "", place: whole };
  for (let at = rest.lastIndexOf("@"); at >= 0; at = rest.lastIndexOf("@", at - 1)) {
    const place = PLACE.exec(rest.slice(at + 1));
    if (place && place[1] !== "") return { account: rest.slice(0, at), place };
    if (at === 0) break;
  }
  return whole ? { account: "", place: whole } : null;
}

function parameters(text: string): readonly (readonly [string, string])[] {
  return text
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const cut = pair.indexOf("=");
      const [name, value] = cut < 0 ? [pair, ""] : [pair.slice(0, cut), pair.slice(cut + 1)];
      return [decoded(name), decoded(value.replaceAll("+", " "))] as const;
    });
}

interface Said {
  user: string;
  password: string;
  tls: TlsMode | null;
  readonly ignored: string[];
}

function hear(said: Said, name: string, value: string): void {
  const known = name.toLowerCase();
  const tls = TLS_NAMES.has(known) ? TLS[value.toLowerCase()] : FLAG_NAMES.has(known) ? FLAG_TLS[value.toLowerCase()] : undefined;
  if (tls) said.tls = tls;
  else if (known === "user" && said.user === "") said.user = value;
  else if (known === "password" && said.password === "") said.password = value;
  else said.ignored.push(name);
}

/** The parts of an address; null for a text that is none. */
export function readAddress(text: string): Address | null {
  const trimmed = text.trim().replace(/^["']|["'];?$/g, "");
  const scheme = SCHEME.exec(trimmed);
  if (!scheme) return null;
  const parts = split(trimmed.slice(scheme[0].length));
  if (!parts) return null;
  const [, host = "", port = "", more = "", database = "", query = ""] = parts.place;
  const cut = parts.account.indexOf(":");
  const said: Said = {
    user: decoded(cut < 0 ? parts.account : parts.account.slice(0, cut)),
    password: cut < 0 ? "" : decoded(parts.account.slice(cut + 1)),
    tls: null,
    ignored: more === "" ? [] : ["further hosts"],
  };
  for (const [name, value] of parameters(query)) hear(said, name, value);
  return {
    scheme: (scheme[1] ?? "").toLowerCase(),
    host: decoded(host).replace(/^\[|\]$/g, ""),
    port,
    user: said.user,
    password: said.password,
    database: decoded(database),
    tls: said.tls,
    ignored: said.ignored,
  };
}

/** An address without its password. */
export function writeAddress({ scheme, host, port, user, database }: Omit<Address, "password" | "tls" | "ignored">): string {
  const place = host.includes(":") ? `[${host}]` : host;
  const account = user === "" ? "" : `${encodeURIComponent(user)}@`;
  return `${scheme}://${account}${place}${port === "" ? "" : `:${port}`}${database === "" ? "" : `/${encodeURIComponent(database)}`}`;
}
