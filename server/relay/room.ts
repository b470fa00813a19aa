/**
 * A document with people in it. The way of an edit: rates, rights, is it whole, then it waits a few milliseconds for others, is merged
 * with them and put on the disk, and goes to everyone, whoever wrote it among them: that is how the writer knows that it is kept.
 */
import type { CLOSE } from "#shared/api/sync.ts";
import {
  type ClientMessage,
  isStateVector,
  presenceMessage,
  readMessage,
  readPresence,
  refusalMessage,
  syncMessage,
  type UpdateContent,
} from "#shared/sync/index.ts";
import { Commits, type Waiting } from "./commits.ts";
import type { DocumentParts, LiveDocument } from "./document.ts";
import { PRESENCE, type RelayLimits } from "./limits.ts";
import { type PersonState, Presence } from "./presence.ts";
import type { Session } from "./session.ts";
import type { DocumentName } from "./store.ts";

/** What a room tells the server it runs in. */
export interface RoomEvents {
  /** Updates were kept and sent to so many. */
  readonly delivered: (updates: number, sockets: number) => void;
  readonly failed: (what: string, error: unknown) => void;
}

/** Tells the other servers of a room; what it says may be lost. */
export interface Spread {
  readonly opened: (name: DocumentName, room: Room) => void;
  readonly update: (name: DocumentName, update: Uint8Array) => void;
  readonly presence: (name: DocumentName, states: readonly PersonState[]) => void;
}

export interface RoomParts extends DocumentParts {
  /** Null where there are no other servers. */
  readonly spread: Spread | null;
  readonly limits: RelayLimits;
  readonly events: RoomEvents;
  /** Milliseconds that only go up. */
  readonly clock: () => number;
}

const READ_ONLY = refusalMessage("This link does not let you change that.");

export class Room {
  readonly sessions = new Set<Session>();
  readonly document: LiveDocument;
  readonly presence = new Presence();
  /** Names of those who wrote since the last version. */
  readonly authors = new Set<string>();
  /** True when something was written since the last version. */
  changed = false;
  emptySince: number;
  /** When it was last saved, or failed to be. */
  savedAt: number;
  saveFailed = false;
  readonly #parts: RoomParts;
  readonly #commits: Commits;
  #lastPresence = 0;
  #presenceScheduled = false;

