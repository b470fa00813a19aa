/** Lines indented by the blocks they stand in; texts of several lines and comments stay as they are. */

/** The text, with two blanks for each block, nothing at the ends of lines, and no more than one empty line. */
export function formatted(text: string): string {
  const lines: string[] = [];
  let depth = 0;
  let within: "'''" | "*/" | null = null;
  for (const line of text.split("\n")) {
    if (within !== null) {
      lines.push(line);
      if (line.includes(within)) within = null;
      continue;
    }
    const plain = line.trim();
    if (plain === "" && (lines.at(-1) === "" || lines.length === 0)) continue;
    const bare = plain
      .replace(/'''[^']*'''|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`/g, "''")
      .replace(/\/\/.*$/, "")
      .replace(/\/\*.*?(?:\*\/|$)/g, (comment) => (comment.endsWith("*/") ? "" : "/*"));
    if (/^\}/.test(bare)) depth = Math.max(0, depth - 1);
    lines.push(plain === "" ? "" : "  ".repeat(depth) + plain);
    const opened = (bare.match(/\{/g) ?? []).length - (bare.replace(/^\}/, "").match(/\}/g) ?? []).length;
    depth = Math.max(0, depth + opened);
    if (bare.includes("'''")) within = "'''";
    else if (/\/\*(?!.*\*\/)/.test(bare)) within = "*/";
  }
  return `${lines.join("\n").trimEnd()}\n`;
}
