/**
 * This part is in charge of the socket's bytes, for the relay and for the app: messages, what an update says, and what a document is
 * known to hold. `docs/sync-protocol.md` is the page about it.
 */
export { Known } from "./known.ts";
export {
  type ClientMessage,
  presenceMessage,
  type PresenceState,
  readAnswer,
  readMessage,
  readPresence,
  refusalMessage,
  syncMessage,
} from "./messages.ts";
export { isStateVector, readUpdate, type Span, type UpdateContent } from "./update.ts";
