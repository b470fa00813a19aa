/** Texts in quotes. */

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "0": "\0", b: "\b", f: "\f" };

/** What the text between two quotes means. */
export function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\(?:u([\da-fA-F]{4})|([\s\S]))/g, (_, code: string | undefined, c: string) =>
    code === undefined ? (ESCAPES[c] ?? c) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** A text in quotes, as every reader of the language takes it. */
export const quoted = (text: string): string =>
  JSON.stringify(text).replace(/\\[bf]|[\u007f-\u009f\u2028\u2029]/g, (c) => {
    const code = c === "\\b" ? 8 : c === "\\f" ? 12 : c.charCodeAt(0);
    return `\\u${code.toString(16).padStart(4, "0")}`;
  });
