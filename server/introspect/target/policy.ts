/** Where this server may open database connections: the operator's setting, as `DB_PROXY` and `DB_PROXY_ALLOW` state it. */
import type { BlockList } from "node:net";
import { readHost } from "./host.ts";
import { contains, type Reach, reachOf, readNetwork } from "./reach.ts";

/** One entry of an allow list: a range of addresses, a host name (`*.` for all below it), or everything public. */
export type Allowed =
  | { readonly kind: "network"; readonly network: BlockList }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "public" };

export interface TargetPolicy {
  /** `off`: none at all. `allowlist`: only what `allow` names. `private-ok`: any, this machine and private networks included. */
  readonly mode: "off" | "allowlist" | "private-ok";
  readonly allow: readonly Allowed[];
  /** Ports that may be connected to; empty means all. */
  readonly ports: readonly number[];
}

/** Reads `public, *.db.example.com, 10.1.0.0/16`. Gives the entry that cannot be used instead. */
export function readAllowList(text: string): readonly Allowed[] | { readonly wrong: string } {
  const allowed: Allowed[] = [];
  for (const entry of text.split(",").map((part) => part.trim())) {
    if (entry === "") continue;
    const network = readNetwork(entry);
    const below = entry.startsWith("*.");
    const host = readHost(below ? entry.slice(2) : entry);
    if (entry === "public") allowed.push({ kind: "public" });
    else if (network) allowed.push({ kind: "network", network });
    else if (host?.kind === "name") allowed.push({ kind: "name", name: below ? `*.${host.name}` : host.name });
    else return { wrong: entry };
  }
  return allowed;
}

/** May this server connect to the address, which the name (null: typed as an address) resolved to? */
export function permits(policy: TargetPolicy, name: string | null, address: string): boolean {
  const reach = reachOf(address);
  if (policy.mode === "off" || reach === "never") return false;
  return policy.mode === "private-ok" || policy.allow.some((entry) => covers(entry, name, address, reach));
}

function covers(entry: Allowed, name: string | null, address: string, reach: Reach): boolean {
  if (entry.kind === "public") return reach === "public";
  if (entry.kind === "network") return contains(entry.network, address);
  if (name === null) return false;
  return entry.name.startsWith("*.") ? name.endsWith(entry.name.slice(1)) : name === entry.name;
}
