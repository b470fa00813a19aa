/** TLS as this server builds it: the options never come from a person's connection string. */
import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { type ConnectionOptions, connect, rootCertificates, type TLSSocket } from "node:tls";
import type { Target } from "../target/resolve.ts";
import type { Login, TlsMode } from "./session.ts";

/** A certificate that is checked by default where the way leads through foreign networks. */
export function defaultTls({ reach }: Target): TlsMode {
  return reach === "public" ? "verify-full" : "prefer";
}

const verifies = (mode: TlsMode): boolean => mode === "verify-ca" || mode === "verify-full";

/** What the modes mean to Node. */
export function tlsOptions(host: string, { tls, ca }: Login) {
  return {
    minVersion: "TLSv1.2",
    ...(ca === null ? {} : { ca: [...rootCertificates, ca] }),
    rejectUnauthorized: verifies(tls),
    ...(isIP(host) === 0 ? { servername: host } : {}),
    host,
    ...(tls === "verify-full" ? {} : { checkServerIdentity: () => undefined }),
  } satisfies ConnectionOptions;
}

/** Encrypts a connected stream. Rejects when the certificate is not what was asked for. */
export function encrypt(stream: Duplex, target: Target, login: Login): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const secured = connect({ socket: stream, ...tlsOptions(target.host, login) });
    const failed = (error: Error): void => {
      reject(error);
    };
    // A peer that hangs up in the middle of the handshake may close without an error; where there is one, it comes first.
    const closed = (): void => {
      setImmediate(() => {
        reject(new Error("the connection was closed during the TLS handshake"));
      });
    };
    secured.once("error", failed);
    stream.once("error", failed);
    stream.once("close", closed);
    secured.once("secureConnect", () => {
      secured.off("error", failed);
      stream.off("error", failed);
      stream.off("close", closed);
      resolve(secured);
    });
  });
}
