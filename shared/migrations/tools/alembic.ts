/** What `alembic upgrade head --sql` writes: one text, in which lines of comment say where each revision begins. */
import { sqlOf } from "../names.ts";
import type { Candidate, FolderFile, LeftOut, Step } from "../types.ts";

const RUNNING = /^-- Running (upgrade|downgrade) ([^\n]*?)-> ([^\s,]*)((?:(?:[^\S\n]|,)[^\n]*)?)$/gm;

function candidate(path: string, text: string, base: string): Candidate | null {
  const marks = [...text.matchAll(RUNNING)];
  if (marks.length === 0) return null;
  const steps: Step[] = [];
  const leftOut: LeftOut[] = [];
  let line = 1;
  let counted = 0;
  marks.forEach((mark, place) => {
    // What stands before the first one makes the table of versions.
    const start = place === 0 ? 0 : mark.index;
    const end = marks[place + 1]?.index ?? text.length;
    for (; counted < start; counted += 1) if (text[counted] === "\n") line += 1;
    const [, way, , version = "", title = ""] = mark;
    if (way === "downgrade") {
      leftOut.push({ path: `${path}, ${mark[0].slice(3)}`, why: "it leads back" });
      return;
    }
    const name = title.replace(/^[\s,]+/, "").trim();
    steps.push({ name: name === "" ? version : name, version, when: null, path, text: text.slice(start, end), line });
  });
  return { tool: "alembic", base, steps, leftOut, dialect: null, versioned: false };
}

export const readAlembic = (files: readonly FolderFile[]): readonly Candidate[] =>
  sqlOf(files).flatMap(({ path, text, folder }) => candidate(path, text, folder) ?? []);
