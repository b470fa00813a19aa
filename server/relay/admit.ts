/** Who may open a socket, decided before the connection is upgraded; a refusal still upgrades, to tell the code it closes with. */
import type { FastifyRequest } from "fastify";
import type { CLOSE } from "#shared/api/sync.ts";
import { documentsOf } from "./record.ts";
import { mayWrite, type Person, readToken, stillMay } from "./rights.ts";
import type { DocumentName, RoomStore } from "./store.ts";

/** What was decided of a socket: who it is and what it opens, or why it is closed. */
export type Admission =
  { readonly name: DocumentName; readonly person: Person; readonly writes: boolean } | { readonly refused: keyof typeof CLOSE };

const PATH = /^([0-9a-f]{32})(\/comments)?$/;

/** True where a page of this origin may open sockets: our own, one of CLIENT_URL, or no page at all. */
export function knownOrigin(request: FastifyRequest, clientUrls: readonly string[]): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return true;
  return clientUrls.includes(origin) || (URL.canParse(origin) && new URL(origin).host === request.host);
}

/** Looks at the path and the token. A wrong token and a room that is not there are the same to who asks. */
export async function admit(path: string, token: unknown, store: RoomStore, now: number): Promise<Admission> {
  const [, id, comments] = PATH.exec(path) ?? [];
  if (id === undefined || typeof token !== "string") return { refused: "missing" };
  const record = await store.read(id);
  const claims = record && readToken(record, token);
  if (!claims) return { refused: "missing" };
  if (!stillMay(record, claims)) return { refused: "revoked" };
  if (claims.expires < now) return { refused: "expired" };
  const what = comments === undefined ? "design" : "comments";
  return { name: documentsOf(id)[what], person: claims, writes: mayWrite(claims.role, what) };
}
