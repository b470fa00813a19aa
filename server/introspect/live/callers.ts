/** How many databases one caller may connect to in a minute, and how many readings it may have under way. */

const MINUTE = 60_000;

export interface CallerLimits {
  readonly connectsPerMinute: number;
  readonly atOnce: number;
}

/** Seconds to wait. */
export interface Wait {
  readonly seconds: number;
}

export class Callers {
  readonly #connects = new Map<string, readonly number[]>();
  readonly #underWay = new Map<string, number>();
  readonly #limits: CallerLimits;
  readonly #now: () => number;

  constructor(limits: CallerLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Begins a reading. Gives what ends it, or how long to wait. */
  begin(caller: string): (() => void) | Wait {
    const count = this.#underWay.get(caller) ?? 0;
    if (count >= this.#limits.atOnce) return { seconds: 1 };
    this.#underWay.set(caller, count + 1);
    return () => {
      const left = (this.#underWay.get(caller) ?? 1) - 1;
      if (left === 0) this.#underWay.delete(caller);
      else this.#underWay.set(caller, left);
    };
  }

  /** Counts one new connection. Null when it may be opened. */
  connect(caller: string): Wait | null {
    const now = this.#now();
    this.#forget(now);
    const recent = this.#connects.get(caller) ?? [];
    if (recent.length < this.#limits.connectsPerMinute) {
      this.#connects.set(caller, [...recent, now]);
      return null;
    }
    return { seconds: Math.max(1, Math.ceil(((recent[0] ?? now) + MINUTE - now) / 1000)) };
  }

  #forget(now: number): void {
    for (const [caller, times] of this.#connects) {
      const recent = times.filter((time) => time > now - MINUTE);
      if (recent.length === 0) this.#connects.delete(caller);
      else if (recent.length < times.length) this.#connects.set(caller, recent);
    }
  }
}
