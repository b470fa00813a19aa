/** A room's record: what the server keeps of who may do what. Secrets themselves are nowhere; only their hashes are. */
import { type Role, ROLES } from "#shared/api/rooms.ts";

/** The secret of a role: its hash (null when the role is closed), and how often it was replaced. */
export interface Grant {
  readonly hash: string | null;
  readonly generation: number;
}

export interface RoomRecord {
  readonly id: string;
  readonly createdAt: string;
  /** Signs the tokens of this room. */
  readonly tokenKey: string;
  readonly grants: Readonly<Record<Role, Grant>>;
}

/** True for ids that rooms have: 128 bits in hex. */
export const isRoomId = (id: string): boolean => /^[0-9a-f]{32}$/.test(id);

/** True for ids that versions have. */
export const isVersionId = (id: string): boolean => /^[0-9a-f]{16}$/.test(id);

/** The room that a document is of. */
export const roomOf = (document: string): string => document.slice(0, 32);

/** The names of a room's two documents: the design, and what people say about it. */
export const documentsOf = (room: string): { readonly design: string; readonly comments: string } => ({
  design: room,
  comments: `${room}.comments`,
});

/** Reads what a store kept; throws when it is no record. */
export function parseRecord(text: string): RoomRecord {
  const parsed = JSON.parse(text) as RoomRecord;
  if (!isRoomId(parsed.id) || ROLES.some((role) => typeof parsed.grants[role].generation !== "number")) {
    throw new Error("a room's record is damaged");
  }
  return parsed;
}
