/** What an update says without applying it: which structs it brings and which it deletes. Reading it to its end is also the proof that it is whole. */
import * as decoding from "lib0/decoding";
import * as Y from "yjs";

/** A stretch of a client's clock. */
export interface Span {
  readonly client: number;
  readonly clock: number;
  readonly length: number;
}

export interface UpdateContent {
  readonly structs: readonly Span[];
  readonly deletes: readonly Span[];
}

/** No client of ours counts further; sums of larger ones would lose their last digits. */
const LAST_CLOCK = 2 ** 48;

/** Adds a span, to the last one where it goes on with it: a large document has few clients and many structs. */
function addSpan(spans: Span[], span: Span): void {
  const last = spans.at(-1);
  if (last?.client === span.client && last.clock + last.length === span.clock) {
    spans[spans.length - 1] = { ...last, length: last.length + span.length };
  } else spans.push(span);
}

/** Reads an update; null when it is not one, holds more than one, or embeds another document. */
export function readUpdate(update: Uint8Array): UpdateContent | null {
  const decoder = new Y.UpdateDecoderV1(decoding.createDecoder(update));
  // Yjs makes its decoder of the class it is given; this "class" gives ours, to see afterwards that nothing is left in it.
  const ours = function () {
    return decoder;
  } as unknown as typeof Y.UpdateDecoderV1;
  try {
    const { structs, ds } = Y.decodeUpdateV2(update, ours);
    if (decoding.hasContent(decoder.restDecoder)) return null;
    const read: Span[] = [];
    for (const struct of structs) {
      const { client, clock } = struct.id;
      if (!(struct.length >= 1 && clock + struct.length <= LAST_CLOCK)) return null;
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentDoc) return null;
      if (!(struct instanceof Y.Skip)) addSpan(read, { client, clock, length: struct.length });
    }
    const deletes: Span[] = [];
    for (const [client, items] of ds.clients) {
      for (const { clock, len } of items) {
        if (!(clock + len <= LAST_CLOCK)) return null;
        deletes.push({ client, clock, length: len });
      }
    }
    return { structs: read, deletes };
  } catch {
    return null;
  }
}

/** True for the bytes of a state vector and nothing else. */
export function isStateVector(bytes: Uint8Array): boolean {
  try {
    const decoder = decoding.createDecoder(bytes);
    const count = decoding.readVarUint(decoder);
    for (let at = 0; at < count; at += 1) {
      decoding.readVarUint(decoder);
      decoding.readVarUint(decoder);
    }
    return !decoding.hasContent(decoder);
  } catch {
    return false;
  }
}
