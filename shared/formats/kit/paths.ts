/** Paths of files that name each other. */

/** `./f` in `dir/main.dbml` is `dir/f`; what leads above the root ends there. */
export function resolvePath(from: string, path: string): string {
  const parts = path.startsWith("/") ? [] : from.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return `${from.startsWith("/") || path.startsWith("/") ? "/" : ""}${parts.filter((part) => part !== "").join("/")}`;
}
