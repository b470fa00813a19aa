/** What a person is told of the connection: nothing that is not so. */
import type { Role } from "#shared/api/rooms.ts";
import { CLOSE } from "#shared/api/sync.ts";

/** How far a connection is. `open`: the socket stands, the server has not told all it has yet. */
export type Link = "connecting" | "open" | "ready" | "offline" | "revoked" | "missing" | "too-large" | "refused";

export interface SyncState {
  readonly link: Link;
  /** Edits that are on this device and not known to be on the server. */
  readonly waiting: number;
  /** Whether the role may change the document. */
  readonly writes: boolean;
  readonly role: Role;
}

export type SyncStatus =
  /** The server has everything. */
  | { readonly kind: "synced" }
  /** Connected, edits on their way. */
  | { readonly kind: "sending"; readonly waiting: number }
  | { readonly kind: "connecting"; readonly waiting: number }
  /** The server cannot be reached; edits wait on this device. */
  | { readonly kind: "offline"; readonly waiting: number }
  /** The link lets one look only, or comment; `waiting` edits stay on this device. */
  | { readonly kind: "viewing"; readonly waiting: number; readonly comments: boolean }
  /** The link no longer opens the room, or the server does not take what we have: it does not come back by itself. */
  | { readonly kind: "ended"; readonly why: "revoked" | "missing" | "too-large" | "refused"; readonly waiting: number };

export function statusOf({ link, waiting, writes, role }: SyncState): SyncStatus {
  switch (link) {
    case "connecting":
    case "open":
      return { kind: "connecting", waiting };
    case "offline":
      return { kind: "offline", waiting };
    case "ready":
      if (!writes) return { kind: "viewing", waiting, comments: role === "comment" };
      return waiting === 0 ? { kind: "synced" } : { kind: "sending", waiting };
    default:
      return { kind: "ended", why: link, waiting };
  }
}

const edits = (count: number): string => (count === 1 ? "1 edit" : `${String(count)} edits`);

const stay = (count: number): string => (count === 0 ? "" : `, ${edits(count)} ${count === 1 ? "stays" : "stay"} on this device`);

/** The status in words, to stand behind "Saved on this device". */
export function wordsOf(status: SyncStatus): string {
  switch (status.kind) {
    case "synced":
      return "synced";
    case "sending":
      return `sending ${edits(status.waiting)}…`;
    case "connecting":
      return status.waiting === 0 ? "connecting…" : `connecting to send ${edits(status.waiting)}…`;
    case "offline":
      return status.waiting === 0 ? "offline" : `offline, waiting to send ${edits(status.waiting)}`;
    case "viewing":
      return `${status.comments ? "comment only" : "view only"}${stay(status.waiting)}`;
    case "ended":
      return ENDED[status.why] + stay(status.waiting);
  }
}

const ENDED = {
  revoked: "the link was replaced",
  missing: "no longer shared",
  "too-large": "too large for the server",
  refused: "the server refused it",
} as const;

/** What a close code means: for good, or a reason to come back. */
export function linkAfter(code: number): Link {
  switch (code) {
    case CLOSE.revoked:
      return "revoked";
    case CLOSE.missing:
      return "missing";
    case CLOSE.tooLarge:
      return "too-large";
    default:
      return code >= 4400 && code < 4500 ? "refused" : "offline";
  }
}

const FIRST_MS = 400;
const LONGEST_MS = 20_000;

/** How long to wait before the next try, milliseconds: twice as long each time, and never the same for two clients. */
export const waitBefore = (tries: number, random: number): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries, 10)) * (0.5 + random / 2);
