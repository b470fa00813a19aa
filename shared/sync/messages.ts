/** The messages of the socket, written and read: `docs/sync-protocol.md`. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { MESSAGE, SYNC } from "../api/sync.ts";

/** A message of a client. */
export type ClientMessage =
  | { readonly kind: "vector"; readonly vector: Uint8Array }
  /** `late`: what was missing, rather than an edit of now. */
  | { readonly kind: "update"; readonly update: Uint8Array; readonly late: boolean }
  | { readonly kind: "presence"; readonly states: Uint8Array }
  | { readonly kind: "askPresence" };

/** One state of a presence message; `json` is `null` for someone who left. */
export interface PresenceState {
  readonly client: number;
  readonly clock: number;
  readonly json: string;
}

function readSync(decoder: decoding.Decoder): ClientMessage | null {
  const type = decoding.readVarUint(decoder);
  const bytes = decoding.readVarUint8Array(decoder);
  if (type === SYNC.vector) return { kind: "vector", vector: bytes };
  if (type === SYNC.missing || type === SYNC.update) return { kind: "update", update: bytes, late: type === SYNC.missing };
  return null;
}

function readClient(decoder: decoding.Decoder): ClientMessage | null {
  const type = decoding.readVarUint(decoder);
  if (type === MESSAGE.sync) return readSync(decoder);
  if (type === MESSAGE.presence) return { kind: "presence", states: decoding.readVarUint8Array(decoder) };
  return type === MESSAGE.askPresence ? { kind: "askPresence" } : null;
}

/** A message of the server: those of a client, and refusals. */
type ServerMessage = ClientMessage | { readonly kind: "refusal"; readonly reason: string };

function read<T>(bytes: Uint8Array, body: (decoder: decoding.Decoder) => T | null): T | null {
  try {
    const decoder = decoding.createDecoder(bytes);
    const message = body(decoder);
    return decoding.hasContent(decoder) ? null : message;
  } catch {
    return null;
  }
}

/** Reads a message of a client; null when it is none. Its parts are views of `bytes`. */
export const readMessage = (bytes: Uint8Array): ClientMessage | null => read(bytes, readClient);

/** Reads a message of the server; null when it is none. Its parts are views of `bytes`. */
export const readAnswer = (bytes: Uint8Array): ServerMessage | null =>
  read(bytes, (decoder) => {
    if (bytes[0] !== MESSAGE.refusal) return readClient(decoder);
    decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
    return { kind: "refusal", reason: decoding.readVarString(decoder) };
  });

/** Reads the states of a presence message; null when they are none. */
export function readPresence(bytes: Uint8Array): readonly PresenceState[] | null {
  return read(bytes, (decoder) => {
    const count = decoding.readVarUint(decoder);
    const states: PresenceState[] = [];
    for (let at = 0; at < count; at += 1) {
      const client = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      states.push({ client, clock, json: decoding.readVarString(decoder) });
    }
    return states;
  });
}

function write(body: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  body(encoder);
  return encoding.toUint8Array(encoder);
}

/** A sync message: a state vector, what is missing, or an update. */
export const syncMessage = (type: keyof typeof SYNC, bytes: Uint8Array): Uint8Array =>
  write((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.sync);
    encoding.writeVarUint(encoder, SYNC[type]);
    encoding.writeVarUint8Array(encoder, bytes);
  });

/** A presence message. */
export const presenceMessage = (states: readonly PresenceState[]): Uint8Array =>
  write((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.presence);
    const body = write((inner) => {
      encoding.writeVarUint(inner, states.length);
      for (const { client, clock, json } of states) {
        encoding.writeVarUint(inner, client);
        encoding.writeVarUint(inner, clock);
        encoding.writeVarString(inner, json);
      }
    });
    encoding.writeVarUint8Array(encoder, body);
  });

/** Says that an update was dropped, and why; y-protocols calls it "permission denied". */
export const refusalMessage = (reason: string): Uint8Array =>
  write((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.refusal);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, reason);
  });
