/**
 * How far away an address is. Lists follow IANA's special-purpose registries for IPv4 and IPv6; cloud metadata services are from
 * their vendors' manuals. An IPv6 address that carries an IPv4 one is judged by both, and the stricter judgement holds.
 */
import { BlockList, isIP } from "node:net";
import { readHost } from "./host.ts";

/** `never`: not a database server in any deployment (metadata services, link-local, multicast, this-network). */
export type Reach = "never" | "loopback" | "private" | "public";

const STRICTEST_FIRST: readonly Reach[] = ["never", "loopback", "private", "public"];

const NETWORKS: Readonly<Record<Exclude<Reach, "public">, readonly string[]>> = {
  never: [
    "0.0.0.0/8",
    "169.254.0.0/16",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "100.100.100.200/32",
    "168.63.129.16/32",
    "192.0.0.192/32",
    "::/128",
    "fe80::/10",
    "ff00::/8",
    "fd00:ec2::/32",
    "fd20:ce::254/128",
    "100::/64",
  ],
  loopback: ["127.0.0.0/8", "::1/128"],
  private: [
    "10.0.0.0/8",
    "100.64.0.0/10",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "64:ff9b:1::/48",
    "2001:2::/48",
    "2001:10::/28",
    "2001:20::/28",
    "2001:db8::/32",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fec0::/10",
  ],
};

/** An address range of an allow list or of the lists above; null when the text is none. */
export function readNetwork(text: string): BlockList | null {
  const [address = "", bits, rest] = text.split("/");
  const family = isIP(address);
  if (family === 0 || rest !== undefined) return null;
  const most = family === 4 ? 32 : 128;
  const prefix = bits === undefined ? most : Number(bits);
  if (bits === "" || !Number.isInteger(prefix) || prefix < 0 || prefix > most) return null;
  const list = new BlockList();
  list.addSubnet(address, prefix, family === 4 ? "ipv4" : "ipv6");
  return list;
}

const networks = (texts: readonly string[]): readonly BlockList[] => texts.flatMap((text) => readNetwork(text) ?? []);

const LISTS: Readonly<Record<Exclude<Reach, "public">, readonly BlockList[]>> = {
  never: networks(NETWORKS.never),
  loopback: networks(NETWORKS.loopback),
  private: networks(NETWORKS.private),
};

/** True when the network holds the address or the IPv4 address that it carries. */
export function contains(network: BlockList, address: string): boolean {
  return [address, ...carried(address)].some((one) => network.check(one, isIP(one) === 4 ? "ipv4" : "ipv6"));
}

/** How far away an address is; `never` for what is no address in plain form. */
export function reachOf(text: string): Reach {
  const host = readHost(text);
  if (host?.kind !== "address") return "never";
  const found = [host.address, ...carried(host.address)].map(single);
  return STRICTEST_FIRST.find((reach) => found.includes(reach)) ?? "never";
}

function single(address: string): Reach {
  const family = isIP(address) === 4 ? "ipv4" : "ipv6";
  for (const reach of ["never", "loopback", "private"] as const) {
    if (LISTS[reach].some((list) => list.check(address, family))) return reach;
  }
  return "public";
}

/** The IPv4 addresses that an IPv6 one carries: mapped, translated, compatible, NAT64, 6to4, Teredo, ISATAP. */
function carried(address: string): string[] {
  if (isIP(address) !== 6) return [];
  const groups = groupsOf(address);
  const at = (place: number): number => groups[place] ?? 0;
  const dotted = (high: number, low: number): string => [high >> 8, high & 255, low >> 8, low & 255].join(".");
  const last = dotted(at(6), at(7));
  const startsWith = (...wanted: readonly number[]): boolean => wanted.every((group, place) => at(place) === group);
  if (startsWith(0, 0, 0, 0, 0, 0)) return address === "::1" ? [] : [last];
  if (startsWith(0, 0, 0, 0, 0, 0xffff) || startsWith(0, 0, 0, 0, 0xffff, 0)) return [last];
  if (startsWith(0x64, 0xff9b)) return [last];
  if (startsWith(0x2002)) return [dotted(at(1), at(2))];
  if (startsWith(0x2001, 0)) return [dotted(at(2), at(3)), dotted(at(6) ^ 0xffff, at(7) ^ 0xffff)];
  return (at(4) & 0xfdff) === 0 && at(5) === 0x5efe ? [last] : [];
}

/** The eight groups of an IPv6 address in normal form. */
function groupsOf(address: string): number[] {
  const [head = "", tail] = address.split("::");
  const numbers = (text: string): number[] => (text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16)));
  const [before, after] = [numbers(head), numbers(tail ?? "")];
  return [...before, ...Array<number>(tail === undefined ? 0 : 8 - before.length - after.length).fill(0), ...after];
}
