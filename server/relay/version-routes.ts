/** The versions of a room's design, over HTTP: listed, named, read and removed. To restore one is an edit like any other, of a client. */
import { Type } from "typebox";
import { CreatedVersion, NewVersion, VersionName, Versions } from "#shared/api/rooms.ts";
import type { App } from "../ops/instance.ts";
import { MOST_NAMED, readVersion, removeVersion, renameVersion } from "./history.ts";
import { isVersionId } from "./record.ts";
import { callerOf, refuse, RoomParams, type RoutesParts } from "./routes.ts";

const tags = ["rooms"];

const VersionParams = Type.Object({ room: Type.String(), version: Type.String() });

const MISSING = "There is no such version.";
const FULL = `A room keeps ${String(MOST_NAMED)} named versions; remove one first, or its name.`;

/** Registers the routes, relative to `/api/rooms`. */
export function versionRoutes(app: App, { store, rooms }: RoutesParts): void {
  app.get(
    "/:room/versions",
    { schema: { tags, summary: "Versions, oldest first", params: RoomParams, response: { 200: Versions } } },
    async (request, reply) => {
      const caller = await callerOf(request, reply, store);
      if (!caller) return reply;
      return { versions: (await store.versions(caller.record.id)).map((each) => ({ ...each, authors: [...each.authors] })) };
    },
  );

  app.post(
    "/:room/versions",
    {
      schema: {
        tags,
        summary: "Name what the design is now",
        params: RoomParams,
        body: NewVersion,
        response: { 201: CreatedVersion },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(request, reply, store, ["own", "edit"]);
      if (!caller) return reply;
      const { id } = caller.record;
      if ((await store.versions(id)).filter(({ name }) => name !== null).length >= MOST_NAMED) return refuse(reply, 409, FULL);
      const version = await rooms.nameVersion(id, { name: request.body.name, by: request.body.by ?? "" });
      return reply.code(201).send({ version: { ...version, authors: [...version.authors] } });
    },
  );

  app.get(
    "/:room/versions/:version",
    { schema: { tags, summary: "A version's state, as one Yjs update", params: VersionParams } },
    async (request, reply) => {
      const caller = await callerOf(request, reply, store);
      if (!caller) return reply;
      const { version } = request.params;
      const state = isVersionId(version) ? await readVersion(store, caller.record.id, version) : null;
      if (!state) return refuse(reply, 404, MISSING);
      return reply.type("application/octet-stream").header("cache-control", "no-store").send(Buffer.from(state));
    },
  );

  app.patch(
    "/:room/versions/:version",
    {
      schema: {
        tags,
        summary: "Name a version, or take its name",
        params: VersionParams,
        body: VersionName,
        response: { 200: CreatedVersion },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(request, reply, store, ["own", "edit"]);
      if (!caller) return reply;
      const { version: id } = request.params;
      const version = isVersionId(id) ? await renameVersion(store, caller.record.id, id, request.body.name) : null;
      if (!version) return refuse(reply, 404, MISSING);
      if (version === "full") return refuse(reply, 409, FULL);
      return { version: { ...version, authors: [...version.authors] } };
    },
  );

  app.delete(
    "/:room/versions/:version",
    { schema: { tags, summary: "Remove a version", params: VersionParams } },
    async (request, reply) => {
      const caller = await callerOf(request, reply, store, ["own"]);
      if (!caller) return reply;
      const { version } = request.params;
      const removed = isVersionId(version) && (await removeVersion(store, caller.record.id, version));
      return removed ? reply.code(204).send() : refuse(reply, 404, MISSING);
    },
  );
}
