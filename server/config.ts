/**
 * The server's configuration: environment only, every variable in one list. The list reads the environment, names every wrong
 * value at once, prints `--help` and makes the README's table. A secret may also be the name of a file that holds it: NAME_FILE.
 */
import { isIP } from "node:net";
import {
  host,
  list,
  mysqlServerUrl,
  network,
  oneOf,
  optional,
  origin,
  type Parse,
  postgresUrl,
  redisUrl,
  text,
  whole,
} from "./config-values.ts";
import { type Allowed, readAllowList, type TargetPolicy } from "./introspect/index.ts";

const allowList: Parse<readonly Allowed[]> = (given) => {
  const entries = readAllowList(given);
  return "wrong" in entries ? { wrong: `holds "${entries.wrong}", which is no host, address or range` } : { value: entries };
};

interface Variable<T> {
  readonly name: string;
  /** What is read when the environment says nothing. */
  readonly fallback: string;
  readonly help: string;
  readonly secret: boolean;
  readonly parse: Parse<T>;
}

const open = <T>(name: string, fallback: string, help: string, parse: Parse<T>): Variable<T> => ({
  name,
  fallback,
  help,
  secret: false,
  parse,
});

/** A variable whose value is never printed, and which `NAME_FILE` may give as the path of a file. */
const secret = <T>(name: string, help: string, parse: Parse<T>): Variable<T | null> => ({
  name,
  fallback: "",
  help,
  secret: true,
  parse: optional(parse),
});

const VARIABLES = {
  host: open("HOST", "127.0.0.1", "address to listen on; 0.0.0.0 lets other machines in", host),
  port: open("PORT", "3001", "port to listen on; 0 takes any free one", whole(0, 65_535)),
  dataDir: open("DATA_DIR", "./data", "folder of what the server keeps (rooms, gists); one server at a time has it", text),
  databaseUrl: secret(
    "DATABASE_URL",
    "postgresql:// address; rooms and gists are kept there instead of in DATA_DIR",
    postgresUrl,
  ),
  redisUrl: secret(
    "REDIS_URL",
    "redis:// or rediss:// address; servers of one DATABASE_URL tell each other of edits there, at once",
    redisUrl,
  ),
  clientUrls: open(
    "CLIENT_URL",
    "http://localhost:5173",
    "other origins whose pages may call the API, with commas",
    list(origin),
  ),
  allowedHosts: open(
    "ALLOWED_HOSTS",
    "",
    "names it is called by besides localhost, with commas; empty: any name, unless HOST is a loopback address",
    list(host),
  ),
  trustProxy: open(
    "TRUST_PROXY",
    "",
    "reverse proxies that may name the caller: addresses or ranges with commas, or loopback",
    list(network),
  ),
  rateLimit: open("RATE_LIMIT", "300", "calls of the API per minute and address; 0 lifts the limit", whole(0, 1_000_000)),
  dbProxy: open(
    "DB_PROXY",
    "",
    "which databases it may connect to: off, allowlist (DB_PROXY_ALLOW), private-ok (any); empty: any on a loopback HOST, else the list",
    optional(oneOf("off", "allowlist", "private-ok")),
  ),
  dbProxyAllow: open(
    "DB_PROXY_ALLOW",
    "",
    "hosts of databases, with commas: names, *.names, addresses, ranges (10.1.0.0/16), or public for all that are public",
    allowList,
  ),
  dbProxyPorts: open("DB_PROXY_PORTS", "", "ports of databases, with commas; empty: any", list(whole(1, 65_535))),
  sqliteDir: open("SQLITE_DIR", "", "folder whose SQLite databases may be read, by plain name; empty: none", optional(text)),
  scratchMysqlUrl: secret(
    "SCRATCH_MYSQL_URL",
    "mysql:// or mariadb:// address of a server where files may be proved, in databases drawbridge_scratch_... of their own",
    mysqlServerUrl,
  ),
  gistBytes: open("GIST_BYTES", "4194304", "largest file of a gist", whole(1024, 64 * 1024 * 1024)),
  roomBytes: open(
    "ROOM_BYTES",
    "33554432",
    "largest design of a room, and largest message of a socket",
    whole(65_536, 256 * 1024 * 1024),
  ),
  roomLimit: open("ROOM_LIMIT", "10000", "rooms it keeps", whole(0, 10_000_000)),
  roomsToken: secret("ROOMS_TOKEN", "bearer token that making a room needs; empty: anyone who reaches the server may", text),
  syncRate: open("SYNC_RATE", "100", "edits per second of one person in a room, ten times as many at once", whole(1, 100_000)),
  metricsToken: secret("METRICS_TOKEN", "bearer token for /metrics; empty: only this machine may read them", text),
  drainSeconds: open("DRAIN_SECONDS", "25", "how long calls under way may take when it is asked to stop", whole(0, 600)),
  logLevel: open(
    "LOG_LEVEL",
    "warn",
    "least of what is logged, as JSON lines: error, warn, info (each call), debug, silent",
    oneOf("error", "warn", "info", "debug", "silent"),
  ),
} as const;

