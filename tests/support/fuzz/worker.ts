/**
 * Reads mutated texts, in a process of its own: who started it sees when one takes too long, or ends it. It reads the texts of a seed with
 * the numbers `from` to `to`, and says what it does in `Said`.
 */
import { seeded } from "../generator.ts";
import { mutated, type Random } from "./mutate.ts";
import { type Reader, readers } from "./readers.ts";

export interface Asked {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** The project. */
  readonly folder: string;
  /** Reads one text alone, and says what it is. */
  readonly show: boolean;
}

export type Said =
  | { readonly kind: "begins"; readonly at: number; readonly reader: string }
  | { readonly kind: "wrong"; readonly at: number; readonly reader: string; readonly why: string }
  | { readonly kind: "text"; readonly reader: string; readonly text: string }
  | { readonly kind: "done" };

/** Most processor time for one text, milliseconds. */
const MOST_MS = 2000;

const say = (said: Said): void => {
  process.send?.(said);
};

/** The reader and the text of a number. */
function chosen(all: readonly Reader[], { seed }: Asked, at: number): { reader: Reader; text: string; random: Random } {
  const random = seeded(seed * 1_000_003 + at);
  let left = random() * all.reduce((sum, { weight }) => sum + weight, 0);
  const reader = all.find(({ weight }) => (left -= weight) < 0) ?? (all[0] as Reader);
  return { reader, text: mutated(reader.texts, random), random };
}

async function wrong({ read }: Reader, text: string, random: Random): Promise<string | null> {
  const began = process.cpuUsage();
  try {
    const found = await read(text, random);
    const { user, system } = process.cpuUsage(began);
    const took = (user + system) / 1000;
    return found ?? (took > MOST_MS ? `took ${String(Math.round(took))} ms` : null);
  } catch (error) {
    return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}

async function work(asked: Asked): Promise<void> {
  const all = await readers(asked.folder);
  for (let at = asked.from; at < asked.to; at += 1) {
    const { reader, text, random } = chosen(all, asked, at);
    if (asked.show) say({ kind: "text", reader: reader.name, text });
    say({ kind: "begins", at, reader: reader.name });
    const why = await wrong(reader, text, random);
    if (why !== null) say({ kind: "wrong", at, reader: reader.name, why });
  }
  say({ kind: "done" });
}

process.once("message", (asked: Asked) => {
  void work(asked).then(() => {
    process.disconnect();
  });
});
