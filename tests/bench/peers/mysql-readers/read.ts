/**
 * What a reader of MySQL found in a text, counted, as one line of JSON: the process that a reader is measured in. What a reader refuses as
 * a whole is read again without the statements that it refuses, so that the rest of it counts.
 */
import { readFileSync } from "node:fs";

/** How many of each kind were found. */
export type Counts = Readonly<Record<string, number>>;

export interface Found {
  readonly counts: Counts;
  /** Processor time, milliseconds, of the reading that gave the counts. */
  readonly ms: number;
  /** Statements that were taken out, for the reader refuses them; or errors that it went over. */
  readonly refused: number;
}

/** Reads a text and counts. Throws what the reader throws. */
export type Read = (text: string) => Reading | Promise<Reading>;

interface Reading {
  readonly counts: Counts;
  readonly errors: number;
}

const join = (statements: readonly string[]): string => statements.map((statement) => `${statement};`).join("\n");

/** The line, from 1, that an error speaks of; null where it names none. */
function lineOf(error: unknown): number | null {
  const { diags, location } = error as {
    diags?: readonly { location?: { start?: { line?: number } } }[];
    location?: { start?: { line?: number } };
  };
  return diags?.[0]?.location?.start?.line ?? location?.start?.line ?? null;
}

/** Which statement an error is about: by its line, where the text is these statements, else the first that is refused by itself. */
async function culprit(read: Read, statements: readonly string[], joined: boolean, error: unknown): Promise<number> {
  const line = joined ? lineOf(error) : null;
  if (line !== null) {
    let last = 0;
    for (const [at, statement] of statements.entries()) {
      last += statement.split("\n").length;
      if (line <= last) return at;
    }
  }
  for (const [at, statement] of statements.entries()) {
    try {
      await read(statement);
    } catch {
      return at;
    }
  }
  return -1;
}

async function reading(read: Read, text: string, statements: readonly string[], refused: number): Promise<Found> {
  const began = process.cpuUsage();
  try {
    const { counts, errors } = await read(text);
    const { user, system } = process.cpuUsage(began);
    return { counts, ms: (user + system) / 1000, refused: refused + errors };
  } catch (error) {
    const at = await culprit(read, statements, text === join(statements), error);
    if (statements.length < 2) throw error;
    if (at < 0) {
      if (text === join(statements)) throw error;
      return reading(read, join(statements), statements, refused);
    }
    const left = statements.filter((_, other) => other !== at);
    return reading(read, join(left), left, refused + 1);
  }
}

/** Reads the file that the process was given, whose statements stand in a second one. */
export async function measure(read: Read): Promise<void> {
  const [, , file = "", cut = ""] = process.argv;
  const statements = JSON.parse(readFileSync(cut, "utf8")) as string[];
  process.stdout.write(JSON.stringify(await reading(read, readFileSync(file, "utf8"), statements, 0)));
}
