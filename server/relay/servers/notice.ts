/** What servers that share rooms tell each other, and its bytes: many notices of one server in one entry of the stream. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { PersonState } from "../presence.ts";
import { documentsOf, isRoomId, roomOf } from "../record.ts";
import type { DocumentName } from "../store.ts";

/** What a document is known to hold: clocks, and a digest of what is deleted. */
export interface Holding {
  readonly vector: Uint8Array;
  readonly deleted: number;
}

/** One thing a server says. */
export type Notice =
  /** An update that is in the database. */
  | { readonly kind: "update"; readonly document: DocumentName; readonly update: Uint8Array }
  /** What the server's copy holds; `asks` for the same, and for who is there, in return. */
  | { readonly kind: "holding"; readonly document: DocumentName; readonly holding: Holding; readonly asks: boolean }
  /** An update too large to pass on is in the database. */
  | { readonly kind: "look"; readonly document: DocumentName }
  | { readonly kind: "presence"; readonly document: DocumentName; readonly states: readonly PersonState[] }
  /** Who may do what in a room was changed, or the room removed. */
  | { readonly kind: "rights"; readonly room: string }
  /** The server stops: nobody is there any more. */
  | { readonly kind: "bye" };

const KINDS = ["update", "holding", "look", "presence", "rights", "bye"] as const;

/** The first byte of every entry; a server that finds another does not understand the rest. */
const FORMAT = 1;

function writeStates(encoder: encoding.Encoder, states: readonly PersonState[]): void {
  encoding.writeVarUint(encoder, states.length);
  for (const { client, clock, json, person } of states) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, json);
    encoding.writeVarString(encoder, person);
  }
}

function readStates(decoder: decoding.Decoder): readonly PersonState[] {
  return Array.from({ length: decoding.readVarUint(decoder) }, () => ({
    client: decoding.readVarUint(decoder),
    clock: decoding.readVarUint(decoder),
    json: decoding.readVarString(decoder),
    person: decoding.readVarString(decoder),
  }));
}

function writeNotice(encoder: encoding.Encoder, notice: Notice): void {
  encoding.writeUint8(encoder, KINDS.indexOf(notice.kind));
  if (notice.kind === "bye") return;
  encoding.writeVarString(encoder, notice.kind === "rights" ? notice.room : notice.document);
  if (notice.kind === "update") encoding.writeVarUint8Array(encoder, notice.update);
  if (notice.kind === "presence") writeStates(encoder, notice.states);
  if (notice.kind === "holding") {
    encoding.writeVarUint8Array(encoder, notice.holding.vector);
    encoding.writeUint32(encoder, notice.holding.deleted);
    encoding.writeUint8(encoder, notice.asks ? 1 : 0);
  }
}

function readNotice(decoder: decoding.Decoder): Notice {
  const kind = KINDS[decoding.readUint8(decoder)];
  if (kind === undefined) throw new Error("a notice of a kind that is not known");
  if (kind === "bye") return { kind };
  const name = decoding.readVarString(decoder);
  const room = roomOf(name);
  const { design, comments } = documentsOf(room);
  if (!isRoomId(room) || (name !== design && name !== comments)) throw new Error("a notice about no room");
  switch (kind) {
    case "rights":
      return { kind, room };
    case "look":
      return { kind, document: name };
    case "update":
      // A copy: the entry it came in is one piece.
      return { kind, document: name, update: decoding.readVarUint8Array(decoder).slice() };
    case "presence":
      return { kind, document: name, states: readStates(decoder) };
    case "holding": {
      const holding = { vector: decoding.readVarUint8Array(decoder).slice(), deleted: decoding.readUint32(decoder) };
      return { kind, document: name, holding, asks: decoding.readUint8(decoder) === 1 };
    }
  }
}

/** The bytes of what a server says. */
export function writeNotices(server: string, notices: readonly Notice[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeUint8(encoder, FORMAT);
  encoding.writeVarString(encoder, server);
  encoding.writeVarUint(encoder, notices.length);
  for (const notice of notices) writeNotice(encoder, notice);
  return encoding.toUint8Array(encoder);
}

/** Who says what; null where the bytes are not of this format: the rooms are brought together by what the database holds then. */
export function readNotices(bytes: Uint8Array): { readonly server: string; readonly notices: readonly Notice[] } | null {
  try {
    const decoder = decoding.createDecoder(bytes);
    if (decoding.readUint8(decoder) !== FORMAT) return null;
    const server = decoding.readVarString(decoder);
    return { server, notices: Array.from({ length: decoding.readVarUint(decoder) }, () => readNotice(decoder)) };
  } catch {
    return null;
  }
}
