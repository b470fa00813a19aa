/** DBML read and written, beside the language's own reader on the same text in the same run, as processor time in Node. */
import { Compiler, Filepath, MemoryProjectLayout } from "@dbml/parse";
import { dialects } from "#shared/dialects/index.ts";
import { createReader, readDbml, writeDbml } from "#shared/formats/dbml/index.ts";
import { generate } from "../support/generator.ts";

interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly aim?: number;
  readonly note?: string;
}

const SIZES = [10, 100, 1000, 5000];
/** How many times as fast as the published reader, at 1,000 tables. */
const AIM = 20;
const KEYSTROKE_MS = 50;
/** And of it the reading, at 1,000 tables. */
const REREAD_MS = 10;

/** Processor time, milliseconds; the best of a few rounds, so that what the machine does beside it counts least. */
function best(rounds: number, work: () => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const started = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  });
  return Math.round(Math.min(...times) * 10) / 10;
}

function peer(text: string): number {
  const layout = new MemoryProjectLayout();
  const main = Filepath.from("/main.dbml");
  layout.setSource(main, text);
  const report = new Compiler(layout).interpretFile(main);
  if (report.getErrors().length > 0) throw new Error("the published reader refuses the text");
  return report.getValue()?.tables.length ?? 0;
}

/** A letter typed into one table after another, each time read by a reader that remembers the text before. */
function keystroke(text: string): number {
  const reader = createReader({ dialects: Object.values(dialects) });
  let typed = text;
  reader.read(typed);
  const words = [...text.matchAll(/^ {2}title/gm)].map(({ index }) => index);
  return best(30, () => {
    const at = (words.pop() ?? 0) + 2;
    typed = `${typed.slice(0, at)}x${typed.slice(at)}`;
    reader.read(typed);
  });
}

export function run(): Row[] {
  const all = Object.values(dialects);
  return SIZES.flatMap((tables): Row[] => {
    const design = { name: "bench", schema: generate({ tables }), diagrams: [] };
    const { value: text } = writeDbml(design, dialects.postgres);
    const rounds = tables > 1000 ? 3 : 7;
    const read = best(rounds, () => {
      const { value } = readDbml(text, { dialects: all });
      if (value?.schema.tables.length !== tables) throw new Error("not all was read");
    });
    const write = best(rounds, () => writeDbml(design, dialects.postgres));
    const published = best(tables > 1000 ? 1 : 2, () => peer(text));
    const times = Math.round((published / Math.max(read, 0.1)) * 10) / 10;
    const size = `${tables.toLocaleString("en")} tables`;
    return [
      { what: `${size} read`, value: read, unit: "ms", ...(tables === 1000 ? { aim: KEYSTROKE_MS } : {}) },
      {
        what: `${size} read by @dbml/parse`,
        value: published,
        unit: "ms",
        note: `× ${String(times)} of ours${tables === 1000 ? ` (aim ≥ ${String(AIM)})` : ""}`,
      },
      {
        what: `${size}, one letter typed, read again`,
        value: keystroke(text),
        unit: "ms",
        ...(tables === 1000 ? { aim: REREAD_MS } : {}),
      },
      { what: `${size} written`, value: write, unit: "ms" },
    ];
  });
}
