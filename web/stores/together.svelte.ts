/** Working together on the open design: its room, the connection, who else is here. Idle, and not loaded, while there is no room. */
import type { CreatedRoom, Role } from "#shared/api/rooms.ts";
import { ok, type Problem, type Result } from "#shared/result/index.ts";
import type { DesignDatabase, StoredRoom } from "../storage/database.ts";
import type { Connection } from "../sync/connection.ts";
import { roomLink } from "../sync/link.ts";
import { readShowing, type Showing } from "../sync/presence.ts";
import { mayComment, mayEdit } from "../sync/roles.ts";
import type { SyncStatus } from "../sync/status.ts";
import type { Meeting } from "./meeting.svelte.ts";
import type { Person } from "./person.svelte.ts";
import type { Project } from "./project.svelte.ts";

/** Someone else in the room. */
export interface Other extends Showing {
  /** Their client of the document: one for each tab. */
  readonly client: number;
}

/** The roles an owner gives away by a link. */
export const GIVEN = ["edit", "comment", "view"] as const satisfies readonly Role[];
export type GivenRole = (typeof GIVEN)[number];

const CHANNEL = "drawbridge/rooms";
/** How soon the count of unsent edits is written. */
const WRITE_MS = 400;

const loadSync = () => import("../sync/index.ts");
const loadMeeting = () => import("./meeting.svelte.ts");

