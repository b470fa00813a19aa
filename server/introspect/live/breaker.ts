/**
 * A circuit breaker per target: a server that could not be reached several times in a row is left alone for a while, so that
 * neither it nor who asks waits for what is not there. After the pause one call tries it for all; the others wait for its outcome.
 */

/** Failures in a row that open the circuit, and how long it stays open, milliseconds. */
const MOST_FAILURES = 5;
const PAUSE_MS = 30_000;
/** How long to wait while another call tries, milliseconds. */
const PROBE_MS = 1_000;
/** Targets remembered at a time; the oldest are forgotten. */
const MOST_TARGETS = 1_000;

/** A call that may go on; exactly one of the three is told. */
export interface Attempt {
  readonly succeeded: () => void;
  readonly failed: () => void;
  /** It was given up before it could tell anything of the target. */
  readonly abandoned: () => void;
}

interface Circuit {
  readonly failures: number;
  /** Where there are too many failures nobody tries until this moment, then one. */
  readonly blockedUntil: number;
  readonly probing: boolean;
}

export class Breakers {
  readonly #circuits = new Map<string, Circuit>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Begins to try a target, or gives the milliseconds after which it may be. */
  attempt(target: string): Attempt | number {
    const circuit = this.#circuits.get(target);
    const probe = circuit !== undefined && circuit.failures >= MOST_FAILURES;
    if (probe) {
      const pause = circuit.blockedUntil - this.#now();
      if (pause > 0) return pause;
      if (circuit.probing) return PROBE_MS;
      this.#circuits.set(target, { ...circuit, probing: true });
    }
    return {
      succeeded: () => {
        this.#circuits.delete(target);
      },
      failed: () => {
        this.#failed(target);
      },
      abandoned: () => {
        const now = this.#circuits.get(target);
        if (probe && now) this.#circuits.set(target, { ...now, probing: false });
      },
    };
  }

  #failed(target: string): void {
    const failures = (this.#circuits.get(target)?.failures ?? 0) + 1;
    const blockedUntil = failures >= MOST_FAILURES ? this.#now() + PAUSE_MS : 0;
    this.#circuits.delete(target);
    this.#circuits.set(target, { failures, blockedUntil, probing: false });
    const [oldest] = this.#circuits.keys();
    if (this.#circuits.size > MOST_TARGETS && oldest !== undefined) this.#circuits.delete(oldest);
  }
}
