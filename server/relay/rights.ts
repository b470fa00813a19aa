/**
 * Secrets and tokens. A secret is 256 random bits of which the server keeps a hash; a token says who came by which secret, is signed
 * with the room's own key, and is good for a few minutes of connecting. A session lives as long as its secret, not as its token.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { type Role, ROLES } from "#shared/api/rooms.ts";
import type { Grant, RoomRecord } from "./record.ts";

/** A token can be used for that long, milliseconds. */
export const TOKEN_LIFE = 10 * 60_000;

/** Who a token or a session is: the person is one over all tokens that follow each other. */
export interface Person {
  readonly person: string;
  readonly name: string;
  readonly role: Role;
  /** The generation of the role's secret that was shown. */
  readonly generation: number;
}

const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

function same(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** A new secret and its hash. */
export function newSecret(): { readonly secret: string; readonly hash: string } {
  const secret = randomBytes(32).toString("base64url");
  return { secret, hash: hashOf(secret) };
}

/** A new room: its record, and the secrets that are told once. */
export function newRoom(createdAt: string): { readonly record: RoomRecord; readonly secrets: Readonly<Record<Role, string>> } {
  const made = Object.fromEntries(ROLES.map((role) => [role, newSecret()])) as Record<Role, ReturnType<typeof newSecret>>;
  const grants = Object.fromEntries(ROLES.map((role) => [role, { hash: made[role].hash, generation: 1 }])) as Record<Role, Grant>;
  const secrets = Object.fromEntries(ROLES.map((role) => [role, made[role].secret])) as Record<Role, string>;
  const id = randomBytes(16).toString("hex");
  return { record: { id, createdAt, tokenKey: randomBytes(32).toString("base64url"), grants }, secrets };
}

/** The role that a secret opens, or null. */
export function roleOf(record: RoomRecord, secret: string): Role | null {
  const hash = hashOf(secret);
  return ROLES.find((role) => same(record.grants[role].hash ?? "", hash)) ?? null;
}

/** The record with a role's secret replaced, or taken away (null). */
export function withSecret(record: RoomRecord, role: Role, hash: string | null): RoomRecord {
  const grant: Grant = { hash, generation: record.grants[role].generation + 1 };
  return { ...record, grants: { ...record.grants, [role]: grant } };
}

/** True while the secret that someone came by opens the room. */
export function stillMay(record: RoomRecord, { role, generation }: Person): boolean {
  const grant = record.grants[role];
  return grant.hash !== null && grant.generation === generation;
}

interface Claims extends Person {
  readonly expires: number;
}

const sign = (record: RoomRecord, body: string): string =>
  createHmac("sha256", record.tokenKey).update(`${record.id}.${body}`).digest("base64url");

/** A token for a person, good until `expires` (milliseconds since 1970). */
export function writeToken(record: RoomRecord, person: Person, expires: number): string {
  const claims: Claims = { ...person, expires };
  const body = Buffer.from(JSON.stringify(claims)).toString("base64url");
  return `${body}.${sign(record, body)}`;
}

/** Whom a token of this room names and until when; null when it was not made here. Whether it is too old is the caller's question. */
export function readToken(record: RoomRecord, token: string): Claims | null {
  const [body = "", signature = ""] = token.split(".");
  if (!same(signature, sign(record, body))) return null;
  return JSON.parse(Buffer.from(body, "base64url").toString()) as Claims;
}

/** A person who was not here before. */
export const newPerson = (): string => randomBytes(9).toString("base64url");

/** Whether a role may write the design, and the comments. */
export const mayWrite = (role: Role, what: "design" | "comments"): boolean =>
  role === "own" || role === "edit" || (role === "comment" && what === "comments");
