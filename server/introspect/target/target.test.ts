import { describe, expect, it } from "vitest";
import { readHost } from "./host.ts";
import { readAllowList, type TargetPolicy } from "./policy.ts";
import { reachOf } from "./reach.ts";
import { resolveTarget, type Resolver, systemResolver } from "./resolve.ts";

const allow = (text: string): TargetPolicy["allow"] => {
  const list = readAllowList(text);
  if ("wrong" in list) throw new Error(list.wrong);
  return list;
};
const PUBLIC_ONLY: TargetPolicy = { mode: "allowlist", allow: allow("public"), ports: [] };
const PRIVATE_OK: TargetPolicy = { mode: "private-ok", allow: [], ports: [] };
const nobody: Resolver = (name) => Promise.reject(new Error(`getaddrinfo ENOTFOUND ${name}`));

/** Spellings of addresses that a server which is open to strangers never connects to. */
const FORBIDDEN: readonly (readonly [host: string, what: string])[] = [
  ["127.0.0.1", "loopback"],
  ["127.1", "loopback, short"],
  ["127.0.1", "loopback, three parts"],
  ["127.255.255.254", "the end of loopback"],
  ["127.0.0.1.", "loopback with a dot at the end"],
  ["2130706433", "loopback as one number"],
  ["0x7f000001", "loopback as one hexadecimal number"],
  ["017700000001", "loopback as one octal number"],
  ["0x7f.0.0.1", "loopback, hexadecimal part"],
  ["0x7f.1", "loopback, hexadecimal and short"],
  ["0177.0.0.1", "loopback, octal part"],
  ["0177.0x0.0.01", "loopback, mixed"],
  ["00000177.1", "loopback, octal with zeros"],
  ["１２７.0.0.1", "loopback in full-width digits"],
  ["①②⑦.0.0.1", "loopback in circled digits"],
  ["127。0。0。1", "loopback with ideographic dots"],
  ["::1", "IPv6 loopback"],
  ["[::1]", "IPv6 loopback in brackets"],
  ["0:0:0:0:0:0:0:1", "IPv6 loopback, long"],
  ["0000:0000:0000:0000:0000:0000:0000:0001", "IPv6 loopback, longest"],
  ["::ffff:127.0.0.1", "loopback, mapped"],
  ["::ffff:7f00:1", "loopback, mapped in hexadecimal"],
  ["[::FFFF:7F00:0001]", "loopback, mapped in capitals"],
  ["0:0:0:0:0:ffff:127.0.0.1", "loopback, mapped and long"],
  ["::ffff:0:127.0.0.1", "loopback, translated"],
  ["::127.0.0.1", "loopback, compatible"],
  ["64:ff9b::127.0.0.1", "loopback behind NAT64"],
  ["64:ff9b::7f00:1", "loopback behind NAT64 in hexadecimal"],
  ["2002:7f00:1::", "loopback in 6to4"],
  ["2001:0:7f00:1::", "loopback as a Teredo server"],
  ["2001:0:808:808::80ff:fffe", "loopback as a Teredo client"],
  ["2001:db8::5efe:127.0.0.1", "loopback in ISATAP"],
  ["2a00::5efe:7f00:1", "loopback in ISATAP under a public prefix"],
  ["10.0.0.1", "private"],
  ["0xa000001", "private as one hexadecimal number"],
  ["012.0.0.1", "private, octal part"],
  ["167772161", "private as one number"],
  ["172.16.0.1", "private"],
  ["172.31.255.255", "the end of a private range"],
  ["192.168.1.1", "private"],
  ["3232235777", "private as one number"],
  ["0300.0250.1.1", "private in octal"],
  ["::ffff:192.168.0.1", "private, mapped"],
  ["2002:c0a8:1::1", "private in 6to4"],
  ["64:ff9b::a00:1", "private behind NAT64"],
  ["64:ff9b:1::1", "NAT64 of one's own network"],
  ["100.64.0.1", "a carrier's network"],
  ["198.18.0.1", "benchmarking"],
  ["192.0.0.8", "protocol assignments"],
  ["203.0.113.7", "documentation"],
  ["fc00::1", "unique local"],
  ["fd12:3456:789a::1", "unique local"],
  ["fec0::1", "site-local"],
  ["2001:db8::1", "documentation"],
  ["0.0.0.0", "this host"],
  ["0", "this host, shortest"],
  ["00.0x0.0", "this host, mixed"],
  ["0.1.2.3", "this network"],
  ["::", "unspecified"],
  ["::ffff:0.0.0.0", "unspecified, mapped"],
  ["169.254.169.254", "cloud metadata"],
  ["0xa9fea9fe", "cloud metadata as one hexadecimal number"],
  ["2852039166", "cloud metadata as one number"],
  ["0251.0376.0251.0376", "cloud metadata in octal"],
  ["169.254.43518", "cloud metadata, three parts"],
  ["⑯⑨.②⑤④.⑯⑨.②⑤④", "cloud metadata in circled numbers"],
  ["::ffff:169.254.169.254", "cloud metadata, mapped"],
  ["64:ff9b::a9fe:a9fe", "cloud metadata behind NAT64"],
  ["2002:a9fe:a9fe::", "cloud metadata in 6to4"],
  ["fd00:ec2::254", "cloud metadata on IPv6"],
  ["fd20:ce::254", "cloud metadata on IPv6"],
  ["100.100.100.200", "cloud metadata"],
  ["168.63.129.16", "a cloud's host"],
  ["fe80::1", "link-local"],
  ["fe80::1%eth0", "link-local with a zone"],
  ["[fe80::1%25eth0]", "link-local with an escaped zone"],
  ["224.0.0.1", "multicast"],
  ["ff02::1", "multicast"],
  ["240.0.0.1", "reserved"],
  ["255.255.255.255", "broadcast"],
  ["4294967295", "broadcast as one number"],
];

