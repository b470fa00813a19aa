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

/** A state, and whose it is. */
export interface PersonState extends PresenceState {
  readonly person: string;
}

interface Held extends PresenceState {
  readonly owner: PresenceOwner;
  /** The server whose socket said it; null for this one. */
  readonly server: string | null;
}

const GONE = "null";

/** True when a state says nothing newer than the one that is held: of the same moment, only that someone left is. */
const isOld = (held: PresenceState, { clock, json }: PresenceState): boolean =>
  held.clock > clock || (held.clock === clock && json !== GONE);

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
  /** Of those changed, what was said by sockets of this server. */
  readonly #own = new Map<number, PersonState>();

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
      if (held && isOld(held, state)) continue;
      if (state.json === GONE) this.#held.delete(state.client);
      else this.#held.set(state.client, { ...state, owner, server: null });
      this.#changed.set(state.client, state);
      this.#own.set(state.client, { ...state, person: owner.person.person });
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
    this.#own.set(held.client, { ...this.#gone(held), person: owner.person.person });
  }

  #gone({ client, clock }: Held): PresenceState {
    const gone = { client, clock: clock + 1, json: GONE };
    this.#held.delete(client);
    this.#changed.set(client, gone);
    return gone;
  }

  /** Takes in what sockets of another server say. A socket of this one goes before it, unless its person went on there. */
  hear(server: string, states: readonly PersonState[]): void {
    for (const { person, ...state } of states) {
      const held = this.#held.get(state.client);
      if (held && isOld(held, state)) continue;
      if (held?.server === null) {
        if (state.json === GONE || held.owner.person.person !== person) continue;
        held.owner.client = null;
      }
      if (state.json === GONE) this.#held.delete(state.client);
      else this.#held.set(state.client, { ...state, owner: { person: { person }, client: state.client }, server });
      this.#changed.set(state.client, state);
    }
  }

  /** Takes away what sockets of other servers said that are not there any more. */
  forget(isThere: (server: string) => boolean): void {
    for (const held of [...this.#held.values()]) if (held.server !== null && !isThere(held.server)) this.#gone(held);
  }

  get all(): readonly PresenceState[] {
    return [...this.#held.values()];
  }

  get isChanged(): boolean {
    return this.#changed.size > 0;
  }

  /** All that sockets of this server said. */
  get own(): readonly PersonState[] {
    return [...this.#held.values()]
      .filter(({ server }) => server === null)
      .map(({ client, clock, json, owner }) => ({ client, clock, json, person: owner.person.person }));
  }

  /** What sockets of this server changed since it was last asked. */
  takeOwn(): readonly PersonState[] {
    const own = [...this.#own.values()];
    this.#own.clear();
    return own;
  }

  /** What changed since it was last asked. */
  takeChanged(): readonly PresenceState[] {
    const changed = [...this.#changed.values()];
    this.#changed.clear();
    return changed;
  }
}
