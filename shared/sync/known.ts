/**
 * What a document is known to hold: how far each client's clock goes, and what is deleted. A client that comes back sends all its
 * deletions again; what is known already is neither kept nor passed on.
 */
import * as Y from "yjs";
import type { Span, UpdateContent } from "./update.ts";

/** Deleted stretches of one client: starts and ends, in order, never touching. */
interface Ranges {
  readonly starts: number[];
  readonly ends: number[];
}

/** The index of the last start that is at most `clock`, or -1. */
function before({ starts }: Ranges, clock: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as number) <= clock) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function covers(ranges: Ranges | undefined, { clock, length }: Span): boolean {
  if (!ranges) return false;
  const at = before(ranges, clock);
  return at >= 0 && (ranges.ends[at] as number) >= clock + length;
}

function cover(ranges: Ranges, { clock, length }: Span): void {
  let [start, end] = [clock, clock + length];
  let first = before(ranges, start);
  if (first < 0 || (ranges.ends[first] as number) < start) first += 1;
  let last = first;
  while (last < ranges.starts.length && (ranges.starts[last] as number) <= end) {
    start = Math.min(start, ranges.starts[last] as number);
    end = Math.max(end, ranges.ends[last] as number);
    last += 1;
  }
  ranges.starts.splice(first, last - first, start);
  ranges.ends.splice(first, last - first, end);
}

/** Spreads the bits of a number over 32 of them (the finaliser of MurmurHash3). */
function mix(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

export class Known {
  readonly #clocks = new Map<number, number>();
  readonly #deleted = new Map<number, Ranges>();
  #vector: Uint8Array | null = null;
  #digest: number | null = null;

  /** True when an update brings nothing that is not known. */
  holds({ structs, deletes }: UpdateContent): boolean {
    return (
      structs.every(({ client, clock, length }) => clock + length <= (this.#clocks.get(client) ?? 0)) &&
      deletes.every((span) => covers(this.#deleted.get(span.client), span))
    );
  }

  /** Takes in an update. A struct beyond a gap is not known until the state is taken again: what waits for others counts as missing. */
  add({ structs, deletes }: UpdateContent): void {
    for (const { client, clock, length } of structs) {
      const known = this.#clocks.get(client) ?? 0;
      if (clock > known || clock + length <= known) continue;
      this.#clocks.set(client, clock + length);
      this.#vector = null;
    }
    for (const span of deletes) {
      const ranges = this.#deleted.get(span.client) ?? { starts: [], ends: [] };
      this.#deleted.set(span.client, ranges);
      cover(ranges, span);
      this.#digest = null;
    }
  }

  /** True when a state vector goes beyond what is known. */
  lacks(vector: Uint8Array): boolean {
    return [...Y.decodeStateVector(vector)].some(([client, clock]) => clock > (this.#clocks.get(client) ?? 0));
  }

  /** True when something is known that goes beyond a state vector. */
  isBeyond(vector: Uint8Array): boolean {
    const theirs = Y.decodeStateVector(vector);
    return [...this.#clocks].some(([client, clock]) => clock > (theirs.get(client) ?? 0));
  }

  /** A number that is the same where the same is deleted: a state vector says nothing of deletions. */
  deleted(): number {
    this.#digest ??= [...this.#deleted].reduce(
      (sum, [client, { starts, ends }]) =>
        starts.reduce((of, start, at) => (of + mix(mix(mix(client) ^ start) ^ (ends[at] as number))) >>> 0, sum),
      0,
    );
    return this.#digest;
  }

  /** The state vector, encoded. */
  vector(): Uint8Array {
    this.#vector ??= Y.encodeStateVector(this.#clocks);
    return this.#vector;
  }
}
