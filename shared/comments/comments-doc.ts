/** Comments as a Yjs document: written one transaction at a time, read as immutable snapshots. The written format heads `format.ts`. */
import * as Y from "yjs";
import {
  type Anchor,
  type Comment,
  FORMAT,
  type Mention,
  MOST_TEXT,
  readComment,
  readResolved,
  readSomebody,
  readThread,
  type Somebody,
  type Thread,
} from "./format.ts";

/** The origin of one's own deletions: what can be taken back. */
const DELETION = Symbol("own deletion");

/** All that was said. */
export interface Discussion {
  /** From the oldest on. */
  readonly threads: readonly Thread[];
  /** Who is or was here, by id. */
  readonly people: ReadonlyMap<string, Somebody>;
  /** Written by a newer version: to read, not to write. */
  readonly readOnly: boolean;
}

/** What someone says, and when, in milliseconds since 1970. */
export interface Words {
  readonly by: Somebody;
  readonly text: string;
  readonly mentions: readonly Mention[];
  readonly now: number;
}

/** Why a text is no comment; null where it is one. */
export function refusalOf(text: string): "empty" | "long" | null {
  if (text.trim() === "") return "empty";
  return text.length > MOST_TEXT ? "long" : null;
}

export class CommentsDoc {
  readonly doc: Y.Doc;
  /** While true nothing is written: whoever looks may not. What others write is read all the same. */
  locked = false;
  readonly #undo: Y.UndoManager;
  readonly #listeners = new Set<(said: Discussion) => void>();
  #said: Discussion;

  constructor(doc: Y.Doc) {
    this.doc = doc;
    this.#said = read(doc);
    this.#undo = new Y.UndoManager([doc.getMap("comments")], { trackedOrigins: new Set([DELETION]), captureTimeout: 0 });
    doc.on("update", () => {
      this.#said = read(doc);
      for (const listener of this.#listeners) listener(this.#said);
    });
  }

  get said(): Discussion {
    return this.#said;
  }

  watch(listener: (said: Discussion) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  thread(id: string): Thread | null {
    return this.#said.threads.find((thread) => thread.id === id) ?? null;
  }

  /** False where nothing may be written. */
  #write(write: () => void, origin: unknown = null): boolean {
    if (this.locked || this.#said.readOnly) return false;
    this.doc.transact(() => {
      const meta = this.doc.getMap("meta");
      if (!meta.has("format")) meta.set("format", FORMAT);
      write();
    }, origin);
    return true;
  }

  /** Begins a thread. `ids` must be minted. False where it may not be written or is no comment. */
  start(ids: { readonly thread: string; readonly comment: string }, at: Anchor, words: Words): boolean {
    if (refusalOf(words.text) !== null) return false;
    return this.#write(() => {
      this.doc.getMap("threads").set(ids.thread, { at, made: words.now, first: ids.comment });
      this.#say(ids.thread, ids.comment, words, words.now);
    });
  }

  /** Answers; a thread that was resolved is open again. */
  reply(threadId: string, id: string, words: Words): boolean {
    const thread = this.thread(threadId);
    if (!thread || refusalOf(words.text) !== null) return false;
    const last = thread.comments.at(-1)?.made ?? 0;
    return this.#write(() => {
      this.#say(threadId, id, words, Math.max(words.now, last + 1));
      if (thread.resolved) this.doc.getMap("threads").set(`${threadId}.resolved`, false);
    });
  }

  #say(thread: string, id: string, { by, text, mentions }: Words, made: number): void {
    this.#meet(by);
    this.doc.getMap("comments").set(id, { thread, by: by.id, name: by.name, made, edited: null, text: text.trim(), mentions });
  }

  edit(id: string, { text, mentions, now }: Omit<Words, "by">): boolean {
    const comments = this.doc.getMap("comments");
    const before = comments.get(id);
    if (!readComment(id, before) || refusalOf(text) !== null) return false;
    return this.#write(() => comments.set(id, { ...(before as object), text: text.trim(), mentions, edited: now }));
  }

  remove(id: string): boolean {
    const comments = this.doc.getMap("comments");
    return comments.has(id) && this.#write(() => comments.delete(id), DELETION);
  }

  /** Takes the last deletion back. */
  restore(): boolean {
    return !this.locked && !this.#said.readOnly && this.#undo.undo() !== null;
  }

  /** Resolves a thread, or with null opens it again. */
  resolve(id: string, by: { readonly who: Somebody; readonly now: number } | null): boolean {
    if (!this.thread(id)) return false;
    const value = by && { by: by.who.id, name: by.who.name, when: by.now };
    return this.#write(() => this.doc.getMap("threads").set(`${id}.resolved`, value ?? false));
  }

  /** Writes who someone is, where that is not known yet or no longer so. */
  introduce(who: Somebody): void {
    const known = this.#said.people.get(who.id);
    if (known?.name !== who.name || known.tint !== who.tint) this.#write(() => this.#meet(who));
  }

  #meet({ id, name, tint }: Somebody): void {
    const known = this.#said.people.get(id);
    if (known?.name !== name || known.tint !== tint) this.doc.getMap("people").set(id, { name, tint });
  }

  close(): void {
    this.#undo.destroy();
    this.#listeners.clear();
    this.doc.destroy();
  }
}

const inOrder = (a: Comment, b: Comment): number => a.made - b.made || (a.id < b.id ? -1 : 1);

function read(doc: Y.Doc): Discussion {
  const [threads, comments, people] = [doc.getMap("threads"), doc.getMap("comments"), doc.getMap("people")];
  const said = new Map<string, Comment[]>();
  for (const [id, value] of comments) {
    const found = readComment(id, value);
    if (!found) continue;
    const list = said.get(found.thread);
    if (list) list.push(found.comment);
    else said.set(found.thread, [found.comment]);
  }
  const made = new Map<string, number>();
  const found = [...said].flatMap(([id, list]): readonly Thread[] => {
    const thread = readThread(threads.get(id));
    if (!thread) return [];
    made.set(id, thread.made);
    const sorted = list.sort(inOrder);
    const beheaded = sorted.every((comment) => comment.id !== thread.first);
    return [{ id, at: thread.at, comments: sorted, beheaded, resolved: readResolved(threads.get(`${id}.resolved`)) }];
  });
  found.sort((a, b) => (made.get(a.id) ?? 0) - (made.get(b.id) ?? 0) || (a.id < b.id ? -1 : 1));
  const known = [...people].flatMap(([id, value]) => readSomebody(id, value) ?? []);
  const format = doc.getMap("meta").get("format");
  return {
    threads: found,
    people: new Map(known.map((who) => [who.id, who])),
    readOnly: format !== undefined && format !== FORMAT,
  };
}