/** Those that stay forbidden where private networks are allowed. */
const NEVER = FORBIDDEN.filter(([, what]) =>
  /metadata|link-local|multicast|broadcast|reserved|unspecified|^this|cloud/.test(what),
);

/** What is no host at all, whatever the policy. */
const NO_HOST = [
  "",
  "/var/run/postgresql",
  "/tmp/mysql.sock",
  "@abstract",
  "./socket",
  "user@127.0.0.1",
  "example.com:5432",
  "example.com/x",
  "example.com?host=/tmp",
  "example.com#x",
  "a,b",
  "a b",
  "127.0.0.1\t",
  "127.0.\n0.1",
  "127.0.0.1\u0000.example.com",
  "%31%32%37.0.0.1",
  "a..b",
  ".",
  "1.2.3.256",
  "1.2.3.4.5",
  "0x100000000",
  "[127.0.0.1]",
  "::1::",
  ":::1",
  "[::1",
  "http://localhost",
  "x".repeat(254),
];

describe("an address in whatever spelling", () => {
  it("is refused when it is typed: at least 60 forms", () => {
    expect(FORBIDDEN.length).toBeGreaterThanOrEqual(60);
  });

  it.each(FORBIDDEN)("%s (%s)", async (host) => {
    expect(await resolveTarget(host, 5432, PUBLIC_ONLY, nobody)).toHaveProperty("refused");
  });

  it.each(NEVER)("%s (%s) also where private networks are allowed", async (host) => {
    expect(await resolveTarget(host, 5432, PRIVATE_OK, nobody)).toHaveProperty("refused");
  });

  it.each(FORBIDDEN.filter(([host]) => readHost(host)?.kind === "address"))(
    "%s (%s) is refused when a name resolves to it, beside a public one too",
    async (host) => {
      const bare = host.replace(/^\[|\]$/g, "");
      for (const addresses of [[bare], ["93.184.215.14", bare], [bare, "2606:4700::1"]]) {
        expect(await resolveTarget("db.example.com", 5432, PUBLIC_ONLY, () => Promise.resolve(addresses))).toEqual({
          refused: "forbidden",
        });
      }
    },
  );

  it.each(NO_HOST)("%j is no host", (host) => {
    expect(readHost(host)).toBeNull();
  });

  it.each([
    ["93.184.215.14", "93.184.215.14"],
    ["0x5db8d70e", "93.184.215.14"],
    ["2606:4700:0:0::6810:0001", "2606:4700::6810:1"],
    ["::ffff:93.184.215.14", "::ffff:5db8:d70e"],
    ["64:ff9b::5db8:d70e", "64:ff9b::5db8:d70e"],
  ])("%s is public and connected to as %s", async (host, address) => {
    expect(await resolveTarget(host, 5432, PUBLIC_ONLY, nobody)).toEqual({
      host: address,
      port: 5432,
      addresses: [address],
      reach: "public",
    });
  });

  it("is checked as an international name in ASCII, without the dot at the end", () => {
    expect(readHost("BÜCHER.example.")).toEqual({ kind: "name", name: "xn--bcher-kva.example" });
  });
});

