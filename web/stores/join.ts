/** A link to a room was opened: the design behind it becomes one of this device. */
import * as Y from "yjs";
import type { Role } from "#shared/api/rooms.ts";
import { DesignDoc } from "#shared/doc/index.ts";
import { fail, ok, type Problem, problem, type Result } from "#shared/result/index.ts";
import type { DesignDatabase, StoredRoom } from "../storage/database.ts";
import type { RoomKey } from "../sync/link.ts";
import { RANK } from "../sync/roles.ts";
import type { Designs } from "./designs.svelte.ts";

/** How long the first reading of a design may take. */
const PATIENCE_MS = 60_000;

const loadSync = () => import("../sync/index.ts");

/** Reads all of a room's document. */
async function fetchDocument(key: RoomKey, role: Role, name: string): Promise<Result<Y.Doc>> {
  const { Connection, entrance } = await loadSync();
  const doc = new Y.Doc();
  let connection: InstanceType<typeof Connection> | undefined;
  const read = await new Promise<Result<Y.Doc>>((resolve) => {
    const timer = setTimeout(() => resolve(fail(problem("room.unreachable", "error"))), PATIENCE_MS);
    const end = (result: Result<Y.Doc>): void => {
      clearTimeout(timer);
      resolve(result);
    };
    connection = new Connection({
      doc,
      role,
      carried: 0,
      ...entrance("design", key.room, key.secret, () => name),
      on: {
        status: ({ kind }) => {
          if (kind === "synced" || kind === "viewing") end(ok(doc));
          else if (kind === "ended") end(fail(problem("room.gone", "error")));
        },
        role: () => undefined,
        problem: (found: Problem | null) => {
          if (found) end(fail(found));
        },
      },
    });
  });
  connection?.close();
  return read;
}

/** A room that is known here: the better of the two secrets stays, and the design comes back from the bin. */
async function rejoin(database: DesignDatabase, known: StoredRoom, { room, secret }: RoomKey): Promise<void> {
  const design = await database.get(known.design);
  if (design && design.deleted !== null) await database.put({ ...design, deleted: null });
  if (known.secret === secret) return;
  const { readRoom } = await loadSync();
  const [before, now] = await Promise.all([readRoom("", room, known.secret), readRoom("", room, secret)]);
  if (!now.ok || (before.ok && RANK[before.value.role] >= RANK[now.value.role])) return;
  await database.putRoom({ ...known, secret, role: now.value.role });
}

/** Gives the id that the design has on this device: at once where the room is known, else when all of it was read. */
export async function joinRoom(database: DesignDatabase, designs: Designs, key: RoomKey, name: string): Promise<Result<string>> {
  const known = await database.roomNamed(key.room);
  if (known && (await database.get(known.design))) {
    await rejoin(database, known, key);
    return ok(known.design);
  }
  const { readRoom } = await loadSync();
  const info = await readRoom("", key.room, key.secret);
  if (!info.ok) return info;
  const read = await fetchDocument(key, info.value.role, name);
  if (!read.ok) return read;
  if (!read.value.getMap("meta").has("dialect")) return fail(problem("room.empty", "error"));
  const design = new DesignDoc(read.value);
  const { name: title, schema } = design.snapshot;
  const update = Y.encodeStateAsUpdate(read.value);
  design.close();
  const id = await designs.store({ name: title, dialect: schema.dialect, tables: schema.tables.length, update });
  await database.putRoom({ design: id, room: key.room, role: info.value.role, secret: key.secret, given: {}, unsent: 0 });
  return ok(id);
}
