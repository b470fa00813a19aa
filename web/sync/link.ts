/** The link to a room: its id and a secret, after the sign that keeps them from the server's logs. */

/** What opens a room. */
export interface RoomKey {
  readonly room: string;
  readonly secret: string;
}

const LINK = /^#\/r\/([0-9a-f]{32})\/([\w-]{20,100})$/;

/** Reads the part of an address after the sign; null when it is no link to a room. */
export function readRoomLink(hash: string): RoomKey | null {
  const [, room, secret] = LINK.exec(hash) ?? [];
  return room !== undefined && secret !== undefined ? { room, secret } : null;
}

/** The address that opens a room. */
export const roomLink = (origin: string, { room, secret }: RoomKey): string => `${origin}/#/r/${room}/${secret}`;
