/**
 * How much people send. A person has one set of rates over all their sockets, and is sent away for good beyond it. Whoever has a link can
 * come as ever new people, so that a room and an address have rates too: beyond those their sockets are read more slowly, which
 * costs nobody an edit and other rooms nothing.
 */
import { Bucket } from "./bucket.ts";
import {
  ADDRESS_PEOPLE,
  BARRED_MS,
  BYTES_PER_SECOND,
  CONNECTS,
  MESSAGES,
  PRESENCE,
  type RelayLimits,
  ROOM_PEOPLE,
  VECTORS,
} from "./limits.ts";

/** What many share: a room or an address. */
class SharedRates {
  readonly messages: Bucket;
  readonly updates: Bucket;
  readonly bytes: Bucket;
  readonly connects: Bucket;
  sockets = 0;

  constructor(people: number, { updatesPerSecond, documentBytes }: RelayLimits, now: number) {
    this.messages = new Bucket(MESSAGES.perSecond * people, MESSAGES.most * people, now);
    this.updates = new Bucket(updatesPerSecond * people, updatesPerSecond * people, now);
    this.bytes = new Bucket(BYTES_PER_SECOND * people, documentBytes + BYTES_PER_SECOND * people, now);
    this.connects = new Bucket(CONNECTS.perSecond, CONNECTS.most, now);
  }

  isIdle(now: number): boolean {
    return (
      this.sockets === 0 &&
      this.messages.isFull(now) &&
      this.updates.isFull(now) &&
      this.bytes.isFull(now) &&
      this.connects.isFull(now)
    );
  }
}

class PersonRates {
  readonly messages: Bucket;
  readonly updates: Bucket;
  readonly bytes: Bucket;
  readonly vectors: Bucket;
  readonly presence: Bucket;
  sockets = 0;
  barredUntil = 0;

  constructor({ updatesPerSecond, documentBytes }: RelayLimits, now: number) {
    this.messages = new Bucket(MESSAGES.perSecond, MESSAGES.most, now);
    this.updates = new Bucket(updatesPerSecond, updatesPerSecond * 10, now);
    // Twice: who was cut off while a whole document went up sends it again.
    this.bytes = new Bucket(BYTES_PER_SECOND, 2 * documentBytes + BYTES_PER_SECOND, now);
    this.vectors = new Bucket(VECTORS.perSecond, VECTORS.most, now);
    this.presence = new Bucket(PRESENCE.perSecond, PRESENCE.most, now);
  }

  isIdle(now: number): boolean {
    const all = [this.messages, this.updates, this.bytes, this.vectors, this.presence];
    return this.sockets === 0 && this.barredUntil <= now && all.every((bucket) => bucket.isFull(now));
  }
}

/** Of what a person has their own share. */
export type Spent = "messages" | "updates" | "vectors" | "presence";

/** The rates that a socket is under. */
export class Charges {
  readonly #person: PersonRates;
  readonly #shared: readonly SharedRates[];

  constructor(person: PersonRates, shared: readonly SharedRates[]) {
    this.#person = person;
    this.#shared = shared;
  }

  /** Charges the person with one of something; false, and they are barred for a while, when they had their share. */
  take(what: Spent, now: number): boolean {
    const taken = now >= this.#person.barredUntil && this.#person[what].take(1, now);
    if (!taken) this.#bar(now);
    return taken;
  }

  /** Charges the person with the length of a message, as `take` does. */
  takeBytes(length: number, now: number): boolean {
    const taken = this.#person.bytes.take(length, now);
    if (!taken) this.#bar(now);
    return taken;
  }

  #bar(now: number): void {
    this.#person.barredUntil = Math.max(this.#person.barredUntil, now + BARRED_MS);
  }

  /** Charges the room and the address with a message; how long the socket is not to be read, milliseconds. */
  share(length: number, now: number): number {
    let wait = 0;
    for (const { messages, bytes } of this.#shared) wait = Math.max(wait, messages.owe(1, now), bytes.owe(length, now));
    return wait;
  }

  /** The same for an update. */
  shareUpdate(now: number): number {
    return Math.max(0, ...this.#shared.map(({ updates }) => updates.owe(1, now)));
  }

  /** To be called when the socket comes (1) and goes (-1). */
  count(change: 1 | -1): void {
    for (const each of [this.#person, ...this.#shared]) each.sockets += change;
  }
}

/** Whose socket it is. */
export interface Sender {
  readonly room: string;
  readonly person: string;
  readonly address: string;
}

export class Rates {
  readonly #limits: RelayLimits;
  readonly #people = new Map<string, PersonRates>();
  readonly #rooms = new Map<string, SharedRates>();
  readonly #addresses = new Map<string, SharedRates>();

  constructor(limits: RelayLimits) {
    this.#limits = limits;
  }

  /** How many are remembered. */
  get size(): number {
    return this.#people.size + this.#rooms.size + this.#addresses.size;
  }

  /** True while an address may open one more socket; always where addresses are not limited. */
  mayConnect(address: string, now: number): boolean {
    const most = this.#limits.socketsPerAddress;
    if (most === 0) return true;
    const rates = this.#address(address, now);
    return rates.sockets < most && rates.connects.take(1, now);
  }

  /** True for a person who sent too much a moment ago. */
  isBarred({ room, person }: Omit<Sender, "address">, now: number): boolean {
    return (this.#people.get(`${room} ${person}`)?.barredUntil ?? 0) > now;
  }

  /** The rates that a new socket is under. */
  of({ room, person, address }: Sender, now: number): Charges {
    const key = `${room} ${person}`;
    const one = this.#people.get(key) ?? new PersonRates(this.#limits, now);
    this.#people.set(key, one);
    const all = this.#rooms.get(room) ?? new SharedRates(ROOM_PEOPLE, this.#limits, now);
    this.#rooms.set(room, all);
    return new Charges(one, this.#limits.socketsPerAddress === 0 ? [all] : [all, this.#address(address, now)]);
  }

  #address(address: string, now: number): SharedRates {
    const found = this.#addresses.get(address) ?? new SharedRates(ADDRESS_PEOPLE, this.#limits, now);
    this.#addresses.set(address, found);
    return found;
  }

  /** Forgets those of whom there is nothing to remember. */
  sweep(now: number): void {
    for (const all of [this.#people, this.#rooms, this.#addresses])
      for (const [key, rates] of all) if (rates.isIdle(now)) all.delete(key);
  }
}
