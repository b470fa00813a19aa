/**
 * The connection of one document to its room. It comes back by itself, with another token each time, until it is told for good;
 * what was edited meanwhile goes up then. Tabs of one browser exchange edits through `web/storage/keep.ts`, not here.
 */
import { applyAwarenessUpdate, Awareness, removeAwarenessStates } from "y-protocols/awareness";
import * as Y from "yjs";
import type { Role, Token } from "#shared/api/rooms.ts";
import { MESSAGE } from "#shared/api/sync.ts";
import type { Problem, Result } from "#shared/result/index.ts";
import { presenceMessage, readAnswer, syncMessage } from "#shared/sync/index.ts";
import { Ledger } from "./ledger.ts";
import { mayWrite, type Part } from "./roles.ts";
import { type Link, linkAfter, type SyncStatus, statusOf, waitBefore } from "./status.ts";

/** The server says something every 20 s at least. */
const SILENCE_MS = 30_000;
/** After a wake-up it must answer in that time. */
const PROBE_MS = 4_000;
/** A timer that comes so much too late means that the machine slept. */
const CLOCK_MS = 5_000;
const SLEPT_MS = 10_000;
/** Own presence is sent 30 times a second at most. */
const PRESENCE_MS = 34;

export interface ConnectionParts {
  readonly doc: Y.Doc;
  /** The socket's address for a token. */
  readonly address: (token: string) => string;
  readonly token: (before: string | null) => Promise<Result<Token>>;
  /** Edits that an earlier page left unsent. */
  readonly carried: number;
  readonly role: Role;
  /** Which of the room's documents it is. */
  readonly part: Part;
  readonly on: {
    readonly status: (status: SyncStatus) => void;
    readonly role: (role: Role) => void;
    /** Why the last try failed, where the server said it. */
    readonly problem: (problem: Problem | null) => void;
    /** The server is about to tell what the document lacks; what it gives back is called when the document has it. */
    readonly meets?: (update: Uint8Array) => (() => void) | undefined;
  };
  readonly open?: (address: string) => WebSocket;
}

