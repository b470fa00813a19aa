/** The links this browser has shared: the server lists nobody's gists, so who made one remembers it here, with its secret. */
import { type Problem, type Result } from "#shared/result/index.ts";
import { createGist, deleteGist, readGist, type SharedText } from "../storage/gists.ts";
import type { Preferences } from "../storage/preferences.ts";

export type { Preferences } from "../storage/preferences.ts";

export interface Share {
  readonly id: string;
  /** What the server asks for before it deletes the gist. */
  readonly secret: string;
  readonly name: string;
  /** When it was made, milliseconds since 1970. */
  readonly at: number;
}

const KEY = "shares";

const isShare = (value: unknown): value is Share => {
  const share = value as Share | null;
  return typeof share?.id === "string" && typeof share.secret === "string" && typeof share.name === "string" && share.at > 0;
};

/** The address that opens a shared design in this app. */
export function linkTo(id: string): string {
  return `${location.origin}/#/g/${id}`;
}

export class Shares {
  readonly #preferences: Preferences;
  #all = $state.raw<readonly Share[]>([]);

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
    const stored = preferences.get(KEY);
    this.#all = Array.isArray(stored) ? stored.filter(isShare) : [];
  }

  /** Newest first. */
  get all(): readonly Share[] {
    return this.#all;
  }

  /** Puts a copy of a design on the server. */
  async share(name: string, text: string): Promise<Result<Share>> {
    const made = await createGist(name, text);
    if (!made.ok) return made;
    const share: Share = { ...made.value, name, at: Date.now() };
    this.#keep([share, ...this.#all]);
    return { ok: true, value: share };
  }

  /** Deletes it on the server and forgets it; gives the problem where the server did not. */
  async remove(share: Share): Promise<Problem | null> {
    const deleted = await deleteGist(share.id, share.secret);
    if (!deleted.ok) return deleted.problem;
    this.#keep(this.#all.filter(({ id }) => id !== share.id));
    return null;
  }

  #keep(shares: readonly Share[]): void {
    this.#all = shares;
    this.#preferences.set(KEY, shares);
  }
}

/** The design behind a link. */
export function readShared(id: string): Promise<Result<SharedText>> {
  return readGist(id);
}
