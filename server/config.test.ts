import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configHelp, configTable, databasePolicy, readConfig } from "./config.ts";

const files: Readonly<Record<string, string>> = { "/run/secrets/db": "postgresql://u:p@db/gists\n" };
const readFile = (path: string): string => {
  const text = files[path];
  if (text === undefined) throw new Error("ENOENT");
  return text;
};
const read = (environment: Record<string, string>) => readConfig(environment, readFile);

describe("readConfig", () => {
  it("needs nothing", () => {
    expect(read({}).config).toMatchObject({
      host: "127.0.0.1",
      port: 3001,
      dataDir: "./data",
      databaseUrl: null,
      clientUrls: ["http://localhost:5173"],
    });
  });

  it.each([
    ["HOST", "a b"],
    ["PORT", "99999"],
    ["PORT", "-1"],
    ["CLIENT_URL", "localhost:5173"],
    ["CLIENT_URL", "https://a.example/path"],
    ["ALLOWED_HOSTS", "a.example,b c"],
    ["TRUST_PROXY", "10.0.0.0/64"],
    ["TRUST_PROXY", "all"],
    ["RATE_LIMIT", "many"],
    ["DB_PROXY", "on"],
    ["DB_PROXY_ALLOW", "10.0.0.0/33"],
    ["DB_PROXY_ALLOW", "db.example,/tmp"],
    ["DB_PROXY_PORTS", "5432,x"],
    ["DB_PROXY_PORTS", "0"],
    ["GIST_BYTES", "1"],
    ["DRAIN_SECONDS", "1.5"],
    ["LOG_LEVEL", "loud"],
  ])("refuses %s=%s and says what it is for", (name, value) => {
    const { config, wrong } = read({ [name]: value });
    expect(config).toBeNull();
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toMatch(new RegExp(`^${name}=.* (is not|holds).*: .+\\.$`));
  });

  it("names every wrong value at once", () => {
    const { wrong } = read({ HOST: "a b", PORT: "99999", LOG_LEVEL: "loud" });
    expect(wrong.map((sentence) => sentence.split("=")[0])).toEqual(["HOST", "PORT", "LOG_LEVEL"]);
  });

  it("does not repeat a secret", () => {
    const { wrong } = read({ DATABASE_URL: "mysql://root:hunter2@db" });
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).not.toContain("hunter2");
  });

  it("takes a Redis only for servers that share a database, and does not repeat its password", () => {
    const DATABASE_URL = "postgresql://u:p@db/rooms";
    expect(read({ DATABASE_URL, REDIS_URL: "rediss://:p@cache:6379/1" }).config?.redisUrl).toBe("rediss://:p@cache:6379/1");
    expect(read({ REDIS_URL: "redis://cache" }).wrong).toEqual([
      "REDIS_URL is for servers that share their rooms: set DATABASE_URL as well.",
    ]);
    const { wrong } = read({ DATABASE_URL, REDIS_URL: "http://:hunter2@cache" });
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).not.toContain("hunter2");
  });

  it.each([
    ["mysql://s:hunter2@db:3307", true],
    ["mariadb://s:hunter2@[::1]/", true],
    ["postgresql://s:hunter2@db", false],
    ["mysql://db:3306/hunter2", false],
    ["mysql://s:hunter2@db/shop", false],
    ["mysql://s:hunter2@db?ssl=hunter2", false],
    ["hunter2", false],
  ])("takes a scratch server and an account for it, and does not repeat its password: %s", (SCRATCH_MYSQL_URL, good) => {
    const { config, wrong } = read({ SCRATCH_MYSQL_URL });
    expect(config?.scratchMysqlUrl ?? null).toBe(good ? SCRATCH_MYSQL_URL : null);
    expect(wrong).toHaveLength(good ? 0 : 1);
    expect(wrong.join()).not.toContain("hunter2");
  });

  it("reads a secret from a file, but not twice", () => {
    expect(read({ DATABASE_URL_FILE: "/run/secrets/db" }).config?.databaseUrl).toBe("postgresql://u:p@db/gists");
    expect(read({ DATABASE_URL_FILE: "/nowhere" }).wrong).toEqual(["DATABASE_URL_FILE=/nowhere cannot be read."]);
    expect(read({ DATABASE_URL_FILE: "/run/secrets/db", DATABASE_URL: "postgresql://db" }).wrong).toEqual([
      "DATABASE_URL and DATABASE_URL_FILE are both set; keep one.",
    ]);
  });

  it.each([
    ["127.0.0.1", undefined, "private-ok"],
    ["::1", undefined, "private-ok"],
    ["0.0.0.0", undefined, "allowlist"],
    ["10.1.2.3", undefined, "allowlist"],
    ["0.0.0.0", "private-ok", "private-ok"],
    ["127.0.0.1", "off", "off"],
  ])("bound to %s with DB_PROXY=%s, databases are %s", (host, said, mode) => {
    const { config } = read({ HOST: host, ...(said === undefined ? {} : { DB_PROXY: said }) });
    expect(config && databasePolicy(config)).toEqual({ mode, allow: [], ports: [] });
  });

  it("takes several values with commas", () => {
    const { config } = read({ CLIENT_URL: "https://a.example, https://b.example/", TRUST_PROXY: "loopback,10.0.0.0/8" });
    expect(config?.clientUrls).toEqual(["https://a.example", "https://b.example"]);
    expect(config?.trustProxy).toEqual(["loopback", "10.0.0.0/8"]);
  });
});

describe("the list of variables", () => {
  it("is what --help prints", () => {
    for (const name of ["HOST", "PORT", "DATA_DIR", "DATABASE_URL", "GIST_BYTES", "LOG_LEVEL"]) {
      expect(configHelp()).toContain(name);
    }
  });

  it("is the README's table", () => {
    expect(readFileSync(join(import.meta.dirname, "..", "README.md"), "utf8")).toContain(configTable());
  });
});