describe("the operator's choice", () => {
  const to =
    (address: string): Resolver =>
    () =>
      Promise.resolve([address]);
  const only = (text: string): TargetPolicy => ({ mode: "allowlist", allow: allow(text), ports: [] });

  it.each<[policy: TargetPolicy, host: string, address: string, permitted: boolean]>([
    [PRIVATE_OK, "localhost", "127.0.0.1", true],
    [PRIVATE_OK, "db.internal", "10.0.0.5", true],
    [PRIVATE_OK, "db.example.com", "93.184.215.14", true],
    [PRIVATE_OK, "metadata.internal", "169.254.169.254", false],
    [PUBLIC_ONLY, "db.example.com", "93.184.215.14", true],
    [PUBLIC_ONLY, "localhost", "127.0.0.1", false],
    [only(""), "db.example.com", "93.184.215.14", false],
    [only("db.example.com"), "db.example.com", "10.0.0.5", true],
    [only("db.example.com"), "DB.Example.com.", "10.0.0.5", true],
    [only("db.example.com"), "db.example.com", "169.254.169.254", false],
    [only("db.example.com"), "x.db.example.com", "10.0.0.5", false],
    [only("*.example.com"), "x.db.example.com", "10.0.0.5", true],
    [only("*.example.com"), "example.com", "10.0.0.5", false],
    [only("*.example.com"), "badexample.com", "10.0.0.5", false],
    [only("10.1.0.0/16"), "db.internal", "10.1.2.3", true],
    [only("10.1.0.0/16"), "db.internal", "10.2.2.3", false],
    [only("10.1.0.0/16"), "db.internal", "::ffff:10.1.2.3", true],
    [only("127.0.0.1"), "0x7f.1", "", true],
    [{ ...PRIVATE_OK, mode: "off" }, "db.example.com", "93.184.215.14", false],
    [{ ...PRIVATE_OK, ports: [3306] }, "db.example.com", "93.184.215.14", false],
  ])("%o: %s at %s is permitted: %s", async (policy, host, address, permitted) => {
    expect("addresses" in (await resolveTarget(host, 5432, policy, to(address)))).toBe(permitted);
  });

  it.each([0, -1, 65536, 5432.5, Number.NaN])("port %s is none", async (port) => {
    expect(await resolveTarget("127.0.0.1", port, PRIVATE_OK, nobody)).toEqual({ refused: "port" });
  });

  it.each(["10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/8", "a b", "/tmp"])("%s is no entry of an allow list", (text) => {
    expect(readAllowList(`public, ${text}`)).toEqual({ wrong: text });
  });

  it("is held against what this system resolves", async () => {
    expect(await resolveTarget("localhost", 5432, PUBLIC_ONLY, systemResolver)).toEqual({ refused: "forbidden" });
    expect(await resolveTarget("localhost", 5432, PRIVATE_OK, systemResolver)).toMatchObject({ reach: "loopback" });
    expect(await resolveTarget("no-such-name.invalid", 5432, PRIVATE_OK, systemResolver)).toEqual({ refused: "unresolved" });
  });

  it("takes a resolver's zone, name or rubbish for no address", async () => {
    for (const answer of ["fe80::1%eth0", "localhost", "", "127.0.0.1/8"]) {
      expect(await resolveTarget("db.example.com", 5432, PRIVATE_OK, to(answer))).toEqual({ refused: "forbidden" });
    }
    expect(reachOf("rubbish")).toBe("never");
  });
});
