/** What works on documents: loaded with Yjs when the first person comes, so that a server nobody draws together on does without. */
import { createCompactor } from "./compactor/client.ts";
import { LiveDocument } from "./document.ts";
import { Room, type RoomParts } from "./room.ts";
import type { DocumentName } from "./store.ts";

/** What an engine is given: all a room is but its name, and the built worker. */
export interface EngineParts extends Omit<RoomParts, "name" | "compactor"> {
  readonly worker: string;
}

export interface Engine {
  /** Reads a document and makes a room of it. */
  readonly load: (name: DocumentName) => Promise<Room>;
  readonly close: () => Promise<void>;
}

/** The engine of a server. */
export function createEngine(given: EngineParts): Engine {
  const compactor = createCompactor(given.worker);
  return {
    load: async (name) => {
      const parts = { ...given, compactor, name };
      return new Room(await LiveDocument.load(parts), parts);
    },
    close: () => compactor.close(),
  };
}
