/**
 * This part is in charge of the HTTP contract of rooms: making one, its secrets, tokens for sockets, and versions. A secret travels
 * as `Authorization: Bearer <secret>` and never in an address; what a socket carries in its address is a token that soon expires.
 */
import { type Static, Type } from "typebox";

/** What one may do in a room; each may all that those after it may. */
export const ROLES = ["own", "edit", "comment", "view"] as const;
export type Role = (typeof ROLES)[number];

const RoleName = Type.Union([Type.Literal("own"), Type.Literal("edit"), Type.Literal("comment"), Type.Literal("view")]);

/** A name people give themselves; it is shown to others and kept with versions. */
const PersonName = Type.String({ maxLength: 64 });

/** The answer to a new room: the secret of each role, given once. */
export const CreatedRoom = Type.Object({
  room: Type.String(),
  secrets: Type.Object({ own: Type.String(), edit: Type.String(), comment: Type.String(), view: Type.String() }),
});
export type CreatedRoom = Static<typeof CreatedRoom>;

/** A room as the holder of a secret sees it; `roles` (which have a secret) is for owners. */
export const RoomInfo = Type.Object({
  room: Type.String(),
  role: RoleName,
  createdAt: Type.String(),
  roles: Type.Optional(Type.Array(RoleName)),
});
export type RoomInfo = Static<typeof RoomInfo>;

/** Asks for a token: under which name, and whose token it follows, so that one stays the same person. */
export const TokenRequest = Type.Object({
  name: Type.Optional(PersonName),
  token: Type.Optional(Type.String({ maxLength: 1000 })),
});

export const Token = Type.Object({ token: Type.String(), role: RoleName, expiresAt: Type.String() });
export type Token = Static<typeof Token>;

/** Replaces a role's secret (`close` false), or closes the role. Who came by the old one is disconnected. */
export const SecretChange = Type.Object({ role: RoleName, close: Type.Optional(Type.Boolean()) });

/** The new secret of a role; null when it was closed. */
export const ChangedSecret = Type.Object({ role: RoleName, secret: Type.Union([Type.String(), Type.Null()]) });
export type ChangedSecret = Static<typeof ChangedSecret>;

/** A version: by itself (name null) or named. Its state is read apart, as one Yjs update. */
const Version = Type.Object({
  id: Type.String(),
  at: Type.String(),
  name: Type.Union([Type.String(), Type.Null()]),
  authors: Type.Array(Type.String()),
  bytes: Type.Integer(),
});

export const Versions = Type.Object({ versions: Type.Array(Version) });
export type Versions = Static<typeof Versions>;

export const NewVersion = Type.Object({ name: Type.String({ minLength: 1, maxLength: 200 }), by: Type.Optional(PersonName) });

/** Gives a version a name, or (null) takes it: then it is one of those that are thinned out. */
export const VersionName = Type.Object({ name: Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()]) });

export const CreatedVersion = Type.Object({ version: Version });
export type CreatedVersion = Static<typeof CreatedVersion>;
