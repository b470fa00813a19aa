/**
 * The comments on the open design: kept on this device beside it, and in its room where it has one. What others said and this person
 * has not looked at is remembered as unread.
 */
import { untrack } from "svelte";
import * as Y from "yjs";
import { type Anchor, type Comment, CommentsDoc, mentionsIn, type Somebody, type Thread } from "#shared/comments/index.ts";
import type { TableId } from "#shared/model/index.ts";
import { problem, type Problem } from "#shared/result/index.ts";
import { mint } from "../mint.ts";
import { commentsOf, type DesignDatabase } from "../storage/database.ts";
import { keep, type Keeper, listen, load } from "../storage/keep.ts";
import type { Preferences } from "../storage/preferences.ts";
import type { Connection } from "../sync/connection.ts";
import type { SyncStatus } from "../sync/status.ts";
import type { Project } from "./project.svelte.ts";
import type { Selection } from "./selection.svelte.ts";
import type { Together } from "./together.svelte.ts";
import type { View } from "./view.svelte.ts";

interface CommentsParts {
  readonly database: DesignDatabase;
  readonly preferences: Preferences;
  readonly project: Project;
  readonly together: Together;
  readonly selection: Selection;
  readonly view: View;
}

export class Comments {
  readonly #parts: CommentsParts;
  readonly #doc: CommentsDoc;
  readonly #keeper: Keeper;
  readonly #seenKey: string;
  /** What is being written, by what it is about: found again when the panel was closed meanwhile. */
  readonly drafts = new Map<string, string>();
  readonly #listening = new AbortController();
  readonly #stop: () => void;
  #connection: Connection | null = null;
  #said = $state.raw<CommentsDoc["said"]>() as CommentsDoc["said"];
  #seen = $state.raw<ReadonlySet<string>>(new Set());
  #failure = $state.raw<Problem | null>(null);
  #status = $state.raw<SyncStatus | null>(null);
  readonly #unread = $derived(this.#listUnread());
  readonly #people = $derived(this.#listPeople());
  /** The room that the comments belong in; it stays the same text while nothing of it changes. */
  readonly #entrance = $derived(this.#entranceNow());

