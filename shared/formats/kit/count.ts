/** Counts what a format loses. */
import type { LossKey } from "./losses.ts";

export class Losses {
  readonly counts = new Map<string, number>();

  count(key: LossKey, number: number): void {
    if (number > 0) this.counts.set(key, (this.counts.get(key) ?? 0) + number);
  }

  when(is: boolean, key: LossKey): void {
    if (is) this.count(key, 1);
  }

  /** Counts what is not held; gives whether it is. */
  unless(held: boolean, key: LossKey, number: number): boolean {
    if (!held) this.count(key, number);
    return held;
  }
}
