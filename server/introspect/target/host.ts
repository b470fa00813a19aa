/**
 * Reads what a person typed as a host, by the WHATWG rules that every browser follows: `0x7f.1`, `2130706433`, `127.0.0.1.` and
 * full-width digits are all 127.0.0.1 here, so nothing is judged in one spelling and connected to in another.
 */
import { isIP } from "node:net";

/** A name to resolve, lower case and in ASCII without the trailing dot, or an address in its one normal form. */
export type Host = { readonly kind: "name"; readonly name: string } | { readonly kind: "address"; readonly address: string };

const MOST_CHARACTERS = 253;

/** What would make a host text mean more than a host: paths, users, ports, zones, percent escapes. */
const FOREIGN = new Set("/\\@?#%,;'\"<>|^`{}");

const isForeign = (character: string): boolean => FOREIGN.has(character) || character <= " " || character === "\u007f";

/** Null for what is no host: empty, a socket's path, a URL, a zone id, several hosts. */
export function readHost(text: string): Host | null {
  if (text === "" || text.length > MOST_CHARACTERS || [...text].some(isForeign)) return null;
  const bare = text.startsWith("[") && text.endsWith("]") ? text.slice(1, -1) : text;
  if (bare.includes(":")) return isIP(bare) === 6 ? { kind: "address", address: normalV6(bare) } : null;
  if (bare !== text || !URL.canParse(`http://${text}`)) return null;
  const { hostname } = new URL(`http://${text}`);
  if (isIP(hostname) === 4) return { kind: "address", address: hostname };
  const name = hostname.endsWith(".") ? hostname.slice(0, -1) : hostname;
  return name === "" || name.split(".").includes("") ? null : { kind: "name", name };
}

/** The compressed hexadecimal form; an embedded dotted IPv4 becomes two groups. */
const normalV6 = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1);
