/** How a connection may be protected, in words, and what is sensible for a host. The server decides by the address that it finds. */

/** As the server's contract has them; `verify-ca` checks the authority, `verify-full` the name as well. */
export type TlsMode = "disable" | "prefer" | "require" | "verify-ca" | "verify-full";

export interface TlsWords {
  /** Null: what fits the distance. */
  readonly mode: TlsMode | null;
  readonly label: string;
  readonly explanation: string;
}

const NEAR =
  "This host is on this machine or in a private network: encrypted where the server offers it, its certificate not checked.";
const FAR = "This host is reached over foreign networks: encrypted, and the certificate must be valid and made out to the host.";

const CHOICES: readonly TlsWords[] = [
  {
    mode: "verify-full",
    label: "Encrypt, check certificate and name",
    explanation: "Nobody on the way can read along or pretend to be the server.",
  },
  {
    mode: "verify-ca",
    label: "Encrypt, check the certificate",
    explanation: "The certificate must come from a known authority, but may be made out to another name.",
  },
  {
    mode: "require",
    label: "Encrypt, check nothing",
    explanation: "Nobody can read along, but somebody on the way could pretend to be the server and get the password.",
  },
  { mode: "prefer", label: "Encrypt if the server can", explanation: "Without encryption everybody on the way can read along." },
  {
    mode: "disable",
    label: "Do not encrypt",
    explanation: "Everybody on the way can read along, the password of some servers included. For this machine only.",
  },
];

const PRIVATE_V4 = /^(127|10)\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[789]\d|1[01]\d|12[0-7])\./;
const PRIVATE_NAME = /^localhost$|\.(localhost|local|internal|lan|home|test)$/i;

/** Does a host look as if it were near? Names that only a resolver can tell count as far. */
export function looksNear(host: string): boolean {
  const name = host.trim().replace(/\.$/, "");
  if (name === "" || PRIVATE_NAME.test(name)) return true;
  if (name.includes(":")) return /^(::1|f[cd][0-9a-f]{2}:)/i.test(name);
  return /^[\d.]+$/.test(name) ? PRIVATE_V4.test(name) : !name.includes(".");
}

/** The choices for a host, the sensible one first. */
export function tlsChoices(host: string): readonly TlsWords[] {
  return [{ mode: null, label: "As fits the host", explanation: looksNear(host) ? NEAR : FAR }, ...CHOICES];
}