  constructor(document: LiveDocument, parts: RoomParts) {
    this.document = document;
    this.#parts = parts;
    this.emptySince = parts.clock();
    this.savedAt = this.emptySince;
    this.#commits = new Commits(parts, {
      people: () => this.sessions.size,
      kept: (update, batch) => {
        this.#kept(update, batch);
      },
      lost: (error) => {
        this.#lost(error);
      },
    });
  }

  /** True when nothing waits to be kept. */
  get isQuiet(): boolean {
    return this.#commits.isQuiet;
  }

  /** Takes a person in: the state vector asks for what they have; who is here is told. */
  join(session: Session): void {
    const now = this.#parts.clock();
    this.sessions.add(session);
    session.send(syncMessage("vector", this.document.known.vector()), now);
    if (this.presence.all.length > 0) session.send(presenceMessage(this.presence.all), now);
  }

  leave(session: Session): void {
    if (!this.sessions.delete(session)) return;
    this.presence.leave(session);
    this.#spreadPresence();
    if (this.sessions.size === 0) this.emptySince = this.#parts.clock();
  }

  /** Hears one message of a person. */
  receive(session: Session, bytes: Uint8Array): void {
    const now = this.#parts.clock();
    if (session.ended) return;
    const { charges } = session;
    if (!charges.take("messages", now) || !charges.takeBytes(bytes.length, now)) {
      session.end("tooMany");
      return;
    }
    session.hold(charges.share(bytes.length, now));
    const message = readMessage(bytes);
    if (message) this.#handle(session, message, now);
    else session.end("malformed");
  }

  #handle(session: Session, message: ClientMessage, now: number): void {
    switch (message.kind) {
      case "update":
        this.#update(session, message.update, message.late, now);
        return;
      case "vector":
        this.#vector(session, message.vector, now);
        return;
      case "presence":
        this.#presence(session, message.states, now);
        return;
      case "askPresence":
        if (session.charges.take("vectors", now)) session.send(presenceMessage(this.presence.all), now);
        else session.end("tooMany");
    }
  }

  #vector(session: Session, vector: Uint8Array, now: number): void {
    if (!session.charges.take("vectors", now)) session.end("tooMany");
    else if (!isStateVector(vector)) session.end("malformed");
    else {
      this.document.lacking(vector).then(
        ({ later, missing }) => {
          const answered = this.#parts.clock();
          for (const update of later) session.answer(syncMessage("update", update), answered);
          session.answer(syncMessage("missing", missing), answered);
        },
        (error: unknown) => {
          this.#parts.events.failed("a state could not be made", error);
          session.end("unavailable");
        },
      );
    }
  }

  #presence(session: Session, bytes: Uint8Array, now: number): void {
    const states = readPresence(bytes);
    if (!states) {
      session.end("malformed");
      return;
    }
    const { own, wrong } = this.presence.accept(session, states);
    if (wrong) session.end(wrong);
    else if (own && !session.charges.take("presence", now)) session.end("tooMany");
    else this.#spreadPresence();
  }

  #update(session: Session, update: Uint8Array, late: boolean, now: number): void {
    if (!session.charges.take("updates", now)) {
      session.end("tooMany");
      return;
    }
    session.hold(session.charges.shareUpdate(now));
    this.#parts.compactor.read(update).then(
      (content) => {
        this.#admit(session, update, content, late);
      },
      (error: unknown) => {
        this.#parts.events.failed("an update could not be checked", error);
        session.end("unavailable");
      },
    );
  }

  #admit(session: Session, update: Uint8Array, content: UpdateContent | null, late: boolean): void {
    if (session.ended) return;
    if (!content) {
      session.end("malformed");
      return;
    }
    // What one who comes back sends again is neither kept nor passed on, and is no breach of a right.
    if (late && this.document.known.holds(content)) return;
    if (!session.writes) {
      session.send(READ_ONLY, this.#parts.clock());
      return;
    }
    const { documentBytes, waitingBytes } = this.#parts.limits;
    const { pending } = this.#commits;
    if (pending > 0 && pending + update.length > waitingBytes) {
      session.end("unavailable");
    } else if (this.#size + update.length <= documentBytes) this.#commits.push({ update, content, session });
    else this.#makeRoom(session, update, content);
  }

  get #size(): number {
    return this.document.size + this.#commits.pending;
  }

  /** Perhaps what was deleted is all that is too much. */
  #makeRoom(session: Session, update: Uint8Array, content: UpdateContent): void {
    this.document.fold().then(
      () => {
        if (this.#size + update.length <= this.#parts.limits.documentBytes) this.#commits.push({ update, content, session });
        else session.end("tooLarge");
      },
      (error: unknown) => {
        this.#parts.events.failed("a document could not be compacted", error);
        session.end("unavailable");
      },
    );
  }

  #kept(update: Uint8Array, batch: readonly Waiting[]): void {
    this.document.push(
      update,
      batch.map(({ content }) => content),
    );
    this.changed = true;
    for (const { session } of batch) if (session.person.name !== "") this.authors.add(session.person.name);
    this.#parts.events.delivered(batch.length, this.sessions.size);
    this.#parts.spread?.update(this.#parts.name, update);
    this.#sendUpdate(update);
  }

  #sendUpdate(update: Uint8Array): void {
    const message = syncMessage("update", update);
    const now = this.#parts.clock();
    for (const session of this.sessions) session.send(message, now);
  }

  /** Hears an update that another server has kept; everyone here is told what they do not know. */
  async hear(update: Uint8Array): Promise<void> {
    const content = await this.#parts.compactor.read(update);
    if (!content || this.document.known.holds(content)) return;
    this.document.push(update, [content], "another");
    this.#sendUpdate(update);
  }

  /** Reads what other servers have kept and this one was not told; false when there was nothing. */
  async catchUp(): Promise<boolean> {
    const update = await this.document.catchUp();
    if (update) this.#sendUpdate(update);
    return update !== null;
  }

  /** To be called when presence was changed by another server. */
  presenceHeard(): void {
    this.#spreadPresence();
  }

  /** Nobody saw what could not be kept; all come back with what they have and it is tried again. */
  #lost(error: Error): void {
    this.#parts.events.failed("updates could not be kept", error);
    this.endAll("unavailable");
  }

  #spreadPresence(): void {
    if (this.#presenceScheduled || !this.presence.isChanged) return;
    this.#presenceScheduled = true;
    const left = this.#lastPresence + PRESENCE.everyMs - this.#parts.clock();
    const spread = (): void => {
      this.#presenceScheduled = false;
      const now = (this.#lastPresence = this.#parts.clock());
      const message = presenceMessage(this.presence.takeChanged());
      for (const session of this.sessions) if (!session.isBehind) session.send(message, now);
      const own = this.presence.takeOwn();
      if (own.length > 0) this.#parts.spread?.presence(this.#parts.name, own);
    };
    if (left > 1) setTimeout(spread, left);
    else setImmediate(spread);
  }

  endAll(why: keyof typeof CLOSE): void {
    for (const session of this.sessions) session.end(why);
  }

  /** Resolves once nothing waits to be kept. */
  quiet(): Promise<void> {
    return this.#commits.quiet();
  }

  tick(now: number): void {
    for (const session of this.sessions) session.tick(now);
  }
}
