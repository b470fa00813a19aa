/** Rooms over HTTP: made, entered, their secrets changed. A secret travels in a header, never in an address. */
import type { ChangedSecret, CreatedRoom, Role, RoomInfo, Token } from "#shared/api/rooms.ts";
import { fail, ok, problem, type Result } from "#shared/result/index.ts";
import type { Part } from "./roles.ts";

const TIMEOUT_MS = 15_000;

/** `address` is the server's origin; empty for the one the page came from. */
export interface Call {
  readonly address: string;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly secret: string | null;
  readonly body?: unknown;
}

const messageOf = (answer: unknown, status: number): string => {
  const message = answer !== null && typeof answer === "object" && "message" in answer ? answer.message : null;
  return typeof message === "string" ? message : `status ${String(status)}`;
};

/** Asks the server; the answer is JSON, or bytes where it says so, or (for nothing) null. */
export async function call({ address, method, path, secret, body }: Call): Promise<Result<unknown>> {
  let status: number;
  let answer: unknown = null;
  try {
    const response = await fetch(`${address}/api/rooms${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    status = response.status;
    const isBytes = response.headers.get("content-type") === "application/octet-stream";
    if (status !== 204) answer = isBytes ? new Uint8Array(await response.arrayBuffer()) : await response.json();
  } catch {
    return fail(problem("room.unreachable", "error"));
  }
  if (status === 404) return fail(problem("room.gone", "error"));
  // A server that is busy or starts is asked again later; what it refuses is not.
  if (status === 429 || status >= 500) return fail(problem("room.busy", "error", { message: messageOf(answer, status) }));
  if (status >= 400) return fail(problem("room.refused", "error", { message: messageOf(answer, status) }));
  return ok(answer);
}

/** The server of this part of the contract is our own, of the same version: its answers are taken as they come. */
export const typed = async <T>(answer: Promise<Result<unknown>>): Promise<Result<T>> => (await answer) as Result<T>;

export const createRoom = (address: string): Promise<Result<CreatedRoom>> =>
  typed(call({ address, method: "POST", path: "", secret: null, body: {} }));

/** A token for a socket; `before` is the one that it follows, which keeps the person. */
export const getToken = (
  address: string,
  room: string,
  secret: string,
  { name, before }: { readonly name: string; readonly before: string | null },
): Promise<Result<Token>> =>
  typed(
    call({
      address,
      method: "POST",
      path: `/${room}/token`,
      secret,
      body: { name: name.slice(0, 64), ...(before === null ? {} : { token: before }) },
    }),
  );

export const readRoom = (address: string, room: string, secret: string): Promise<Result<RoomInfo>> =>
  typed(call({ address, method: "GET", path: `/${room}`, secret }));

/** Replaces a role's secret, or closes the role. Whoever came by the old one is disconnected. */
export const changeSecret = (
  address: string,
  room: string,
  own: string,
  change: { readonly role: Role; readonly close: boolean },
): Promise<Result<ChangedSecret>> =>
  typed(call({ address, method: "POST", path: `/${room}/secrets`, secret: own, body: change }));

/** Removes the room; one that is gone already counts as removed. */
export async function removeRoom(address: string, room: string, own: string): Promise<Result<null>> {
  const removed = await call({ address, method: "DELETE", path: `/${room}`, secret: own });
  return removed.ok || removed.problem.code === "room.gone" ? ok(null) : removed;
}

/** What a connection of this page needs to enter a room by one of its documents. */
export const entrance = (part: Part, room: string, secret: string, name: () => string) => ({
  part,
  address: (token: string): string =>
    `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/sync/${room}${part === "design" ? "" : `/${part}`}?token=${encodeURIComponent(token)}`,
  token: (before: string | null): Promise<Result<Token>> => getToken("", room, secret, { name: name(), before }),
});
