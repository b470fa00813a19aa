/**
 * A real MariaDB for tests, started by the test run in a temporary folder: Debian's packages, installed here when that is allowed.
 * The server refuses to run as root, so root starts it as the user that the package made.
 */
import { execFile, type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import mysql from "mysql2/promise";
import type { RunQuery } from "#shared/dialects/dialect.ts";
import { freePort } from "./ports.ts";

const run = promisify(execFile);
const asRoot = process.getuid?.() === 0;
const MOST_OUTPUT = 256 * 1024 * 1024;
const STARTS_WITHIN_MS = 60_000;

export interface MariadbServer {
  /** The server's own words: `10.11.19-MariaDB-0+deb12u1`. */
  readonly version: string;
  readonly socket: string;
  readonly port: number;
  /** Runs a script as the mariadb program would, going on after errors; gives what it said on stderr. */
  readonly script: (database: string, sql: string) => Promise<string>;
  /** `mysqldump --no-data` of a database with its routines, triggers and events, comments left out. */
  readonly dump: (database: string) => Promise<string>;
  /** A session for introspection: several statements a call, rows as arrays, those of all statements one after another. */
  readonly connect: (database?: string) => Promise<MariadbSession>;
  readonly stop: () => Promise<void>;
}

export interface MariadbSession {
  readonly run: RunQuery;
  readonly close: () => Promise<void>;
}

/** True when the server's programs are here or could be installed; said on stderr when not. */
async function installed(): Promise<boolean> {
  const here = (): boolean => existsSync("/usr/sbin/mariadbd") && existsSync("/usr/bin/mariadb-dump");
  if (here()) return true;
  if (asRoot && existsSync("/usr/bin/apt-get")) {
    process.stderr.write("installing MariaDB (apt-get install mariadb-server)\n");
    // The package would start a server of its own otherwise.
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
    await run("apt-get", ["update"]).catch(() => undefined);
    await run("apt-get", ["install", "-y", "--no-install-recommends", "mariadb-server"], { env, maxBuffer: MOST_OUTPUT }).catch(
      () => undefined,
    );
    if (here()) return true;
  }
  process.stderr.write("SKIPPED: no MariaDB here; install Debian's mariadb-server to run these tests\n");
  return false;
}

async function account(): Promise<{ readonly uid: number; readonly gid: number } | null> {
  if (!asRoot) return null;
  const [{ stdout: uid }, { stdout: gid }] = await Promise.all([run("id", ["-u", "mysql"]), run("id", ["-g", "mysql"])]);
  return { uid: Number(uid), gid: Number(gid) };
}

/** What `mysql2` gives for several statements is a list of row lists; for one, the rows. */
function rowsOf(answer: unknown): unknown[][] {
  if (!Array.isArray(answer)) return [];
  const several = answer.some((item) => !Array.isArray(item) || (item.length > 0 && Array.isArray(item[0])));
  return several ? answer.flatMap((item) => (Array.isArray(item) ? (item as unknown[][]) : [])) : (answer as unknown[][]);
}

async function connect(socket: string, database: string | undefined): Promise<MariadbSession> {
  const options = { socketPath: socket, user: "root", multipleStatements: true, rowsAsArray: true, charset: "utf8mb4" };
  const connection = await mysql.createConnection({ ...options, ...(database === undefined ? {} : { database }) });
  return {
    run: async (sql, params) => rowsOf((await connection.query({ sql, values: [...(params ?? [])], rowsAsArray: true }))[0]),
    close: () => connection.end(),
  };
}

function pipe(program: string, args: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["pipe", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.once("error", reject);
    child.once("close", () => resolve(said));
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

/** Starts a server; null (and said so) when its programs cannot be had. */
export async function startMariadb(): Promise<MariadbServer | null> {
  if (!(await installed())) return null;
  const user = await account();
  const folder = await mkdtemp(join(tmpdir(), "drawbridge-mariadb-"));
  if (user) await chown(folder, user.uid, user.gid);
  const port = await freePort();
  const [data, socket] = [join(folder, "data"), join(folder, "socket")];
  const identity = user ?? {};
  const install = [
    "--no-defaults",
    `--datadir=${data}`,
    "--auth-root-authentication-method=normal",
    "--skip-test-db",
    "--cross-bootstrap",
  ];
  await run("mariadb-install-db", install, { cwd: folder, ...identity });
  const options = [
    "--no-defaults",
    `--datadir=${data}`,
    `--socket=${socket}`,
    "--bind-address=127.0.0.1",
    `--port=${String(port)}`,
    "--character-set-server=utf8mb4",
    "--collation-server=utf8mb4_general_ci",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-flush-method=nosync",
    "--table-definition-cache=20000",
    "--table-open-cache=8000",
    "--log-bin-trust-function-creators=1",
  ];
  const server: ChildProcess = spawn("/usr/sbin/mariadbd", options, {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
    ...identity,
  });
  await ready(server);
  const session = await connect(socket, undefined);
  const [[version] = []] = await session.run("SELECT version()");
  await session.close();
  const where = ["--no-defaults", `--socket=${socket}`, "--user=root"];
  return {
    version: String(version),
    socket,
    port,
    script: (database, sql) => pipe("mariadb", [...where, "--force", "--default-character-set=utf8mb4", database], sql),
    dump: async (database) => {
      const wanted = ["--no-data", "--routines", "--events", "--triggers", "--skip-comments", "--default-character-set=utf8mb4"];
      return (await run("mariadb-dump", [...where, ...wanted, database], { maxBuffer: MOST_OUTPUT })).stdout;
    },
    connect: (database) => connect(socket, database),
    stop: async () => {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    const late = setTimeout(() => reject(new Error(`MariaDB did not start: ${said}`)), STARTS_WITHIN_MS);
    server.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (!said.includes("ready for connections")) return;
      clearTimeout(late);
      said = "";
      resolve();
    });
    server.once("exit", () => {
      clearTimeout(late);
      reject(new Error(said));
    });
  });
}