export class Together {
  readonly person: Person;
  readonly #database: DesignDatabase;
  readonly #project: Project;
  readonly #channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(CHANNEL);
  #room = $state.raw<StoredRoom | null>(null);
  #status = $state.raw<SyncStatus | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #others = $state.raw<readonly Other[]>([]);
  #following = $state.raw<number | null>(null);
  #connection: Connection | null = null;
  #meeting = $state.raw<Meeting | null>(null);
  #shown: Partial<Showing> = {};
  #writing: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(database: DesignDatabase, project: Project, person: Person) {
    this.person = person;
    this.#database = database;
    this.#project = project;
    if (this.#channel)
      this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (data === project.id) void this.#reload();
      };
    window.addEventListener("online", this.#wake);
    window.addEventListener("offline", this.#sleep);
    document.addEventListener("visibilitychange", this.#look);
  }

  /** For a version that is only looked at: it is in no room, and nobody is there. */
  nobody(project: Project): Together {
    const alone = new Together(this.#database, project, this.person);
    alone.close();
    return alone;
  }

  get room(): StoredRoom | null {
    return this.#room;
  }
  get status(): SyncStatus | null {
    return this.#status;
  }
  /** What the server said when it could not be entered. */
  get problem(): Problem | null {
    return this.#problem;
  }
  get others(): readonly Other[] {
    return this.#others;
  }
  /** Whose view is shown here. */
  get following(): Other | null {
    return this.#others.find(({ client }) => client === this.#following) ?? null;
  }

  /** Whether this person may comment: always on a design of their own. */
  get mayComment(): boolean {
    return !this.#room || mayComment(this.#room.role);
  }

  /** What came of work that was done apart. */
  get meeting(): Meeting | null {
    return this.#meeting;
  }

  /** Those who have a table selected. */
  at(id: string): readonly Other[] {
    return this.#others.length === 0 ? this.#others : this.#others.filter(({ selected }) => selected.includes(id));
  }

  /** Enters the room of the design, where it has one. */
  async open(): Promise<void> {
    const room = await this.#database.room(this.#project.id).catch(() => null);
    if (room && !this.#closed) this.#enter(room);
  }

  async #reload(): Promise<void> {
    this.#leave();
    await this.open();
  }

  #enter(room: StoredRoom): void {
    this.#room = room;
    this.#project.lock(!mayEdit(room.role));
    this.#status = { kind: "connecting", waiting: room.unsent };
    void this.#connect(room);
  }

  async #connect(room: StoredRoom): Promise<void> {
    const [sync, meeting] = await Promise.all([loadSync().catch(() => null), this.#meet()]);
    if (this.#closed || this.#connection || this.#room?.room !== room.room) return;
    if (!sync) {
      // Its code is not on this device yet: tried again when the network is back.
      this.#status = { kind: "offline", waiting: room.unsent };
      return;
    }
    const connection = (this.#connection = new sync.Connection({
      doc: this.#project.doc,
      role: room.role,
      carried: room.unsent,
      ...sync.entrance("design", room.room, room.secret, () => this.person.name),
      on: {
        status: (status) => this.#heard(status),
        role: (role) => void this.#change({ role }),
        problem: (problem) => (this.#problem = problem),
        meets: (update) => meeting?.meets(update),
      },
    }));
    connection.awareness.on("change", () => this.#listOthers(connection));
    this.show({});
  }

  /** Watches for edits that are made apart; null where its code cannot be loaded. */
  async #meet(): Promise<Meeting | null> {
    const loaded = this.#meeting ? null : await loadMeeting().catch(() => null);
    if (loaded) this.#meeting = await loaded.Meeting.open(this.#project, this.#database, this);
    if (this.#closed) this.#meeting?.close();
    return this.#meeting;
  }

  #heard(status: SyncStatus): void {
    this.#status = status;
    const unsent = status.kind === "synced" ? 0 : status.waiting;
    clearTimeout(this.#writing);
    if (unsent === this.#room?.unsent) return;
    this.#writing = setTimeout(() => void this.#change({ unsent }), WRITE_MS);
  }

  /** A count that is not written is counted again by the server's answer. */
  async #change(change: Partial<StoredRoom>): Promise<void> {
    if (!this.#room) return;
    this.#room = { ...this.#room, ...change };
    this.#project.lock(!mayEdit(this.#room.role));
    await this.#database.putRoom(this.#room).catch(() => undefined);
  }

  #listOthers({ awareness }: Connection): void {
    const own = this.#project.doc.clientID;
    this.#others = [...awareness.getStates()]
      .filter(([client]) => client !== own)
      .map(([client, state]) => ({ ...readShowing(state), client }));
    this.#meeting?.learn(this.#others);
  }

  /** Tells the others what is done here. */
  show(what: Partial<Omit<Showing, "name" | "tint" | "person" | "following">>): void {
    this.#shown = { ...this.#shown, ...what };
    const { id: person, name, tint } = this.person;
    this.#connection?.awareness.setLocalState({ ...this.#shown, name, tint, person, following: this.#following });
  }

  isFollowedBy({ following }: Other): boolean {
    return following === this.#project.doc.clientID;
  }

  follow(client: number | null): void {
    this.#following = client;
    this.show({});
  }

  /** Makes a room of the design and uploads it. */
  async start(): Promise<Problem | null> {
    const { createRoom } = await loadSync();
    const made: Result<CreatedRoom> = await createRoom("");
    if (!made.ok) return made.problem;
    const { own, edit, comment, view } = made.value.secrets;
    const room: StoredRoom = {
      design: this.#project.id,
      room: made.value.room,
      role: "own",
      secret: own,
      given: { edit, comment, view },
      unsent: 1,
    };
    await this.#database.putRoom(room);
    this.#enter(room);
    this.#channel?.postMessage(this.#project.id);
    return null;
  }

  /** The link of a role; null where it has none. */
  link(role: GivenRole): string | null {
    const secret = this.#room?.given[role];
    return this.#room && secret !== undefined ? roomLink(location.origin, { room: this.#room.room, secret }) : null;
  }

  /** Gives a role a new link, or none; whoever came by the old one is out. */
  async replace(role: GivenRole, close: boolean): Promise<Problem | null> {
    const room = this.#room;
    if (!room) return null;
    const { changeSecret } = await loadSync();
    const changed = await changeSecret("", room.room, room.secret, { role, close });
    if (!changed.ok) return changed.problem;
    const { [role]: _old, ...given } = room.given;
    const { secret } = changed.value;
    await this.#change({ given: secret === null ? given : { ...given, [role]: secret } });
    return null;
  }

  /** Removes the room from the server; everyone keeps the copy on their device. */
  async stop(): Promise<Problem | null> {
    const room = this.#room;
    if (!room) return null;
    const { removeRoom } = await loadSync();
    const removed: Result<null> = room.role === "own" ? await removeRoom("", room.room, room.secret) : ok(null);
    if (!removed.ok) return removed.problem;
    this.#leave();
    await this.#database.forgetRoom(this.#project.id);
    this.#channel?.postMessage(this.#project.id);
    return null;
  }

  /** Lets go of the connection; the design becomes one's own. */
  #leave(): void {
    clearTimeout(this.#writing);
    this.#connection?.close();
    this.#connection = null;
    this.#meeting?.close();
    this.#meeting = null;
    this.#room = null;
    this.#status = null;
    this.#problem = null;
    this.#others = [];
    this.#following = null;
    this.#project.lock(false);
  }

  readonly #wake = (): void => {
    if (this.#connection) this.#connection.wake();
    else if (this.#room) void this.#connect(this.#room);
  };
  readonly #sleep = (): void => this.#connection?.sleep();
  readonly #look = (): void => {
    if (document.visibilityState === "visible") this.#wake();
  };

  close(): void {
    this.#closed = true;
    clearTimeout(this.#writing);
    const unsent = this.#status === null || this.#status.kind === "synced" ? 0 : this.#status.waiting;
    if (this.#room && this.#room.unsent !== unsent) void this.#change({ unsent });
    this.#connection?.close();
    this.#meeting?.close();
    this.#channel?.close();
    window.removeEventListener("online", this.#wake);
    window.removeEventListener("offline", this.#sleep);
    document.removeEventListener("visibilitychange", this.#look);
  }
}
