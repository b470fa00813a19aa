/** Making a room, its secrets, tokens and versions, over HTTP. */
import { timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { ChangedSecret, CreatedRoom, type Role, ROLES, RoomInfo, SecretChange, Token, TokenRequest } from "#shared/api/rooms.ts";
import { refusal } from "../ops/errors.ts";
import type { App } from "../ops/instance.ts";
import { isRoomId, type RoomRecord } from "./record.ts";
import { newPerson, newRoom, newSecret, readToken, roleOf, TOKEN_LIFE, withSecret, writeToken } from "./rights.ts";
import type { Rooms } from "./rooms.ts";
import type { RoomStore } from "./store.ts";

/** New rooms from one address in a minute. */
const NEW_PER_MINUTE = 20;

export interface RoutesParts {
  readonly store: RoomStore;
  readonly rooms: Rooms;
  readonly now: () => Date;
  /** Hears that who may come into a room was changed, or the room removed. */
  readonly changedRights: (room: string) => void;
  /** Rooms that are kept. */
  readonly most: number;
  /** What making a room needs; null for nothing. */
  readonly creating: string | null;
}

/** The parameters of a route about one room. */
export const RoomParams = Type.Object({ room: Type.String() });

/** Answers with a status and one sentence. */
export const refuse = (reply: FastifyReply, status: number, sentence: string): FastifyReply =>
  reply.code(status).send(refusal(sentence));

/** The bearer token of a call, or null. */
function bearer(request: FastifyRequest): string | null {
  return /^Bearer ([\w-]{1,200})$/.exec(request.headers.authorization ?? "")?.[1] ?? null;
}

function sameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Who calls: the room and the role of the secret. */
export interface Caller {
  readonly record: RoomRecord;
  readonly role: Role;
}

/**
 * The room and role of a call whose role is one of `roles`; null when it was answered: 401 without a secret, 403 with one that does not
 * reach, and 404 where the room is not there or the secret not its own, which are the same to who asks.
 */
export async function callerOf(
  request: FastifyRequest<{ Params: { room: string } }>,
  reply: FastifyReply,
  store: RoomStore,
  roles: readonly Role[] = ROLES,
): Promise<Caller | null> {
  const secret = bearer(request);
  if (secret === null) {
    await refuse(reply, 401, "Send the room's secret as a bearer token.");
    return null;
  }
  const { room } = request.params;
  const record = isRoomId(room) ? await store.read(room) : null;
  const role = record && roleOf(record, secret);
  if (!role) await refuse(reply, 404, "There is no such room, or this link no longer opens it.");
  else if (!roles.includes(role)) await refuse(reply, 403, `This needs the room's secret for: ${roles.join(", ")}.`);
  else return { record, role };
  return null;
}

const tags = ["rooms"];

function createRoom(app: App, { store, now, most, creating }: RoutesParts): void {
  app.post(
    "/",
    {
      config: { rateLimit: { max: NEW_PER_MINUTE } },
      schema: { tags, summary: "Make a room", response: { 201: CreatedRoom } },
    },
    async (request, reply) => {
      if (creating !== null && !sameText(bearer(request) ?? "", creating)) {
        return refuse(reply, 401, "Making a room here needs the operator's ROOMS_TOKEN as a bearer token.");
      }
      const { record, secrets } = newRoom(now().toISOString());
      if (!(await store.create(record, most))) {
        return refuse(reply, 507, "This server keeps as many rooms as it may; its operator can raise ROOM_LIMIT.");
      }
      return reply.code(201).send({ room: record.id, secrets });
    },
  );
}

function readAndRemove(app: App, { store, rooms, changedRights }: RoutesParts): void {
  app.get(
    "/:room",
    { schema: { tags, summary: "What the secret opens", params: RoomParams, response: { 200: RoomInfo } } },
    async (request, reply) => {
      const caller = await callerOf(request, reply, store);
      if (!caller) return reply;
      const { id, createdAt, grants } = caller.record;
      const roles = caller.role === "own" ? { roles: ROLES.filter((role) => grants[role].hash !== null) } : {};
      return { room: id, role: caller.role, createdAt, ...roles };
    },
  );

  app.delete("/:room", { schema: { tags, summary: "Remove the room", params: RoomParams } }, async (request, reply) => {
    const caller = await callerOf(request, reply, store, ["own"]);
    if (!caller) return reply;
    await rooms.drop(caller.record.id);
    await store.remove(caller.record.id);
    changedRights(caller.record.id);
    return reply.code(204).send();
  });
}

function tokens(app: App, { store, now }: RoutesParts): void {
  app.post(
    "/:room/token",
    { schema: { tags, summary: "A token for a socket", params: RoomParams, body: TokenRequest, response: { 200: Token } } },
    async (request, reply) => {
      const caller = await callerOf(request, reply, store);
      if (!caller) return reply;
      const { record, role } = caller;
      const before = request.body.token === undefined ? null : readToken(record, request.body.token);
      const person = before?.person ?? newPerson();
      const name = request.body.name ?? before?.name ?? "";
      const expires = now().getTime() + TOKEN_LIFE;
      const token = writeToken(record, { person, name, role, generation: record.grants[role].generation }, expires);
      return { token, role, expiresAt: new Date(expires).toISOString() };
    },
  );
}

function secretsOf(app: App, { store, rooms, changedRights }: RoutesParts): void {
  app.post(
    "/:room/secrets",
    {
      schema: {
        tags,
        summary: "Replace or close a role's secret",
        params: RoomParams,
        body: SecretChange,
        response: { 200: ChangedSecret },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(request, reply, store, ["own"]);
      if (!caller) return reply;
      const { role, close = false } = request.body;
      if (close && role === "own") return refuse(reply, 400, "A room keeps its owner; remove the room instead.");
      const made = close ? null : newSecret();
      const changed = await store.change(caller.record.id, (record) => withSecret(record, role, made?.hash ?? null));
      if (changed) rooms.recheck(changed);
      changedRights(caller.record.id);
      return { role, secret: made?.secret ?? null };
    },
  );
}

/** Registers the routes, relative to `/api/rooms`. */
export function roomRoutes(app: App, parts: RoutesParts): void {
  createRoom(app, parts);
  readAndRemove(app, parts);
  tokens(app, parts);
  secretsOf(app, parts);
}
