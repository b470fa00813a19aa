import type { Notice } from "./notice.ts";

/** Who hears what other servers say. */
export interface ChannelListener {
  /** Notices of another server, in the order it said them. */
  readonly heard: (server: string, notices: readonly Notice[]) => void;
  /** The channel is there, for the first time or again: what was said meanwhile may be missed. */
  readonly ready: () => void;
  /** It went away; said once each time. */
  readonly lost: (error: unknown) => void;
}

/** The line between servers that share rooms. Whatever is said may be lost or heard twice; who uses it must bear both. */
export interface Channel {
  /** True while it is there. */
  readonly up: boolean;
  /** Begins to listen; never waits, and never fails. */
  listen(listener: ChannelListener): void;
  /** Says something to all other servers; it is lost while the channel is away. */
  say(notice: Notice): void;
  /** Says what was still to be said, and closes. */
  close(): Promise<void>;
}
