/** Which of the versions that were taken by themselves stay on a device: the older, the further apart, and not more than fit. */

/** A version as far as thinning looks at it. */
export interface Taken {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Null for one that was taken by itself. */
  readonly name: string | null;
  readonly bytes: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Of versions up to that age one stays in each stretch of that length; of those of the last hour all do. */
const AGES: readonly (readonly [age: number, stretch: number])[] = [
  [HOUR, 0],
  [DAY, 30 * MINUTE],
  [7 * DAY, 6 * HOUR],
  [60 * DAY, DAY],
  [Infinity, 7 * DAY],
];

/** Where a version falls: of two in one stretch the later one stays, which holds what the earlier one led to. */
function stretchOf({ id, at }: Taken, now: number): string {
  const [age, stretch] = AGES.find(([limit]) => now - at < limit) ?? [Infinity, 7 * DAY];
  return stretch === 0 ? id : `${String(age)} ${String(Math.floor(at / stretch))}`;
}

/**
 * The versions that go; named ones never do. Of those taken by themselves at most `bytes` stay, the newest first, and the newest
 * one always.
 */
export function thinned<T extends Taken>(versions: readonly T[], now: number, bytes: number): readonly T[] {
  const taken = versions.filter(({ name }) => name === null).sort((a, b) => b.at - a.at);
  const stretches = new Set<string>();
  const going: T[] = [];
  let sum = 0;
  taken.forEach((version, place) => {
    const stretch = stretchOf(version, now);
    const fits = sum + version.bytes <= bytes;
    if (place > 0 && (stretches.has(stretch) || !fits)) return void going.push(version);
    stretches.add(stretch);
    sum += version.bytes;
  });
  return going;
}
