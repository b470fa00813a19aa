import { describe, expect, it } from "vitest";
import { looksNear, readAddress, tlsChoices, writeAddress } from "./index.ts";

const NOTHING = { scheme: "postgresql", host: "", port: "", user: "", password: "", database: "", tls: null, ignored: [] };

describe("a pasted address", () => {
  it.each<[string, Partial<ReturnType<typeof readAddress>>]>([
    ["postgresql://db.example.com", { host: "db.example.com" }],
    [
      "postgres://ada:secret@db:5433/shop",
      { scheme: "postgres", host: "db", port: "5433", user: "ada", password: "secret", database: "shop" },
    ],
    [" 'postgresql://a@h/d' ", { host: "h", user: "a", database: "d" }],
    ["postgresql://a:p%40ss%2Fw@h/my%20db", { host: "h", user: "a", password: "p@ss/w", database: "my db" }],
    [
      "postgresql://a:p@ss/w#1?x@h:1/d?sslmode=require",
      { host: "h", port: "1", user: "a", password: "p@ss/w#1?x", database: "d", tls: "require" },
    ],
    ["postgresql://a:100%@h/d", { host: "h", user: "a", password: "100%", database: "d" }],
    ["postgresql://a:p:q@[::1]:5432/d", { host: "::1", port: "5432", user: "a", password: "p:q", database: "d" }],
    [
      "postgresql://h1:1,h2:2/d?sslmode=verify-full&target_session_attrs=any",
      { host: "h1", port: "1", database: "d", tls: "verify-full", ignored: ["further hosts", "target_session_attrs"] },
    ],
    ["postgresql:///d?user=ada&password=x+y", { user: "ada", password: "x y", database: "d" }],
    ["postgresql://h/d?user=a@b.c", { host: "h", user: "a@b.c", database: "d" }],
    ["jdbc:mysql://h:3306/d?useSSL=false", { scheme: "mysql", host: "h", port: "3306", database: "d", tls: "disable" }],
    [
      "mariadb://root@localhost/?ssl-mode=VERIFY_IDENTITY",
      { scheme: "mariadb", host: "localhost", user: "root", tls: "verify-full" },
    ],
  ])("%s", (text, parts) => {
    expect(readAddress(text)).toEqual({ ...NOTHING, ...parts });
  });

  it.each(["", "localhost", "select 1", "postgres:", "://h", "postgresql://h with spaces\n{", "jdbc:postgresql:d"])(
    "%j is none, or holds no account",
    (text) => {
      expect(readAddress(text)?.password ?? "").toBe("");
    },
  );

  it("is written without its password, and read again equal", () => {
    const address = readAddress("postgresql://a%40b:secret@[fd00::1]:5433/my%20db");
    const text = writeAddress(address!);
    expect(text).toBe("postgresql://a%40b@[fd00::1]:5433/my%20db");
    expect(readAddress(text)).toEqual({ ...address, password: "" });
  });
});

describe("protection", () => {
  it.each([
    ["localhost", true],
    ["127.0.0.1", true],
    ["10.1.2.3", true],
    ["172.20.0.1", true],
    ["172.32.0.1", false],
    ["db", true],
    ["db.local", true],
    ["::1", true],
    ["fd12::1", true],
    ["2001:db8::1", false],
    ["8.8.8.8", false],
    ["db.example.com", false],
  ])("%s is near: %s", (host, near) => {
    expect(looksNear(host)).toBe(near);
  });

  it("begins with what fits the host", () => {
    expect(tlsChoices("localhost")[0]).toMatchObject({ mode: null, explanation: expect.stringContaining("not checked") });
    expect(tlsChoices("db.example.com")[0]).toMatchObject({ mode: null, explanation: expect.stringContaining("must be valid") });
  });
});
