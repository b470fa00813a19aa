/** What is owed at most, seconds: a flood is over some time. */
const MOST_OWED = 5;

/** How much of something one may use: `perSecond` for long, `most` at once. */
export class Bucket {
  readonly #perSecond: number;
  readonly #most: number;
  #left: number;
  #at: number;

  constructor(perSecond: number, most: number, now: number) {
    this.#perSecond = perSecond;
    this.#most = most;
    this.#left = most;
    this.#at = now;
  }

  #fill(now: number): void {
    this.#left = Math.min(this.#most, this.#left + ((now - this.#at) / 1000) * this.#perSecond);
    this.#at = now;
  }

  /** Takes `amount` at a moment (milliseconds); false when there is not as much. */
  take(amount: number, now: number): boolean {
    this.#fill(now);
    if (this.#left < amount) return false;
    this.#left -= amount;
    return true;
  }

  /** Takes `amount` whether it is there or not; the milliseconds until what is owed is there again, five seconds at most. */
  owe(amount: number, now: number): number {
    this.#fill(now);
    this.#left = Math.max(-this.#perSecond * MOST_OWED, this.#left - amount);
    return this.#left >= 0 ? 0 : (-this.#left / this.#perSecond) * 1000;
  }

  /** True when nothing is used of it. */
  isFull(now: number): boolean {
    this.#fill(now);
    return this.#left >= this.#most;
  }
}
