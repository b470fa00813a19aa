/** Files that hold the way forward and the way back, told apart by lines of comment. */

export type Marks = "dbmate" | "goose" | "sql-migrate" | "node-pg-migrate" | "play";

interface Rule {
  readonly up: RegExp;
  readonly down: RegExp;
}

/** What a whole line looks like where a part begins. */
const RULES: Readonly<Record<Marks, Rule>> = {
  dbmate: { up: /^\s*--\s*migrate:up\b/i, down: /^\s*--\s*migrate:down\b/i },
  goose: { up: /^\s*--\s*\+goose\s+up\b/i, down: /^\s*--\s*\+goose\s+down\b/i },
  "sql-migrate": { up: /^\s*--\s*\+migrate\s+up\b/i, down: /^\s*--\s*\+migrate\s+down\b/i },
  "node-pg-migrate": { up: /^\s*--\s*up migration\b/i, down: /^\s*--\s*down migration\b/i },
  play: { up: /^\s*(?:#|--)\s*---\s*!ups\b/i, down: /^\s*(?:#|--)\s*---\s*!downs\b/i },
};

/** Which tool's marks a text carries; null for none. */
export function marksOf(text: string): Marks | null {
  const lines = text.split("\n");
  for (const line of lines) {
    if (!/^\s*(--|#)/.test(line)) continue;
    for (const [tool, { up, down }] of Object.entries(RULES)) if (up.test(line) || down.test(line)) return tool as Marks;
  }
  return null;
}

/** The way forward, with every other line emptied, so that lines keep their numbers; null where there is none. */
export function forward(text: string, marks: Marks): string | null {
  const { up, down } = RULES[marks];
  let going = false;
  let any = false;
  const lines = text.split("\n").map((line) => {
    if (up.test(line)) {
      going = true;
      any = true;
      return "";
    }
    if (down.test(line)) {
      going = false;
      return "";
    }
    return going ? line : "";
  });
  return any ? lines.join("\n") : null;
}
