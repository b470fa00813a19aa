/** Where in a text the diagram is: the whole of it, or what is fenced in Markdown. */
export interface Source {
  readonly start: number;
  readonly end: number;
  readonly fenced: boolean;
  /** As its front matter says it; empty where it does not. */
  readonly title: string;
  /** Fenced diagrams after this one. */
  readonly others: number;
}

const FRONT = /^---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;

function titleOf(front: string): string {
  const written = /^title:(.*)$/m.exec(front)?.[1]?.trim() ?? "";
  if (!written.startsWith('"')) return written.replace(/^'(.*)'$/, "$1");
  try {
    return String(JSON.parse(written));
  } catch {
    return written;
  }
}

/** The diagram that stands from here to there, or null where something else does. */
function within(text: string, start: number, end: number): Pick<Source, "start" | "end" | "title"> | null {
  const body = text.slice(start, end);
  const blank = /^[\s\uFEFF]*/.exec(body)?.[0].length ?? 0;
  const front = FRONT.exec(body.slice(blank));
  let at = blank + (front?.[0].length ?? 0);
  // Comments, directives and empty lines may stand before the word that says what it is.
  const line = /[ \t]*(?:%%[^\n]*)?(?:\n|$)|[ \t]*\r\n/y;
  for (line.lastIndex = at; at < body.length && line.test(body); at = line.lastIndex);
  const header = /[ \t]*erDiagram\b/iy;
  header.lastIndex = at;
  if (!header.test(body)) return null;
  return { start: start + header.lastIndex, end, title: titleOf(front?.[1] ?? "") };
}

export function diagramIn(text: string): Source | null {
  const whole = within(text, 0, text.length);
  if (whole) return { ...whole, fenced: false, others: 0 };
  let first: Pick<Source, "start" | "end" | "title"> | null = null;
  let others = 0;
  const fence = /^[ \t]*(`{3,}|~{3,})[ \t]*mermaid[^\n]*\n/gim;
  for (let open = fence.exec(text); open; open = fence.exec(text)) {
    const close = text.indexOf(`\n${(open[1] ?? "```").slice(0, 3)}`, fence.lastIndex - 1);
    const end = close < 0 ? text.length : close + 1;
    const found = within(text, fence.lastIndex, end);
    if (found && first) others += 1;
    else first ??= found;
    fence.lastIndex = end;
  }
  return first && { ...first, fenced: true, others };
}
