/**
 * What is talked about on the open design: whether the comments are shown, which thread is open, where a new one goes. The comments
 * themselves are loaded once the design is on screen: this is all of them that the first load has.
 */
import type { Anchor } from "#shared/comments/index.ts";
import type { Comments } from "./comments.svelte.ts";
import type { Settings } from "./settings.svelte.ts";

export class Talk {
  readonly #settings: Settings;
  readonly #open: () => Promise<Comments>;
  #loading: Promise<Comments | null> | null = null;
  #comments = $state.raw<Comments | null>(null);
  #shown = $state.raw(false);
  #thread = $state.raw<string | null>(null);
  #draft = $state.raw<Anchor | null>(null);
  #closed = false;

  /** `open` reads the comments of the design, and fails where they cannot be read. */
  constructor(settings: Settings, open: () => Promise<Comments>) {
    this.#settings = settings;
    this.#open = open;
  }

  /** Null until they are loaded. */
  get comments(): Comments | null {
    return this.#comments;
  }
  /** The comments stand in the place of the inspector. */
  get shown(): boolean {
    return this.#shown;
  }
  /** The thread that is open there. */
  get thread(): string | null {
    return this.#thread;
  }
  /** What a comment that is being written is about; null while none is. */
  get draft(): Anchor | null {
    return this.#draft;
  }

  /** Null where they cannot be read; the next call tries again. */
  load(): Promise<Comments | null> {
    this.#loading ??= this.#open().then(
      (comments) => {
        if (this.#closed) void comments.close();
        else this.#comments = comments;
        return comments;
      },
      () => (this.#loading = null),
    );
    return this.#loading;
  }

  show(on: boolean): void {
    this.#shown = on;
    if (!on) this.#draft = null;
    else if (this.#settings.inspector === 0) this.#settings.toggleInspector();
  }

  /** Opens a thread, or with null closes the one that is open. */
  look(thread: string | null): void {
    this.#thread = thread;
    if (thread !== null) this.show(true);
  }

  /** Begins a comment on what is selected, or at a place of the design; null for the middle of what is seen. */
  async begin(place: readonly [x: number, y: number] | null): Promise<void> {
    this.show(true);
    const comments = await this.load();
    if (comments && this.#shown) this.draftAt(comments.anchorFor(place));
  }

  draftAt(at: Anchor | null): void {
    this.#draft = at;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#comments?.close();
  }
}
