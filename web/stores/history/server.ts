/** The versions of a design that is shared, as its room keeps them. */
import { ok, type Result } from "#shared/result/index.ts";
import type { StoredRoom } from "../../storage/database.ts";
import { mayEdit } from "../../sync/roles.ts";
import {
  type Door,
  listVersions,
  nameVersion,
  readVersion,
  removeVersion,
  renameVersion,
  type RoomVersion,
} from "../../sync/versions.ts";
import type { Source, Version } from "./source.ts";

const shown = ({ id, at, name, authors }: RoomVersion): Version => ({
  key: `server ${id}`,
  place: "server",
  id,
  at: Date.parse(at),
  name,
  authors,
  why: null,
});

/** What was asked for was done; what is there now is for the list to say. */
const done = (answer: Result<unknown>): Result<null> => (answer.ok ? ok(null) : answer);

export class ServerVersions implements Source {
  readonly mayName: boolean;
  readonly mayRemove: boolean;
  readonly #door: Door;

  constructor({ room, secret, role }: StoredRoom) {
    this.#door = { address: "", room, secret };
    this.mayName = mayEdit(role);
    this.mayRemove = role === "own";
  }

  async list(): Promise<Result<readonly Version[]>> {
    const listed = await listVersions(this.#door);
    return listed.ok ? ok(listed.value.map(shown)) : listed;
  }

  state(id: string): Promise<Result<Uint8Array>> {
    return readVersion(this.#door, id);
  }

  async name(name: string, by: string): Promise<Result<null>> {
    return done(await nameVersion(this.#door, name, by));
  }

  async rename(id: string, name: string | null): Promise<Result<null>> {
    return done(await renameVersion(this.#door, id, name));
  }

  remove(id: string): Promise<Result<null>> {
    return removeVersion(this.#door, id);
  }
}
