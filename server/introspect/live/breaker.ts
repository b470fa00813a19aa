/**
 * A circuit breaker per target: a server that could not be reached several times in a row is left alone for a while, so that
 * neither it nor who asks waits for what is not there.
 */

/** Failures in a row that open the circuit, and how long it stays open, milliseconds. */
const MOST_FAILURES = 5;
const PAUSE_MS = 30_000;
/** Targets remembered at a time; the oldest are forgotten. */
const MOST_TARGETS = 1_000;

interface Circuit {
  readonly failures: number;
  readonly openUntil: number;
}

export class Breakers {
  readonly #circuits = new Map<string, Circuit>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Milliseconds until the target may be tried; 0 when it may be now. After a pause, one try decides. */
  wait(target: string): number {
    return Math.max(0, (this.#circuits.get(target)?.openUntil ?? 0) - this.#now());
  }

  succeeded(target: string): void {
    this.#circuits.delete(target);
  }

  failed(target: string): void {
    const failures = (this.#circuits.get(target)?.failures ?? 0) + 1;
    this.#circuits.delete(target);
    this.#circuits.set(target, { failures, openUntil: failures >= MOST_FAILURES ? this.#now() + PAUSE_MS : 0 });
    const [oldest] = this.#circuits.keys();
    if (this.#circuits.size > MOST_TARGETS && oldest !== undefined) this.#circuits.delete(oldest);
  }
}
