/** How sure it is that a text is an entity diagram of Mermaid's, 0 to 1, from its beginning. */
import { diagramIn } from "./text/source.ts";

export function recogniseMermaid(head: string, fileName: string): number {
  const found = diagramIn(head);
  if (!found) return 0;
  if (!found.fenced) return 1;
  // A page with a diagram in it is, first of all, a page.
  return /\.(?:md|markdown|mmd|mermaid)$/i.test(fileName) || fileName === "" ? 0.8 : 0.5;
}