  private constructor(parts: CommentsParts, doc: CommentsDoc, line: ReturnType<typeof listen>) {
    this.#parts = parts;
    this.#doc = doc;
    this.#said = doc.said;
    doc.watch((said) => (this.#said = said));
    const { database, preferences, project } = parts;
    this.#keeper = keep(database, commentsOf(project.id), doc.doc, line, {
      saving: (state) => {
        if (state === "saved") this.#failure = null;
      },
      error: (message) => {
        this.#failure = problem("storage.failed", "error", { message });
      },
    });
    this.#seenKey = `seen.${project.id}`;
    const seen = preferences.get(this.#seenKey);
    if (Array.isArray(seen)) this.#seen = new Set(seen.filter((id) => typeof id === "string"));
    const { signal } = this.#listening;
    window.addEventListener("online", () => this.#wake(), { signal });
    window.addEventListener("offline", () => this.#connection?.sleep(), { signal });
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#wake(), { signal });
    this.#stop = $effect.root(() => {
      $effect(() => {
        this.#doc.locked = !this.mayWrite;
      });
      $effect(() => {
        const entrance = this.#entrance;
        untrack(() => void this.#enter(entrance));
      });
      $effect(() => this.#greet());
    });
  }

  /** Reads what is stored of the comments on a design. */
  static async open(parts: CommentsParts): Promise<Comments> {
    const id = commentsOf(parts.project.id);
    const doc = new Y.Doc();
    const line = listen(id, doc);
    await load(parts.database, id, doc);
    return new Comments(parts, new CommentsDoc(doc), line);
  }

  get threads(): readonly Thread[] {
    return this.#said.threads;
  }
  /** Others who are or were here, whom a comment can call. */
  get people(): readonly Somebody[] {
    return this.#people;
  }
  /** Ids of comments of others that this person has not looked at. */
  get unread(): ReadonlySet<string> {
    return this.#unread;
  }
  /** Why comments are not kept on this device. */
  get problem(): Problem | null {
    return this.#failure;
  }
  /** How many are on this device and not known to be in the room. */
  get waiting(): number {
    return this.#status === null || this.#status.kind === "synced" ? 0 : this.#status.waiting;
  }
  get mayWrite(): boolean {
    return this.#parts.together.mayComment && !this.#said.readOnly;
  }
  get me(): Somebody {
    const { id, name, tint } = this.#parts.together.person;
    return { id, name, tint };
  }

  /** Who someone is by now. */
  somebody({ by, name }: Comment): Somebody {
    return this.#said.people.get(by) ?? { id: by, name, tint: "" };
  }
  isMine({ by }: Comment): boolean {
    return by === this.me.id;
  }
  /** One's own, and on one's own design those of others. */
  mayRemove(comment: Comment): boolean {
    const { room } = this.#parts.together;
    return this.mayWrite && (this.isMine(comment) || !room || room.role === "own");
  }
  callsMe({ mentions }: Comment): boolean {
    return mentions.some(({ id }) => id === this.me.id);
  }

  #listUnread(): ReadonlySet<string> {
    const all = this.#said.threads.flatMap(({ comments }) => comments);
    return new Set(all.filter((comment) => !this.isMine(comment) && !this.#seen.has(comment.id)).map(({ id }) => id));
  }

  #listPeople(): readonly Somebody[] {
    const here = this.#parts.together.others.flatMap(({ person, name, tint }) =>
      person === null ? [] : [{ id: person, name, tint }],
    );
    const all = new Map([...this.#said.people.values(), ...here].map((who) => [who.id, who]));
    all.delete(this.me.id);
    return [...all.values()];
  }

  /** What a new comment is pinned to: the place, else what is selected, else the middle of what is seen. */
  anchorFor(place: readonly [x: number, y: number] | null): Anchor {
    const { selection, view, project } = this.#parts;
    const { column, foreignKey } = selection;
    const [id] = selection.tables;
    if (place) return { kind: "place", at: [Math.round(place[0]), Math.round(place[1])] };
    const table = project.lookup.table(column?.tableId ?? id ?? ("" as TableId));
    const found = table && column && project.lookup.column(table.id, column.columnId);
    if (found) return { kind: "column", tableId: table.id, id: found.id, name: `${table.name}.${found.name}` };
    const owner = table ?? (id === undefined ? null : project.lookup.view(id));
    if (owner) return { kind: "table", id: owner.id, name: owner.name };
    const key = foreignKey && project.lookup.foreignKey(foreignKey);
    if (key) return { kind: "relation", id: key.id, name: key.name };
    const piece = [...project.diagram.areas, ...project.diagram.notes].find(
      (item) => selection.areas.has(item.id as never) || selection.notes.has(item.id as never),
    );
    const { camera, viewport } = view;
    const middle = [camera.x + viewport.width / 2 / camera.zoom, camera.y + viewport.height / 2 / camera.zoom] as const;
    const [x, y] = piece?.at ?? middle;
    return { kind: "place", at: [Math.round(x), Math.round(y)] };
  }

  #words(text: string) {
    return { by: this.me, text, mentions: mentionsIn(text, this.#people), now: Date.now() };
  }

  /** Gives the new thread's id; null where nothing may be written. */
  start(at: Anchor, text: string): string | null {
    const thread = mint();
    return this.#doc.start({ thread, comment: mint() }, at, this.#words(text)) ? thread : null;
  }
  reply(thread: string, text: string): boolean {
    return this.#doc.reply(thread, mint(), this.#words(text));
  }
  edit(comment: Comment, text: string): boolean {
    // Who was called keeps being called, by the name of then.
    const { mentions, now } = this.#words(text);
    const before = comment.mentions.filter(({ id, name }) => text.includes(`@${name}`) && mentions.every((one) => one.id !== id));
    return this.#doc.edit(comment.id, { text, mentions: [...mentions, ...before], now });
  }
  remove({ id }: Comment): boolean {
    return this.#doc.remove(id);
  }
  /** Takes the last deletion back. */
  restore(): void {
    this.#doc.restore();
  }
  resolve({ id }: Thread, on: boolean): void {
    this.#doc.resolve(id, on ? { who: this.me, now: Date.now() } : null);
  }

  /** This person has looked at these threads. */
  see(threads: readonly Thread[]): void {
    const found = threads.flatMap(({ comments }) => comments).filter(({ id }) => this.#unread.has(id));
    if (found.length === 0) return;
    const all = new Set(this.#said.threads.flatMap(({ comments }) => comments.map(({ id }) => id)));
    // Another tab may have seen others; what was deleted need not be remembered.
    const stored = this.#parts.preferences.get(this.#seenKey);
    const known = [...this.#seen, ...(Array.isArray(stored) ? (stored as string[]) : []), ...found.map(({ id }) => id)];
    this.#seen = new Set(known.filter((id) => all.has(id)));
    this.#parts.preferences.set(this.#seenKey, [...this.#seen]);
  }

  #entranceNow(): string {
    const { room } = this.#parts.together;
    return room ? `${room.room} ${room.secret} ${room.role}` : "";
  }

  async #enter(entrance: string): Promise<void> {
    this.#leave();
    const { together } = this.#parts;
    const { room } = together;
    if (!room) return;
    const sync = await import("../sync/index.ts").catch(() => null);
    // Its code is not on this device yet: tried again when the network is back.
    if (!sync || this.#connection || this.#entrance !== entrance || this.#listening.signal.aborted) return;
    this.#connection = new sync.Connection({
      doc: this.#doc.doc,
      role: room.role,
      carried: 0,
      ...sync.entrance("comments", room.room, room.secret, () => together.person.name),
      // What became of the role and the room is the design's connection to tell.
      on: { status: (status) => (this.#status = status), role: () => undefined, problem: () => undefined },
    });
    // Who is here is told with the design.
    this.#connection.awareness.setLocalState(null);
  }

  #leave(): void {
    this.#connection?.close();
    this.#connection = null;
    this.#status = null;
  }

  #wake(): void {
    if (this.#connection) this.#connection.wake();
    else void this.#enter(this.#entrance);
  }

  /** Once everything is here, who may write says who they are: so they can be called before they said anything. */
  #greet(): void {
    if (this.#status?.kind === "synced" && this.#parts.together.person.asked) this.#doc.introduce(this.me);
  }

  async close(): Promise<void> {
    this.#listening.abort();
    this.#stop();
    this.#leave();
    await this.#keeper.settled();
    this.#keeper.close();
    this.#doc.close();
  }
}