/** Where this server may open database connections. */
export function databasePolicy({ host: at, dbProxy, dbProxyAllow, dbProxyPorts }: Config): TargetPolicy {
  const mode = dbProxy ?? (isLoopback(at) ? "private-ok" : "allowlist");
  return { mode, allow: dbProxyAllow, ports: dbProxyPorts };
}

type Key = keyof typeof VARIABLES;

/** One property for each variable of the list. */
export type Config = { readonly [K in Key]: (typeof VARIABLES)[K] extends Variable<infer T> ? T : never };

type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment, or a file that it names, says of a variable. */
function given(
  variable: Variable<unknown>,
  environment: Environment,
  readFile: (path: string) => string,
): string | { readonly wrong: string } {
  const direct = environment[variable.name] ?? "";
  const path = variable.secret ? (environment[`${variable.name}_FILE`] ?? "") : "";
  if (path === "") return direct === "" ? variable.fallback : direct;
  if (direct !== "") return { wrong: `${variable.name} and ${variable.name}_FILE are both set; keep one.` };
  try {
    return readFile(path).trim();
  } catch {
    return { wrong: `${variable.name}_FILE=${path} cannot be read.` };
  }
}

/** Reads the environment. `wrong` has one sentence for each variable that cannot be used; then there is no config. */
export function readConfig(
  environment: Environment,
  readFile: (path: string) => string,
): { readonly config: Config; readonly wrong: readonly [] } | { readonly config: null; readonly wrong: readonly string[] } {
  const wrong: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, variable] of Object.entries(VARIABLES) as [Key, Variable<unknown>][]) {
    const said = given(variable, environment, readFile);
    if (typeof said !== "string") {
      wrong.push(said.wrong);
      continue;
    }
    const parsed = variable.parse(said);
    if ("value" in parsed) values[key] = parsed.value;
    else wrong.push(`${variable.name}${variable.secret ? "" : `=${said}`} ${parsed.wrong}: ${variable.help}.`);
  }
  if (typeof values.redisUrl === "string" && values.databaseUrl === null) {
    wrong.push("REDIS_URL is for servers that share their rooms: set DATABASE_URL as well.");
  }
  // Every key of the list was parsed by its own parser, which is what Config says.
  return wrong.length > 0 ? { config: null, wrong } : { config: values as Config, wrong: [] };
}

/** True when only this machine can reach the server. */
export function isLoopback(address: string): boolean {
  return address === "localhost" || address === "::1" || (isIP(address) === 4 && address.startsWith("127."));
}

const shown = ({ fallback }: Variable<unknown>): string => (fallback === "" ? "none" : fallback);

/** The text of `--help`. */
export function configHelp(): string {
  const rows = Object.values<Variable<unknown>>(VARIABLES).map(
    (variable) => `  ${variable.name.padEnd(17)} ${variable.help} (default ${shown(variable)})`,
  );
  return [
    "Serves the Drawbridge app and its API. Configuration is read from the environment:",
    ...rows,
    "A secret may be in a file: NAME_FILE names it for DATABASE_URL, REDIS_URL, SCRATCH_MYSQL_URL, ROOMS_TOKEN and METRICS_TOKEN.",
    "",
  ].join("\n");
}

/** The same list as the README's table. */
export function configTable(): string {
  const rows = Object.values<Variable<unknown>>(VARIABLES).map((variable) => {
    const name = variable.secret ? `\`${variable.name}\` (or \`${variable.name}_FILE\`)` : `\`${variable.name}\``;
    return `| ${name} | ${variable.fallback === "" ? "" : `\`${variable.fallback}\``} | ${variable.help} |`;
  });
  return ["| variable | default | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}
