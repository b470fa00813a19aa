/** The versions of a room's design, over HTTP. */
import type { CreatedVersion, Versions } from "#shared/api/rooms.ts";
import { fail, problem, type Result } from "#shared/result/index.ts";
import { call, typed } from "./http.ts";

/** What opens a room; the server's origin is empty for the one the page came from. */
export interface Door {
  readonly address: string;
  readonly room: string;
  readonly secret: string;
}

export type RoomVersion = Versions["versions"][number];

const root = (room: string): string => `/${room}/versions`;

/** A version that is not there is no room that is not there. */
async function ofOne<T>(answer: Promise<Result<T>>): Promise<Result<T>> {
  const result = await answer;
  return !result.ok && result.problem.code === "room.gone" ? fail(problem("version.gone", "error")) : result;
}

/** Oldest first. */
export async function listVersions({ address, room, secret }: Door): Promise<Result<readonly RoomVersion[]>> {
  const listed = await typed<Versions>(call({ address, method: "GET", path: root(room), secret }));
  return listed.ok ? { ok: true, value: listed.value.versions } : listed;
}

/** Names what the design is now, on the server. */
export const nameVersion = ({ address, room, secret }: Door, name: string, by: string): Promise<Result<CreatedVersion>> =>
  typed(call({ address, method: "POST", path: root(room), secret, body: { name, ...(by === "" ? {} : { by }) } }));

/** The state of a version, as one update. */
export const readVersion = ({ address, room, secret }: Door, id: string): Promise<Result<Uint8Array>> =>
  ofOne(typed(call({ address, method: "GET", path: `${root(room)}/${id}`, secret })));

/** Gives a version a name, or (null) takes it. */
export const renameVersion = (
  { address, room, secret }: Door,
  id: string,
  name: string | null,
): Promise<Result<CreatedVersion>> =>
  ofOne(typed(call({ address, method: "PATCH", path: `${root(room)}/${id}`, secret, body: { name } })));

export const removeVersion = ({ address, room, secret }: Door, id: string): Promise<Result<null>> =>
  ofOne(typed(call({ address, method: "DELETE", path: `${root(room)}/${id}`, secret })));
