/** Offsets as lines and columns. */
import type { TextSpan } from "../../result/index.ts";

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The place of each stretch, in one pass over the text. */
export function spansOf(text: string, stretches: readonly Stretch[]): TextSpan[] {
  const order = stretches.map((_, at) => at).sort((a, b) => (stretches[a]?.start ?? 0) - (stretches[b]?.start ?? 0));
  const spans: TextSpan[] = [];
  let line = 1;
  let begin = 0;
  let newline = text.indexOf("\n");
  for (const at of order) {
    const { start = 0, end = 0 } = stretches[at] ?? {};
    while (newline >= 0 && newline < start) {
      line += 1;
      begin = newline + 1;
      newline = text.indexOf("\n", begin);
    }
    spans[at] = { line, column: start - begin + 1, offset: start, length: end - start };
  }
  return spans;
}
