/**
 * The line between the tabs of one browser that have one design open. One of them writes (`keep.ts`); the others hand it what they
 * make, and everyone hears what was stored.
 */
import * as Y from "yjs";

/** The origin of what was stored, or came from another tab. */
export const STORED = Symbol("stored");

/** Updates by the keys that name them among all tabs. */
export type Updates = readonly (readonly [key: string, update: Uint8Array])[];

/** What tabs say to each other. */
export type Word =
  /** Made in a tab that does not write, or could not be written. */
  | { readonly kind: "made"; readonly updates: Updates }
  | { readonly kind: "stored"; readonly updates: Updates }
  /** The writer could not write; it tries again. */
  | { readonly kind: "failed"; readonly message: string }
  /** Another tab is the writer now: what it should have heard is said again. */
  | { readonly kind: "writer" };

/** What another tab made and nobody has said to be stored. */
interface Heard {
  readonly update: Uint8Array;
  /** False where the document held it already: then it is stored, or about to be, under another key. */
  readonly news: boolean;
}

export interface Line {
  readonly heard: Map<string, Heard>;
  /** Called after a word has reached the document. */
  on: (word: Word) => void;
  say(word: Word): void;
  close(): void;
}

/** Applies an update that came from another tab; false when it brought nothing. */
function take(doc: Y.Doc, update: Uint8Array): boolean {
  let news = false;
  const mark = (): void => {
    news = true;
  };
  doc.on("update", mark);
  Y.applyUpdate(doc, update, STORED);
  doc.off("update", mark);
  return news || doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
}

/** Opens it before the design is loaded, so that nothing falls in between; null in a browser without channels. */
export function listen(id: string, doc: Y.Doc): Line | null {
  if (typeof BroadcastChannel === "undefined") return null;
  const channel = new BroadcastChannel(`drawbridge/design/${id}`);
  let closed = false;
  const heard = new Map<string, Heard>();
  const line: Line = {
    heard,
    on: () => undefined,
    say(word) {
      if (!closed) channel.postMessage(word);
    },
    close() {
      closed = true;
      channel.close();
    },
  };
  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    for (const [key, update] of data.kind === "made" || data.kind === "stored" ? data.updates : []) {
      const news = take(doc, update);
      if (data.kind === "stored") heard.delete(key);
      else if (!heard.has(key)) heard.set(key, { update, news });
    }
    line.on(data);
  };
  return line;
}
