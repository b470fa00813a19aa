/**
 * Who is here: the newest state of each person, passed on at most 30 times a second. A socket speaks for one client only, the one it
 * named first; what it repeats of others (every y-websocket does) is heard by nobody.
 */
import { PRESENCE } from "./limits.ts";
import type { PresenceState } from "#shared/sync/index.ts";

/** Whose state it is. `client` is the one it speaks for, once it named one. */
export interface PresenceOwner {
  readonly person: { readonly person: string };
  client: number | null;
}

interface Held extends PresenceState {
  readonly owner: PresenceOwner;
}

const GONE = "null";

function isState(json: string): boolean {
  try {
    return typeof JSON.parse(json) === "object";
  } catch {
    return false;
  }
}

export class Presence {
  readonly #held = new Map<number, Held>();
  readonly #changed = new Map<number, PresenceState>();

  /** Takes in what a socket says. `own` is false when nothing of it was about itself. */
  accept(
    owner: PresenceOwner,
    states: readonly PresenceState[],
  ): { readonly own: boolean; readonly wrong: null | "malformed" | "tooLarge" } {
    this.#claim(owner, states);
    let own = false;
    for (const state of states) {
      if (state.client !== owner.client) continue;
      own = true;
      if (state.json.length > PRESENCE.bytes) return { own, wrong: "tooLarge" };
      if (!isState(state.json)) return { own, wrong: "malformed" };
      const held = this.#held.get(state.client);
      if (held && held.clock >= state.clock && !(state.json === GONE && held.clock === state.clock)) continue;
      if (state.json === GONE) this.#held.delete(state.client);
      else this.#held.set(state.client, { ...state, owner });
      this.#changed.set(state.client, state);
    }
    return { own, wrong: null };
  }

  /** A socket's first message about one client names the client it speaks for, unless another person does already. */
  #claim(owner: PresenceOwner, [first, ...rest]: readonly PresenceState[]): void {
    if (owner.client !== null || !first || rest.length > 0 || first.json === GONE) return;
    const held = this.#held.get(first.client);
    if (held && held.owner.person.person !== owner.person.person) return;
    // The same person came back before the server saw the old socket end.
    if (held) held.owner.client = null;
    owner.client = first.client;
  }

  /** Takes away what a socket that closed has said. */
  leave(owner: PresenceOwner): void {
    const held = owner.client === null ? undefined : this.#held.get(owner.client);
    if (!held || held.owner !== owner) return;
    this.#held.delete(held.client);
    this.#changed.set(held.client, { client: held.client, clock: held.clock + 1, json: GONE });
  }

  get all(): readonly PresenceState[] {
    return [...this.#held.values()];
  }

  get isChanged(): boolean {
    return this.#changed.size > 0;
  }

  /** What changed since it was last asked. */
  takeChanged(): readonly PresenceState[] {
    const changed = [...this.#changed.values()];
    this.#changed.clear();
    return changed;
  }
}
