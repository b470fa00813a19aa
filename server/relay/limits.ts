/** The relay's limits. Those an operator may change are in the configuration; the others are what the protocol and a person need. */

/** What a person's sockets, the rooms and their documents may use. */
export interface RelayLimits {
  /** Largest document, and largest message, bytes. */
  readonly documentBytes: number;
  /** Updates per second for long; ten times as many at once. */
  readonly updatesPerSecond: number;
  /** Rooms that are kept. */
  readonly rooms: number;
  /** Sockets of one document. */
  readonly socketsPerDocument: number;
  /** Sockets of one address; 0 for any number. */
  readonly socketsPerAddress: number;
  /** A document without people leaves the memory after that long, milliseconds. */
  readonly idleMs: number;
  /** Time between versions that are taken while people work, milliseconds. */
  readonly versionMs: number;
  /** Commits that a document may have under way, bytes. */
  readonly waitingBytes: number;
}

/** What is kept for a reader that falls behind, bytes; it is cut off beyond that and comes back by itself. */
export const MOST_BEHIND = 4 * 1024 * 1024;

/** A reader that takes nothing for that long is cut off, milliseconds. */
export const STALLED_MS = 8_000;

/** Messages of any kind, per second and at once: everyone's presence comes back from every y-websocket of a person. */
export const MESSAGES = { perSecond: 800, most: 4_000 } as const;

/** Bytes per second for long; a whole document at once. */
export const BYTES_PER_SECOND = 1024 * 1024;

/** State vectors: each costs an answer. Ten tabs come back at once, with two documents each. */
export const VECTORS = { perSecond: 2, most: 40 } as const;

/** A room is read as fast as that many people send at most, an address (an office) as that many. */
export const ROOM_PEOPLE = 100;
export const ADDRESS_PEOPLE = 20;

/** Sockets that an address opens, where addresses are limited. */
export const CONNECTS = { perSecond: 20, most: 1_000 } as const;

/** Who sent too much is not let in again for that long, milliseconds. */
export const BARRED_MS = 30_000;

/** A person's own presence: more often than 30 times a second is dropped, four times that for long is an attack. */
export const PRESENCE = { perSecond: 120, most: 480, bytes: 4_096, everyMs: 33 } as const;

/** y-websocket gives a socket up after 30 s without a message, so there is one sooner, milliseconds. */
export const KEEPALIVE_MS = 20_000;

/** Who does not answer two pings is gone, milliseconds between them. */
export const PING_MS = 30_000;

/** An update larger than this goes by itself, as merging it would rewrite it, and not from server to server. */
export const LARGE = 16 * 1024;

/** How long the updates of a document are collected for one message to all, milliseconds: the more people, the longer. */
export function windowOf(people: number): number {
  if (people <= 8) return 0;
  return people <= 50 ? 16 : 33;
}