export class Connection {
  readonly awareness: Awareness;
  readonly #parts: ConnectionParts;
  readonly #ledger: Ledger;
  #role: Role;
  #link: Link = "connecting";
  #socket: WebSocket | null = null;
  #token: string | null = null;
  #tries = 0;
  #attempt = 0;
  #heard = 0;
  #closed = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #probe: ReturnType<typeof setTimeout> | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  #ticked = Date.now();
  #presence: ReturnType<typeof setTimeout> | undefined;
  #vector: Uint8Array = new Uint8Array([0]);

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#role = parts.role;
    this.#ledger = new Ledger(parts.carried);
    this.awareness = new Awareness(parts.doc);
    this.awareness.on("update", this.#present);
    parts.doc.on("update", this.#edited);
    this.#clock = setInterval(this.#tick, CLOCK_MS);
    void this.#connect();
  }

  get status(): SyncStatus {
    return statusOf({ link: this.#link, waiting: this.#ledger.waiting, writes: this.#writes, role: this.#role });
  }

  get #writes(): boolean {
    return mayWrite(this.#role, this.#parts.part);
  }

  #is(link: Link): void {
    this.#link = link;
    this.#tell();
  }

  #tell(): void {
    this.#parts.on.status(this.status);
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#retry);
    if (this.#tries === 0) this.#is("connecting");
    const attempt = (this.#attempt += 1);
    const got = await this.#parts.token(this.#token);
    if (this.#closed || attempt !== this.#attempt) return;
    this.#parts.on.problem(got.ok ? null : got.problem);
    if (!got.ok) {
      if (got.problem.code === "room.gone") this.#end("missing");
      else if (got.problem.code === "room.refused") this.#end("refused");
      else this.#later();
      return;
    }
    this.#token = got.value.token;
    if (this.#role !== got.value.role) this.#parts.on.role((this.#role = got.value.role));
    const address = this.#parts.address(got.value.token);
    const socket = (this.#socket = this.#parts.open?.(address) ?? new WebSocket(address));
    socket.binaryType = "arraybuffer";
    this.#heard = Date.now();
    socket.onopen = () => this.#opened(socket);
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
      if (socket === this.#socket) this.#hear(new Uint8Array(data));
    };
    socket.onclose = ({ code }) => {
      if (socket === this.#socket) this.#lost(linkAfter(code));
    };
  }

  #opened(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    this.#is("open");
    this.#send(syncMessage("vector", Y.encodeStateVector(this.#parts.doc)));
    this.#sendPresence();
  }

  #lost(link: Link): void {
    this.#drop();
    if (link === "offline") this.#later();
    else this.#end(link);
  }

  /** Lets go of the socket; nothing it still says is heard. Who was here is not known any more. */
  #drop(): void {
    clearTimeout(this.#probe);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    const others = [...this.awareness.getStates().keys()].filter((id) => id !== this.#parts.doc.clientID);
    removeAwarenessStates(this.awareness, others, this);
  }

  #later(): void {
    this.#is("offline");
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#connect(), waitBefore(this.#tries, Math.random()));
    this.#tries += 1;
  }

  #end(link: Link): void {
    clearTimeout(this.#retry);
    this.#is(link);
  }

  #hear(bytes: Uint8Array): void {
    this.#heard = Date.now();
    clearTimeout(this.#probe);
    const message = readAnswer(bytes);
    switch (message?.kind) {
      case "vector":
        this.#vector = message.vector.slice();
        this.#ledger.restart(this.#vector);
        return;
      case "update": {
        const met = message.late ? this.#parts.on.meets?.(message.update) : undefined;
        Y.applyUpdate(this.#parts.doc, message.update, this);
        met?.();
        this.#ledger.kept(message.update);
        if (message.late) this.#ready();
        else this.#tell();
        return;
      }
      case "presence":
        applyAwarenessUpdate(this.awareness, message.states, this);
        return;
      case "refusal":
        // The token said otherwise: the next one will say what holds.
        this.#lost("offline");
        return;
      case "askPresence":
        this.#sendPresence();
        return;
      case undefined:
    }
  }

  /** The server has told all it had; now it gets what it lacks. */
  #ready(): void {
    this.#tries = 0;
    const rest = Y.encodeStateAsUpdate(this.#parts.doc, this.#vector);
    const held = this.#ledger.compare(rest);
    if (!held && this.#writes) this.#send(syncMessage("missing", rest));
    this.#is("ready");
  }

  /** An edit of this tab or of another: whichever is first at the server is kept, the other one is dropped as known. */
  readonly #edited = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return;
    this.#ledger.made(update);
    // Before the server has told all it has, an edit waits: it is part of what is sent then.
    if (this.#link === "ready" && this.#writes) this.#send(syncMessage("missing", update));
    this.#tell();
  };

  #send(bytes: Uint8Array): void {
    if (this.#socket?.readyState === 1) this.#socket.send(bytes as Uint8Array<ArrayBuffer>);
  }

  readonly #present = (_change: unknown, origin: unknown): void => {
    if (origin === this || this.#presence !== undefined) return;
    this.#presence = setTimeout(() => {
      this.#presence = undefined;
      this.#sendPresence();
    }, PRESENCE_MS);
  };

  #sendPresence(): void {
    const client = this.#parts.doc.clientID;
    const state = this.awareness.getLocalState();
    const clock = this.awareness.meta.get(client)?.clock;
    if (state !== null && clock !== undefined) this.#send(presenceMessage([{ client, clock, json: JSON.stringify(state) }]));
  }

  readonly #tick = (): void => {
    const now = Date.now();
    const slept = now - this.#ticked > CLOCK_MS + SLEPT_MS;
    this.#ticked = now;
    if (this.#socket && now - this.#heard > SILENCE_MS) this.#lost("offline");
    else if (slept) this.wake();
  };

  /** The machine woke, the network came back, or a person looks again: is the server still there? */
  wake(): void {
    if (this.#closed) return;
    if (this.#socket) {
      clearTimeout(this.#probe);
      this.#probe = setTimeout(() => this.#lost("offline"), PROBE_MS);
      this.#send(new Uint8Array([MESSAGE.askPresence]));
    } else if (this.#link === "offline") {
      this.#tries = 0;
      clearTimeout(this.#retry);
      void this.#connect();
    }
  }

  /** The network went: nothing will come any more, and no answer needs to be waited for. */
  sleep(): void {
    if (this.#socket) this.#lost("offline");
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#clock);
    clearTimeout(this.#retry);
    clearTimeout(this.#presence);
    this.#parts.doc.off("update", this.#edited);
    this.awareness.off("update", this.#present);
    this.#drop();
    this.awareness.destroy();
  }
}
