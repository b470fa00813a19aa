/**
 * This part is in charge of rooms that several servers share. The database holds every edit before anyone sees it; here the servers tell
 * each other at once. Whatever they say may be lost: each says again and again what its copy of a document holds, and one that
 * has less reads what it lacks from the database.
 */
import { LARGE } from "../limits.ts";
import type { Room, Spread } from "../room.ts";
import type { Rooms } from "../rooms.ts";
import type { DocumentName } from "../store.ts";
import type { Channel } from "./channel.ts";
import type { Holding, Notice } from "./notice.ts";

/** What a copy holds is said that often, so many times after a change and seldom afterwards, milliseconds. */
const TICK_MS = 1_000;
const TIMES = 4;
const SELDOM_MS = 10_000;

/** A server that said nothing for that long is gone, and who was there by it. */
const GONE_MS = 35_000;

/** What is known of a document's copy here. */
interface Told {
  revision: number;
  times: number;
  at: number;
  asked: boolean;
  /** True while the database is to be read for it: whatever is hinted at meanwhile is found then too. */
  looking: boolean;
  /** What is done for it, in order. */
  work: Promise<unknown>;
  /** The last pair of digests, theirs and ours, over which the database was read in vain. */
  inVain: string;
}

export interface NeighboursParts {
  readonly channel: Channel;
  readonly rooms: () => Rooms;
  readonly clock: () => number;
  /** A copy here lacked something that the database has. */
  readonly healed: () => void;
  readonly lost: (error: unknown) => void;
  readonly failed: (what: string, error: unknown) => void;
}

export class Neighbours implements Spread {
  readonly #parts: NeighboursParts;
  readonly #told = new WeakMap<Room, Told>();
  /** When each server was last heard. */
  readonly #heard = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(parts: NeighboursParts) {
    this.#parts = parts;
    parts.channel.listen({
      heard: (server, notices) => {
        this.#heard.set(server, parts.clock());
        for (const notice of notices) this.#hear(server, notice);
      },
      lost: parts.lost,
      ready: () => {
        for (const [name, room] of parts.rooms().documents) this.#tell(name, room, true);
      },
    });
    this.#timer = setInterval(() => {
      this.#tick();
    }, TICK_MS);
    this.#timer.unref();
  }

  opened: Spread["opened"] = (name, room) => {
    this.#tell(name, room, true);
  };

  update = (document: DocumentName, update: Uint8Array): void => {
    this.#parts.channel.say(update.length > LARGE ? { kind: "look", document } : { kind: "update", document, update });
  };

  presence: Spread["presence"] = (document, states) => {
    this.#parts.channel.say({ kind: "presence", document, states });
  };

  /** Who may do what in a room was changed here. */
  rights(room: string): void {
    this.#parts.channel.say({ kind: "rights", room });
  }

  #of(room: Room): Told {
    const told = this.#told.get(room) ?? {
      revision: -1,
      times: 0,
      at: 0,
      asked: false,
      looking: false,
      work: Promise.resolve(),
      inVain: "",
    };
    this.#told.set(room, told);
    return told;
  }

  #tell(document: DocumentName, room: Room, asks: boolean): void {
    const told = this.#of(room);
    const { known, revision } = room.document;
    if (told.revision !== revision) Object.assign(told, { revision, times: 0 });
    told.times += 1;
    told.asked ||= asks;
    told.at = this.#parts.clock();
    const holding = { vector: known.vector(), deleted: known.deleted() };
    this.#parts.channel.say({ kind: "holding", document, holding, asks });
  }

  #tick(): void {
    const now = this.#parts.clock();
    for (const [server, at] of this.#heard) if (now - at > GONE_MS) this.#heard.delete(server);
    for (const [name, room] of this.#parts.rooms().documents) {
      const told = this.#told.get(room);
      room.presence.forget((server) => this.#heard.has(server));
      room.presenceHeard();
      const isDue = !told || told.revision !== room.document.revision || told.times < TIMES || now - told.at > SELDOM_MS;
      if (isDue) this.#tell(name, room, told?.asked !== true);
    }
  }

  #hear(server: string, notice: Notice): void {
    const { rooms, failed } = this.#parts;
    if (notice.kind === "bye") {
      this.#heard.delete(server);
      return;
    }
    if (notice.kind === "rights") {
      rooms()
        .recheckStored(notice.room)
        .catch((error: unknown) => {
          failed("a room's rights could not be looked up", error);
        });
      return;
    }
    // One that is being opened may have been read before this was written.
    rooms()
      .opened(notice.document)
      ?.then(
        (room) => {
          if (notice.kind === "look") {
            const told = this.#of(room);
            if (told.looking) return;
            told.looking = true;
          }
          this.#inOrder(room, () => this.#about(server, room, notice));
        },
        () => undefined,
      );
  }

  /** Does one after another for a room: what a server holds is compared when all that it said before was taken in. */
  #inOrder(room: Room, work: () => Promise<void>): void {
    const told = this.#of(room);
    told.work = told.work.then(work).catch((error: unknown) => {
      this.#parts.failed("what another server said could not be taken in", error);
    });
  }

  async #about(server: string, room: Room, notice: Exclude<Notice, { kind: "bye" | "rights" }>): Promise<void> {
    switch (notice.kind) {
      case "update":
        await room.hear(notice.update);
        return;
      case "look":
        this.#of(room).looking = false;
        await this.#catchUp(room);
        return;
      case "presence":
        room.presence.hear(server, notice.states);
        room.presenceHeard();
        return;
      case "holding":
        await this.#compare(room, notice.holding);
        if (notice.asks) this.#answer(notice.document, room);
        else if (room.document.known.isBeyond(notice.holding.vector)) this.#of(room).times = 0;
    }
  }

  #answer(document: DocumentName, room: Room): void {
    this.#tell(document, room, false);
    const states = room.presence.own;
    if (states.length > 0) this.presence(document, states);
  }

  async #compare(room: Room, { vector, deleted }: Holding): Promise<void> {
    const { known } = room.document;
    const told = this.#of(room);
    const pair = `${String(deleted)} ${String(known.deleted())}`;
    if (!known.lacks(vector) && (deleted === known.deleted() || told.inVain === pair)) return;
    // Deletions that are more here than there cannot be told from others; they are looked for once.
    if (!(await this.#catchUp(room))) told.inVain = pair;
  }

  async #catchUp(room: Room): Promise<boolean> {
    const caughtUp = await room.catchUp();
    if (caughtUp) this.#parts.healed();
    return caughtUp;
  }

  /** Says that nobody is here any more, and closes the channel. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#parts.channel.say({ kind: "bye" });
    await this.#parts.channel.close();
  }
}
