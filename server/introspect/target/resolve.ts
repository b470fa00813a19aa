/**
 * From a host and a port to addresses that were checked. A name is resolved once; what was checked is what is connected to, so a
 * resolver that changes its answer in between changes nothing.
 */
import { lookup } from "node:dns/promises";
import { readHost } from "./host.ts";
import { permits, type TargetPolicy } from "./policy.ts";
import { type Reach, reachOf } from "./reach.ts";

/** All addresses of a name. Rejects when there is none. */
export type Resolver = (name: string) => Promise<readonly string[]>;

/** The system's resolver. */
export const systemResolver: Resolver = async (name) => (await lookup(name, { all: true })).map(({ address }) => address);

export interface Target {
  /** What the server's certificate must be made out to: the host as the person gave it. */
  readonly host: string;
  readonly port: number;
  /** Checked, in the resolver's order, never empty. */
  readonly addresses: readonly string[];
  /** The farthest of the addresses: `public` asks for a verified certificate. */
  readonly reach: Reach;
}

/** Why a target is refused. For the operator's log; who asked is told one sentence for all of them. */
export type Refusal = "not-a-host" | "port" | "unresolved" | "forbidden";

/** Checks a target against the policy. */
export async function resolveTarget(
  host: string,
  port: number,
  policy: TargetPolicy,
  resolver: Resolver,
): Promise<Target | { readonly refused: Refusal }> {
  const read = readHost(host);
  if (read === null) return { refused: "not-a-host" };
  if (!Number.isInteger(port) || port < 1 || port > 65535) return { refused: "port" };
  if (policy.ports.length > 0 && !policy.ports.includes(port)) return { refused: "port" };
  const name = read.kind === "name" ? read.name : null;
  const found = read.kind === "name" ? await resolver(read.name).catch(() => []) : [read.address];
  const addresses = found.map(normal);
  if (addresses.length === 0) return { refused: "unresolved" };
  if (!addresses.every((address) => address !== null && permits(policy, name, address))) return { refused: "forbidden" };
  const checked = addresses.filter((address) => address !== null);
  const reaches = checked.map(reachOf);
  const farthest = (["public", "private", "loopback"] as const).find((reach) => reaches.includes(reach)) ?? "public";
  return { host: name ?? checked[0] ?? host, port, addresses: checked, reach: farthest };
}

/** A resolver's answer in the one form that is checked and connected to; null for what is no address (a zone, a name). */
function normal(address: string): string | null {
  const host = readHost(address);
  return host?.kind === "address" ? host.address : null;
}
