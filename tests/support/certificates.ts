/** Certificates for tests, made by `openssl` in a temporary folder: an authority and server certificates that it signed. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface Authority {
  /** The authority's own certificate, PEM. */
  readonly ca: string;
  /** A server certificate for the names: `DNS:db.test`, `IP:127.0.0.1`. */
  readonly issue: (...names: readonly string[]) => Promise<Certificate>;
  readonly remove: () => Promise<void>;
}

const DAYS = ["-days", "2"];
const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

/** A new authority; `name` tells two of them apart. */
export async function createAuthority(name: string): Promise<Authority> {
  const folder = await mkdtemp(join(tmpdir(), "drawbridge-ca-"));
  const file = (leaf: string): string => join(folder, leaf);
  await run("openssl", [
    "req",
    "-x509",
    ...NEW_KEY,
    ...DAYS,
    "-subj",
    `/CN=${name}`,
    "-keyout",
    file("ca.key"),
    "-out",
    file("ca.crt"),
  ]);
  let issued = 0;
  return {
    ca: await readFile(file("ca.crt"), "utf8"),
    issue: async (...names) => {
      issued += 1;
      const [key, request, cert, extra] = ["key", "csr", "crt", "ext"].map((kind) => file(`${String(issued)}.${kind}`)) as [
        string,
        string,
        string,
        string,
      ];
      await writeFile(extra, `subjectAltName=${names.join(",")}\n`);
      await run("openssl", ["req", "-new", ...NEW_KEY, "-subj", "/CN=server", "-keyout", key, "-out", request]);
      const signing = ["-CA", file("ca.crt"), "-CAkey", file("ca.key"), "-CAcreateserial", "-extfile", extra];
      await run("openssl", ["x509", "-req", "-in", request, ...signing, ...DAYS, "-out", cert]);
      return { key: await readFile(key, "utf8"), cert: await readFile(cert, "utf8") };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
