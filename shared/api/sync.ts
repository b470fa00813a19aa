/**
 * This part is in charge of the words of the socket at `/sync/<room>`: types of messages and codes it closes with.
 * `docs/sync-protocol.md` is the page about it.
 */

/** The type of a message: its first number. */
export const MESSAGE = { sync: 0, presence: 1, refusal: 2, askPresence: 3 } as const;

/** The type of a sync message: its second number. */
export const SYNC = { vector: 0, missing: 1, update: 2 } as const;

/** Why the server closed a socket. 4400 to 4499 are for good: y-websocket does not come back. All others: try again. */
export const CLOSE = {
  /** A message that is not of this protocol, or an update that does not decode. */
  malformed: 4400,
  /** The secret that one came by was replaced or its role closed. */
  revoked: 4401,
  /** There is no such room, or the token is not for it. */
  missing: 4404,
  /** A message, the document or a presence is larger than allowed. */
  tooLarge: 4413,
  /** More messages than a person sends. */
  tooMany: 4429,
  /** The server stops; another or the next answers soon. */
  restarting: 1012,
  /** What the server keeps cannot be reached or written now. */
  unavailable: 1013,
  /** The token is too old: get another, then come back. */
  expired: 4501,
  /** The room or the server has as many sockets as it takes. */
  full: 4503,
} as const;
